// Taking someone off her list: whose decision it was, then a state that says so, or, for safety, no name left behind.
import { useEffect, useRef, useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios, Select } from "../../ui/choice.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import styles from "./family.module.css";
import { sectionOf, states, type FamilyState } from "./standing.ts";

const words = ["hers", "this-persons", "both", "another-persons"] as const;
type Outcome = "state" | "erase";

export function TakeOff({
  person,
  onClose,
  onGone,
}: {
  readonly person: string;
  readonly onClose: () => void;
  readonly onGone: (told: string) => void;
}) {
  const open = useCase();
  const texts = useTexts();
  const erasing = useAct("cases.erase");
  const [word, setWord] = useState<(typeof words)[number]>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [state, setState] = useState<FamilyState>();
  const section = sectionOf(person);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const keepState = async () => {
    if (word === undefined || state === undefined) return;
    const kept = await open.save(section, [
      { path: ["state", "now"], set: state },
      { path: ["state", "byWhoseWord"], set: word },
    ]);
    if (kept) onClose();
  };
  const erase = async () => {
    const erased: Value<"cases.erase"> | undefined = await erasing.act({
      case: open.case,
      ...open.meant(section),
      why: "her-wish",
    });
    if (erased !== undefined) onGone(texts.t("screens.family.takeOff.gone", { offices: erased.recalls }));
  };
  const t = (
    key:
      | "title"
      | "whose"
      | "then"
      | "toState"
      | "toStateNote"
      | "toErase"
      | "toEraseNote"
      | "state"
      | "keep"
      | "warn"
      | "erase",
  ) => texts.t(`screens.family.takeOff.${key}`);
  return (
    <section className={styles["form"]} aria-label={t("title")}>
      <h3 ref={heading} tabIndex={-1}>
        {t("title")}
      </h3>
      <Radios
        label={t("whose")}
        options={words.map((id) => ({ id, label: texts.word(id) }))}
        value={word}
        onChange={setWord}
      />
      {word === undefined ? null : (
        <Radios<Outcome>
          label={t("then")}
          options={[
            { id: "state", label: t("toState"), note: t("toStateNote") },
            { id: "erase", label: t("toErase"), note: t("toEraseNote") },
          ]}
          value={outcome}
          onChange={setOutcome}
        />
      )}
      {outcome === "state" ? (
        <Select
          label={t("state")}
          options={states.filter((one) => one !== "comes-now").map((id) => ({ id, label: texts.word(id) }))}
          value={state}
          onChange={setState}
        />
      ) : null}
      {outcome === "erase" ? <Note kind="due">{t("warn")}</Note> : null}
      <TroubleNotice trouble={outcome === "erase" ? erasing.trouble : open.saving.trouble} />
      <div className={styles["keys"]}>
        {outcome === "erase" ? (
          <Button kind="danger" onPress={() => void erase()} busy={erasing.busy}>
            {t("erase")}
          </Button>
        ) : (
          <Button
            kind="plain"
            onPress={() => void keepState()}
            busy={open.saving.busy}
            disabled={word === undefined || outcome === undefined || state === undefined}
          >
            {t("keep")}
          </Button>
        )}
        <Button kind="quiet" onPress={onClose}>
          {texts.t("screens.common.cancel")}
        </Button>
      </div>
    </section>
  );
}
