// What asks nothing of her today as long as it is well: the last backup, the recovery words, what waits for others, what changed.
import type { Value } from "../../bridge/bridge.ts";
import { useWay } from "../../bridge/route.tsx";
import { useTexts, type Language } from "../../i18n/texts.tsx";
import { sectionLabel, whoLabel } from "../../parts/labels.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/notice.tsx";
import styles from "./today.module.css";

type Overview = Value<"overview.today">;

const backupAfterDays = 7;

/** What is quiet as long as it is well: waiting confirmations, the last backup, the recovery words. */
export function Foot({ value: { waiting, backup, wordsConfirmed } }: { readonly value: Overview }) {
  const texts = useTexts();
  const { go } = useWay();
  const old = backup.days === undefined || backup.days >= backupAfterDays;
  const recalls = waiting.filter((one) => one.recalls > 0);
  return (
    <>
      {wordsConfirmed ? null : (
        <Note kind="due">
          <p>{texts.t("screens.today.words.what")}</p>
          <Button kind="link" onPress={() => go({ at: "settings", part: "words" })}>
            {texts.t("screens.today.words.action")}
          </Button>
        </Note>
      )}
      {old ? (
        <Note kind="due">
          <p>
            {backup.days === undefined
              ? texts.t("screens.today.backup.never")
              : texts.t("screens.today.backup.old", { count: backup.days })}
          </p>
          <Button kind="link" onPress={() => go({ at: "settings", part: "backup" })}>
            {texts.t("screens.today.backup.action")}
          </Button>
        </Note>
      ) : null}
      {recalls.map((one) => (
        <Note key={one.contact}>
          <p>{texts.t("screens.today.recalls", { count: one.recalls, who: whoLabel(texts, one) })}</p>
          <Button kind="link" onPress={() => go({ at: "contacts", contact: one.contact })}>
            {texts.t("screens.today.recallsAction")}
          </Button>
        </Note>
      ))}
      <p className={styles["foot"]}>
        {[
          ...(old || backup.at === undefined
            ? []
            : [texts.t("screens.today.backup.fresh", { when: texts.dayShort(backup.at) })]),
          ...(waiting.length === 0
            ? []
            : [
                texts.t("screens.today.waiting", {
                  who: texts.list(waiting.map((one) => whoLabel(texts, one))),
                }),
              ]),
        ].join(" ")}
      </p>
    </>
  );
}

/** Two parts by name; how many more there are. */
function partsSaid(texts: Language["texts"], sections: Overview["changed"][number]["sections"]): string {
  const names = [...new Set(sections.map((section) => sectionLabel(texts, section)))];
  return names.length <= 3
    ? texts.list(names)
    : texts.t("screens.today.changed.more", {
        parts: names.slice(0, 2).join(", "),
        count: names.length - 2,
      });
}

export function Changed({ changed }: { readonly changed: Overview["changed"] }) {
  const texts = useTexts();
  const { go } = useWay();
  return (
    <>
      <h2>{texts.t("screens.today.changed.title")}</h2>
      {changed.length === 0 ? (
        <p className={styles["foot"]}>{texts.t("screens.today.changed.none")}</p>
      ) : (
        <ul className={styles["changes"]}>
          {changed.map(({ case: of, code, at, author, sections }) => (
            <li key={`${of} ${author.fingerprint} ${at}`}>
              <button type="button" onClick={() => go({ at: "case", case: of, tab: "overview" })}>
                <span className={styles["when"]}>
                  {texts.t("screens.today.changed.by", {
                    when: texts.dayAndClock(at),
                    who: author.name ?? author.office ?? texts.t("screens.common.somebody"),
                  })}
                </span>
                <span>
                  <b data-code>{code}</b> {partsSaid(texts, sections)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
