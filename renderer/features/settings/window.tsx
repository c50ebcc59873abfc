// How this laptop behaves: when it locks by itself, how it looks, which paper it prints on.
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Radios, Select } from "../../ui/choice.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import styles from "./settings.module.css";

const minutes = Array.from({ length: 15 }, (_, at) => at + 1);

export function WindowPart() {
  const texts = useTexts();
  const settings = useAsk("desk.settings", {});
  const set = useAct("desk.set");
  const now = settings.value;
  if (now === undefined) return <TroubleNotice trouble={settings.trouble} />;
  return (
    <div className={styles["words"]}>
      <TroubleNotice trouble={set.trouble} />
      <Select
        label={texts.t("screens.settings.lockAfter")}
        options={minutes.map((n) => ({ id: String(n), label: texts.t("screens.settings.minutes", { n }) }))}
        value={String(now.lockAfter)}
        onChange={(n) => void set.act({ lockAfter: Number(n) })}
        width="short"
      />
      <Radios
        label={texts.t("screens.settings.theme")}
        options={[
          { id: "system", label: texts.t("screens.settings.themeSystem") },
          { id: "light", label: texts.t("screens.settings.themeLight") },
          { id: "dark", label: texts.t("screens.settings.themeDark") },
          { id: "contrast", label: texts.t("screens.settings.themeContrast") },
        ]}
        value={now.theme}
        onChange={(theme) => void set.act({ theme })}
      />
      <Radios
        label={texts.t("screens.settings.paper")}
        options={[
          { id: "a4", label: texts.t("screens.settings.paperA4") },
          { id: "letter", label: texts.t("screens.settings.paperLetter") },
        ]}
        value={now.paper}
        onChange={(paper) => void set.act({ paper })}
      />
    </div>
  );
}
