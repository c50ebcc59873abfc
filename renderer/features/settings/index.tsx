// The face of this feature: what the window puts on the screen.
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Page, Tray } from "../../ui/frame.tsx";
import { AboutPart } from "./about.tsx";
import { BackupPart } from "./backup.tsx";
import { ClosePart } from "./close.tsx";
import { PeoplePart } from "./people.tsx";
import styles from "./settings.module.css";
import { WindowPart } from "./window.tsx";
import { WordsPart } from "./words.tsx";

export { ClosedForGood } from "./close.tsx";

const parts = {
  people: PeoplePart,
  words: WordsPart,
  backup: BackupPart,
  window: WindowPart,
  close: ClosePart,
  about: AboutPart,
} as const;
type PartName = keyof typeof parts;
const names = Object.keys(parts) as readonly PartName[];

export function Settings({ part }: { readonly part?: string }) {
  const texts = useTexts();
  const { go } = useWay();
  const here = names.find((name) => name === part) ?? "people";
  const Shown = parts[here];
  return (
    <>
      <Tray label={texts.t("screens.settings.title")}>
        <nav className={styles["list"]} aria-label={texts.t("screens.settings.title")}>
          <h2>{texts.t("screens.settings.title")}</h2>
          {names.map((name) => (
            <button
              key={name}
              type="button"
              className={styles["item"]}
              aria-current={name === here ? "page" : undefined}
              onClick={() => go({ at: "settings", part: name })}
            >
              {texts.t(`screens.settings.${name}`)}
            </button>
          ))}
        </nav>
      </Tray>
      <Page title={texts.t(`screens.settings.${here}`)}>
        <Shown key={here} />
      </Page>
    </>
  );
}
