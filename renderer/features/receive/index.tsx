// Taking in what came: choose it, see from whom it is and what it would change, then take it.
import { useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useJob } from "../../bridge/job.ts";
import { useNames } from "../../bridge/names.tsx";
import { useAct } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/frame.tsx";
import { Empty, Note, TroubleNotice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { NamesState } from "../../ui/signs.tsx";
import { LookedFile } from "./looked-file.tsx";
import { Taken } from "./taken.tsx";
import styles from "./receive.module.css";

type Chosen = { readonly token: string; readonly name: string };

export function Receive() {
  const texts = useTexts();
  const { go } = useWay();
  const { covered } = useNames();
  const [choosing, setChoosing] = useState<"file" | "folder">();
  const [chosen, setChosen] = useState<Chosen>();
  const [files, setFiles] = useState<Value<"exchange.look">["files"]>();
  const [taken, setTaken] = useState<Value<"exchange.receive">["files"]>();
  const [shown, setShown] = useState(false);
  const look = useAct("exchange.look");
  const receive = useAct("exchange.receive");
  const job = useJob();
  if (covered && shown) setShown(false);

  const lookAt = async (one: Chosen) => {
    setChoosing(undefined);
    setChosen(one);
    setFiles(undefined);
    setTaken(undefined);
    receive.forget();
    const looked = await look.act({ from: one.token, job: job.start() });
    setFiles(looked?.files);
  };
  const others = (files ?? []).filter(({ why }) => why?.type === "NotForUs");
  const ours = (files ?? []).filter(({ why }) => why?.type !== "NotForUs");
  const ready = ours.filter(({ outcome }) => outcome === "ready");
  // Just what was looked at is taken, even where the drive has more by now.
  const only = ready.flatMap(({ bundle }) => bundle ?? []);
  const take = async () => {
    if (chosen === undefined) return;
    const done = await receive.act({ from: chosen.token, only, job: job.start() });
    setTaken(done?.files);
  };
  const busy = look.busy || receive.busy;
  const again = () => {
    setFiles(undefined);
    setTaken(undefined);
    setChosen(undefined);
  };
  return (
    <Page
      title={texts.t("screens.receive.title")}
      lead={texts.t("screens.receive.lead")}
      back={{ label: texts.t("screens.receive.back"), onPress: () => go({ at: "exchange" }) }}
      beside={
        files === undefined || taken !== undefined ? undefined : (
          <NamesState shown={shown} onShow={() => setShown(true)} onCover={() => setShown(false)} />
        )
      }
      aside={
        files === undefined || taken !== undefined || busy ? undefined : (
          <>
            <h2>{texts.t("screens.receive.from")}</h2>
            <p>
              {only.length === 0
                ? texts.t("screens.receive.takesNone")
                : texts.t("screens.receive.takes", { count: only.length })}
            </p>
            {only.length === 0 ? null : (
              <Button kind="first" size="alone" onPress={() => void take()}>
                {texts.t("screens.receive.take")}
              </Button>
            )}
            <Button kind="quiet" onPress={again}>
              {texts.t("screens.receive.another")}
            </Button>
            <p className={styles["quiet"]}>{texts.t("screens.receive.after")}</p>
          </>
        )
      }
    >
      <TroubleNotice trouble={look.trouble ?? receive.trouble} />
      {busy ? (
        <Progress
          what={texts.t(look.busy ? "screens.receive.looking" : "screens.receive.taking")}
          done={job.progress?.done ?? 0}
          total={job.progress?.total ?? 0}
          onStop={job.stop}
        />
      ) : choosing !== undefined ? (
        <PlaceChooser
          key={choosing}
          want={choosing}
          title={texts.t(choosing === "file" ? "screens.receive.whichFile" : "screens.receive.whichFolder")}
          onClose={() => setChoosing(undefined)}
          onChoose={(token, name) => void lookAt({ token, name })}
        />
      ) : taken !== undefined ? (
        <Taken files={taken} onAgain={again} />
      ) : files === undefined ? (
        <Empty
          title={texts.t("screens.receive.emptyTitle")}
          action={
            <div className={styles["acts"]}>
              <Button kind="first" autoFocus onPress={() => setChoosing("folder")}>
                {texts.t("screens.receive.folder")}
              </Button>
              <Button onPress={() => setChoosing("file")}>{texts.t("screens.receive.file")}</Button>
            </div>
          }
        >
          {texts.t("screens.receive.empty")}
        </Empty>
      ) : (
        <>
          {ours.length === 0 ? (
            <Note>{texts.t("screens.receive.nothing", { name: chosen?.name ?? "" })}</Note>
          ) : null}
          {ours.map((file) => (
            <LookedFile key={file.token} file={file} shown={shown} />
          ))}
          {others.length === 0 ? null : (
            <p className={styles["quiet"]}>{texts.t("screens.receive.others", { count: others.length })}</p>
          )}
        </>
      )}
    </Page>
  );
}
