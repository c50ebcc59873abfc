// A decision in words: what stands on her list, and what is read back to her before her yes is recorded.
import type { ConsentBody, SectionName } from "../../../shared/vocabulary/consent.ts";
import { useTexts, type Language } from "../../i18n/texts.tsx";
import { usePeople } from "../../parts/people.ts";
import type { Contact } from "../../parts/trust-line.tsx";
import type { Whole } from "./draft.ts";

export type Told = Omit<Whole, "contact">;
type Texts = Language["texts"];

export type Speaking = {
  readonly texts: Texts;
  readonly nameOf: (person: string) => string;
};

export function useSpeaking(): Speaking {
  const texts = useTexts();
  const { nameOf } = usePeople();
  return { texts, nameOf };
}

export const sectionTitle = ({ kind, person }: SectionName, { texts, nameOf }: Speaking): string =>
  person === undefined
    ? texts.t(`sections.${kind}`)
    : texts.t("screens.consent.page", { name: nameOf(person) });

export function whoDecides(by: ConsentBody["by"], { texts: { t }, nameOf }: Speaking): string {
  switch (by.who) {
    case "her":
      return t("screens.consent.by.her");
    case "person":
      return nameOf(by.person);
    case "her-word-for":
      return t("screens.consent.by.herWord", { name: nameOf(by.person) });
    case "authority-over-child":
      return t("screens.consent.by.authority", {
        who: by.name ?? t("screens.consent.by.whoever"),
        name: nameOf(by.person),
      });
    case "named-decider":
      return by.name;
  }
}

/** Whoever the decision names, as far as this office has met them. */
export function recipientTitle(
  recipient: ConsentBody["recipient"],
  contacts: readonly Contact[],
  { texts: { t } }: Speaking,
): string {
  if (recipient.kind === "herself") return t("screens.people.herself");
  if (recipient.kind === "outsider") return `${recipient.name}, ${recipient.office}`;
  const contact = contacts.find(({ fingerprint }) => fingerprint === recipient.fingerprint);
  return contact === undefined ? t("screens.consent.notMet") : `${contact.name}, ${contact.officeName}`;
}

/** Whole sections, or the fields of each. */
export function whatGoes(told: Pick<Told, "sections" | "fields">, speaking: Speaking): string {
  const { texts } = speaking;
  if (told.fields === undefined) return texts.list(told.sections.map((name) => sectionTitle(name, speaking)));
  return told.fields
    .map(({ section, fields }) =>
      texts.t("screens.consent.fieldsOf", {
        section: sectionTitle(section, speaking),
        fields: texts.list(
          fields.includes("*")
            ? [texts.t("screens.consent.allOfIt")]
            : [...new Set(fields.map((field) => fieldTitle(section, field, texts)))],
        ),
      }),
    )
    .join("; ");
}

/** A leaf's label, with what its group is called where it has one. */
export function fieldTitle({ kind }: SectionName, pattern: string, texts: Texts): string {
  const [group = pattern, ...rest] = pattern.split(".");
  const label = texts.label(`${kind}.${pattern}`);
  if (rest.length === 0) return label;
  return texts.t("screens.consent.fieldIn", {
    field: label.toLocaleLowerCase(),
    group: texts.label(`${kind}.${group}`),
  });
}

export function untilWhen({ day, event }: ConsentBody["until"], { texts }: Speaking): string {
  if (day !== undefined && event !== undefined)
    return texts.t("screens.consent.until.either", { day: texts.day(day), event });
  return day === undefined
    ? texts.t("screens.consent.until.event", { event: event ?? "" })
    : texts.t("screens.consent.until.day", { day: texts.day(day) });
}

export function howGiven(given: Told["given"], { texts }: Speaking): string {
  const { t } = texts;
  return [
    t("screens.consent.given", {
      how: t(`screens.consent.how.${given.how}`),
      language: texts.language(given.language),
    }),
    given.whoElse === undefined
      ? t(`screens.consent.alone.${given.alone}`)
      : t("screens.consent.withElse", { who: given.whoElse }),
    ...(given.interpreter === undefined
      ? []
      : [t("screens.consent.interpreted", { who: given.interpreter })]),
    t(`screens.consent.risks.${given.risksTold}`),
  ].join(" ");
}

/** A decision without what was typed freely: whoever stood by, interpreted or is named as its end may tell who she is. */
export function withoutNames(body: ConsentBody, covered: string): ConsentBody {
  const { whoElse: _whoElse, interpreter: _interpreter, ...given } = body.given;
  const { event, ...until } = body.until;
  const { by } = body;
  return {
    ...body,
    given,
    until: event === undefined ? until : { ...until, event: covered },
    by:
      by.who === "authority-over-child"
        ? { who: by.who, person: by.person }
        : by.who === "named-decider"
          ? { ...by, name: covered }
          : by,
  };
}

/** All of it in one paragraph. */
export function readBack(told: Told, to: string, speaking: Speaking): string {
  const { t } = speaking.texts;
  const what = { who: whoDecides(told.by, speaking), to, what: whatGoes(told, speaking) };
  return [
    told.act === "share" ? t("screens.consent.reads.share", what) : t("screens.consent.reads.release", what),
    t("screens.consent.reads.purpose", { purpose: t(`purposes.${told.purpose}`) }),
    ...(told.purposeNote === undefined ? [] : [`${told.purposeNote}.`]),
    ...(told.act === "share"
      ? [t(told.past ? "screens.consent.reads.past" : "screens.consent.reads.noPast")]
      : []),
    untilWhen(told.until, speaking),
    howGiven(told.given, speaking),
    ...(told.given.words === undefined
      ? []
      : [t("screens.consent.reads.words", { words: told.given.words })]),
  ].join(" ");
}
