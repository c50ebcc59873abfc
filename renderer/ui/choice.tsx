// Choosing: one of a list, one of a few in sight, yes or no for each.
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button,
  Checkbox,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  Select as AriaSelect,
  SelectValue,
  Text,
} from "react-aria-components";
import styles from "./choice.module.css";

export type Option<T extends string = string> = {
  readonly id: T;
  readonly label: string;
  readonly note?: string;
};

/** One of a list that is opened. */
export function Select<T extends string>({
  label,
  options,
  value,
  onChange,
  labelHidden = false,
  placeholder,
  autoFocus = false,
  width = "usual",
}: {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly labelHidden?: boolean;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly width?: "full" | "usual" | "short";
}) {
  return (
    <AriaSelect
      className={`${styles["select"]} ${styles[width]}`}
      selectedKey={value ?? null}
      onSelectionChange={(key) => key !== null && onChange(key as T)}
      autoFocus={autoFocus}
      {...(labelHidden ? { "aria-label": label } : {})}
      {...(placeholder === undefined ? {} : { placeholder })}
    >
      {labelHidden ? null : <Label className={styles["label"] ?? ""}>{label}</Label>}
      <Button className={styles["opener"] ?? ""}>
        <SelectValue className={styles["value"] ?? ""} />
        <ChevronDown aria-hidden />
      </Button>
      <Popover className={styles["popover"] ?? ""}>
        <ListBox className={styles["list"] ?? ""} items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={styles["option"] ?? ""}>
              <Text slot="label">{option.label}</Text>
              {option.note === undefined ? null : (
                <Text slot="description" className={styles["note"] ?? ""}>
                  {option.note}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One of a few, all in sight. */
export function Radios<T extends string>({
  label,
  options,
  value,
  onChange,
  labelHidden = false,
}: {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly labelHidden?: boolean;
}) {
  return (
    <RadioGroup
      className={styles["radios"] ?? ""}
      value={value ?? null}
      onChange={(now) => onChange(now as T)}
      {...(labelHidden ? { "aria-label": label } : {})}
    >
      {labelHidden ? null : <Label className={styles["label"] ?? ""}>{label}</Label>}
      {options.map((option) => (
        <Radio key={option.id} value={option.id} className={styles["row"] ?? ""}>
          <span className={styles["dot"]} aria-hidden />
          <span>
            {option.label}
            {option.note === undefined ? null : <span className={styles["note"]}>{option.note}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** A tick box; the whole row is its target. */
export function Tick({
  children,
  note,
  value,
  onChange,
  disabled = false,
  label,
}: {
  readonly children?: ReactNode;
  readonly note?: ReactNode;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly disabled?: boolean;
  readonly label?: string;
}) {
  return (
    <Checkbox
      className={styles["row"] ?? ""}
      isSelected={value}
      onChange={onChange}
      isDisabled={disabled}
      {...(label === undefined ? {} : { "aria-label": label })}
    >
      <span className={styles["box"]} aria-hidden>
        <Check />
      </span>
      {children === undefined ? null : (
        <span>
          {children}
          {note === undefined ? null : <span className={styles["note"]}>{note}</span>}
        </span>
      )}
    </Checkbox>
  );
}
