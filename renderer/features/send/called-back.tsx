// What was called back, what is truly known of it, and what is recorded where it cannot be had; and who was never met.
import { useState } from "react";
import type { ContactId } from "../../../shared/vocabulary/ids.ts";
import type { Value } from "../../bridge/bridge.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import type { Contact } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Tick } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Group } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import styles from "./send.module.css";
import { State } from "./sent.tsx";

type Waiting = Value<"exchange.waiting">;
type Recall = Waiting["recalls"][number];

export function CalledBack({
  contacts,
  waiting,
}: {
  readonly contacts: readonly Contact[];
  readonly waiting: Waiting | undefined;
}) {
  const texts = useTexts();
  const { go } = useWay();
  const cases = useAsk("cases.list", { limit: 1_000 });
  const codeOf = (of: Recall["case"]) => cases.value?.cases.find((one) => one.case === of)?.code ?? "";
  const who = (of: ContactId) =>
    contacts.find((one) => one.contact === of)?.officeName ?? texts.t("screens.common.somebody");
  const parts = (sections: Recall["sections"]) =>
    texts.list([...new Set(sections.map(({ kind }) => texts.t(`sections.${kind}`)))]);
  const { recalls = [], unmet = [] } = waiting ?? {};
  const [recording, setRecording] = useState<Recall["recall"]>();
  const lost = recalls.find((one) => one.recall === recording);
  return (
    <>
      {recalls.length === 0 ? null : (
        <Group title={texts.t("screens.send.calledBack")}>
          <Rows>
            {recalls.map((one) => (
              <Row
                key={one.recall}
                title={<bdi>{who(one.contact)}</bdi>}
                note={`${codeOf(one.case)} · ${parts(one.sections)}`}
                end={
                  <State sure={one.state === "confirmed"}>
                    {texts.t(`screens.send.recallStates.${one.state}`)}
                  </State>
                }
                endNote={texts.dayShort(one.made)}
              >
                {one.state === "confirmed" || one.state === "impossible" ? null : (
                  <Button kind="quiet" onPress={() => setRecording(one.recall)}>
                    {texts.t("screens.send.impossible.open")}
                  </Button>
                )}
              </Row>
            ))}
          </Rows>
          {lost === undefined ? null : (
            <Impossible
              key={lost.recall}
              recall={lost}
              who={who(lost.contact)}
              onClose={() => setRecording(undefined)}
            />
          )}
        </Group>
      )}
      {unmet.length === 0 ? null : (
        <Group title={texts.t("screens.send.unmet.title")}>
          <p className={styles["quiet"]}>{texts.t("screens.send.unmet.why")}</p>
          <Rows>
            {unmet.map((one) => (
              <Row
                key={`${one.case} ${one.fingerprint}`}
                code={codeOf(one.case)}
                title={parts(one.sections)}
                note={
                  <>
                    {texts.t("screens.send.unmet.whose")}{" "}
                    <bdi data-code>{one.fingerprint.replaceAll(/(.{4})(?!$)/g, "$1 ")}</bdi>
                  </>
                }
              >
                <Button onPress={() => go({ at: "contacts" })}>{texts.t("screens.send.meet")}</Button>
              </Row>
            ))}
          </Rows>
        </Group>
      )}
    </>
  );
}

/** A call-back that cannot be had: what was tried stays on record, and she is told. */
function Impossible({
  recall,
  who,
  onClose,
}: {
  readonly recall: Recall;
  readonly who: string;
  readonly onClose: () => void;
}) {
  const texts = useTexts();
  const record = useAct("exchange.recallImpossible");
  const [note, setNote] = useState("");
  const [told, setTold] = useState(false);
  const act = () =>
    void record.act({ recall: recall.recall, note: note.trim(), sheWasTold: true }).then((done) => {
      if (done !== undefined) onClose();
    });
  return (
    <section className={styles["form"]} aria-label={texts.t("screens.send.impossible.open")}>
      <h3>{texts.t("screens.send.impossible.title", { who })}</h3>
      <p>{texts.t("screens.send.impossible.means")}</p>
      <Field
        label={texts.t("screens.send.impossible.note")}
        help={texts.t("screens.send.impossible.noteHelp")}
        value={note}
        onChange={setNote}
        lines={3}
        maxLength={1_000}
        autoFocus
        width="full"
      />
      <Tick value={told} onChange={setTold}>
        {texts.t("screens.send.impossible.told")}
      </Tick>
      <TroubleNotice trouble={record.trouble} />
      <div className={styles["acts"]}>
        <Button busy={record.busy} disabled={note.trim() === "" || !told} onPress={act}>
          {texts.t("screens.send.impossible.record")}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {texts.t("screens.common.cancel")}
        </Button>
      </div>
    </section>
  );
}
