// An extract as it leaves: the facts her yes names, once, as a dossier that any OpenPGP program opens. Free text goes where it is ticked.
import { useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useJob } from "../../bridge/job.ts";
import { useAct, useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { keyOf } from "../../parts/case-file.tsx";
import { SectionLines, type Line } from "./lines.tsx";
import type { Wanted } from "./may-go.tsx";
import { Locked, Reading } from "./reading.tsx";
import { useGoing, type Going } from "./sections.ts";

/** A text as it was read: what changed since was not ticked. */
const markOf = ({ name }: Going, line: Line) => JSON.stringify([keyOf(name), line.path, line.value]);

export function Extract({ onBack, ...wanted }: Wanted & { readonly onBack: () => void }) {
  const { contact, row, purpose } = wanted;
  const texts = useTexts();
  const [done, setDone] = useState<Value<"exchange.release">>();
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const release = useAct("exchange.release");
  const job = useJob();
  const going = useGoing(wanted);
  const chosen = (going ?? []).filter(({ goes }) => goes);
  const asked = {
    contact: contact.contact,
    case: row.case,
    purpose,
    fields: chosen.flatMap(({ name, fields }) => fields.map((pattern) => ({ section: name, pattern }))),
  };
  const preview = useAsk("exchange.preview", asked, {
    when: done === undefined && asked.fields.length > 0,
    keep: true,
  });
  const linesOf = ({ name }: Going): readonly Line[] | undefined =>
    preview.value?.leaves.filter(({ section }) => keyOf(section) === keyOf(name));
  const isTicked = (one: Going, line: Line) => read.has(markOf(one, line));
  const leaves = (one: Going, line: Line) => !line.freeText || isTicked(one, line);
  const count = chosen.reduce(
    (total, one) => total + (linesOf(one) ?? []).filter((line) => leaves(one, line)).length,
    0,
  );
  const lock = async (folder: string) => {
    const ticked = chosen.flatMap((one) =>
      (linesOf(one) ?? [])
        .filter((line) => line.freeText && isTicked(one, line))
        .map(({ path, value }) => ({ section: one.name, path: [...path], value })),
    );
    setDone(await release.act({ ...asked, ticked, folder, job: job.start() }));
  };
  if (done !== undefined)
    return (
      <Locked office={contact.officeName} file={done.file} bytes={done.bytes}>
        <p>{texts.t("screens.send.extract.doneWhat", { fields: done.fields, left: done.left })}</p>
        <p>{texts.t(done.pdf ? "screens.send.extract.withPdf" : "screens.send.extract.withoutPdf")}</p>
        <p>{texts.t("screens.send.extract.carry")}</p>
      </Locked>
    );
  return (
    <Reading
      wanted={wanted}
      lead={texts.t("screens.send.extract.leadReading", {
        code: row.code,
        purpose: texts.t(`purposes.${purpose}`),
      })}
      trouble={release.trouble ?? (chosen.length === 0 ? undefined : preview.trouble)}
      lock={
        preview.value === undefined || preview.old || count === 0
          ? undefined
          : {
              label: texts.t("screens.send.share.lock", { office: contact.officeName, count }),
              act: (folder) => void lock(folder),
            }
      }
      busy={release.busy}
      progress={job.progress}
      onStop={job.stop}
      onBack={onBack}
    >
      {(going ?? []).map((one) => {
        const lines = linesOf(one);
        return (
          <SectionLines
            key={keyOf(one.name)}
            name={one.name}
            number={one.number}
            goes={one.goes}
            onGoes={one.set}
            end={
              lines === undefined
                ? undefined
                : texts.t("screens.send.extract.count", {
                    count: lines.filter((line) => leaves(one, line)).length,
                  })
            }
            lines={lines}
            nothing={texts.t("screens.send.extract.noFacts")}
            free={{
              ticked: (line) => isTicked(one, line),
              onTick: (line, now) =>
                setRead((before) => {
                  const after = new Set(before);
                  if (now) after.add(markOf(one, line));
                  else after.delete(markOf(one, line));
                  return after;
                }),
            }}
          />
        );
      })}
    </Reading>
  );
}
