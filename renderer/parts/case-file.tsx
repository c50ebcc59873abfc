// A case on the screen: its sections at once, what stands in a field and who said so, and saving one change.
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { JsonValue } from "../../shared/signed-text.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId, SectionId } from "../../shared/vocabulary/ids.ts";
import { useAct, useAsk, type Acting } from "../bridge/queries.tsx";
import { useNamesOf } from "../bridge/names.tsx";
import type { Trouble, Value } from "../bridge/bridge.ts";

export type SectionView = Value<"cases.file">["sections"][number];
export type Edit = { readonly path: string[] } & ({ readonly set: JsonValue } | { readonly remove: true });
export type Said = SectionView["said"][number];

/** A section by its name, and where two have that name, which of them. */
type Meant = { readonly section: SectionName; readonly which?: SectionId };

/** What is read and saved by a section's name. */
type ByName = {
  readonly section: (name: SectionName) => SectionView | undefined;
  readonly meant: (name: SectionName) => Meant;
  /** What stands at a path of a section, or `undefined`: not asked yet. */
  readonly at: (name: SectionName, path: readonly string[]) => JsonValue | undefined;
  readonly said: (name: SectionName, path: readonly string[]) => Said | undefined;
  readonly conflict: (
    name: SectionName,
    path: readonly string[],
  ) => SectionView["conflicts"][number] | undefined;
  /** One save of one section. The last save can be undone. */
  readonly save: (name: SectionName, edits: readonly Edit[], reason?: string) => Promise<boolean>;
};

export type CaseFile = ByName & {
  readonly case: CaseId;
  readonly overview: Value<"cases.get">;
  readonly sections: readonly SectionView[];
  readonly shown: boolean;
  readonly write: (meant: Meant, edits: readonly Edit[], reason: string) => Promise<boolean>;
  readonly saving: Acting<"cases.save">;
  /** The save this person made last on this screen, to be undone. */
  readonly readOnly: boolean;
};

const Open = createContext<CaseFile | undefined>(undefined);

export const keyOf = (name: SectionName): string =>
  name.person === undefined ? name.kind : `${name.kind} ${name.person}`;

/** The value at a path of plain JSON. */
export function valueAt(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let now = value;
  for (const step of path) {
    if (now === null || typeof now !== "object" || Array.isArray(now)) return undefined;
    now = (now as Readonly<Record<string, JsonValue>>)[step];
  }
  return now ?? undefined;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((step, at) => step === b[at]);

/** Of two sections with one name the first is read and none saved, unless one was `chosen`. */
function byNameIn({ sections, write }: Pick<CaseFile, "sections" | "write">, chosen?: SectionView): ByName {
  const byName = new Map(sections.toReversed().map((one) => [keyOf(one.name), one]));
  if (chosen !== undefined) byName.set(keyOf(chosen.name), chosen);
  const section = (name: SectionName) => byName.get(keyOf(name));
  const meant = (name: SectionName): Meant =>
    chosen !== undefined && section(name) === chosen
      ? { section: name, which: chosen.section }
      : { section: name };
  return {
    section,
    meant,
    at: (name, path) => valueAt(section(name)?.value, path),
    said: (name, path) => section(name)?.said.find((one) => same(one.path, path)),
    conflict: (name, path) => section(name)?.conflicts.find((one) => same(one.path, path)),
    save: (name, edits, reason = "") => write(meant(name), edits, reason),
  };
}

/** Opens a case for what is inside. `wait` stands until it is read, `refused` where it cannot be. */
export function CaseOpen({
  of,
  wait,
  refused,
  onSaved,
  children,
}: {
  readonly of: CaseId;
  readonly wait: ReactNode;
  readonly refused: (trouble: Trouble) => ReactNode;
  readonly onSaved?: (saved: Value<"cases.save">) => void;
  readonly children: ReactNode;
}) {
  const overview = useAsk("cases.get", { case: of }, { keep: true });
  const file = useAsk("cases.file", { case: of }, { keep: true });
  const saving = useAct("cases.save");
  const shown = useNamesOf(of);
  const open = useMemo<CaseFile | undefined>(() => {
    if (overview.value === undefined || file.value === undefined || overview.value.row.case !== of)
      return undefined;
    const { sections } = file.value;
    const write: CaseFile["write"] = async (meant, edits, reason) => {
      const saved = await saving.act({ case: of, reason, edits: [{ ...meant, edits: [...edits] }] });
      if (saved !== undefined) onSaved?.(saved);
      return saved !== undefined;
    };
    return {
      ...byNameIn({ sections, write }),
      case: of,
      overview: overview.value,
      sections,
      shown,
      write,
      saving,
      readOnly: overview.value.row.role === "viewer" || overview.value.row.role === "none",
    };
  }, [of, overview.value, file.value, shown, saving, onSaved]);
  const trouble = overview.trouble ?? file.trouble;
  if (trouble !== undefined) return refused(trouble);
  return open === undefined ? wait : <Open value={open}>{children}</Open>;
}

/** Inside, this section is the one that is read and saved by its name, where another has that name too. */
export function Choosing({
  which,
  children,
}: {
  readonly which: SectionId | undefined;
  readonly children: ReactNode;
}) {
  const open = useCase();
  const chosen = open.sections.find((one) => one.section === which && one.twins.length > 0);
  const inside = useMemo(
    () => (chosen === undefined ? open : { ...open, ...byNameIn(open, chosen) }),
    [open, chosen],
  );
  return <Open value={inside}>{children}</Open>;
}

export function useCase(): CaseFile {
  const open = useContext(Open);
  if (open === undefined) throw new Error("outside of CaseOpen");
  return open;
}
