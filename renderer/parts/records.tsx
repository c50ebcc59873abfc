// Records of a section (papers, channels, tasks): each a small group of field rows; added, and taken away with undo.
import { Plus, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
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

/** The paths of every leaf that stands below a path. */
function leavesUnder(kind: SectionName["kind"], path: string[], value: JsonValue | undefined): string[][] {
  if (value === undefined || value === null) return [];
  if (fieldAt(kind, path) !== undefined) return [path];
  return typeof value === "object" && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, one]) => leavesUnder(kind, [...path, key], one))
    : [];
}

export function Records({
  section,
  path,
  fields,
  add,
  empty,
  titleOf,
  order,
  children,
}: {
  readonly section: SectionName;
  readonly path: readonly string[];
  /** Leaves of one record, each by its path within it. */
  readonly fields: readonly (readonly string[])[];
  /** The words of the button that begins one. */
  readonly add: string;
  /** What is said while there is none. */
  readonly empty: string;
  readonly titleOf?: (id: string) => string | undefined;
  /** By what records stand in order; else as they were begun. */
  readonly order?: (id: string) => number;
  /** What else stands in a record: sets, records of its own. */
  readonly children?: (id: string) => ReactNode;
}) {
  const open = useCase();
  const texts = useTexts();
  const ids = useRecords(section, path);
  /** Begun here and not saved yet: it exists for the case once its first field is kept. */
  const [begun, setBegun] = useState<readonly string[]>([]);
  const remove = (id: string) => {
    const edits = leavesUnder(section.kind, [...path, id], open.at(section, [...path, id])).map((at) => ({
      path: at,
      remove: true as const,
    }));
    setBegun((before) => before.filter((one) => one !== id));
    if (edits.length > 0) void open.save(section, edits);
  };
  const kept = ids
    .filter((id) => leavesUnder(section.kind, [...path, id], open.at(section, [...path, id])).length > 0)
    .toSorted((a, b) => (order === undefined ? 0 : order(a) - order(b)));
  const living = [...kept, ...begun.filter((id) => !kept.includes(id))];
  return (
    <div className={styles["records"]}>
      {living.length === 0 ? <p className={styles["empty"]}>{empty}</p> : null}
      {living.map((id, at) => (
        <section key={id} className={styles["record"]}>
          <div className={styles["head"]}>
            <h3>{titleOf?.(id) ?? texts.t("screens.field.numbered", { number: at + 1 })}</h3>
            {open.readOnly ? null : (
              <Button kind="quiet" icon={<Trash2 aria-hidden />} onPress={() => remove(id)}>
                {texts.t("screens.field.remove")}
              </Button>
            )}
          </div>
          {fields.map((field) => (
            <FieldRow key={field.join(".")} section={section} path={[...path, id, ...field]} />
          ))}
          {children?.(id)}
        </section>
      ))}
      {open.readOnly ? null : (
        <div>
          <Button kind="plain" icon={<Plus aria-hidden />} onPress={() => setBegun([...begun, newItem()])}>
            {add}
          </Button>
        </div>
      )}
    </div>
  );
}
