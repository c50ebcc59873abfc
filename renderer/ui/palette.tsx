// A box to find something by typing: commands, or whatever it is given; arrows choose, Enter does it, Escape leaves.
import { Search } from "lucide-react";
import { useState } from "react";
import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
} from "react-aria-components";
import styles from "./palette.module.css";

export type Choice = {
  readonly id: string;
  readonly label: string;
  readonly note?: string;
  readonly keys?: string;
};

export function Palette({
  label,
  empty,
  choices,
  onChoose,
  onClose,
  onType,
}: {
  readonly label: string;
  readonly empty: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
  /** What was typed: the caller narrows `choices` itself. Without it they are narrowed here by their words. */
  readonly onType?: (text: string) => void;
}) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLocaleLowerCase();
  const shown =
    onType === undefined && wanted !== ""
      ? choices.filter((one) => `${one.label} ${one.note ?? ""}`.toLocaleLowerCase().includes(wanted))
      : choices;
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => open || onClose()}
      className={styles["over"] ?? ""}
    >
      <Modal className={styles["box"] ?? ""}>
        <Dialog aria-label={label} className={styles["dialog"] ?? ""}>
          <Autocomplete
            inputValue={text}
            onInputChange={(now) => {
              setText(now);
              onType?.(now);
            }}
          >
            <SearchField aria-label={label} autoFocus className={styles["search"] ?? ""}>
              <Search aria-hidden />
              <Input autoComplete="off" spellCheck={false} placeholder={label} dir="auto" />
            </SearchField>
            <ListBox
              aria-label={label}
              items={shown}
              className={styles["list"] ?? ""}
              onAction={(id) => onChoose(String(id))}
              selectionMode="none"
              renderEmptyState={() => <p className={styles["empty"]}>{empty}</p>}
            >
              {(one) => (
                <ListBoxItem id={one.id} textValue={one.label} className={styles["choice"] ?? ""}>
                  <Text slot="label">{one.label}</Text>
                  {one.note === undefined ? null : <Text slot="description">{one.note}</Text>}
                  {one.keys === undefined ? null : <kbd>{one.keys}</kbd>}
                </ListBoxItem>
              )}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
