// How a decision was given: spoken or written, in which language, who was there, what she was told.
import { ConsentGiven } from "../../../shared/vocabulary/consent.ts";
import { useTexts } from "../../i18n/texts.tsx";
import type { Contact } from "../../parts/trust-line.tsx";
import { Radios, Select } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Why } from "../../ui/notice.tsx";
import type { Answers } from "./draft.ts";

/** What every question is given. */
export type Props = {
  readonly answers: Answers;
  readonly put: (change: Answers) => void;
  readonly contacts: readonly Contact[];
};

const hows = ConsentGiven.shape.how.options;

/** Languages that are offered; all others are named by her office when they come up. */
const languages = [
  "am",
  "ar",
  "bn",
  "ckb",
  "en",
  "es",
  "fa",
  "fa-AF",
  "fr",
  "ha",
  "he",
  "hi",
  "ht",
  "id",
  "km",
  "ku",
  "my",
  "ne",
  "om",
  "prs",
  "ps",
  "pt",
  "rn",
  "ru",
  "rw",
  "si",
  "so",
  "sq",
  "sr",
  "sw",
  "ta",
  "th",
  "ti",
  "tr",
  "ug",
  "uk",
  "ur",
  "uz",
  "vi",
  "zh",
] as const;

export function AskHow({ answers, put }: Props) {
  const texts = useTexts();
  return (
    <>
      <Radios
        label={texts.t("screens.consent.ask.how")}
        labelHidden
        options={hows.map((id) => ({ id, label: texts.t(`screens.consent.how.${id}`) }))}
        value={answers.how}
        onChange={(how) => put({ how })}
      />
      <Select
        label={texts.t("screens.consent.language")}
        options={languages
          .map((id) => ({ id: id as string, label: texts.language(id) }))
          .toSorted((a, b) => a.label.localeCompare(b.label))}
        value={answers.language}
        onChange={(language) => put({ language })}
      />
    </>
  );
}

export function AskAlone({ answers, put }: Props) {
  const { t } = useTexts();
  return (
    <>
      <Radios
        label={t("screens.consent.ask.alone")}
        labelHidden
        options={(["yes", "no", "unknown"] as const).map((id) => ({
          id,
          label: t(`screens.consent.wasAlone.${id}`),
        }))}
        value={answers.alone}
        onChange={(alone) => put({ alone })}
      />
      {answers.alone === "no" ? (
        <Field
          label={t("screens.consent.whoElse")}
          value={answers.whoElse ?? ""}
          onChange={(whoElse) => put({ whoElse })}
          maxLength={1000}
        />
      ) : null}
      <Field
        label={t("screens.consent.interpreter")}
        help={t("screens.consent.interpreterHelp")}
        value={answers.interpreter ?? ""}
        onChange={(interpreter) => put({ interpreter })}
        maxLength={200}
      />
      <Why>{t("screens.consent.whyAlone")}</Why>
    </>
  );
}

export function AskRisks({ answers, put }: Props) {
  const { t } = useTexts();
  return (
    <>
      <Radios
        label={t("screens.consent.ask.risks")}
        labelHidden
        options={(["yes", "no"] as const).map((id) => ({
          id,
          label: t(`screens.consent.risksTold.${id}.label`),
          note: t(`screens.consent.risksTold.${id}.note`),
        }))}
        value={answers.risksTold}
        onChange={(risksTold) => put({ risksTold })}
      />
      <Field
        label={t("screens.consent.words")}
        help={t("screens.consent.wordsHelp")}
        value={answers.words ?? ""}
        onChange={(words) => put({ words })}
        lines={4}
        width="full"
      />
    </>
  );
}
