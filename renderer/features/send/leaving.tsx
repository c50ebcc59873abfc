// A share as it leaves: section by section what stands and what is new to her; names are shown because nobody may send unread.
import { useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useJob } from "../../bridge/job.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { keyOf } from "../../parts/case-file.tsx";
import { useLeaf } from "../../parts/leaf.ts";
import { Note } from "../../ui/notice.tsx";
import { SectionLines } from "./lines.tsx";
import type { Wanted } from "./may-go.tsx";
import { Locked, Reading } from "./reading.tsx";
import { useGoing } from "./sections.ts";
import styles from "./send.module.css";

export function Leaving({ onBack, ...wanted }: Wanted & { readonly onBack: () => void }) {
  const { contact, row, purpose } = wanted;
  const texts = useTexts();
  const { sectionOf } = useLeaf();
  const [done, setDone] = useState<Value<"exchange.share">>();
  const share = useAct("exchange.share");
  const job = useJob();
  const going = useGoing(wanted);
  const asked = (going ?? []).filter(({ goes }) => goes).map(({ name }) => name);
  const preview = useAsk(
    "exchange.previewShare",
    { contact: contact.contact, cases: [{ case: row.case, sections: asked }], purpose },
    { when: done === undefined && going !== undefined, keep: true },
  );
  const standing = preview.value?.cases.find((one) => one.case === row.case)?.sections ?? [];
  const of = (key: string) => standing.filter(({ section }) => keyOf(section) === key);
  const isOld = (key: string) => of(key).length > 0 && of(key).every(({ parts }) => parts === 0);
  const fresh = (going ?? []).filter(({ name }) => !isOld(keyOf(name)));
  const old = (going ?? []).filter(({ name }) => isOld(keyOf(name)));
  const leaving = fresh.filter(({ goes }) => goes);
  const lines = leaving.reduce(
    (count, { name }) => of(keyOf(name)).reduce((total, { leaves }) => total + leaves.length, count),
    0,
  );
  const lock = async (folder: string) => {
    const locked = await share.act({
      contact: contact.contact,
      // Just the sections that were read.
      cases: [{ case: row.case, sections: leaving.map(({ name }) => name) }],
      purpose,
      folder,
      job: job.start(),
    });
    setDone(locked);
  };
  if (done !== undefined)
    return (
      <Locked office={contact.officeName} file={done.file} bytes={done.bytes}>
        <p>
          {texts.t("screens.send.share.doneWhat", {
            sections: done.cases.reduce((total, one) => total + one.sections.length, 0),
            parts: done.cases.reduce((total, one) => total + one.parts, 0),
          })}
        </p>
        <p>{texts.t("screens.send.share.carry")}</p>
      </Locked>
    );
  return (
    <Reading
      wanted={wanted}
      lead={texts.t("screens.send.share.leadReading", {
        code: row.code,
        purpose: texts.t(`purposes.${purpose}`),
      })}
      trouble={share.trouble ?? preview.trouble}
      lock={
        preview.value === undefined || preview.old || leaving.length === 0
          ? undefined
          : {
              label: texts.t("screens.send.share.lock", { office: contact.officeName, count: lines }),
              act: (folder) => void lock(folder),
            }
      }
      busy={share.busy}
      progress={job.progress}
      onStop={job.stop}
      onBack={onBack}
    >
      {preview.value !== undefined && fresh.length === 0 ? (
        <Note>{texts.t("screens.send.share.upToDate")}</Note>
      ) : null}
      {fresh.map(({ name, number, goes, set }) => {
        const stands = of(keyOf(name));
        const leaves = stands.flatMap((one) => one.leaves);
        return (
          <SectionLines
            key={keyOf(name)}
            name={name}
            number={number}
            goes={goes}
            onGoes={set}
            end={
              stands.length === 0
                ? undefined
                : `${texts.t("screens.send.share.count", { count: leaves.length })}, ${
                    stands.every(({ first }) => first)
                      ? texts.t("screens.send.share.first")
                      : texts.t("screens.send.share.sinceThen", {
                          parts: stands.reduce((total, { parts }) => total + parts, 0),
                        })
                  }`
            }
            lines={stands.length === 0 ? undefined : leaves}
            nothing={texts.t("screens.send.share.noLines")}
          />
        );
      })}
      {old.length === 0 || fresh.length === 0 ? null : (
        <p className={styles["quiet"]}>
          {texts.t("screens.send.share.nothingNew", {
            sections: texts.list(old.map(({ name, number }) => sectionOf(name, number))),
          })}
        </p>
      )}
    </Reading>
  );
}
