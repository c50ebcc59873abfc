// Two people answered one question differently: both answers side by side, and which of them stays.
import { Shield } from "lucide-react";
import { useEffect } from "react";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { fieldAt } from "../../../shared/vocabulary/sections/index.ts";
import type { CaseId, PartId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { useNames } from "../../bridge/names.tsx";
import { useAct } from "../../bridge/queries.tsx";
import { useWay } from "../../bridge/route.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { CaseOpen, Choosing, keyOf, useCase, type SectionView } from "../../parts/case-file.tsx";
import { fieldLabel, sectionLabel, whoLabel } from "../../parts/labels.ts";
import { usePeople } from "../../parts/people.ts";
import { newItem } from "../../parts/records.tsx";
import { ShowValue, tellsWho, wordsOf } from "../../parts/show-value.tsx";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/frame.tsx";
import { Note, TroubleNotice, Why } from "../../ui/notice.tsx";
import { Fact, Facts } from "../../ui/rows.tsx";
import { NamesState } from "../../ui/signs.tsx";
import styles from "./settle.module.css";

type Place = { readonly section: SectionName; readonly path: readonly string[] };
type Said = SectionView["conflicts"][number]["values"][number];

export function TwoValues({
  of,
  which,
  section,
  path,
}: Place & { readonly of: CaseId; readonly which: SectionId | undefined }) {
  const texts = useTexts();
  const { back } = useWay();
  const title = fieldLabel(texts, section, path);
  const frame = { title, back: { label: texts.t("screens.common.back"), onPress: back } };
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
      <InSection which={which} section={section} path={path} />
    </CaseOpen>
  );
}

function InSection({ which, section, path }: Place & { readonly which: SectionId | undefined }) {
  const { sections } = useCase();
  const here = path.join(".");
  const apart = sections.find(
    ({ name, conflicts }) =>
      keyOf(name) === keyOf(section) && conflicts.some((one) => one.path.join(".") === here),
  );
  return (
    <Choosing which={which ?? apart?.section}>
      <Settle section={section} path={path} />
    </Choosing>
  );
}

/** The careful answer first, else the one given last. */
function inOrder(values: readonly Said[], inForce: JsonValue | undefined): readonly Said[] {
  const rules = ({ value }: Said) =>
    inForce !== undefined && JSON.stringify(value) === JSON.stringify(inForce);
  return values.toSorted((a, b) => Number(rules(b)) - Number(rules(a)) || b.at - a.at);
}

const now = () => Date.now();

function Settle({ section, path }: Place) {
  const open = useCase();
  const texts = useTexts();
  const people = usePeople();
  const { back } = useWay();
  const { show, cover } = useNames();
  const settling = useAct("cases.settle");
  useEffect(() => document.querySelector<HTMLElement>("#page")?.focus(), []);
  const meta = fieldAt(section.kind, path)?.meta;
  const label = fieldLabel(texts, section, path);
  const conflict = open.conflict(section, path);
  const values = conflict === undefined ? [] : inOrder(conflict.values, conflict.inForce);
  const [first, ...others] = values;
  const inForce = conflict?.inForce;

  const keep = async (part: PartId) => {
    const settled = await settling.act({
      case: open.case,
      ...open.meant(section),
      path: [...path],
      settle: { keep: part },
      reason: "",
    });
    if (settled !== undefined) back();
  };
  const said = ({ value }: Said): string =>
    value === null || meta === undefined
      ? texts.t("screens.field.emptied")
      : wordsOf(meta, value, { texts, person: people.nameOf });
  const keepBoth = async () => {
    if (first === undefined) return;
    const text = texts.t("screens.settle.note", {
      field: label,
      section: sectionLabel(texts, section),
      kept: said(first),
      others: texts.list(
        others.map((one) =>
          texts.t("screens.settle.noteOther", {
            value: said(one),
            who: whoLabel(texts, one.author),
            when: texts.dayAndClock(one.at),
          }),
        ),
      ),
    });
    const entry = (name: string, set: JsonValue) => ({ path: ["entries", id, name], set });
    const id = newItem();
    const written = await open.save({ kind: "journal" }, [
      entry("at", now()),
      entry("kind", "note"),
      entry("text", text),
    ]);
    if (written) await keep(first.part);
  };

  const covered = meta !== undefined && tellsWho(section.kind, meta);
  const busy = settling.busy || open.saving.busy;
  return (
    <Page
      title={label}
      back={{ label: texts.t("screens.common.back"), onPress: back }}
      beside={
        covered ? <NamesState shown={open.shown} onShow={() => show(open.case)} onCover={cover} /> : undefined
      }
      lead={
        <>
          <b data-code>{open.overview.row.code}</b>
          {" · "}
          {conflict === undefined
            ? sectionLabel(texts, section)
            : texts.t("screens.settle.lead", { section: sectionLabel(texts, section), count: values.length })}
        </>
      }
    >
      {first === undefined ? (
        <Note>
          <p>{texts.t("screens.settle.settled")}</p>
        </Note>
      ) : (
        <>
          <div className={styles["cards"]}>
            {values.map((one) => {
              const rules = one === first && inForce !== undefined;
              const state = texts.t(
                rules
                  ? "screens.settle.inForce"
                  : inForce === undefined
                    ? "screens.settle.oneAnswer"
                    : "screens.settle.forNow",
              );
              return (
                <section
                  key={one.part}
                  className={styles["card"]}
                  data-rules={rules ? "" : undefined}
                  aria-label={`${state} · ${whoLabel(texts, one.author)} · ${texts.dayAndClock(one.at)}`}
                >
                  <p className={styles["state"]}>
                    {rules ? <Shield aria-hidden /> : null}
                    {state}
                  </p>
                  <h2 className={styles["value"]}>
                    {one.value === null || meta === undefined ? (
                      texts.t("screens.field.emptied")
                    ) : (
                      <ShowValue
                        kind={section.kind}
                        meta={meta}
                        value={one.value}
                        shown={open.shown}
                        person={people.nameOf}
                      />
                    )}
                  </h2>
                  <Facts>
                    <Fact label={texts.t("screens.settle.who")}>
                      <bdi>{whoLabel(texts, one.author)}</bdi>
                    </Fact>
                    <Fact label={texts.t("screens.settle.when")}>{texts.dayAndClock(one.at)}</Fact>
                  </Facts>
                  {open.readOnly ? null : (
                    <div>
                      <Button
                        kind={rules ? "first" : "plain"}
                        busy={busy}
                        onPress={() => void keep(one.part)}
                      >
                        {texts.t("screens.settle.keep")}
                      </Button>
                    </div>
                  )}
                </section>
              );
            })}
          </div>
          <TroubleNotice trouble={open.saving.trouble ?? settling.trouble} />
          {open.readOnly ? (
            <Note>
              <p>{texts.t("screens.settle.readOnly")}</p>
            </Note>
          ) : (
            <div className={styles["both"]}>
              <p>
                <b>{texts.t("screens.settle.both.title")}</b> {texts.t("screens.settle.both.text")}
              </p>
              <Button busy={busy} onPress={() => void keepBoth()}>
                {texts.t("screens.settle.both.action")}
              </Button>
            </div>
          )}
          <p className={styles["foot"]}>
            {inForce === undefined ? null : (
              <>
                {texts.t("screens.settle.careful")} <Why>{texts.t("screens.settle.carefulWhy")}</Why>{" "}
              </>
            )}
            {texts.t("screens.settle.kept")}
          </p>
        </>
      )}
    </Page>
  );
}
