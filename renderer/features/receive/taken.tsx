// What was taken, in figures, with the ways on from there; what was refused keeps its reason.
import type { Value } from "../../bridge/bridge.ts";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Group } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import styles from "./receive.module.css";

type Files = Value<"exchange.receive">["files"];

export function Taken({ files, onAgain }: { readonly files: Files; readonly onAgain: () => void }) {
  const texts = useTexts();
  const { go } = useWay();
  const cases = new Map(
    files.flatMap((file) => (file.cases ?? []).map((one) => [one.case, one.code] as const)),
  );
  const introduced = files.filter(({ kind, outcome }) => kind === "introduction" && outcome === "taken");
  const dossiers = files.filter(({ kind, outcome }) => kind === "release" && outcome === "taken");
  const refused = files.filter(({ outcome, why }) => outcome === "refused" && why?.type !== "NotForUs");
  // A drive that was pulled out fails for each of its files.
  const reasons = new Map(refused.map(({ why }) => [JSON.stringify(why), why]));
  return (
    <>
      <Group title={texts.t("screens.receive.done")}>
        <ul className={styles["figures"]} role="status">
          {figuresOf(files).map(({ name, count }) => (
            <li key={name}>
              <span>{texts.number(count)}</span>
              {texts.t(`screens.receive.figures.${name}`, { count })}
            </li>
          ))}
        </ul>
      </Group>
      {[...reasons].map(([key, why]) => (
        <TroubleNotice key={key} trouble={why} />
      ))}
      {cases.size + introduced.length + dossiers.length === 0 ? null : (
        <Rows>
          {[...cases].map(([of, code]) => (
            <Row
              key={of}
              code={code}
              title={texts.t("screens.receive.openCase")}
              onPress={() => go({ at: "case", case: of, tab: "overview" })}
            />
          ))}
          {dossiers.map(({ bundle, from }) =>
            bundle === undefined ? null : (
              <Row
                key={bundle}
                title={<bdi>{from}</bdi>}
                note={texts.t("screens.receive.openDossier")}
                onPress={() => go({ at: "dossier", bundle })}
              />
            ),
          )}
          {introduced.map(({ contact, from, file }) =>
            contact === undefined ? null : (
              <Row
                key={file}
                title={<bdi>{from}</bdi>}
                note={texts.t("screens.receive.openContact")}
                onPress={() => go({ at: "contacts", contact })}
              />
            ),
          )}
        </Rows>
      )}
      <div>
        <Button autoFocus onPress={onAgain}>
          {texts.t("screens.receive.another")}
        </Button>
      </div>
    </>
  );
}

/** What came of all files together; what is nothing is left out, unless all of it is. */
function figuresOf(files: Files) {
  const sections = files.flatMap((file) => (file.cases ?? []).flatMap((one) => one.sections));
  const sum = (of: (one: (typeof sections)[number]) => number) =>
    sections.reduce((total, one) => total + of(one), 0);
  const figures = [
    { name: "stored", count: sum((one) => one.stored) },
    { name: "known", count: sum((one) => one.known) },
    { name: "conflicts", count: sum((one) => one.conflicts) },
    { name: "held", count: sum((one) => one.held + one.late) },
    { name: "refused", count: sum((one) => one.dropped + one.quarantined) },
    { name: "erased", count: files.reduce((total, file) => total + (file.erased ?? []).length, 0) },
    { name: "confirmed", count: files.reduce((total, file) => total + (file.confirmed ?? []).length, 0) },
    {
      name: "dossiers",
      count: files.filter(({ kind, outcome }) => kind === "release" && outcome === "taken").length,
    },
    {
      name: "contacts",
      count: files.filter(({ kind, outcome }) => kind === "introduction" && outcome === "taken").length,
    },
  ] as const;
  const some = figures.filter(({ count }) => count > 0);
  return some.length > 0 ? some : figures.slice(0, 1);
}
