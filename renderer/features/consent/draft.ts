// What is being recorded of her yes: answers so far, which question comes next, and the whole once every one is answered.
import type { ConsentBody, ConsentBy, SectionName } from "../../../shared/vocabulary/consent.ts";
import { herWordFields } from "../../../shared/vocabulary/consent.ts";
import { gregorianRange, type PartialDate } from "../../../shared/vocabulary/dates.ts";
import type { ContactId, PersonId } from "../../../shared/vocabulary/ids.ts";
import type { Purpose } from "../../../shared/vocabulary/purposes.ts";
import { sectionKinds, workingKinds } from "../../../shared/vocabulary/sections/index.ts";

export const deciders = ["her", "person", "her-word-for", "authority-over-child"] as const;
export type Decider = (typeof deciders)[number];
type Given = ConsentBody["given"];

/** Answers so far: plain JSON, as drafts are kept. */
export type Answers = {
  readonly at?: number;
  readonly who?: Decider;
  readonly person?: string;
  readonly why?: string;
  readonly authority?: string;
  readonly contact?: string;
  readonly act?: "share" | "release";
  readonly sections?: readonly string[];
  readonly fields?: { readonly [section: string]: readonly string[] };
  readonly purpose?: Purpose;
  readonly purposeNote?: string;
  readonly past?: boolean;
  readonly until?: PartialDate | null;
  readonly event?: string;
  readonly how?: Given["how"];
  readonly language?: string;
  readonly alone?: Given["alone"];
  readonly whoElse?: string;
  readonly interpreter?: string;
  readonly risksTold?: Given["risksTold"];
  readonly words?: string;
};

export type Question =
  | "who"
  | "contact"
  | "act"
  | "sections"
  | "fields"
  | "purpose"
  | "past"
  | "until"
  | "how"
  | "alone"
  | "risks"
  | "read";

/** The questions this decision needs, in order. Her word for a relative covers a fixed few fields, given once. */
export function questionsOf({ who, act }: Answers): readonly Question[] {
  const least = who === "her-word-for";
  return [
    "who",
    "contact",
    ...(least ? [] : (["act"] as const)),
    ...(who === undefined || who === "her" ? (["sections"] as const) : []),
    ...(act === "release" && !least ? (["fields"] as const) : []),
    "purpose",
    ...(act === "share" && !least ? (["past"] as const) : []),
    "until",
    "how",
    "alone",
    "risks",
    "read",
  ];
}

export const sectionOfKey = (key: string): SectionName => {
  const [kind, person] = key.split(" ") as [SectionName["kind"], PersonId | undefined];
  return person === undefined ? { kind } : { kind, person };
};

/** What she may decide about: everything of hers; working notes never leave by a release. */
export const hersToDecide = (act: Answers["act"]): readonly string[] =>
  sectionKinds.filter((kind) => kind !== "family" && (act !== "release" || !workingKinds.has(kind)));

/** The sections the decision is about: hers as chosen, else the page of the one person. */
export function sectionKeys(answers: Answers): readonly string[] {
  if (answers.who !== undefined && answers.who !== "her")
    return answers.person === undefined ? [] : [`family ${answers.person}`];
  return (answers.sections ?? []).filter((key) => hersToDecide(answers.act).includes(key));
}

const text = (value: string | undefined): string | undefined =>
  value?.trim() === "" ? undefined : value?.trim();

/** The last day a date may mean. */
export const lastDay = (date: Answers["until"]): string | undefined =>
  date === undefined || date === null ? undefined : gregorianRange(date)?.to;

export function isAnswered(question: Question, answers: Answers): boolean {
  switch (question) {
    case "who":
      return answers.who === "her" || (answers.who !== undefined && answers.person !== undefined);
    case "contact":
      return answers.contact !== undefined;
    case "act":
      return answers.act !== undefined;
    case "sections":
      return sectionKeys(answers).length > 0;
    case "fields":
      return sectionKeys(answers).some((key) => (answers.fields?.[key] ?? []).length > 0);
    case "purpose":
      return answers.purpose !== undefined;
    case "past":
      return answers.past !== undefined;
    case "until":
      return lastDay(answers.until) !== undefined || text(answers.event) !== undefined;
    case "how":
      return answers.how !== undefined && answers.language !== undefined;
    case "alone":
      return answers.alone !== undefined;
    case "risks":
      return answers.risksTold !== undefined;
    case "read":
      return true;
  }
}

function byOf({ who, person, why, authority }: Answers): ConsentBy | undefined {
  if (who === "her") return { who };
  if (who === undefined || person === undefined) return undefined;
  const whose = person as PersonId;
  switch (who) {
    case "person":
      return { who, person: whose };
    case "her-word-for":
      return { who, person: whose, ...optional("why", text(why)) };
    case "authority-over-child":
      return { who, person: whose, ...optional("name", text(authority)) };
  }
}

const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V };

export type Whole = Pick<
  ConsentBody,
  "act" | "by" | "sections" | "fields" | "past" | "purpose" | "purposeNote" | "until"
> & {
  readonly contact: ContactId;
  readonly given: Omit<Given, "at" | "recordedBy">;
};

/** The decision as it is recorded, or `undefined` while a question is open. */
export function wholeOf(answers: Answers): Whole | undefined {
  const by = byOf(answers);
  const open = questionsOf(answers).some((question) => !isAnswered(question, answers));
  const { contact, purpose, how, language, alone, risksTold } = answers;
  const act = answers.who === "her-word-for" ? "release" : answers.act;
  if (open || by === undefined || contact === undefined || act === undefined || purpose === undefined)
    return undefined;
  if (how === undefined || language === undefined || alone === undefined || risksTold === undefined)
    return undefined;
  const keys = sectionKeys(answers);
  const chosen =
    act === "share"
      ? []
      : keys
          .map((key) => ({
            section: sectionOfKey(key),
            fields: by.who === "her-word-for" ? [...herWordFields] : [...(answers.fields?.[key] ?? [])],
          }))
          .filter(({ fields }) => fields.length > 0);
  return {
    act,
    by,
    contact: contact as ContactId,
    sections: act === "share" ? keys.map(sectionOfKey) : chosen.map(({ section }) => section),
    ...(act === "share" ? {} : { fields: chosen }),
    past: act === "share" && answers.past === true,
    purpose,
    ...optional("purposeNote", text(answers.purposeNote)),
    until: { ...optional("day", lastDay(answers.until)), ...optional("event", text(answers.event)) },
    given: {
      how,
      language,
      alone,
      risksTold,
      ...(alone === "no" ? optional("whoElse", text(answers.whoElse)) : {}),
      ...optional("interpreter", text(answers.interpreter)),
      ...optional("words", text(answers.words)),
    },
  };
}

/** Where a problem with the recorded shape is mended. */
export function questionAt([first, second]: readonly string[]): Question {
  switch (first) {
    case "by":
      return "who";
    case "recipient":
      return "contact";
    case "act":
    case "sections":
    case "fields":
    case "past":
    case "until":
      return first;
    case "purpose":
    case "purposeNote":
      return "purpose";
    default:
      return second === "how" || second === "language"
        ? "how"
        : second === "words" || second === "risksTold"
          ? "risks"
          : "alone";
  }
}
