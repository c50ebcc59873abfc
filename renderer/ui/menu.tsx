// Secondary things of a page, in a menu behind one button.
import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { Button, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import styles from "./menu.module.css";

export type Action = {
  readonly id: string;
  readonly label: string;
  readonly keys?: string;
  readonly run: () => void;
};

export function Menu({
  label,
  actions,
  children,
}: {
  readonly label: string;
  readonly actions: readonly Action[];
  readonly children?: ReactNode;
}) {
  return (
    <MenuTrigger>
      <Button aria-label={label} className={styles["opener"] ?? ""}>
        {children ?? <Ellipsis aria-hidden />}
      </Button>
      <Popover placement="bottom end" className={styles["popover"] ?? ""}>
        <AriaMenu
          className={styles["menu"] ?? ""}
          items={actions}
          onAction={(id) => actions.find((one) => one.id === id)?.run()}
        >
          {(action) => (
            <MenuItem id={action.id} textValue={action.label} className={styles["item"] ?? ""}>
              <span>{action.label}</span>
              {action.keys === undefined ? null : <kbd>{action.keys}</kbd>}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
