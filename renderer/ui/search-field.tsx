// The field to find something by words: Escape empties it, arrow down goes on into what was found.
import { Search } from "lucide-react";
import type { KeyboardEvent, Ref } from "react";
import { Input, SearchField as AriaSearchField } from "react-aria-components";
import styles from "./search-field.module.css";

export function SearchField({
  label,
  value,
  onChange,
  onDown,
  keys,
  field,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** To the list below. */
  readonly onDown: () => void;
  /** The key that leads here, shown while the field is empty. */
  readonly keys?: string;
  readonly field?: Ref<HTMLInputElement>;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    onDown();
  };
  return (
    <AriaSearchField
      className={styles["search"] ?? ""}
      aria-label={label}
      value={value}
      onChange={onChange}
      maxLength={200}
    >
      <Search aria-hidden />
      <Input
        {...(field === undefined ? {} : { ref: field })}
        className={styles["input"] ?? ""}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        onKeyDown={onKeyDown}
      />
      {keys === undefined || value !== "" ? null : <kbd aria-hidden>{keys}</kbd>}
    </AriaSearchField>
  );
}
