// Buttons say what happens: one filled on a page, the others plain; and a link for what opens something else.
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import styles from "./button.module.css";

export type ButtonProps = {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** `first` is the page's one primary action. */
  readonly kind?: "first" | "plain" | "quiet" | "link" | "danger";
  readonly size?: "usual" | "header" | "alone";
  readonly icon?: ReactNode;
  /** The label stays, a line runs below it, and presses are not taken. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** Needed where the children are no words. */
  readonly label?: string;
  readonly type?: "button" | "submit";
  readonly autoFocus?: boolean;
  readonly describedBy?: string;
  readonly expanded?: boolean;
};

export function Button({
  children,
  onPress,
  kind = "plain",
  size = "usual",
  icon,
  busy = false,
  disabled = false,
  label,
  type = "button",
  autoFocus = false,
  describedBy,
  expanded,
}: ButtonProps) {
  return (
    <AriaButton
      className={[styles["button"], styles[kind], styles[size]].filter(Boolean).join(" ")}
      onPress={onPress}
      isPending={busy}
      isDisabled={disabled}
      type={type}
      autoFocus={autoFocus}
      {...(label === undefined ? {} : { "aria-label": label })}
      {...(describedBy === undefined ? {} : { "aria-describedby": describedBy })}
      {...(expanded === undefined ? {} : { "aria-expanded": expanded })}
    >
      {icon}
      <span>{children}</span>
    </AriaButton>
  );
}
