// Exactly what leaves, to be read before it is locked; names are shown here because nobody may send what she has not read.
import { useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useJob } from "../../bridge/job.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { keyOf } from "../../parts/case-file.tsx";
import { numbered, useLeaf } from "../../parts/leaf.ts";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import { TrustLine } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Group, Page } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";
import { NamesState, Unknown } from "../../ui/signs.tsx";
import type { Wanted } from "./may-go.tsx";
import styles from "./send.module.css";

export function Leaving({
  contact,
  row,
  purpose,
  onCover,
  onBack,
}: Wanted & { readonly onCover: () => void; readonly onBack: () => void }) {
  const texts = useTexts();
  const [choosing, setChoosing] = useState(false);
  const [drive, setDrive] = useState<{ readonly token: string; readonly name: string }>();
  const [done, setDone] = useState<Value<"exchange.share">>();
  const share = useAct("exchange.share");
  const job = useJob();
  const preview = useAsk(
    "exchange.previewShare",
    { contact: contact.contact, cases: [{ case: row.case }], purpose },
    { when: done === undefined },
  );
  const all = preview.value?.cases.find((one) => one.case === row.case)?.sections ?? [];
  const sections = all.filter(({ parts }) => parts > 0);
  const lock = async () => {
    if (drive === undefined) return;
    const locked = await share.act({
      contact: contact.contact,
      // Just the sections that were read.
      cases: [{ case: row.case, sections: sections.map(({ section }) => section) }],
      purpose,
      folder: drive.token,
      job: job.start(),
    });
    setDone(locked);
  };
  if (done !== undefined) return <Locked office={contact.officeName} written={done} />;
  return (
    <Page
      title={texts.t("screens.send.share.leaves", { office: contact.officeName })}
      beside={<NamesState shown onShow={onCover} onCover={onCover} />}
      lead={texts.t("screens.send.share.leadReading", {
        code: row.code,
        purpose: texts.t(`purposes.${purpose}`),
      })}
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
          {sections.length === 0 ? null : (
            <>
              <h3>{texts.t("screens.send.share.drive")}</h3>
              {drive === undefined ? (
                <Unknown>{texts.t("screens.send.share.noDrive")}</Unknown>
              ) : (
                <bdi>{drive.name}</bdi>
              )}
              <Button
                kind={drive === undefined ? "first" : "plain"}
                disabled={share.busy}
                onPress={() => setChoosing(true)}
              >
                {texts.t("screens.send.share.chooseDrive")}
              </Button>
              {drive === undefined ? null : (
                <Button kind="first" size="alone" busy={share.busy} onPress={() => void lock()}>
                  {texts.t("screens.send.share.lock", { office: contact.officeName })}
                </Button>
              )}
              <p className={styles["quiet"]}>{texts.t("screens.send.share.after")}</p>
            </>
          )}
        </>
      }
    >
      <TroubleNotice trouble={share.trouble ?? preview.trouble} />
      {share.busy ? (
        <Progress
          what={texts.t("screens.send.share.locking")}
          done={job.progress?.done ?? 0}
          total={job.progress?.total ?? 0}
          onStop={job.stop}
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
      {preview.value !== undefined && sections.length === 0 ? (
        <Note>{texts.t("screens.send.share.upToDate")}</Note>
      ) : null}
      <Lines sections={sections} />
    </Page>
  );
}

function Lines({
  sections,
}: {
  readonly sections: Value<"exchange.previewShare">["cases"][number]["sections"];
}) {
  const texts = useTexts();
  const leaf = useLeaf();
  const numbers = numbered(sections.map(({ section }) => section));
  return sections.map(({ section, leaves, first, parts }, at) => (
    <Group
      key={keyOf(section)}
      title={leaf.sectionOf(section, numbers[at])}
      end={`${texts.t("screens.send.share.count", { count: leaves.length })}, ${
        first ? texts.t("screens.send.share.first") : texts.t("screens.send.share.sinceThen", { parts })
      }`}
    >
      {leaves.length === 0 ? (
        <p className={styles["quiet"]}>{texts.t("screens.send.share.noLines")}</p>
      ) : (
        <Facts>
          {leaves.map(({ path, value }, line) => (
            // Two answers to one question stand at one path.
            <Fact key={`${path.join(".")} ${line}`} label={leaf.labelOf(section, path)}>
              <bdi>{leaf.valueOf(section, path, value)}</bdi>
            </Fact>
          ))}
        </Facts>
      )}
    </Group>
  ));
}

function Locked({ office, written }: { readonly office: string; readonly written: Value<"exchange.share"> }) {
  const texts = useTexts();
  const { go } = useWay();
  return (
    <Page
      title={texts.t("screens.send.share.done", { office })}
      back={{ label: texts.t("screens.send.share.back"), onPress: () => go({ at: "exchange" }) }}
    >
      <div role="status">
        <p>{texts.t("screens.send.written", { file: written.file, size: texts.size(written.bytes) })}</p>
        <p>
          {texts.t("screens.send.share.doneWhat", {
            sections: written.cases.reduce((total, one) => total + one.sections.length, 0),
            parts: written.cases.reduce((total, one) => total + one.parts, 0),
          })}
        </p>
        <p>{texts.t("screens.send.share.carry")}</p>
      </div>
      <div>
        <Button kind="first" autoFocus onPress={() => go({ at: "exchange" })}>
          {texts.t("screens.send.share.finish")}
        </Button>
      </div>
    </Page>
  );
}
