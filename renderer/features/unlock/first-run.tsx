// Setting up: a folder, the office and who she is, her passphrase, the 24 words on paper, ready.
import { useState, type FormEvent } from "react";
import { call } from "../../bridge/bridge.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useHands } from "../../bridge/session.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { NewPassphrase } from "../../parts/new-passphrase.tsx";
import { WordsPaper } from "../../parts/words-paper.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Steps } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Acts, ChooseEmpty, Head, type Chosen } from "./steps.tsx";
import styles from "./unlock.module.css";

const steps = ["Folder", "You", "Passphrase", "Words", "Ready"] as const;

export function FirstRun({ onOpen, onLeave }: { readonly onOpen: () => void; readonly onLeave: () => void }) {
  const texts = useTexts();
  const create = useAct("vault.create");
  const [step, setStep] = useState(0);
  const [folder, setFolder] = useState<Chosen>();
  const [office, setOffice] = useState("");
  const [person, setPerson] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [words, setWords] = useState("");
  // Writing 24 words by hand takes longer than an idle laptop may stay open.
  useHands();
  const toPassphrase = (event: FormEvent) => {
    event.preventDefault();
    if (office.trim() !== "" && person.trim() !== "") setStep(2);
  };
  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (folder === undefined || passphrase === "" || create.busy) return;
    const made = await create.act({
      folder: folder.token,
      kind: "real",
      office: office.trim(),
      person: person.trim(),
      passphrase,
    });
    if (made === undefined) return;
    setPassphrase("");
    setWords(made.words);
    setStep(3);
  };
  const confirmed = async () => {
    await call("desk.set", { wordsConfirmed: true });
    setWords("");
    setStep(4);
  };
  return (
    <Steps
      label={texts.t("screens.unlock.steps")}
      steps={steps.map((one) => texts.t(`screens.unlock.step${one}`))}
      current={step}
    >
      {step === 0 ? (
        <ChooseEmpty
          onChoose={(chosen) => {
            setFolder(chosen);
            setStep(1);
          }}
          onLeave={onLeave}
        />
      ) : step === 1 ? (
        <form className={styles["form"]} onSubmit={toPassphrase}>
          <Head title={texts.t("screens.unlock.youTitle")} lead={texts.t("screens.unlock.youLead")} />
          <Field
            label={texts.t("screens.unlock.office")}
            value={office}
            onChange={setOffice}
            maxLength={200}
            autoFocus
          />
          <Field
            label={texts.t("screens.unlock.person")}
            value={person}
            onChange={setPerson}
            maxLength={200}
          />
          <Acts
            label={texts.t("screens.common.next")}
            disabled={office.trim() === "" || person.trim() === ""}
            onBack={() => setStep(0)}
          />
        </form>
      ) : step === 2 ? (
        <form className={styles["form"]} onSubmit={(event) => void make(event)}>
          <Head title={texts.t("screens.unlock.passTitle")} lead={texts.t("screens.unlock.passLead")} />
          <NewPassphrase
            label={texts.t("screens.passphrase.label")}
            value={passphrase}
            onChange={setPassphrase}
            autoFocus
          />
          <TroubleNotice trouble={create.trouble} />
          <Acts
            label={texts.t("screens.unlock.passUse")}
            busy={create.busy}
            disabled={passphrase === ""}
            onBack={() => setStep(1)}
          />
        </form>
      ) : step === 3 ? (
        <WordsPaper words={words} onRight={() => void confirmed()} />
      ) : (
        <>
          <Head title={texts.t("screens.unlock.readyTitle")} lead={texts.t("screens.unlock.readyLead")} />
          <ul className={styles["points"]}>
            <li>{texts.t("screens.unlock.ready1")}</li>
            <li>{texts.t("screens.unlock.ready2")}</li>
            <li>{texts.t("screens.unlock.ready3")}</li>
          </ul>
          <div className={styles["acts"]}>
            <Button kind="first" autoFocus onPress={onOpen}>
              {texts.t("screens.unlock.readyGo")}
            </Button>
          </div>
        </>
      )}
    </Steps>
  );
}
