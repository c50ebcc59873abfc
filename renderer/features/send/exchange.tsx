// What waits for whom, what was sent and what became of it; and the ways to receive and to send.
import { useState } from "react";
import type { ContactId } from "../../../shared/vocabulary/ids.ts";
import type { Value } from "../../bridge/bridge.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { TrustLine, type Contact } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Group, Page } from "../../ui/frame.tsx";
import { Empty, Note, TroubleNotice } from "../../ui/notice.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import styles from "./send.module.css";
import { CalledBack } from "./called-back.tsx";
import { Sent } from "./sent.tsx";

type Waiting = Value<"exchange.waiting">["contacts"][number];
type Doing = { readonly what: "acknowledge" | "recall"; readonly contact: ContactId };
type Done = { readonly file: string; readonly bytes: number } & (
  | { readonly what: "acknowledge"; readonly bundles: number; readonly recalls: number }
  | { readonly what: "recall"; readonly count: number }
);

export function Exchange() {
  const texts = useTexts();
  const { go } = useWay();
  const contacts = useAsk("contacts.list", {});
  const waiting = useAsk("exchange.waiting", {});
  const [doing, setDoing] = useState<Doing>();
  const [done, setDone] = useState<Done>();
  const acknowledge = useAct("exchange.acknowledge");
  const recall = useAct("exchange.recall");
  const act = async (folder: string, { what, contact }: Doing) => {
    setDoing(undefined);
    acknowledge.forget();
    recall.forget();
    if (what === "acknowledge") {
      const written = await acknowledge.act({ contact, folder });
      if (written !== undefined) setDone({ what, ...written });
    } else {
      const written = await recall.act({ contact, folder });
      if (written !== undefined) setDone({ what, ...written, count: written.recalls.length });
    }
  };
  const begin = (what: Doing["what"], contact: ContactId) => {
    setDone(undefined);
    setDoing({ what, contact });
  };
  return (
    <Page
      title={texts.t("screens.send.title")}
      lead={texts.t("screens.send.lead")}
      actions={
        <Button size="header" kind="first" onPress={() => go({ at: "receive" })}>
          {texts.t("screens.send.receive")}
        </Button>
      }
    >
      {doing === undefined ? null : (
        <PlaceChooser
          want="folder"
          title={texts.t("screens.send.where")}
          onClose={() => setDoing(undefined)}
          onChoose={(folder) => void act(folder, doing)}
        />
      )}
      <TroubleNotice trouble={acknowledge.trouble ?? recall.trouble ?? contacts.trouble ?? waiting.trouble} />
      {done === undefined ? null : (
        <div role="status">
          <Note>
            {texts.t("screens.send.written", { file: done.file, size: texts.size(done.bytes) })}{" "}
            {done.what === "acknowledge"
              ? texts.t("screens.send.acknowledged", { bundles: done.bundles, recalls: done.recalls })
              : texts.t("screens.send.recalled", { count: done.count })}
          </Note>
        </div>
      )}
      {contacts.value === undefined ? null : contacts.value.contacts.length === 0 ? (
        <Empty
          title={texts.t("screens.send.nobodyTitle")}
          action={<Button onPress={() => go({ at: "contacts" })}>{texts.t("screens.send.meet")}</Button>}
        >
          {texts.t("screens.send.nobody")}
        </Empty>
      ) : (
        <Group title={texts.t("screens.send.people")}>
          <Rows>
            {contacts.value.contacts.map((contact) => (
              <ContactRow
                key={contact.contact}
                contact={contact}
                owed={waiting.value?.contacts.find((one) => one.contact === contact.contact)}
                onBegin={begin}
              />
            ))}
          </Rows>
        </Group>
      )}
      <Came />
      <CalledBack contacts={contacts.value?.contacts ?? []} waiting={waiting.value} />
      <Sent contacts={contacts.value?.contacts ?? []} />
    </Page>
  );
}

function ContactRow({
  contact,
  owed,
  onBegin,
}: {
  readonly contact: Contact;
  readonly owed: Waiting | undefined;
  readonly onBegin: (what: Doing["what"], contact: ContactId) => void;
}) {
  const texts = useTexts();
  const { go } = useWay();
  const of = contact.contact;
  return (
    <Row
      title={
        <>
          <bdi>{contact.name}</bdi> · <bdi>{contact.officeName}</bdi>
        </>
      }
      note={
        <span className={styles["who"]}>
          <span className={styles["quiet"]}>
            <Owed owed={owed} />
          </span>
          <TrustLine contact={contact} />
        </span>
      }
    >
      <div className={styles["acts"]}>
        {contact.trust !== "verified" ? (
          <Button onPress={() => go({ at: "contacts", contact: of })}>
            {texts.t("screens.contacts.verify")}
          </Button>
        ) : (
          <>
            {owed === undefined || owed.recalls === 0 ? null : (
              <Button onPress={() => onBegin("recall", of)}>{texts.t("screens.send.recalls")}</Button>
            )}
            {owed === undefined || owed.acknowledgements === 0 ? null : (
              <Button onPress={() => onBegin("acknowledge", of)}>
                {texts.t("screens.send.acknowledge")}
              </Button>
            )}
            <Button onPress={() => go({ at: "send", contact: of })}>{texts.t("screens.send.sendTo")}</Button>
          </>
        )}
      </div>
    </Row>
  );
}

/** Extracts that came here and lie here, to be read again. */
function Came() {
  const texts = useTexts();
  const { go } = useWay();
  const { value } = useAsk("exchange.dossiers", {});
  const dossiers = value?.dossiers ?? [];
  if (dossiers.length === 0) return null;
  return (
    <Group title={texts.t("screens.send.came")}>
      <Rows>
        {dossiers.map((one) => (
          <Row
            key={one.bundle}
            title={
              one.from === undefined ? (
                texts.t("screens.receive.notContact")
              ) : (
                <>
                  <bdi>{one.from.name}</bdi> · <bdi>{one.from.office}</bdi>
                </>
              )
            }
            note={texts.t("screens.send.number", { number: one.number })}
            endNote={texts.dayShort(one.at)}
            onPress={() => go({ at: "dossier", bundle: one.bundle })}
          />
        ))}
      </Rows>
    </Group>
  );
}

function Owed({ owed }: { readonly owed: Waiting | undefined }) {
  const texts = useTexts();
  const cases = useAsk("cases.list", { limit: 1_000 });
  const codes = (owed?.cases ?? []).flatMap(
    (of) => cases.value?.cases.find((one) => one.case === of)?.code ?? [],
  );
  const parts = [
    owed === undefined || owed.recalls === 0
      ? []
      : [texts.t("screens.send.owed.recalls", { count: owed.recalls })],
    owed === undefined || owed.acknowledgements === 0
      ? []
      : [texts.t("screens.send.owed.acknowledgements", { count: owed.acknowledgements })],
    codes.length === 0
      ? []
      : [texts.t("screens.send.owed.cases", { count: owed?.cases.length ?? 0, codes: texts.list(codes) })],
  ].flat();
  return parts.length === 0 ? texts.t("screens.send.owed.nothing") : parts.join(" · ");
}
