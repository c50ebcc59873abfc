// Everything that leaves is read before it is locked: the frame of both ways of sending, with who it goes to and where it is written.
import { useState, type ReactNode } from "react";
import type { Trouble } from "../../bridge/bridge.ts";
import type { Progress as Done } from "../../bridge/job.ts";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { TrustLine } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { NamesState, Unknown } from "../../ui/signs.tsx";
import { ConsentChips, type Wanted } from "./may-go.tsx";
import styles from "./send.module.css";

export function Reading({
  wanted,
  lead,
  trouble,
  lock,
  busy,
  progress,
  onStop,
  onBack,
  children,
}: {
  readonly wanted: Wanted;
  readonly lead: string;
  readonly trouble: Trouble | undefined;
  /** What the button says, and what it does with the folder that was chosen; none where nothing leaves. */
  readonly lock: { readonly label: string; readonly act: (folder: string) => void } | undefined;
  readonly busy: boolean;
  readonly progress: Done | undefined;
  readonly onStop: () => void;
  /** Back to what is covered. */
  readonly onBack: () => void;
  readonly children: ReactNode;
}) {
  const texts = useTexts();
  const { contact } = wanted;
  const [choosing, setChoosing] = useState(false);
  const [drive, setDrive] = useState<{ readonly token: string; readonly name: string }>();
  return (
    <Page
      title={texts.t("screens.send.share.leaves", { office: contact.officeName })}
      beside={<NamesState shown onShow={onBack} onCover={onBack} />}
      lead={lead}
      back={{ label: texts.t("screens.send.share.title"), onPress: onBack }}
      aside={
        <>
          <h2>{texts.t("screens.send.share.goesTo")}</h2>
          <div className={styles["who"]}>
            <bdi className={styles["big"]}>{contact.name}</bdi>
            <span className={styles["quiet"]}>
              <bdi>{contact.officeName}</bdi>
            </span>
            <TrustLine contact={contact} />
          </div>
          {lock === undefined ? null : (
            <div className={styles["foot"]}>
              <h3>{texts.t("screens.send.share.drive")}</h3>
              {drive === undefined ? (
                <Unknown>{texts.t("screens.send.share.noDrive")}</Unknown>
              ) : (
                <bdi>{drive.name}</bdi>
              )}
              <Button
                kind={drive === undefined ? "first" : "plain"}
                disabled={busy}
                onPress={() => setChoosing(true)}
              >
                {texts.t("screens.send.share.chooseDrive")}
              </Button>
              {drive === undefined ? null : (
                <Button kind="first" size="alone" busy={busy} onPress={() => lock.act(drive.token)}>
                  {lock.label}
                </Button>
              )}
              <p className={styles["quiet"]}>{texts.t("screens.send.share.after")}</p>
            </div>
          )}
        </>
      }
    >
      <TroubleNotice trouble={trouble} />
      {busy ? (
        <Progress
          what={texts.t("screens.send.share.locking")}
          done={progress?.done ?? 0}
          total={progress?.total ?? 0}
          onStop={onStop}
        />
      ) : null}
      {choosing ? (
        <PlaceChooser
          want="folder"
          title={texts.t("screens.send.where")}
          onClose={() => setChoosing(false)}
          onChoose={(token, name) => {
            setDrive({ token, name });
            setChoosing(false);
          }}
        />
      ) : null}
      <ConsentChips {...wanted} />
      {children}
    </Page>
  );
}

/** What was done, in numbers, and what happens next. */
export function Locked({
  office,
  file,
  bytes,
  children,
}: {
  readonly office: string;
  readonly file: string;
  readonly bytes: number;
  readonly children: ReactNode;
}) {
  const texts = useTexts();
  const { go } = useWay();
  return (
    <Page
      title={texts.t("screens.send.share.done", { office })}
      back={{ label: texts.t("screens.send.share.back"), onPress: () => go({ at: "exchange" }) }}
    >
      <div role="status">
        <p>{texts.t("screens.send.written", { file, size: texts.size(bytes) })}</p>
        {children}
      </div>
      <div>
        <Button kind="first" autoFocus onPress={() => go({ at: "exchange" })}>
          {texts.t("screens.send.share.finish")}
        </Button>
      </div>
    </Page>
  );
}
