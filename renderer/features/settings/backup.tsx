// Backups: making one, how old the last is, whether one would open today; and whether everything here is as it was written.
import { useState } from "react";
import { useJob } from "../../bridge/job.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { Button } from "../../ui/button.tsx";
import { Passphrase } from "../../ui/field.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Done, InPlace, Part, Running } from "./part.tsx";

export function BackupPart() {
  return (
    <>
      <Make />
      <Drill />
      <Check />
    </>
  );
}

function Make() {
  const texts = useTexts();
  const today = useAsk("overview.today", {});
  const backup = useAct("vault.backup");
  const job = useJob();
  const [choosing, setChoosing] = useState(false);
  const [bytes, setBytes] = useState<number>();
  const make = async (folder: string) => {
    setChoosing(false);
    const made = await backup.act({ folder, job: job.start() });
    setBytes(made?.bytes);
  };
  const days = today.value?.backup.days;
  return (
    <Part title={texts.t("screens.settings.backupMake")} note={texts.t("screens.settings.backupNote")}>
      {today.value === undefined ? null : (
        <p>
          {days === undefined
            ? texts.t("screens.settings.backupNever")
            : texts.t("screens.settings.backupAge", { days })}
        </p>
      )}
      {bytes === undefined ? null : (
        <Done>{texts.t("screens.settings.backupDone", { size: texts.size(bytes) })}</Done>
      )}
      <TroubleNotice trouble={backup.trouble} />
      <Running
        what={texts.t("screens.settings.backing")}
        busy={backup.busy}
        course={job.progress}
        onStop={job.stop}
      />
      {choosing ? (
        <PlaceChooser
          want="folder"
          title={texts.t("screens.settings.backupTo")}
          onChoose={(token) => void make(token)}
          onClose={() => setChoosing(false)}
        />
      ) : backup.busy ? null : (
        <Button
          kind="first"
          onPress={() => {
            setBytes(undefined);
            backup.forget();
            setChoosing(true);
          }}
        >
          {texts.t("screens.settings.backupGo")}
        </Button>
      )}
    </Part>
  );
}

function Drill() {
  const texts = useTexts();
  const drill = useAct("vault.drill");
  const job = useJob();
  const [from, setFrom] = useState<"choosing" | { readonly token: string }>();
  const [passphrase, setPassphrase] = useState("");
  const [said, setSaid] = useState<string>();
  const close = () => {
    drill.forget();
    setPassphrase("");
    setFrom(undefined);
  };
  const go = async (token: string) => {
    const tried = await drill.act({ from: token, passphrase, job: job.start() });
    if (tried === undefined) return;
    setSaid(texts.t("screens.settings.drillDone", { when: texts.dayShort(tried.made), cases: tried.cases }));
    close();
  };
  return (
    <Part title={texts.t("screens.settings.drill")} note={texts.t("screens.settings.drillNote")}>
      {said === undefined ? null : <Done>{said}</Done>}
      {from === undefined ? (
        <Button
          onPress={() => {
            setSaid(undefined);
            setFrom("choosing");
          }}
        >
          {texts.t("screens.settings.drillGo")}
        </Button>
      ) : from === "choosing" ? (
        <PlaceChooser want="folder" holds="backup" onChoose={(token) => setFrom({ token })} onClose={close} />
      ) : (
        <InPlace
          act={texts.t("screens.settings.drillTry")}
          ready={passphrase !== ""}
          busy={drill.busy}
          trouble={drill.trouble}
          onAct={() => void go(from.token)}
          onCancel={close}
        >
          <Passphrase
            label={texts.t("screens.settings.drillPass")}
            value={passphrase}
            onChange={setPassphrase}
            autoFocus
          />
          <Running
            what={texts.t("screens.settings.drilling")}
            busy={drill.busy}
            course={job.progress}
            onStop={job.stop}
          />
        </InPlace>
      )}
    </Part>
  );
}

function Check() {
  const texts = useTexts();
  const check = useAct("vault.check");
  const job = useJob();
  const [rows, setRows] = useState<number>();
  const go = async () => {
    setRows(undefined);
    const checked = await check.act({ job: job.start() });
    setRows(checked?.rows);
  };
  return (
    <Part title={texts.t("screens.settings.check")} note={texts.t("screens.settings.checkNote")}>
      {rows === undefined ? null : <Done>{texts.t("screens.settings.checkDone", { rows })}</Done>}
      <TroubleNotice trouble={check.trouble} />
      <Running
        what={texts.t("screens.settings.checking")}
        busy={check.busy}
        course={job.progress}
        onStop={job.stop}
      />
      {check.busy ? null : <Button onPress={() => void go()}>{texts.t("screens.settings.checkGo")}</Button>}
    </Part>
  );
}
