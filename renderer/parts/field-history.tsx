// What stood in a field before: who, when, and in which save.
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { fieldAt } from "../../shared/vocabulary/sections/index.ts";
import { useAsk } from "../bridge/queries.tsx";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { TroubleNotice } from "../ui/notice.tsx";
import { Fact, Facts } from "../ui/rows.tsx";
import { Covered, Unknown } from "../ui/signs.tsx";
import { useCase } from "./case-file.tsx";
import { usePeople } from "./people.ts";
import { wordsOf } from "./show-value.tsx";

export function FieldHistory({
  section,
  path,
  covered,
  onClose,
}: {
  readonly section: SectionName;
  readonly path: readonly string[];
  readonly covered: boolean;
  readonly onClose: () => void;
}) {
  const open = useCase();
  const texts = useTexts();
  const people = usePeople();
  const history = useAsk("cases.history", { case: open.case, ...open.meant(section), path: [...path] });
  const meta = fieldAt(section.kind, path)?.meta;
  if (history.trouble !== undefined) return <TroubleNotice trouble={history.trouble} />;
  if (history.value === undefined || meta === undefined) return null;
  return (
    <section aria-label={texts.t("screens.field.history")}>
      <Facts>
        {history.value.changes.toReversed().flatMap((change) =>
          change.fields.map((field) => (
            <Fact
              key={`${change.part} ${field.path.join(".")}`}
              label={texts.dayAndClock(change.at)}
              end={change.author.name ?? change.author.office ?? texts.t("screens.common.somebody")}
            >
              {field.after === undefined || field.after === null ? (
                <Unknown>{texts.t("screens.field.emptied")}</Unknown>
              ) : (
                <Covered shown={!covered}>
                  {wordsOf(meta, field.after, { texts, person: people.nameOf })}
                </Covered>
              )}
            </Fact>
          )),
        )}
      </Facts>
      <Button kind="quiet" onPress={onClose}>
        {texts.t("screens.field.closeHistory")}
      </Button>
    </section>
  );
}
