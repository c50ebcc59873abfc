// Recording her no: to the whole or to some of it, by whom and how; what will happen is said before, what happened after.
import { useEffect, useRef, useState } from "react";
import { ConsentWithdrawal, type ConsentBody } from "../../../shared/vocabulary/consent.ts";
import type { Value } from "../../bridge/bridge.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { keyOf, useCase } from "../../parts/case-file.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios, Tick } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import styles from "./consent.module.css";
import { sectionTitle, useSpeaking, whoDecides } from "./words.ts";

const hows = ConsentWithdrawal.shape.how.options;
type How = (typeof hows)[number];

export function RecordNo({
  body,
  to,
  onRecorded,
  onClose,
}: {
  readonly body: ConsentBody;
  readonly to: string;
  readonly onRecorded: (done: Value<"consent.withdraw">) => void;
  readonly onClose: () => void;
}) {
  const open = useCase();
  const texts = useTexts();
  const speaking = useSpeaking();
  const withdrawing = useAct("consent.withdraw");
  const speakers = speakersOf(body);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [by, setBy] = useState<string>();
  const [how, setHow] = useState<How>();
  const [words, setWords] = useState("");
  const [whole, setWhole] = useState(true);
  const [gone, setGone] = useState<readonly string[]>([]);
  const speaker = speakers.find((one) => JSON.stringify(one) === by);
  const sections = body.sections.filter((name) => gone.includes(keyOf(name)));
  const record = async () => {
    if (speaker === undefined || how === undefined) return;
    const done = await withdrawing.act({
      case: open.case,
      consent: body.id,
      by: speaker,
      how,
      ...(words.trim() === "" ? {} : { words: words.trim() }),
      ...(whole || sections.length === body.sections.length ? {} : { sections: [...sections] }),
    });
    if (done !== undefined) onRecorded(done);
  };
  return (
    <section className={styles["no"]} aria-label={texts.t("screens.consent.no.title")}>
      <h4 ref={heading} tabIndex={-1}>
        {texts.t("screens.consent.no.title")}
      </h4>
      <Note>{texts.t("screens.consent.no.first", { to })}</Note>
      {body.sections.length < 2 ? null : (
        <>
          <Radios
            label={texts.t("screens.consent.no.which")}
            options={(["whole", "some"] as const).map((id) => ({
              id,
              label: texts.t(`screens.consent.no.${id}`),
            }))}
            value={whole ? "whole" : "some"}
            onChange={(one) => setWhole(one === "whole")}
          />
          {whole ? null : (
            <div className={styles["ticks"]}>
              {body.sections.map((name) => {
                const key = keyOf(name);
                return (
                  <Tick
                    key={key}
                    value={gone.includes(key)}
                    onChange={(on) => setGone(on ? [...gone, key] : gone.filter((one) => one !== key))}
                  >
                    {sectionTitle(name, speaking)}
                  </Tick>
                );
              })}
            </div>
          )}
        </>
      )}
      <Radios
        label={texts.t("screens.consent.no.by")}
        options={speakers.map((one) => ({ id: JSON.stringify(one), label: whoDecides(one, speaking) }))}
        value={by}
        onChange={setBy}
      />
      <Radios
        label={texts.t("screens.consent.no.how")}
        options={hows.map((id) => ({ id, label: texts.t(`screens.consent.no.hows.${id}`) }))}
        value={how}
        onChange={setHow}
      />
      <Field
        label={texts.t("screens.consent.no.words")}
        help={texts.t("screens.consent.no.wordsHelp")}
        value={words}
        onChange={setWords}
        lines={3}
        width="full"
      />
      <TroubleNotice trouble={withdrawing.trouble} />
      <div className={styles["keys"]}>
        <Button
          kind="first"
          onPress={() => void record()}
          busy={withdrawing.busy}
          disabled={speaker === undefined || how === undefined || (!whole && sections.length === 0)}
        >
          {texts.t("screens.consent.no.record")}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {texts.t("screens.common.cancel")}
        </Button>
      </div>
    </section>
  );
}

/** Who may say no to this: she, and whoever said yes; the relative her word stood for, once asked. */
function speakersOf({ by }: ConsentBody): readonly ConsentBody["by"][] {
  const her = { who: "her" } as const;
  switch (by.who) {
    case "her":
      return [her];
    case "her-word-for":
      return [her, { who: "person", person: by.person }];
    default:
      return [by, her];
  }
}
