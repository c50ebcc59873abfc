// Bringing back a backup: which, where to, and the passphrase or the words of then.
import { useState, type FormEvent } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useJob } from "../../bridge/job.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { Button } from "../../ui/button.tsx";
import { Passphrase } from "../../ui/field.tsx";
import { Steps } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Acts, ChooseEmpty, Head, type Chosen } from "./steps.tsx";
import styles from "./unlock.module.css";

export function Restore({
  onRestored,
  onLeave,
}: {
  readonly onRestored: (token: string, name: string) => void;
  readonly onLeave: () => void;
}) {
  const texts = useTexts();
  const restore = useAct("vault.restore");
  const job = useJob();
  const [from, setFrom] = useState<Chosen>();
  const [to, setTo] = useState<Chosen>();
  const [passphrase, setPassphrase] = useState("");
  const [done, setDone] = useState<Value<"vault.restore">>();
  const bring = async (event: FormEvent) => {
    event.preventDefault();
    if (from === undefined || to === undefined || passphrase === "" || restore.busy) return;
    const brought = await restore.act({
      from: from.token,
      folder: to.token,
      passphrase,
      job: job.start(),
    });
    setPassphrase("");
    setDone(brought);
  };
  const step = from === undefined ? 0 : to === undefined ? 1 : 2;
  return (
    <Steps
      label={texts.t("screens.unlock.restoreSteps")}
      steps={[
        texts.t("screens.unlock.restoreFrom"),
        texts.t("screens.unlock.stepFolder"),
        texts.t("screens.unlock.stepPassphrase"),
      ]}
      current={done === undefined ? step : 3}
    >
      {done !== undefined && to !== undefined ? (
        <>
          <Head
            title={texts.t("screens.unlock.restoredTitle")}
            lead={texts.t("screens.unlock.restored", { when: texts.dayShort(done.made), cases: done.cases })}
          />
          <div className={styles["acts"]}>
            <Button kind="first" autoFocus onPress={() => onRestored(to.token, to.name)}>
              {texts.t("screens.unlock.restoredGo")}
            </Button>
          </div>
        </>
      ) : from === undefined ? (
        <>
          <Head title={texts.t("screens.unlock.restoreTitle")} lead={texts.t("screens.unlock.restoreNote")} />
          <PlaceChooser
            want="folder"
            holds="backup"
            onChoose={(token, name) => setFrom({ token, name })}
            onClose={onLeave}
          />
        </>
      ) : to === undefined ? (
        <ChooseEmpty onChoose={setTo} onLeave={() => setFrom(undefined)} />
      ) : (
        <form className={styles["form"]} onSubmit={(event) => void bring(event)}>
          <Head
            title={texts.t("screens.unlock.restorePassTitle")}
            lead={texts.t("screens.unlock.restorePass")}
          />
          <Passphrase
            label={texts.t("screens.passphrase.label")}
            value={passphrase}
            onChange={setPassphrase}
            autoFocus
          />
          {restore.busy ? (
            <Progress
              what={texts.t("screens.unlock.restoring")}
              done={job.progress?.done ?? 0}
              total={job.progress?.total ?? 0}
              onStop={job.stop}
            />
          ) : null}
          <TroubleNotice trouble={restore.trouble} />
          <Acts
            label={texts.t("screens.unlock.restoreGo")}
            busy={restore.busy}
            disabled={passphrase === ""}
            onBack={() => setTo(undefined)}
          />
        </form>
      )}
    </Steps>
  );
}
