// Recording her yes: one question at a time, kept while it is answered, read back to her before it is recorded.
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { problemCauses } from "../../../shared/vocabulary/problems.ts";
import { useDraft } from "../../bridge/drafts.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import type { Contact } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import styles from "./consent.module.css";
import { isAnswered, questionAt, questionsOf, wholeOf, type Answers, type Question } from "./draft.ts";
import { questions } from "./questions.tsx";
import { readBack, recipientTitle, useSpeaking } from "./words.ts";

export function RecordYes({
  contacts,
  onRecorded,
  onClose,
}: {
  readonly contacts: readonly Contact[];
  readonly onRecorded: () => void;
  readonly onClose: () => void;
}) {
  const open = useCase();
  const { ready, draft, keep, drop } = useDraft<Answers>({ case: open.case, place: "consent" });
  if (!ready) return null;
  return (
    <Asking
      contacts={contacts}
      before={draft ?? {}}
      keep={keep}
      onRecorded={() => (drop(), onRecorded())}
      onClose={onClose}
      onGiveUp={() => (drop(), onClose())}
    />
  );
}

function Asking({
  contacts,
  before,
  keep,
  onRecorded,
  onClose,
  onGiveUp,
}: {
  readonly contacts: readonly Contact[];
  readonly before: Answers;
  readonly keep: (answers: Answers) => void;
  readonly onRecorded: () => void;
  readonly onClose: () => void;
  readonly onGiveUp: () => void;
}) {
  const open = useCase();
  const texts = useTexts();
  const recording = useAct("consent.record");
  const [answers, setAnswers] = useState(before);
  const list = questionsOf(answers);
  const at = Math.min(answers.at ?? 0, list.length - 1);
  const question = list[at] ?? "who";
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [question]);
  const put = (change: Answers) => {
    const next = { ...answers, ...change };
    setAnswers(next);
    keep(next);
  };
  const to = (next: number) => put({ at: Math.max(0, Math.min(next, list.length - 1)) });
  const problems = problemsIn(recording.trouble);
  const record = async () => {
    const whole = wholeOf(answers);
    if (whole === undefined) {
      const missing = list.findIndex((one) => !isAnswered(one, answers));
      return to(missing === -1 ? 0 : missing);
    }
    const { fields, sections, ...rest } = whole;
    const recorded = await recording.act({
      case: open.case,
      consent: {
        ...rest,
        sections: [...sections],
        ...(fields === undefined
          ? {}
          : { fields: fields.map((one) => ({ ...one, fields: [...one.fields] })) }),
      },
    });
    if (recorded !== undefined) onRecorded();
  };
  const Ask = question === "read" ? undefined : questions[question];
  const wrong = problems.filter((one) => one.question === question);
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (question === "read") void record();
        else if (isAnswered(question, answers)) to(at + 1);
      }}
    >
      <p className={styles["quiet"]}>
        {texts.t("screens.consent.progress", { now: at + 1, total: list.length })}
      </p>
      <h2 ref={heading} tabIndex={-1}>
        {texts.t(`screens.consent.ask.${question}`)}
      </h2>
      {Ask === undefined ? (
        <ReadBack answers={answers} contacts={contacts} />
      ) : (
        <div key={question} className={styles["question"]}>
          <Ask answers={answers} put={put} contacts={contacts} />
        </div>
      )}
      {wrong.map(({ why }) => (
        <p key={why} className={styles["wrong"]} role="alert">
          {texts.t(`problems.${why}`)}
        </p>
      ))}
      {problems.length > 0 && question === "read" ? (
        <Mend problems={problems} onGo={(one) => to(list.indexOf(one))} />
      ) : null}
      <TroubleNotice trouble={problems.length > 0 ? undefined : recording.trouble} />
      <div className={styles["keys"]}>
        <Button
          kind="first"
          type="submit"
          onPress={() => undefined}
          busy={recording.busy}
          disabled={!isAnswered(question, answers)}
        >
          {question === "read" ? texts.t("screens.consent.record") : texts.t("screens.common.next")}
        </Button>
        {at === 0 ? null : <Button onPress={() => to(at - 1)}>{texts.t("screens.common.back")}</Button>}
        <span className={styles["away"]}>
          <Button kind="quiet" onPress={onClose}>
            {texts.t("screens.consent.later")}
          </Button>
          <Button kind="quiet" onPress={onGiveUp}>
            {texts.t("screens.field.giveUp")}
          </Button>
        </span>
      </div>
    </form>
  );
}

type Wrong = { readonly question: Question; readonly why: (typeof problemCauses)[number] };

function problemsIn(
  trouble: ({ readonly type: string } & Readonly<Record<string, unknown>>) | undefined,
): readonly Wrong[] {
  if (trouble?.type !== "ConsentInvalid") return [];
  const found = trouble["problems"] as readonly { at: readonly string[]; why: Wrong["why"] }[];
  return found.map(({ at, why }) => ({ question: questionAt(at), why }));
}

/** What the core found wrong, each with the way to its question. */
function Mend({
  problems,
  onGo,
}: {
  readonly problems: readonly Wrong[];
  readonly onGo: (question: Question) => void;
}) {
  const texts = useTexts();
  return (
    <ul className={styles["mend"]} role="alert">
      {problems.map(({ question, why }) => (
        <li key={`${question} ${why}`}>
          <Button kind="link" onPress={() => onGo(question)}>
            {texts.t(`screens.consent.ask.${question}`)}
          </Button>
          <span>{texts.t(`problems.${why}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function ReadBack({
  answers,
  contacts,
}: {
  readonly answers: Answers;
  readonly contacts: readonly Contact[];
}): ReactNode {
  const speaking = useSpeaking();
  const whole = wholeOf(answers);
  const contact = contacts.find((one) => one.contact === answers.contact);
  if (whole === undefined || contact === undefined)
    return <p>{speaking.texts.t("screens.consent.stillOpen")}</p>;
  const { contact: _contact, ...told } = whole;
  const to = recipientTitle({ kind: "contact", fingerprint: contact.fingerprint }, contacts, speaking);
  return (
    <>
      <p className={styles["quiet"]}>{speaking.texts.t("screens.consent.readLead")}</p>
      <blockquote className={styles["paragraph"]}>{readBack(told, to, speaking)}</blockquote>
    </>
  );
}
