// The lines at the foot of a passport, typed or pasted: check digits are told, likely misreadings offered, nothing corrected in silence.
import { Check, X } from "lucide-react";
import { useState } from "react";
import type { JsonValue } from "../../../shared/signed-text.ts";
import { useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { newItem } from "../../parts/records.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Group } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";
import styles from "./case.module.css";

/** No passport has more than three lines of 44; what is pasted beyond that is not read. */
const longest = 4_000;

export function ZoneReader() {
  const open = useCase();
  const texts = useTexts();
  const [text, setText] = useState("");
  const read = useAsk(
    "papers.readZone",
    { text: text.slice(0, longest) },
    { when: text.trim() !== "", keep: true },
  );
  if (open.readOnly) return null;
  const zone = text.trim() === "" ? undefined : read.value;
  const says = zone?.says;
  const take = async () => {
    if (zone === undefined || says === undefined) return;
    const id = newItem();
    const at = (name: string, value: JsonValue | undefined) =>
      value === undefined ? [] : [{ path: ["papers", "held", id, name], set: value }];
    const name = {
      full: `${says.given} ${says.surname}`.trim(),
      family: says.surname,
      given: says.given,
      script: "Latn",
      system: "passport",
    };
    const good = zone.checks.every((check) => check.good);
    const edits = [
      ...at("kind", "passport"),
      ...at("state", "held"),
      ...at("number", says.number),
      ...at("issuedBy", says.issuedBy),
      ...at("expires", says.expires as JsonValue | undefined),
      ...at("name", name),
      ...at("mrz", zone.lines.join("\n")),
      ...at("mrzChecked", good ? "all-good" : "some-bad"),
      ...(open.at({ kind: "identity" }, ["names", "asInPassport"]) === undefined
        ? [{ path: ["names", "asInPassport"], set: name }]
        : []),
      ...(says.birth !== undefined && open.at({ kind: "identity" }, ["birth", "date"]) === undefined
        ? [{ path: ["birth", "date"], set: says.birth as JsonValue }]
        : []),
      ...(says.sex !== undefined && open.at({ kind: "identity" }, ["sex"]) === undefined
        ? [{ path: ["sex"], set: says.sex }]
        : []),
    ];
    if (await open.save({ kind: "identity" }, edits)) setText("");
  };
  return (
    <Group title={texts.t("screens.case.zone")}>
      <Field
        label={texts.t("screens.case.zoneLines")}
        help={texts.t("screens.case.zoneHelp")}
        lines={3}
        width="full"
        direction="ltr"
        value={text}
        onChange={setText}
        {...(zone !== undefined && !zone.readable ? { wrong: texts.t("screens.case.zoneUnread") } : {})}
      />
      {zone === undefined || zone.checks.length === 0 ? null : (
        <>
          <Facts>
            {zone.checks.map((check) => (
              <Fact key={check.field} label={texts.label(check.field) || check.field}>
                <span className={styles["check"]}>
                  {check.good ? <Check aria-hidden /> : <X aria-hidden />}
                  {texts.t(check.good ? "screens.case.digitGood" : "screens.case.digitBad")}
                </span>
              </Fact>
            ))}
          </Facts>
          {zone.perhaps.map((one) => (
            <Note key={`${one.line} ${one.column}`} kind="due">
              {texts.t("screens.case.perhaps", {
                line: one.line,
                column: one.column,
                read: one.read,
                perhaps: one.perhaps,
              })}
            </Note>
          ))}
        </>
      )}
      <TroubleNotice trouble={text === "" ? undefined : open.saving.trouble} />
      {says === undefined ? null : (
        <div>
          <Button onPress={() => void take()} busy={open.saving.busy}>
            {texts.t("screens.case.zoneTake")}
          </Button>
        </div>
      )}
    </Group>
  );
}
