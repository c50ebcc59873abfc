// Two offices each began a section for one person: both side by side, and which of them stays.
import { useState } from "react";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { useNames } from "../../bridge/names.tsx";
import { useAct } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { CaseOpen, keyOf, useCase, type SectionView } from "../../parts/case-file.tsx";
import { fieldLabel, sectionLabel, whoLabel } from "../../parts/labels.ts";
import { leavesOf, useLeaf } from "../../parts/leaf.ts";
import { Button } from "../../ui/button.tsx";
import { Tick } from "../../ui/choice.tsx";
import { Page } from "../../ui/frame.tsx";
import { Note, TroubleNotice } from "../../ui/notice.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";
import { Covered, NamesState } from "../../ui/signs.tsx";
import styles from "./settle.module.css";

export function Twins({ of, section }: { readonly of: CaseId; readonly section: SectionName }) {
  const texts = useTexts();
  const { back } = useWay();
  const frame = {
    title: sectionLabel(texts, section),
    back: { label: texts.t("screens.common.back"), onPress: back },
  };
  return (
    <CaseOpen
      of={of}
      wait={<Page {...frame}>{null}</Page>}
      refused={(trouble) => (
        <Page {...frame}>
          <TroubleNotice trouble={trouble} />
        </Page>
      )}
    >
      <Choose name={section} />
    </CaseOpen>
  );
}

function Choose({ name }: { readonly name: SectionName }) {
  const open = useCase();
  const texts = useTexts();
  const { back, go } = useWay();
  const { show, cover } = useNames();
  const erase = useAct("cases.erase");
  const [kept, setKept] = useState<SectionId>();
  const [sure, setSure] = useState(false);
  const all = open.sections.filter((one) => keyOf(one.name) === keyOf(name));
  const weAnswer = open.overview.row.role === "steward";
  const keep = async () => {
    for (const { section } of all) {
      if (section === kept) continue;
      const gone = await erase.act({ case: open.case, section: name, which: section, why: "mistake" });
      if (gone === undefined) return;
    }
    back();
  };
  return (
    <Page
      title={sectionLabel(texts, name)}
      back={{ label: texts.t("screens.common.back"), onPress: back }}
      beside={<NamesState shown={open.shown} onShow={() => show(open.case)} onCover={cover} />}
      lead={
        <>
          <b data-code>{open.overview.row.code}</b>
          {" · "}
          {texts.t("screens.settle.twins.stand")}
        </>
      }
    >
      {all.length < 2 ? (
        <Note>
          <p>{texts.t("screens.settle.twins.one")}</p>
        </Note>
      ) : (
        <>
          <div className={styles["cards"]}>
            {all.map((one, at) => (
              <section
                key={one.section}
                className={styles["card"]}
                data-rules={one.section === kept ? "" : undefined}
                aria-label={texts.t("screens.settle.twins.which", { number: at + 1 })}
              >
                <p className={styles["state"]}>{texts.t("screens.settle.twins.which", { number: at + 1 })}</p>
                <Standing of={one} />
                {weAnswer ? (
                  <div>
                    <Button
                      onPress={() => {
                        setKept(one.section);
                        setSure(false);
                      }}
                    >
                      {texts.t("screens.settle.keep")}
                    </Button>
                  </div>
                ) : null}
              </section>
            ))}
          </div>
          {!weAnswer ? (
            <Note>
              <p>{texts.t("screens.settle.twins.theyChoose")}</p>
            </Note>
          ) : kept === undefined ? (
            <p className={styles["foot"]}>
              {texts.t("screens.settle.twins.carry")}{" "}
              {name.person === undefined ? null : (
                <Button
                  kind="link"
                  onPress={() => go({ at: "case", case: open.case, tab: "family", on: String(name.person) })}
                >
                  {texts.t("screens.settle.twins.type")}
                </Button>
              )}
            </p>
          ) : (
            <div className={styles["erase"]}>
              <Tick value={sure} onChange={setSure} note={texts.t("screens.settle.twins.means")}>
                {texts.t("screens.settle.twins.sure")}
              </Tick>
              <div>
                <Button kind="danger" busy={erase.busy} disabled={!sure} onPress={() => void keep()}>
                  {texts.t("screens.settle.twins.act")}
                </Button>
              </div>
            </div>
          )}
          <TroubleNotice trouble={erase.trouble} />
        </>
      )}
    </Page>
  );
}

/** What one of them holds, each fact with who said it. */
function Standing({ of: { name, value, said } }: { readonly of: SectionView }) {
  const open = useCase();
  const texts = useTexts();
  const leaf = useLeaf();
  const leaves = leavesOf(name.kind, value);
  if (leaves.length === 0) return <p>{texts.t("screens.settle.twins.empty")}</p>;
  return (
    <Facts>
      {leaves.map(({ path, value: stands }) => {
        const by = said.find((one) => one.path.join(".") === path.join("."));
        return (
          <Fact key={path.join(".")} label={fieldLabel(texts, name, path)}>
            <Covered shown={open.shown || !leaf.tells(name, path)}>
              {leaf.valueOf(name, path, stands)}
            </Covered>
            {by === undefined ? null : (
              <span className={styles["by"]}>
                {texts.t("screens.field.said", {
                  who: whoLabel(texts, by.author),
                  when: texts.dayShort(by.at),
                })}
              </span>
            )}
          </Fact>
        );
      })}
    </Facts>
  );
}
