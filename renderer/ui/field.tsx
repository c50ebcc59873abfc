// Fields to type in: one line, several, a passphrase; the label above, what explains below, what is wrong beside it.
import { Eye, EyeOff } from "lucide-react";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField } from "react-aria-components";
import { useTexts } from "../i18n/texts.tsx";
import styles from "./field.module.css";

export type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: ReactNode;
  /** What is wrong and what to do; the field is marked. */
  readonly wrong?: string | undefined;
  /** For screens where the label stands elsewhere in sight. */
  readonly labelHidden?: boolean;
  readonly lines?: number;
  readonly autoFocus?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly onBlur?: () => void;
  readonly width?: "full" | "usual" | "short";
  readonly direction?: "auto" | "ltr";
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly disabled?: boolean;
};

/** A field for words. Spelling is never checked by the system: it would learn names. */
export function Field(props: FieldProps) {
  const { label, value, onChange, help, wrong, labelHidden = false, lines = 1, width = "usual" } = props;
  const common = {
    className: styles["input"] ?? "",
    autoComplete: "off",
    spellCheck: false,
    dir: props.direction ?? "auto",
    ...(props.onKeyDown === undefined ? {} : { onKeyDown: props.onKeyDown }),
    ...(props.placeholder === undefined ? {} : { placeholder: props.placeholder }),
  };
  return (
    <TextField
      className={`${styles["field"]} ${styles[width]}`}
      value={value}
      onChange={onChange}
      isInvalid={wrong !== undefined}
      validationBehavior="aria"
      autoFocus={props.autoFocus ?? false}
      isDisabled={props.disabled ?? false}
      {...(labelHidden ? { "aria-label": label } : {})}
      {...(props.onBlur === undefined ? {} : { onBlur: props.onBlur })}
      {...(props.maxLength === undefined ? {} : { maxLength: props.maxLength })}
    >
      {labelHidden ? null : <Label className={styles["label"] ?? ""}>{label}</Label>}
      {lines === 1 ? <Input {...common} /> : <TextArea {...common} rows={lines} />}
      {help === undefined ? null : (
        <Text slot="description" className={styles["help"] ?? ""}>
          {help}
        </Text>
      )}
      <FieldError className={styles["wrong"] ?? ""}>{wrong}</FieldError>
    </TextField>
  );
}

/** A passphrase: unseen until she wants to see it; never offered to be kept by the system. */
export function Passphrase({
  label,
  value,
  onChange,
  help,
  wrong,
  autoFocus = false,
  shown: shownFirst = false,
  onKeyDown,
}: Pick<FieldProps, "label" | "value" | "onChange" | "help" | "wrong" | "autoFocus" | "onKeyDown"> & {
  readonly shown?: boolean;
}) {
  const [shown, setShown] = useState(shownFirst);
  const t = useTexts();
  const helpId = useId();
  return (
    <TextField
      className={`${styles["field"]} ${styles["usual"]}`}
      value={value}
      onChange={onChange}
      isInvalid={wrong !== undefined}
      validationBehavior="aria"
      autoFocus={autoFocus}
      type={shown ? "text" : "password"}
      maxLength={1024}
    >
      <Label className={styles["label"] ?? ""}>{label}</Label>
      <div className={styles["secret"]}>
        <Input
          className={styles["input"] ?? ""}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          {...(onKeyDown === undefined ? {} : { onKeyDown })}
        />
        <button type="button" className={styles["eye"]} onClick={() => setShown(!shown)} aria-pressed={shown}>
          {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          {shown ? t.t("screens.common.hide") : t.t("screens.common.show")}
        </button>
      </div>
      {help === undefined ? null : (
        <Text slot="description" id={helpId} className={styles["help"] ?? ""}>
          {help}
        </Text>
      )}
      <FieldError className={styles["wrong"] ?? ""}>{wrong}</FieldError>
    </TextField>
  );
}
