// Tabs below a page's head: one line, the current one underlined, arrows move between them.
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";
import styles from "./tabs.module.css";

export function Tabs<T extends string>({
  label,
  tabs,
  current,
  onChange,
  children,
}: {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly label: string; readonly mark?: boolean }[];
  readonly current: T;
  readonly onChange: (tab: T) => void;
  /** What the current tab shows. */
  readonly children: ReactNode;
}) {
  return (
    <AriaTabs
      selectedKey={current}
      onSelectionChange={(key) => onChange(key as T)}
      keyboardActivation="manual"
    >
      <TabList aria-label={label} items={tabs} className={styles["list"] ?? ""}>
        {(tab) => (
          <Tab id={tab.id} className={styles["tab"] ?? ""}>
            {tab.label}
            {tab.mark === true ? <span className={styles["mark"]} aria-hidden /> : null}
          </Tab>
        )}
      </TabList>
      <TabPanel key={current} id={current}>
        {children}
      </TabPanel>
    </AriaTabs>
  );
}
