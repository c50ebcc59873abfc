// Her decisions: what holds, what has ended, what was taken back; recorded here, and what may go to whom because of them.
import { useMemo, useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useOffer } from "../../bridge/commands.tsx";
import { useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import type { Contact } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Group } from "../../ui/frame.tsx";
import { Empty, Note, TroubleNotice, Why } from "../../ui/notice.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";
import { Covered, Sure } from "../../ui/signs.tsx";
import { MayGo } from "./choices.tsx";
import styles from "./consent.module.css";
import { RecordYes } from "./form.tsx";
import { RecordNo } from "./no.tsx";
import {
  howGiven,
  recipientTitle,
  untilWhen,
  useSpeaking,
  whatGoes,
  whoDecides,
  withoutNames,
} from "./words.ts";

type Held = Value<"consent.list">["consents"][number];
type Standing = "inForce" | "ended" | "takenBack";

const today = (): string => new Date().toISOString().slice(0, 10);

const standingOf = ({ body, withdrawn }: Held): Standing =>
  withdrawn ? "takenBack" : body.until.day !== undefined && body.until.day < today() ? "ended" : "inForce";

export function ConsentTab() {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  const list = useAsk("consent.list", { case: open.case }, { keep: true });
  const met = useAsk("contacts.list", {});
  const [recording, setRecording] = useState(false);
  const [told, setTold] = useState<string>();
  const [called, setCalled] = useState<Value<"consent.withdraw">>();
  const begin = useMemo(
    () =>
      open.readOnly
        ? []
        : [
            {
              id: "record-yes",
              label: texts.t("screens.consent.record"),
              keys: "a",
              group: texts.t("screens.consent.title"),
              run: () => setRecording(true),
            },
          ],
    [texts, open.readOnly],
  );
  useOffer(begin);
  const trouble = list.trouble ?? met.trouble;
  if (trouble !== undefined) return <TroubleNotice trouble={trouble} />;
  if (list.value === undefined || met.value === undefined) return null;
  const { contacts } = met.value;
  if (recording)
    return (
      <RecordYes
        contacts={contacts}
        onClose={() => setRecording(false)}
        onRecorded={() => {
          setRecording(false);
          setCalled(undefined);
          setTold(texts.t("screens.consent.recorded"));
        }}
      />
    );
  const consents = list.value.consents.toSorted((a, b) => b.body.given.at - a.body.given.at);
  const standing = (which: Standing) => consents.filter((one) => standingOf(one) === which);
  const latest = standing("inForce")[0]?.body;
  const start = open.readOnly ? undefined : (
    <Button kind="first" onPress={() => setRecording(true)}>
      {texts.t("screens.consent.record")}
    </Button>
  );
  return (
    <>
      {told === undefined ? null : (
        <p role="status">
          <Sure>{told}</Sure>
        </p>
      )}
      {called === undefined ? null : (
        <div role="status">
          <Note>
            {texts.t("screens.consent.no.done", { recalls: called.recalls, destroyed: called.destroyed })}{" "}
            <Button kind="link" onPress={() => go({ at: "exchange" })}>
              {texts.t("screens.consent.no.toExchange")}
            </Button>
          </Note>
        </div>
      )}
      {consents.length === 0 ? (
        <Empty title={texts.t("screens.consent.empty")} action={start}>
          {texts.t("screens.consent.emptyLead")} <Why>{texts.t("screens.consent.why")}</Why>
        </Empty>
      ) : (
        <div className={styles["top"]}>
          {start}
          <Why>{texts.t("screens.consent.why")}</Why>
        </div>
      )}
      {(["inForce", "ended", "takenBack"] as const).map((which) => {
        const held = standing(which);
        return held.length === 0 ? null : (
          <Group key={which} title={texts.t(`screens.consent.${which}`)} end={texts.number(held.length)}>
            {held.map((one) => (
              <Decision
                key={one.body.id}
                held={one}
                standing={which}
                contacts={contacts}
                onNo={(done) => {
                  setTold(undefined);
                  setCalled(done);
                }}
              />
            ))}
          </Group>
        );
      })}
      {contacts.length === 0 ? null : (
        <Group title={texts.t("screens.consent.mayGo")}>
          <MayGo
            contacts={contacts}
            first={{
              contact: contacts.find(
                ({ fingerprint }) =>
                  latest?.recipient.kind === "contact" && latest.recipient.fingerprint === fingerprint,
              )?.contact,
              purpose: latest?.purpose,
            }}
          />
        </Group>
      )}
    </>
  );
}

function Decision({
  held: { body: whole, withdrawnAt, withdrawal },
  standing,
  contacts,
  onNo,
}: {
  readonly held: Held;
  readonly standing: Standing;
  readonly contacts: readonly Contact[];
  readonly onNo: (done: Value<"consent.withdraw">) => void;
}) {
  const open = useCase();
  const speaking = useSpeaking();
  const { texts } = speaking;
  const [saying, setSaying] = useState(false);
  const body = open.shown ? whole : withoutNames(whole, texts.t("screens.common.covered"));
  const to = recipientTitle(body.recipient, contacts, speaking);
  return (
    <article className={styles["decision"]}>
      <div className={styles["decisionHead"]}>
        <div>
          <h3>
            <bdi>{to}</bdi>
          </h3>
          <p className={styles["quiet"]}>
            {texts.t(`purposes.${body.purpose}`)} · {texts.t(`screens.consent.acts.${body.act}.short`)}
          </p>
        </div>
        {standing !== "inForce" || open.readOnly || saying ? null : (
          <Button size="header" onPress={() => setSaying(true)}>
            {texts.t("screens.consent.no.open")}
          </Button>
        )}
      </div>
      <Facts>
        <Fact label={texts.t("screens.consent.facts.who")}>{whoDecides(body.by, speaking)}</Fact>
        <Fact label={texts.t("screens.consent.facts.what")}>
          {whatGoes(body, speaking)}
          {body.act === "share"
            ? `. ${texts.t(body.past ? "screens.consent.reads.past" : "screens.consent.reads.noPast")}`
            : null}
        </Fact>
        <Fact label={texts.t("screens.consent.facts.until")}>{untilWhen(body.until, speaking)}</Fact>
        <Fact label={texts.t("screens.consent.facts.given")} end={texts.dayShort(body.given.at)}>
          {howGiven(body.given, speaking)}
        </Fact>
        {body.given.words === undefined ? null : (
          <Fact label={texts.t("screens.consent.facts.words")}>
            <Covered shown={open.shown}>“{body.given.words}”</Covered>
          </Fact>
        )}
        {withdrawnAt === undefined ? null : (
          <Fact label={texts.t("screens.consent.facts.no")} end={texts.dayShort(withdrawnAt)}>
            {withdrawal === undefined
              ? texts.t("screens.consent.takenBack")
              : texts.t("screens.consent.no.by2", {
                  who: whoDecides(withdrawal.by, speaking),
                  how: texts.t(`screens.consent.no.hows.${withdrawal.how}`).toLocaleLowerCase(),
                })}
          </Fact>
        )}
      </Facts>
      {saying ? (
        <RecordNo
          body={whole}
          to={to}
          onClose={() => setSaying(false)}
          onRecorded={(done) => {
            setSaying(false);
            onNo(done);
          }}
        />
      ) : null}
    </article>
  );
}
