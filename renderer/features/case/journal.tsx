// What was said and done: a new entry whose words are kept as they are typed, and all entries, the newest first.
import { useState } from "react";
import type { JsonValue } from "../../../shared/signed-text.ts";
import { fieldAt } from "../../../shared/vocabulary/sections/index.ts";
import { useDraft } from "../../bridge/drafts.ts";
import { useTexts } from "../../i18n/texts.tsx";
import { useCase } from "../../parts/case-file.tsx";
import { FieldRow } from "../../parts/field-row.tsx";
import { newItem } from "../../parts/records.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Group } from "../../ui/frame.tsx";
import { Empty, TroubleNotice } from "../../ui/notice.tsx";
import { Covered, Unknown } from "../../ui/signs.tsx";
import styles from "./case.module.css";
import { entriesOf, type Entry } from "./entries.ts";

const journal = { kind: "journal" as const };
/** So many entries are drawn at first; the rest on demand. */
const drawnFirst = 60;

export function Journal() {
  const open = useCase();
  const texts = useTexts();
  const [wanted, setWanted] = useState("");
  const [drawn, setDrawn] = useState(drawnFirst);
  const all = entriesOf(open);
  const words = wanted.trim().toLocaleLowerCase();
  const found = words === "" ? all : all.filter((one) => one.text.toLocaleLowerCase().includes(words));
  return (
    <>
      {open.readOnly ? null : <NewEntry />}
      {all.length === 0 ? (
        <Empty title={texts.t("screens.case.noEntries")}>{texts.t("screens.case.noEntriesWhy")}</Empty>
      ) : (
        <Group
          title={texts.t("screens.case.entries", { count: all.length })}
          end={
            <Field
              label={texts.t("screens.case.findEntry")}
              labelHidden
              placeholder={texts.t("screens.case.findEntry")}
              value={wanted}
              onChange={setWanted}
            />
          }
        >
          {found.slice(0, drawn).map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
          {found.length === 0 ? <p className={styles["quiet"]}>{texts.t("screens.case.noneFound")}</p> : null}
          {found.length <= drawn ? null : (
            <Button onPress={() => setDrawn(drawn + 200)}>
              {texts.t("screens.case.earlierEntries", { count: found.length - drawn })}
            </Button>
          )}
        </Group>
      )}
    </>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }) {
  const open = useCase();
  const texts = useTexts();
  const [whole, setWhole] = useState(false);
  const said = open.said(journal, ["entries", entry.id, "text"]);
  return (
    <article className={styles["entry"]}>
      <button type="button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
        <span className={styles["entryHead"]}>
          {entry.at === undefined ? (
            <Unknown>{texts.t("screens.case.noDate")}</Unknown>
          ) : (
            texts.dayAndClock(entry.at)
          )}
          {" · "}
          {texts.word(entry.kind)}
          {said?.author.name === undefined ? null : ` · ${said.author.name}`}
        </span>
        <Covered shown={open.shown}>{entry.text}</Covered>
      </button>
      {whole
        ? ["kind", "with", "text", "whoElseWasThere", "interpreter", "language", "toldHer", "followsUp"].map(
            (name) => <FieldRow key={name} section={journal} path={["entries", entry.id, name]} />,
          )
        : null}
    </article>
  );
}

type Draft = { readonly [name in "kind" | "with" | "whoElseWasThere" | "text"]?: string };
const kinds = fieldAt("journal", ["entries", newItem(), "kind"])?.meta.choices ?? [];

/** Kept in the vault while it is typed: a lock in the middle of a word loses nothing. */
function NewEntry() {
  const open = useCase();
  const texts = useTexts();
  const { draft, ready, keep, drop } = useDraft<JsonValue>({
    case: open.case,
    section: journal,
    place: "new-entry",
  });
  const [typed, setTyped] = useState<Draft>();
  if (!ready) return null;
  const now: Draft = typed ?? (draft as Draft | undefined) ?? {};
  const tell = (next: Draft) => {
    setTyped(next);
    keep(next as JsonValue);
  };
  const save = async () => {
    const id = newItem();
    const set = (name: string, value: JsonValue) => ({ path: ["entries", id, name], set: value });
    const edits = [
      set("at", Date.now()),
      set("kind", now.kind ?? "call"),
      ...(["with", "whoElseWasThere", "text"] as const).flatMap((name) =>
        now[name] === undefined || now[name].trim() === "" ? [] : [set(name, now[name])],
      ),
    ];
    if (await open.save(journal, edits)) {
      drop();
      setTyped({});
    }
  };
  const line = (name: "with" | "whoElseWasThere") => (
    <Field
      label={texts.label(`journal.entries.*.${name}`)}
      value={now[name] ?? ""}
      onChange={(value) => tell({ ...now, [name]: value })}
    />
  );
  return (
    <Group title={texts.t("screens.case.noteCall")}>
      <form
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Radios
          label={texts.t("screens.case.whatWasIt")}
          options={kinds.slice(0, 5).map((id) => ({ id, label: texts.word(id) }))}
          value={now.kind ?? "call"}
          onChange={(kind) => tell({ ...now, kind })}
        />
        <Field
          label={texts.t("screens.case.whatWasSaid")}
          help={texts.t("screens.case.keptAsTyped")}
          lines={5}
          width="full"
          value={now.text ?? ""}
          onChange={(text) => tell({ ...now, text })}
        />
        {line("with")}
        {line("whoElseWasThere")}
        <TroubleNotice trouble={open.saving.trouble} />
        <div>
          <Button
            kind="first"
            type="submit"
            busy={open.saving.busy}
            disabled={(now.text ?? "").trim() === ""}
            onPress={() => undefined}
          >
            {texts.t("screens.case.keepEntry")}
          </Button>
        </div>
      </form>
    </Group>
  );
}
