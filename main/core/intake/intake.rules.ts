// Turns an intake file (one case, JSON) into edits of sections, or says exactly what is wrong with it and where.
import { err, ok, type Result } from "../../../shared/result.ts";
import { object, optional, z } from "../../../shared/schema.ts";
import { CaseCode } from "../../../shared/vocabulary/codes.ts";
import type { FieldMeta } from "../../../shared/vocabulary/fields.ts";
import type { GregorianDay } from "../../../shared/vocabulary/dates.ts";
import { ItemId, PersonId } from "../../../shared/vocabulary/ids.ts";
import { problemsOf, type Problem } from "../../../shared/vocabulary/problems.ts";
import { isSpecimenState } from "../../../shared/vocabulary/countries.ts";
import {
  fieldAt,
  sectionKinds,
  sectionSchemas,
  type SectionKind,
} from "../../../shared/vocabulary/sections/index.ts";
import { fillFromZones, type ZoneNote } from "./zones.rules.ts";

/** Intake files hold one case; more than this is refused before it is parsed. UTF-16 units. */
export const intakeLimit = 2 * 1024 * 1024;
export const intakeFormat = "waypost/intake/1";

/** JSON as a section holds it: never an array, never null. */
export type Leaf = string | number | boolean | { readonly [key: string]: Leaf };

/** One leaf set in a section. */
export type IntakeEdit = { readonly path: readonly string[]; readonly set: Leaf };

export type IntakeSection = {
  readonly kind: SectionKind;
  /** For a section of the family. */
  readonly person?: PersonId;
  readonly edits: readonly IntakeEdit[];
};

export type Intake = {
  readonly code?: CaseCode;
  readonly sections: readonly IntakeSection[];
  /** The file's own name for each person on the family list, and the identifier given to her or him. */
  readonly persons: ReadonlyMap<string, PersonId>;
  /** What a person should look at; nothing here refused the file. */
  readonly notes: readonly (ZoneNote & { readonly kind: SectionKind; readonly person?: PersonId })[];
};

export type IntakeError =
  | { readonly type: "IntakeTooLarge"; readonly limit: number }
  | { readonly type: "IntakeNotJson" }
  | { readonly type: "IntakeFormat"; readonly expected: string }
  | { readonly type: "IntakeInvalid"; readonly problems: readonly Problem[] };

/** What the rules need from outside: fresh identifiers, the day (for two-digit years), and which kind of vault asks. */
export type IntakeContext = {
  readonly newId: () => string;
  readonly on: GregorianDay;
  readonly vault: "real" | "practice";
};

const single = sectionKinds.filter((kind) => kind !== "family");

const Envelope = object({
  format: z.literal(intakeFormat),
  /** Free words for whoever keeps the file; not taken in. */
  about: optional(z.string().max(1_000)),
  code: optional(CaseCode),
  sections: optional(
    z.partialRecord(z.enum(single as [SectionKind, ...SectionKind[]]), z.record(z.string(), z.unknown())),
  ),
  family: optional(
    z.record(z.string().regex(/^[a-z0-9-]{1,40}$/, "bad-key"), z.record(z.string(), z.unknown())),
  ),
});

/**
 * Reads an intake file: `{"format":"waypost/intake/1","code"?,"sections":{"identity":{...},...},"family":{"son":{...}}}`.
 * Each section has the shape of its schema, with three reliefs for who writes by hand: records may stand in an array or
 * under any key instead of an identifier, and are referred to as `identity/passport`, `son/passport`; persons are named
 * by the file's own keys (`her`, `son`); a date may be a string (`1974`, `1353-05 solar-hijri`). A paper's `mrz` fills in what the file leaves out, where its check digits
 * hold. All or nothing: a problem anywhere refuses the whole file.
 */
export function readIntake(text: string, context: IntakeContext): Result<Intake, IntakeError> {
  if (text.length > intakeLimit) return err({ type: "IntakeTooLarge", limit: intakeLimit });
  const json = parsed(text);
  if (json === undefined) return err({ type: "IntakeNotJson" });
  if (!isMap(json) || json["format"] !== intakeFormat)
    return err({ type: "IntakeFormat", expected: intakeFormat });
  const envelope = Envelope.safeParse(json);
  if (!envelope.success) return err({ type: "IntakeInvalid", problems: problemsOf(envelope.error) });

  const { code, sections = {}, family = {} } = envelope.data;
  const persons = new Map(Object.keys(family).map((key) => [key, PersonId.parse(context.newId())] as const));
  const items = new Map<string, ItemId>();
  const declared = new Set<string>();
  const referred = new Map<string, readonly string[]>();
  const keyOf = new Map<string, string>([...persons].map(([key, id]) => [id, key]));
  const itemFor = (key: string) => {
    const known = items.get(key) ?? ItemId.parse(context.newId());
    items.set(key, known);
    keyOf.set(known, key.slice(key.indexOf("/") + 1));
    return known;
  };
  const naming: Naming = {
    ...context,
    persons,
    inArray: (at) => {
      const id = ItemId.parse(context.newId());
      keyOf.set(id, String(at));
      return id;
    },
    declare: (key) => {
      declared.add(key);
      return itemFor(key);
    },
    refer: (key, at) => {
      referred.set(key, at);
      return itemFor(key);
    },
  };
  const raw: readonly Raw[] = [
    ...single.flatMap((kind) =>
      sections[kind] === undefined ? [] : [{ kind, at: ["sections", kind], value: sections[kind] }],
    ),
    ...Object.entries(family).map(([key, value]) => {
      const person = persons.get(key);
      return {
        kind: "family" as const,
        ...(person === undefined ? {} : { person }),
        at: ["family", key],
        value,
      };
    }),
  ];
  const taken = raw.map((section) => take(section, naming));
  const problems: readonly Problem[] = [
    ...Object.keys(family)
      .filter((key) => key === "her" || sectionKinds.some((kind) => kind === key))
      .map((key) => ({ at: ["family", key], why: "bad-key" as const })),
    ...taken.flatMap((section) => section.problems),
    ...[...referred]
      .filter(([key]) => !declared.has(key))
      .map(([, at]) => ({ at, why: "unknown-record" as const })),
  ];
  if (problems.length > 0) {
    const inFile = ({ at, why }: Problem) => ({ at: at.map((step) => keyOf.get(step) ?? step), why });
    return err({ type: "IntakeInvalid", problems: problems.slice(0, 100).map(inFile) });
  }
  return ok({
    ...(code === undefined ? {} : { code }),
    persons,
    sections: taken.map(({ section }) => section),
    notes: taken.flatMap(({ notes }) => notes),
  });
}

type Json = { readonly [key: string]: unknown };
type Raw = {
  readonly kind: SectionKind;
  readonly person?: PersonId;
  readonly at: readonly string[];
  readonly value: Json;
};
type Naming = IntakeContext & {
  readonly persons: ReadonlyMap<string, PersonId>;
  /** Keys are `<section or person>/<record>`. */
  readonly declare: (key: string) => ItemId;
  readonly inArray: (at: number) => ItemId;
  readonly refer: (key: string, at: readonly string[]) => ItemId;
};
type Taken = {
  readonly section: IntakeSection;
  readonly problems: readonly Problem[];
  readonly notes: Intake["notes"];
};

function take({ kind, person, at, value }: Raw, naming: Naming): Taken {
  const of = person === undefined ? { kind } : { kind, person };
  const problems: Problem[] = [];
  const named = rename(value, { kind, path: [], from: at, scope: at[1] ?? kind, naming, problems });
  const judged = sectionSchemas[kind].schema.safeParse(named);
  if (!judged.success)
    problems.push(...problemsOf(judged.error).map((one) => ({ ...one, at: [...at, ...one.at] })));
  if (problems.length > 0 || !judged.success) return { section: { ...of, edits: [] }, problems, notes: [] };
  const filled = fillFromZones(kind, judged.data as Json, naming.on);
  const edits = leavesOf(kind, filled.value, []);
  const specimen = edits
    .filter(({ set }) => naming.vault === "real" && typeof set === "string" && isSpecimenState(set))
    .filter(({ path }) => fieldAt(kind, path)?.meta.type === "state")
    .map(({ path }): Problem => ({ at: [...at, ...path], why: "practice-only" }));
  const unread = filled.problems.map((problem) => ({ ...problem, at: [...at, ...problem.at] }));
  return {
    section: { ...of, edits },
    problems: [...specimen, ...unread],
    notes: filled.notes.map((note) => ({ ...note, ...of })),
  };
}

type Place = {
  readonly kind: SectionKind;
  /** Within the section, with identifiers in place. */
  readonly path: readonly string[];
  /** Within the file, for problems. */
  readonly from: readonly string[];
  /** The section's kind, or the file's name of the person whose section it is. */
  readonly scope: string;
  readonly naming: Naming;
  readonly problems: Problem[];
};

/** No section goes deeper; what does is left for its schema to refuse. */
const deepest = 8;

/** Puts identifiers where the file has keys, arrays or persons' names of its own, and spells out short dates. */
function rename(value: unknown, place: Place): unknown {
  const { kind, path, from } = place;
  const leaf = fieldAt(kind, path);
  if (leaf !== undefined) return renameLeaf(value, leaf.meta, place);
  if (path.length > deepest) return value;
  const keys = sectionSchemas[kind].maps[patternOf(kind, path)];
  if (keys === "item" && Array.isArray(value))
    return Object.fromEntries(
      value.map((inner: unknown, at) => {
        const id = place.naming.inArray(at);
        return [id, rename(inner, { ...place, path: [...path, id], from: [...from, String(at)] })];
      }),
    );
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const id =
        keys === "item"
          ? place.naming.declare(`${place.scope}/${key}`)
          : keys === "person"
            ? personFor(key, { ...place, from: [...from, key] })
            : key;
      return [id, rename(inner, { ...place, path: [...path, id], from: [...from, key] })];
    }),
  );
}

function renameLeaf(value: unknown, meta: FieldMeta, place: Place): unknown {
  if (typeof value !== "string") return value;
  if (meta.type === "date") return dateOf(value) ?? value;
  if (meta.type === "person") return personFor(value, place);
  if (meta.type === "item") return place.naming.refer(value, place.from);
  return value;
}

function personFor(key: string, { naming, problems, from }: Place): string {
  if (key === "her") return key;
  const person = naming.persons.get(key);
  if (person === undefined) problems.push({ at: from, why: "unknown-person" });
  return person ?? "her";
}

/** `1974`, `1974-08`, `1974-08-12`, each followed by a calendar's name if it is not the Gregorian. */
function dateOf(text: string): unknown {
  const match = /^([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?: (solar-hijri|umm-al-qura|gregorian))?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, value = "", calendar = "gregorian"] = match;
  return { value, precision: value.length === 4 ? "year" : value.length === 7 ? "month" : "day", calendar };
}

/** The pattern a path to a group or map follows. */
function patternOf(kind: SectionKind, path: readonly string[]): string {
  const maps = Object.keys(sectionSchemas[kind].maps);
  const fits = (pattern: string) => {
    const steps = pattern.split(".");
    return steps.length === path.length && steps.every((step, at) => step === "*" || step === path[at]);
  };
  return maps.find(fits) ?? path.join(".");
}

function leavesOf(kind: SectionKind, value: unknown, path: readonly string[]): readonly IntakeEdit[] {
  if (fieldAt(kind, path) !== undefined) return [{ path, set: value as Leaf }];
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(kind, inner, [...path, key]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isMap = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
