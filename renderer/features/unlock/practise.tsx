// Practice: a folder, any name, a passphrase; then an invented office with invented cases.
import { useState, type FormEvent } from "react";
import { useJob } from "../../bridge/job.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { NewPassphrase } from "../../parts/new-passphrase.tsx";
import { Field } from "../../ui/field.tsx";
import { Steps } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Acts, ChooseEmpty, Head, type Chosen } from "./steps.tsx";
import styles from "./unlock.module.css";

export function Practise({ onOpen, onLeave }: { readonly onOpen: () => void; readonly onLeave: () => void }) {
  const texts = useTexts();
  const create = useAct("vault.createPractice");
  const job = useJob();
  const [folder, setFolder] = useState<Chosen>();
  const [person, setPerson] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (folder === undefined || person.trim() === "" || passphrase === "" || create.busy) return;
    const made = await create.act({
      folder: folder.token,
      person: person.trim(),
      passphrase,
      job: job.start(),
    });
    if (made !== undefined) onOpen();
  };
  return (
    <Steps
      label={texts.t("screens.unlock.practiceSteps")}
      steps={[texts.t("screens.unlock.stepFolder"), texts.t("screens.unlock.stepPassphrase")]}
      current={folder === undefined ? 0 : 1}
    >
      {folder === undefined ? (
        <ChooseEmpty onChoose={setFolder} onLeave={onLeave} />
      ) : (
        <form className={styles["form"]} onSubmit={(event) => void make(event)}>
          <Head
            title={texts.t("screens.unlock.practiceYouTitle")}
            lead={texts.t("screens.unlock.practiceYouLead")}
          />
          {create.busy ? (
            <Progress
              what={texts.t("screens.unlock.makingPractice")}
              done={job.progress?.done ?? 0}
              total={job.progress?.total ?? 0}
              onStop={job.stop}
            />
          ) : (
            <>
              <Field
                label={texts.t("screens.unlock.person")}
                value={person}
                onChange={setPerson}
                maxLength={200}
                autoFocus
              />
              <NewPassphrase
                label={texts.t("screens.passphrase.label")}
                value={passphrase}
                onChange={setPassphrase}
              />
            </>
          )}
          <TroubleNotice trouble={create.trouble} />
          <Acts
            label={texts.t("screens.unlock.readyGo")}
            busy={create.busy}
            disabled={person.trim() === "" || passphrase === ""}
            onBack={() => setFolder(undefined)}
          />
        </form>
      )}
    </Steps>
  );
}
