// One field of a section: label, value, who last said so; edited in place. Enter keeps it, Escape gives up, `h` shows its history.
import { ShieldAlert } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { JsonValue } from "../../shared/signed-text.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { fieldAt } from "../../shared/vocabulary/sections/index.ts";
import { useDraft } from "../bridge/drafts.ts";
import { useWay } from "../bridge/route.tsx";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { TroubleNotice } from "../ui/notice.tsx";
import { Unknown } from "../ui/signs.tsx";
import { useCase } from "./case-file.tsx";
import { EditValue } from "./edit-value.tsx";
import { FieldHistory } from "./field-history.tsx";
import { usePeople } from "./people.ts";
import { ShowValue, tellsWho } from "./show-value.tsx";
import styles from "./field-row.module.css";

export function FieldRow({
  section,
  path,
  label: given,
  note,
}: {
  readonly section: SectionName;
  readonly path: readonly string[];
  /** Where the usual label of this field would not do. */
  readonly label?: string;
  readonly note?: string;
}) {
  const open = useCase();
  const texts = useTexts();
  const { go } = useWay();
  const people = usePeople();
  const found = fieldAt(section.kind, path);
  if (found === undefined) throw new Error(`no field at ${section.kind}.${path.join(".")}`);
  const { meta, pattern } = found;
  const label = given ?? texts.label(`${section.kind}.${pattern}`);
  const value = open.at(section, path);
  const said = open.said(section, path);
  const conflict = open.conflict(section, path);
  const meant = open.meant(section);
  const at = path.join(".");
  const place = { case: open.case, section, place: meant.which === undefined ? at : `${at} ${meant.which}` };
  const { draft, keep, drop } = useDraft<JsonValue>(place);
  const [editing, setEditing] = useState(false);
  const [history, setHistory] = useState(false);
  const [typed, setTyped] = useState<JsonValue | undefined>(undefined);
  const [refused, setRefused] = useState(false);
  const row = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  useEffect(() => {
    if (!editing && back.current) {
      back.current = false;
      row.current?.focus();
    }
  }, [editing]);

  const begin = () => {
    if (open.readOnly) return;
    if (conflict !== undefined) return go({ at: "two-values", case: open.case, ...meant, path });
    setTyped(draft ?? value);
    setRefused(false);
    setEditing(true);
  };
  const close = () => {
    back.current = true;
    open.saving.forget();
    setEditing(false);
  };
  const keepIt = async () => {
    if (JSON.stringify(typed) === JSON.stringify(value)) {
      drop();
      return close();
    }
    if (typed === undefined && value === undefined) return close();
    const edit =
      typed === undefined ? { path: [...path], remove: true as const } : { path: [...path], set: typed };
    if (await open.save(section, [edit])) {
      drop();
      close();
    } else setRefused(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const lines = meta.type === "text" && event.target instanceof HTMLTextAreaElement;
    if (event.key === "Enter" && (!lines || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void keepIt();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      drop();
      close();
    }
  };

  if (editing)
    return (
      <div className={styles["row"]} data-editing="">
        <span className={styles["label"]}>{label}</span>
        <div role="group" aria-label={label} className={styles["editor"]} onKeyDown={onKeyDown}>
          <EditValue
            label={label}
            meta={meta}
            typed={typed}
            people={people.options}
            onTyped={(now) => {
              setTyped(now);
              if (now !== undefined) keep(now);
            }}
          />
          <TroubleNotice trouble={refused ? open.saving.trouble : undefined} />
          <div className={styles["keys"]}>
            <Button kind="first" onPress={() => void keepIt()} busy={open.saving.busy}>
              {texts.t("screens.field.keep")}
            </Button>
            <Button kind="quiet" onPress={() => (drop(), close())}>
              {texts.t("screens.field.giveUp")}
            </Button>
            {value === undefined || typed === undefined ? null : (
              <Button kind="quiet" onPress={() => setTyped(undefined)}>
                {texts.t("screens.field.empty")}
              </Button>
            )}
            <span className={styles["hint"]}>
              {texts.t(meta.type === "text" ? "screens.field.hintLines" : "screens.field.hint")}
            </span>
          </div>
        </div>
      </div>
    );

  return (
    <>
      <button
        ref={row}
        type="button"
        className={styles["row"]}
        onClick={begin}
        onKeyDown={(event) => {
          if (event.key === "h") setHistory(!history);
        }}
        data-conflict={conflict === undefined ? undefined : ""}
      >
        <span className={styles["label"]}>{label}</span>
        <span className={styles["value"]}>
          {conflict !== undefined ? (
            <span className={styles["two"]}>
              <ShieldAlert aria-hidden />
              {texts.t("screens.field.twoValues")}
            </span>
          ) : value === undefined ? (
            <Unknown />
          ) : (
            <ShowValue
              kind={section.kind}
              meta={meta}
              value={value}
              shown={open.shown}
              person={people.nameOf}
            />
          )}
          {draft === undefined ? null : (
            <span className={styles["begun"]}>{texts.t("screens.field.draft")}</span>
          )}
          {note === undefined ? null : <span className={styles["hint"]}>{note}</span>}
        </span>
        {said === undefined ? null : (
          <span className={styles["said"]} title={texts.fullMoment(said.at)}>
            {texts.t("screens.field.said", {
              who: said.author.name ?? said.author.office ?? texts.t("screens.common.somebody"),
              when: texts.dayShort(said.at),
            })}
          </span>
        )}
      </button>
      {history ? (
        <FieldHistory
          section={section}
          path={path}
          covered={tellsWho(section.kind, meta) && !open.shown}
          onClose={() => setHistory(false)}
        />
      ) : null}
    </>
  );
}
