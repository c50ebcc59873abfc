// The lines at the foot of a passport, told as they are typed: what holds, what may be misread, what they say.
import { Check, X } from "lucide-react";
import { StateCode } from "../../../shared/vocabulary/countries.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Tick } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Note } from "../../ui/notice.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";
import type { Zone } from "./new-case.edits.ts";
import styles from "./new-case.module.css";

const reasons = ["lines", "length", "character"] as const;
const checked = ["number", "birth", "expires", "optional", "composite"] as const;
const oneOf = <T extends string>(all: readonly T[], one: string | undefined, other: T): T =>
  all.find((known) => known === one) ?? other;

export function ZoneField({
  typed,
  onTyped,
  zone,
  take,
  onTake,
}: {
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  /** What the core says of what is typed. */
  readonly zone: Zone | undefined;
  readonly take: boolean;
  readonly onTake: (take: boolean) => void;
}) {
  const texts = useTexts();
  const read = typed.trim() === "" ? undefined : zone;
  const mend = ({ line, column, perhaps }: Zone["perhaps"][number]) =>
    onTyped(
      (read?.lines ?? [])
        .map((text, at) =>
          at === line - 1 ? `${text.slice(0, column - 1)}${perhaps}${text.slice(column)}` : text,
        )
        .join("\n"),
    );
  return (
    <div className={styles["zone"]}>
      <div className={styles["lines"]}>
        <Field
          label={texts.t("screens.caseload.new.zone")}
          help={texts.t("screens.caseload.new.zoneHelp")}
          lines={3}
          width="full"
          direction="ltr"
          maxLength={4_000}
          value={typed}
          onChange={onTyped}
        />
      </div>
      <div role="status" className={styles["told"]}>
        {read !== undefined && !read.readable ? (
          <p className={styles["quiet"]}>
            {texts.t(`screens.caseload.new.zoneWhy.${oneOf(reasons, read.why, "lines")}`)}
          </p>
        ) : null}
        {read?.readable === true ? (
          <ul className={styles["checks"]}>
            {read.checks.map(({ field, good }, at) => (
              <li key={`${field} ${at}`} data-good={good ? "" : undefined}>
                {good ? <Check aria-hidden /> : <X aria-hidden />}
                {texts.t(good ? "screens.caseload.new.holds" : "screens.caseload.new.fails", {
                  field: texts.t(`screens.caseload.new.checked.${oneOf(checked, field, "composite")}`),
                })}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {read?.readable === true && read.perhaps.length > 0 ? (
        <ul className={styles["perhaps"]}>
          {read.perhaps.map((one) => (
            <li key={`${one.line} ${one.column} ${one.perhaps}`}>
              <Button kind="link" onPress={() => mend(one)}>
                {texts.t("screens.caseload.new.perhaps", one)}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {read?.says === undefined ? null : (
        <>
          <Says says={read.says} />
          <Tick value={take} onChange={onTake}>
            {texts.t("screens.caseload.new.take")}
          </Tick>
        </>
      )}
    </div>
  );
}

function Says({ says }: { readonly says: NonNullable<Zone["says"]> }) {
  const texts = useTexts();
  const country = (code: string) => (StateCode.safeParse(code).success ? texts.country(code) : code);
  const name = [says.given, says.surname].filter((part) => part !== "").join(" ");
  const facts = [
    ["paper", texts.word(says.kind)],
    ["number", says.number],
    ["issuedBy", country(says.issuedBy)],
    ["nationality", country(says.nationality)],
    ["name", says.nameCut ? "" : name],
    ["born", says.birth === undefined ? "" : texts.date(says.birth)],
    ["expires", says.expires === undefined ? "" : texts.date(says.expires)],
    ["sex", says.sex === undefined ? "" : texts.word(says.sex)],
  ] as const;
  return (
    <>
      <h3>{texts.t("screens.caseload.new.says")}</h3>
      <Facts>
        {facts
          .filter(([, value]) => value !== "")
          .map(([label, value]) => (
            <Fact key={label} label={texts.t(`screens.caseload.new.${label}`)}>
              <bdi>{value}</bdi>
            </Fact>
          ))}
      </Facts>
      {says.nameCut ? (
        <Note>
          <p>{texts.t("screens.caseload.new.nameCut")}</p>
        </Note>
      ) : null}
    </>
  );
}
