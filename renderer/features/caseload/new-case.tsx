// A case begun by hand: a few questions, none of them needed but one fact; what is typed is kept while it is typed.
import { useState } from "react";
import { useDraft } from "../../bridge/drafts.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Group, Page } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { FromFile } from "./from-file.tsx";
import { channelKinds, dueIn, editsOf, nothing, safeties, type Begun } from "./new-case.edits.ts";
import { ZoneField } from "./zone.tsx";
import styles from "./new-case.module.css";

export function NewCase() {
  const texts = useTexts();
  const { draft, ready, keep, drop } = useDraft<Begun>({ place: "new-case" });
  const [typed, setTyped] = useState<Begun>();
  const [byFile, setByFile] = useState(false);
  if (!ready) return <Page title={texts.t("screens.caseload.new.title")}>{null}</Page>;
  if (byFile) return <FromFile onByHand={() => setByFile(false)} />;
  return (
    <ByHand
      typed={typed ?? { ...nothing, ...draft }}
      onTyped={(now) => {
        setTyped(now);
        keep(now);
      }}
      drop={drop}
      onFile={() => setByFile(true)}
    />
  );
}

const now = () => Date.now();

function ByHand({
  typed,
  onTyped,
  drop,
  onFile,
}: {
  readonly typed: Begun;
  readonly onTyped: (now: Begun) => void;
  readonly drop: () => void;
  readonly onFile: () => void;
}) {
  const texts = useTexts();
  const { go, back } = useWay();
  const creating = useAct("cases.create");
  const [asked, setAsked] = useState(false);
  const zone = useAsk(
    "papers.readZone",
    { text: typed.zone },
    { when: typed.zone.trim() !== "", keep: true },
  );
  const edits = editsOf(typed, typed.zone.trim() === "" ? undefined : zone.value, now());
  const put = (change: Partial<Begun>) => onTyped({ ...typed, ...change });
  const make = async () => {
    setAsked(true);
    if (edits.length === 0) return;
    const made = await creating.act({ reason: "", edits });
    if (made === undefined) return;
    drop();
    go({ at: "case", case: made.case, tab: "overview" });
  };
  const giveUp = () => {
    drop();
    back();
  };
  return (
    <Page
      title={texts.t("screens.caseload.new.title")}
      lead={texts.t("screens.caseload.new.lead")}
      back={{ label: texts.t("screens.caseload.new.back"), onPress: back }}
      aside={
        <>
          <h2>{texts.t("screens.caseload.new.aside.title")}</h2>
          <p>{texts.t("screens.caseload.new.aside.code")}</p>
          <p>{texts.t("screens.caseload.new.aside.draft")}</p>
          <h2>{texts.t("screens.caseload.new.aside.file")}</h2>
          <p>{texts.t("screens.caseload.new.aside.fileText")}</p>
          <div>
            <Button onPress={onFile}>{texts.t("screens.caseload.new.aside.choose")}</Button>
          </div>
        </>
      }
    >
      <div className={styles["form"]}>
        <Group title={texts.t("screens.caseload.new.her")}>
          <div className={styles["fields"]}>
            <Field
              label={texts.t("screens.caseload.new.called")}
              help={texts.t("screens.caseload.new.calledHelp")}
              value={typed.called}
              onChange={(called) => put({ called })}
              maxLength={200}
              autoFocus
            />
          </div>
        </Group>
        <Group title={texts.t("screens.caseload.new.reach")}>
          <div className={styles["fields"]}>
            <div className={styles["side"]}>
              <Select
                label={texts.t("screens.caseload.new.how")}
                width="short"
                options={[
                  { id: "", label: texts.t("screens.caseload.new.notSaid") },
                  ...channelKinds.map((id) => ({ id, label: texts.word(id) })),
                ]}
                value={typed.channel}
                onChange={(channel) => put({ channel })}
              />
              <div className={styles["wide"]}>
                <Field
                  label={texts.t("screens.caseload.new.address")}
                  value={typed.address}
                  onChange={(address) => put({ address })}
                  maxLength={200}
                />
              </div>
            </div>
            <Select
              label={texts.t("screens.caseload.new.safety")}
              options={safeties.map((id) => ({ id, label: texts.t(`screens.caseload.new.safetyOf.${id}`) }))}
              value={typed.safety}
              onChange={(safety) => put({ safety })}
            />
          </div>
        </Group>
        <Group title={texts.t("screens.caseload.new.told")}>
          <div className={styles["fields"]}>
            <Field
              label={texts.t("screens.caseload.new.toldLabel")}
              help={texts.t("screens.caseload.new.toldHelp")}
              lines={4}
              width="full"
              value={typed.told}
              onChange={(told) => put({ told })}
              maxLength={20_000}
            />
          </div>
        </Group>
        <Group title={texts.t("screens.caseload.new.first")}>
          <div className={styles["side"]}>
            <div className={styles["wide"]}>
              <Field
                label={texts.t("screens.caseload.new.firstLabel")}
                value={typed.first}
                onChange={(first) => put({ first })}
                maxLength={1_000}
              />
            </div>
            <Select
              label={texts.t("screens.caseload.new.when")}
              width="short"
              options={dueIn.map((id) => ({ id, label: texts.t(`screens.caseload.new.due.${id}`) }))}
              value={typed.due}
              onChange={(due) => put({ due })}
            />
          </div>
        </Group>
        <Group title={texts.t("screens.caseload.new.papers")}>
          <div className={styles["fields"]}>
            <ZoneField
              typed={typed.zone}
              onTyped={(text) => put({ zone: text })}
              zone={zone.value}
              take={typed.takeZone}
              onTake={(takeZone) => put({ takeZone })}
            />
          </div>
        </Group>
        <TroubleNotice trouble={creating.trouble} />
        <div className={styles["keys"]}>
          <Button kind="first" busy={creating.busy} onPress={() => void make()}>
            {texts.t("screens.caseload.new.make")}
          </Button>
          <Button kind="quiet" onPress={giveUp}>
            {texts.t("screens.caseload.new.drop")}
          </Button>
          {asked && edits.length === 0 ? (
            <p role="alert" className={styles["needs"]}>
              {texts.t("screens.caseload.new.needsOne")}
            </p>
          ) : null}
        </div>
      </div>
    </Page>
  );
}
