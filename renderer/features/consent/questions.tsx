// The questions of a decision, each with the controls it is answered by.
import type { ReactNode } from "react";
import { PartialDate } from "../../../shared/vocabulary/dates.ts";
import { purposes } from "../../../shared/vocabulary/purposes.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { EditValue } from "../../parts/edit-value.tsx";
import { usePeople } from "../../parts/people.ts";
import { TrustLine } from "../../parts/trust-line.tsx";
import { Radios, Select, Tick } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Note, Why } from "../../ui/notice.tsx";
import styles from "./consent.module.css";
import {
  deciders,
  hersToDecide,
  lastDay,
  sectionKeys,
  sectionOfKey,
  type Decider,
  type Question,
} from "./draft.ts";
import { FieldsOf } from "./fields.tsx";
import { AskAlone, AskHow, AskRisks, type Props } from "./questions-how.tsx";
import { sectionTitle, useSpeaking } from "./words.ts";

export const questions: Readonly<Record<Exclude<Question, "read">, (props: Props) => ReactNode>> = {
  who: AskWho,
  contact: AskContact,
  act: AskAct,
  sections: AskSections,
  fields: AskFields,
  purpose: AskPurpose,
  past: AskPast,
  until: AskUntil,
  how: AskHow,
  alone: AskAlone,
  risks: AskRisks,
};

function AskWho({ answers, put }: Props) {
  const { t } = useTexts();
  const { options } = usePeople();
  const family = options.filter(({ id }) => id !== "her");
  const offered = family.length === 0 ? deciders.slice(0, 1) : deciders;
  return (
    <>
      <Radios<Decider>
        label={t("screens.consent.ask.who")}
        labelHidden
        options={offered.map((id) => ({
          id,
          label: t(`screens.consent.who.${id}.label`),
          note: t(`screens.consent.who.${id}.note`),
        }))}
        value={answers.who}
        onChange={(who) => put({ who })}
      />
      {answers.who === undefined || answers.who === "her" ? null : (
        <Select
          label={t("screens.consent.about")}
          options={family}
          value={answers.person}
          onChange={(person) => put({ person })}
        />
      )}
      {answers.who === "her-word-for" ? (
        <Field
          label={t("screens.consent.whyNotAsked")}
          value={answers.why ?? ""}
          onChange={(why) => put({ why })}
          width="full"
        />
      ) : null}
      {answers.who === "authority-over-child" ? (
        <Field
          label={t("screens.consent.authority")}
          value={answers.authority ?? ""}
          onChange={(authority) => put({ authority })}
          maxLength={200}
        />
      ) : null}
      <Why>{t("screens.consent.whyWho")}</Why>
    </>
  );
}

function AskContact({ answers, put, contacts }: Props) {
  const { t } = useTexts();
  const verified = contacts.filter(({ trust }) => trust === "verified");
  const others = contacts.filter(({ trust }) => trust !== "verified");
  const chosen = verified.find(({ contact }) => contact === answers.contact);
  return (
    <>
      {verified.length === 0 ? <Note>{t("screens.consent.nobodyVerified")}</Note> : null}
      <Radios
        label={t("screens.consent.ask.contact")}
        labelHidden
        options={verified.map(({ contact, name, officeName }) => ({
          id: contact as string,
          label: name,
          note: officeName,
        }))}
        value={answers.contact}
        onChange={(contact) => put({ contact })}
      />
      {chosen === undefined ? null : <TrustLine contact={chosen} />}
      {others.length === 0 ? null : (
        <section className={styles["others"]}>
          <h3>{t("screens.consent.notThese")}</h3>
          <ul>
            {others.map((contact) => (
              <li key={contact.contact}>
                <bdi>{contact.name}</bdi>, <bdi>{contact.officeName}</bdi>
                <TrustLine contact={contact} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function AskAct({ answers, put }: Props) {
  const { t } = useTexts();
  return (
    <Radios
      label={t("screens.consent.ask.act")}
      labelHidden
      options={(["share", "release"] as const).map((id) => ({
        id,
        label: t(`screens.consent.acts.${id}.label`),
        note: t(`screens.consent.acts.${id}.note`),
      }))}
      value={answers.act}
      onChange={(act) => put({ act })}
    />
  );
}

function AskSections({ answers, put }: Props) {
  const speaking = useSpeaking();
  const { t } = speaking.texts;
  const now = answers.sections ?? [];
  return (
    <>
      <div className={styles["ticks"]}>
        {hersToDecide(answers.act).map((key) => (
          <Tick
            key={key}
            value={now.includes(key)}
            onChange={(on) => put({ sections: on ? [...now, key] : now.filter((one) => one !== key) })}
            {...(key === "reach"
              ? { note: t("screens.consent.reachNote") }
              : key === "plan" || key === "journal"
                ? { note: t("screens.consent.workingNote") }
                : {})}
          >
            {sectionTitle(sectionOfKey(key), speaking)}
          </Tick>
        ))}
      </div>
      <p className={styles["quiet"]}>
        {t("screens.consent.familyApart")} <Why>{t("screens.consent.whyReach")}</Why>
      </p>
    </>
  );
}

function AskFields({ answers, put }: Props) {
  const speaking = useSpeaking();
  const { t } = speaking.texts;
  return (
    <>
      <p className={styles["quiet"]}>{t("screens.consent.fieldsLead")}</p>
      {sectionKeys(answers).map((key) => (
        <FieldsOf
          key={key}
          section={sectionOfKey(key)}
          chosen={answers.fields?.[key] ?? []}
          onChange={(fields) => put({ fields: { ...answers.fields, [key]: fields } })}
        />
      ))}
    </>
  );
}

function AskPurpose({ answers, put }: Props) {
  const { t } = useTexts();
  return (
    <>
      <Select
        label={t("screens.consent.ask.purpose")}
        labelHidden
        placeholder={t("screens.consent.choosePurpose")}
        options={purposes.map((id) => ({ id, label: t(`purposes.${id}`) }))}
        value={answers.purpose}
        onChange={(purpose) => put({ purpose })}
      />
      <Field
        label={t("screens.consent.purposeNote")}
        value={answers.purposeNote ?? ""}
        onChange={(purposeNote) => put({ purposeNote })}
        width="full"
        maxLength={1000}
      />
      <Why>{t("screens.consent.whyPurpose")}</Why>
    </>
  );
}

function AskPast({ answers, put }: Props) {
  const { t } = useTexts();
  return (
    <Radios
      label={t("screens.consent.ask.past")}
      labelHidden
      options={(["no", "yes"] as const).map((id) => ({
        id,
        label: t(`screens.consent.past.${id}.label`),
        note: t(`screens.consent.past.${id}.note`),
      }))}
      value={answers.past === undefined ? undefined : answers.past ? "yes" : "no"}
      onChange={(past) => put({ past: past === "yes" })}
    />
  );
}

function AskUntil({ answers, put }: Props) {
  const texts = useTexts();
  const day = lastDay(answers.until);
  return (
    <>
      <p className={styles["quiet"]}>{texts.t("screens.consent.untilLead")}</p>
      <EditValue
        label={texts.t("screens.consent.untilDay")}
        meta={{ type: "date", personal: false, freeText: false }}
        typed={answers.until}
        people={[]}
        onTyped={(until) => put({ until: PartialDate.safeParse(until).data ?? null })}
      />
      {day === undefined ? null : <p>{texts.t("screens.consent.until.day", { day: texts.day(day) })}</p>}
      <Field
        label={texts.t("screens.consent.untilEvent")}
        value={answers.event ?? ""}
        onChange={(event) => put({ event })}
        width="full"
        maxLength={1000}
      />
    </>
  );
}
