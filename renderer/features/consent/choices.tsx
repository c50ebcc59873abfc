// What may go to one contact for one purpose now, and for each section that may not, why.
import { useState } from "react";
import { purposes, type Purpose } from "../../../shared/vocabulary/purposes.ts";
import { useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Barred } from "../../parts/barred.tsx";
import { keyOf, useCase } from "../../parts/case-file.tsx";
import { TrustLine, type Contact } from "../../parts/trust-line.tsx";
import { Select } from "../../ui/choice.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Chip, Chips } from "../../ui/signs.tsx";
import styles from "./consent.module.css";
import { sectionTitle, useSpeaking } from "./words.ts";

export function MayGo({
  contacts,
  first,
}: {
  readonly contacts: readonly Contact[];
  /** The purpose of her latest decision. */
  readonly first: { readonly contact: string | undefined; readonly purpose: Purpose | undefined };
}) {
  const texts = useTexts();
  const [contact = first.contact ?? contacts[0]?.contact, setContact] = useState<string>();
  const [purpose = first.purpose ?? "joint-protection", setPurpose] = useState<Purpose>();
  const chosen = contacts.find((one) => one.contact === contact);
  return (
    <>
      <div className={styles["pick"]}>
        <Select
          label={texts.t("screens.consent.to")}
          options={contacts.map((one) => ({
            id: one.contact as string,
            label: one.name,
            note: one.officeName,
          }))}
          value={contact}
          onChange={setContact}
        />
        <Select
          label={texts.t("screens.consent.for")}
          options={purposes.map((id) => ({ id, label: texts.t(`purposes.${id}`) }))}
          value={purpose}
          onChange={setPurpose}
        />
      </div>
      {chosen === undefined ? null : (
        <>
          <TrustLine contact={chosen} />
          <ChoicesOf contact={chosen} purpose={purpose} />
        </>
      )}
    </>
  );
}

function ChoicesOf({ contact, purpose }: { readonly contact: Contact; readonly purpose: Purpose }) {
  const open = useCase();
  const speaking = useSpeaking();
  const { t } = speaking.texts;
  const asked = useAsk(
    "consent.choices",
    { case: open.case, contact: contact.contact, purpose },
    { keep: true },
  );
  if (asked.trouble !== undefined) return <TroubleNotice trouble={asked.trouble} />;
  if (asked.value === undefined) return null;
  const { choices, refused } = asked.value;
  return (
    <>
      <Barred
        why={refused}
        office={contact.officeName}
        of={open.case}
        weAnswer={open.overview.row.role === "steward"}
      />
      <Chips label={t("screens.consent.mayGo")}>
        {choices.map(({ section, may, why }) => (
          <Chip
            key={keyOf(section)}
            may={may}
            {...(may || why === undefined || refused !== undefined ? {} : { reason: t(`refusals.${why}`) })}
          >
            {sectionTitle(section, speaking)}
          </Chip>
        ))}
      </Chips>
    </>
  );
}
