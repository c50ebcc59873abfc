// Records of a section (papers, channels, tasks): each a small group of field rows; added, and taken away with undo.
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { JsonValue } from "../../shared/signed-text.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { fieldAt } from "../../shared/vocabulary/sections/index.ts";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { useCase } from "./case-file.tsx";
import { FieldRow } from "./field-row.tsx";
import styles from "./records.module.css";

/** A new record's identifier: random, never used twice. */
export const newItem = (): string => crypto.randomUUID().replaceAll("-", "");

/** The identifiers of the records at a path, in the order they were begun. */
export function useRecords(section: SectionName, path: readonly string[]): readonly string[] {
  const value = useCase().at(section, path);
  return value !== null && typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];
}

export function Records({
  section,
  path,
  fields,
  add,
  empty,
  first,
  titleOf,
}: {
  readonly section: SectionName;
  readonly path: readonly string[];
  /** Leaves of one record, each by its path within it. */
  readonly fields: readonly (readonly string[])[];
  /** The words of the button that begins one. */
  readonly add: string;
  /** What is said while there is none. */
  readonly empty: string;
  /** What a new record holds from the start: without a value it does not exist. */
  readonly first: { readonly path: readonly string[]; readonly set: JsonValue };
  readonly titleOf?: (id: string) => string | undefined;
}) {
  const open = useCase();
  const texts = useTexts();
  const ids = useRecords(section, path);
  const [fresh, setFresh] = useState<string>();
  const begin = async () => {
    const id = newItem();
    if (await open.save(section, [{ path: [...path, id, ...first.path], set: first.set }])) setFresh(id);
  };
  const remove = (id: string) => {
    const edits = fields
      .map((field) => [...path, id, ...field])
      .filter((at) => fieldAt(section.kind, at) !== undefined && open.at(section, at) !== undefined)
      .map((at) => ({ path: at, remove: true as const }));
    if (edits.length > 0) void open.save(section, edits);
  };
  const living = ids.filter((id) =>
    fields.some((field) => open.at(section, [...path, id, ...field]) !== undefined),
  );
  return (
    <div className={styles["records"]}>
      {living.length === 0 ? <p className={styles["empty"]}>{empty}</p> : null}
      {living.map((id) => (
        <section key={id} className={styles["record"]} data-fresh={id === fresh ? "" : undefined}>
          <div className={styles["head"]}>
            <h3>{titleOf?.(id)}</h3>
            {open.readOnly ? null : (
              <Button kind="quiet" icon={<Trash2 aria-hidden />} onPress={() => remove(id)}>
                {texts.t("screens.field.remove")}
              </Button>
            )}
          </div>
          {fields.map((field) => (
            <FieldRow key={field.join(".")} section={section} path={[...path, id, ...field]} />
          ))}
        </section>
      ))}
      {open.readOnly ? null : (
        <div>
          <Button
            kind="plain"
            icon={<Plus aria-hidden />}
            onPress={() => void begin()}
            busy={open.saving.busy}
          >
            {add}
          </Button>
        </div>
      )}
    </div>
  );
}
