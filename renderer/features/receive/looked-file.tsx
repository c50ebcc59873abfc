// One file before it is taken: from whom, what it is, and what it would change here.
import { ArrowRight } from "lucide-react";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { Value } from "../../bridge/bridge.ts";
import { useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { keyOf } from "../../parts/case-file.tsx";
import { numbered, useLeaf } from "../../parts/leaf.ts";
import { TrustLine } from "../../parts/trust-line.tsx";
import { Group } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Covered, Unknown } from "../../ui/signs.tsx";
import styles from "./receive.module.css";

type File = Value<"exchange.look">["files"][number];
type Case = NonNullable<File["cases"]>[number];
type Section = Case["sections"][number];

export function LookedFile({ file, shown }: { readonly file: File; readonly shown: boolean }) {
  const texts = useTexts();
  const contacts = useAsk("contacts.list", {});
  const contact = contacts.value?.contacts.find((one) => one.contact === file.from?.contact);
  const size = texts.size(file.bytes);
  const missing = file.missing ?? [];
  const kind =
    file.kind === undefined
      ? texts.t("screens.receive.unknownKind")
      : texts.t(`screens.receive.kinds.${file.kind}`);
  return (
    <Group
      title={kind}
      end={
        file.number === undefined || file.made === undefined
          ? texts.t("screens.receive.sized", { size })
          : texts.t("screens.receive.numbered", {
              number: file.number,
              when: texts.dayShort(file.made),
              size,
            })
      }
    >
      <div className={styles["file"]}>
        <div className={styles["head"]}>
          {file.from === undefined ? (
            <Unknown>{texts.t("screens.receive.unknownSender")}</Unknown>
          ) : (
            <>
              <strong>
                <bdi>{file.from.name}</bdi>
              </strong>
              <bdi>{file.from.office}</bdi>
              {contact !== undefined ? (
                <TrustLine contact={contact} />
              ) : (
                <Unknown>{texts.t("screens.receive.notContact")}</Unknown>
              )}
            </>
          )}
        </div>
        {missing.length === 0 ? null : (
          <Note kind="due">
            {texts.t("screens.receive.missing", {
              count: missing.length,
              numbers: texts.list(missing.map((one) => texts.number(one))),
            })}
          </Note>
        )}
        {file.clone === true ? <Note kind="due">{texts.t("screens.receive.clone")}</Note> : null}
        {file.outcome === "already" ? <p>{texts.t("screens.receive.already")}</p> : null}
        <TroubleNotice trouble={file.why} />
        {file.outcome === "ready" ? <Means file={file} shown={shown} /> : null}
      </div>
    </Group>
  );
}

function Means({ file, shown }: { readonly file: File; readonly shown: boolean }) {
  const texts = useTexts();
  const { sectionOf } = useLeaf();
  switch (file.kind) {
    case "introduction":
      return <p>{texts.t("screens.receive.introductionMeans")}</p>;
    case "release":
      return <p>{texts.t("screens.receive.releaseMeans")}</p>;
    case "acknowledgement":
      return <p>{texts.t("screens.receive.confirms", { count: file.confirms ?? 0 })}</p>;
    case "recall": {
      const erases = file.erases ?? [];
      const dossiers = file.dossiers ?? 0;
      if (erases.length === 0 && dossiers === 0) return <p>{texts.t("screens.receive.erasesNothing")}</p>;
      return (
        <>
          {erases.length === 0 ? null : (
            <>
              <h3>{texts.t("screens.receive.erases")}</h3>
              <ul>
                {erases.map((one) => (
                  <li key={`${one.case} ${keyOf(one.section)}`}>
                    <span data-code>{one.code ?? texts.t("screens.receive.unnamed")}</span>{" "}
                    {sectionOf(one.section)}
                  </li>
                ))}
              </ul>
            </>
          )}
          {dossiers === 0 ? null : <p>{texts.t("screens.receive.dossiers", { count: dossiers })}</p>}
        </>
      );
    }
    default:
      return (file.cases ?? []).map((one) => <CaseChanges key={one.case} of={one} shown={shown} />);
  }
}

function CaseChanges({ of, shown }: { readonly of: Case; readonly shown: boolean }) {
  const texts = useTexts();
  const numbers = numbered(of.sections.map(({ section }) => section));
  return (
    <div className={styles["file"]}>
      <div className={styles["head"]}>
        <h3 data-code>{of.code ?? texts.t("screens.receive.unnamed")}</h3>
        {of.fresh ? <span className={styles["end"]}>{texts.t("screens.receive.newCase")}</span> : null}
      </div>
      <TroubleNotice trouble={of.why} />
      {of.sections.map((section, at) => (
        <SectionChanges
          key={keyOf(section.section)}
          of={section}
          shown={shown}
          {...(numbers[at] === undefined ? {} : { number: numbers[at] })}
        />
      ))}
    </div>
  );
}

function SectionChanges({
  of,
  shown,
  number,
}: {
  readonly of: Section;
  readonly shown: boolean;
  readonly number?: number;
}) {
  const texts = useTexts();
  const leaf = useLeaf();
  const name = of.section;
  return (
    <div className={styles["case"]}>
      <div className={styles["head"]}>
        <h4>{leaf.sectionOf(name, number)}</h4>
        <span className={styles["end"]}>
          {texts.t("screens.receive.changes", { count: of.changes.length + of.more })}
        </span>
      </div>
      <dl>
        {of.changes.map((change) => (
          <Change key={change.path.join(".")} of={change} name={name} shown={shown} />
        ))}
      </dl>
      {of.more === 0 ? null : (
        <p className={styles["quiet"]}>{texts.t("screens.receive.more", { count: of.more })}</p>
      )}
      {of.conflicts.length === 0 ? null : (
        <Note kind="due">
          {texts.t("screens.receive.conflicts", {
            count: of.conflicts.length,
            fields: texts.list(of.conflicts.map((path) => leaf.labelOf(name, path))),
          })}
        </Note>
      )}
      {of.held === 0 ? null : (
        <Note>
          {texts.t("screens.receive.held", { count: of.held })} {texts.t(heldBecause(of.heldWhy))}
        </Note>
      )}
      {of.refused.map((why) => (
        <Note key={why}>{texts.t("screens.receive.refused", { why: texts.t(refusedBecause(why)) })}</Note>
      ))}
    </div>
  );
}

function Change({
  of,
  name,
  shown,
}: {
  readonly of: Section["changes"][number];
  readonly name: SectionName;
  readonly shown: boolean;
}) {
  const texts = useTexts();
  const leaf = useLeaf();
  const seen = shown || !leaf.tells(name, of.path);
  const said = (value: NonNullable<typeof of.before>) => (
    <Covered shown={seen}>{leaf.valueOf(name, of.path, value)}</Covered>
  );
  return (
    <div className={styles["change"]}>
      <dt>{leaf.labelOf(name, of.path)}</dt>
      <dd>
        {of.before === undefined || of.before === null ? <Unknown /> : <s>{said(of.before)}</s>}
        <ArrowRight aria-label={texts.t("screens.receive.then")} role="img" />
        <span className={styles["after"]}>
          {of.after === undefined || of.after === null ? texts.t("screens.receive.emptied") : said(of.after)}
        </span>
      </dd>
    </div>
  );
}

/** What held work waits for, as far as a reader can do something with it. */
function heldBecause(why: string | undefined) {
  switch (why) {
    case "no-right":
    case "after-removal":
    case "erasure-disputed":
    case "closed":
      return `screens.receive.whys.${why}` as const;
    default:
      return "screens.receive.whys.waits" as const;
  }
}

function refusedBecause(why: string) {
  switch (why) {
    case "erased":
    case "author-unknown":
    case "other-author":
      return `screens.receive.whys.${why}` as const;
    default:
      return "screens.receive.whys.other" as const;
  }
}
