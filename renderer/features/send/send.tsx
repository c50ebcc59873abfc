// Sending of a case to one contact: to whom, how and what for, what may go, reading all of it, then locking it onto a drive.
import { useState } from "react";
import type { ConsentBody } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, ContactId } from "../../../shared/vocabulary/ids.ts";
import { purposes, type Purpose } from "../../../shared/vocabulary/purposes.ts";
import { useNames } from "../../bridge/names.tsx";
import { useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios, Select } from "../../ui/choice.tsx";
import { Page } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { MayGo } from "./may-go.tsx";
import { Extract } from "./extract.tsx";
import { Leaving } from "./leaving.tsx";
import styles from "./send.module.css";
import { Telling } from "./telling.tsx";

export function Send({ of, to }: { readonly of?: CaseId; readonly to?: ContactId }) {
  const texts = useTexts();
  const { go } = useWay();
  const { covered } = useNames();
  const contacts = useAsk("contacts.list", {});
  const cases = useAsk("cases.list", { limit: 1_000 });
  const [chosenContact, setContact] = useState(to);
  const [chosenCase, setCase] = useState(of);
  const [purpose, setPurpose] = useState<Purpose>();
  const [chosenAct, setAct] = useState<ConsentBody["act"] | "tell">();
  const [reading, setReading] = useState(false);
  if (covered && reading) setReading(false);
  const verified = (contacts.value?.contacts ?? []).filter(({ trust }) => trust === "verified");
  const rows = cases.value?.cases ?? [];
  const contact = verified.find((one) => one.contact === chosenContact);
  const row = rows.find((one) => one.case === chosenCase);
  // Who has another program can open an extract and nothing else.
  const extractOnly = contact?.software === "other";
  const act = extractOnly ? "release" : (chosenAct ?? "share");
  const wanted =
    contact === undefined || row === undefined || purpose === undefined || act === "tell"
      ? undefined
      : { contact, row, purpose, act };
  if (reading && wanted !== undefined) {
    const props = { ...wanted, onBack: () => setReading(false) };
    return act === "release" ? <Extract {...props} /> : <Leaving {...props} />;
  }
  return (
    <Page
      title={texts.t("screens.send.share.title")}
      lead={texts.t("screens.send.share.lead")}
      back={{ label: texts.t("screens.send.share.back"), onPress: () => go({ at: "exchange" }) }}
    >
      <TroubleNotice trouble={contacts.trouble ?? cases.trouble} />
      {contacts.value !== undefined && verified.length === 0 ? (
        <Note>
          {texts.t("screens.send.share.noContact")}{" "}
          <Button kind="link" onPress={() => go({ at: "contacts" })}>
            {texts.t("screens.contacts.title")}
          </Button>
        </Note>
      ) : null}
      {cases.value !== undefined && rows.length === 0 ? (
        <Note>{texts.t("screens.send.share.noCase")}</Note>
      ) : null}
      <div className={styles["choices"]}>
        <Select
          label={texts.t("screens.send.share.to")}
          placeholder={texts.t("screens.send.share.choose")}
          options={verified.map((one) => ({ id: one.contact, label: one.name, note: one.officeName }))}
          value={contact?.contact}
          onChange={setContact}
        />
        <Select
          label={texts.t("screens.send.share.case")}
          placeholder={texts.t("screens.send.share.choose")}
          options={rows.map((one) => ({ id: one.case, label: one.code }))}
          value={row?.case}
          onChange={setCase}
        />
        {act === "tell" ? null : (
          <Select
            label={texts.t("screens.send.share.purpose")}
            placeholder={texts.t("screens.send.share.choose")}
            options={purposes.map((id) => ({ id, label: texts.t(`purposes.${id}`) }))}
            value={purpose}
            onChange={setPurpose}
          />
        )}
      </div>
      {contact === undefined ? null : extractOnly ? (
        <p className={styles["quiet"]}>{texts.t("screens.send.how.extractOnly")}</p>
      ) : (
        <Radios
          label={texts.t("screens.send.how.label")}
          options={(["share", "release", "tell"] as const).map((id) => ({
            id,
            label: texts.t(`screens.send.how.${id}`),
            note: texts.t(`screens.send.how.${id}Note`),
          }))}
          value={act}
          onChange={setAct}
        />
      )}
      {act === "tell" && contact !== undefined && row !== undefined ? (
        <Telling key={`${contact.contact} ${row.case}`} contact={contact} row={row} />
      ) : null}
      {wanted === undefined ? null : <MayGo {...wanted} onRead={() => setReading(true)} />}
    </Page>
  );
}
