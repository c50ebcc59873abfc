// The bricks that section schemas are made of: each leaf carries what consent, merging and release must know of it.
import { object, optional, z } from "../schema.ts";
import type { ZodType } from "../schema.ts";
import { PartialDate } from "./dates.ts";
import { ItemId } from "./ids.ts";
import { PersonName } from "./names.ts";
import type { PersonalFact } from "./personal.ts";
import { StateCode } from "./countries.ts";
import { lineText, longText, shortText } from "./strings.ts";

/** What kind of value a leaf holds: how it is typed in, shown and compared. */
export type FieldType =
  | "short"
  | "line"
  | "text"
  | "choice"
  | "count"
  | "date"
  | "name"
  | "state"
  | "language"
  | "moment"
  | "money"
  | "hour"
  | "instant"
  | "person"
  | "item"
  | "reference"
  | "member-of-set";

/** What the program must know of one field beyond its shape. */
export type FieldMeta = {
  readonly type: FieldType;
  /** Says something about a person: leaves only under consent for its section. */
  readonly personal: boolean;
  /** Typed freely: shown whole and ticked by a person before it leaves. */
  readonly freeText: boolean;
  /** Which fact it tells; present when `personal`. */
  readonly fact?: PersonalFact;
  /** The words of a closed list. */
  readonly choices?: readonly string[];
  /** Values, most careful first: while two values stand, the more careful one rules. */
  readonly careful?: readonly string[];
};

/** Path patterns of a section's leaves (`papers.*.number`), each with its meta. A leaf is set whole, never inside. */
export type Fields = Readonly<Record<string, FieldMeta>>;

const metas = new WeakMap<ZodType, FieldMeta>();

/** `fact` undefined: an office fact about no person (a state, an amount). */
type About = PersonalFact | undefined;

function leaf<T extends ZodType>(
  schema: T,
  type: FieldType,
  about: About,
  { careful, choices }: Pick<FieldMeta, "careful" | "choices"> = {},
) {
  const own = schema.clone() as T;
  metas.set(own, {
    type,
    personal: about !== undefined,
    freeText: type === "line" || type === "text",
    ...(about === undefined ? {} : { fact: about }),
    ...(choices === undefined ? {} : { choices }),
    ...(careful === undefined ? {} : { careful }),
  });
  return optional(own);
}

/** One line of at most 200 characters. */
export const short = (about: About) => leaf(shortText, "short", about);
/** One line of at most 1,000 characters, typed freely. */
export const line = (about: About) => leaf(lineText, "line", about);
/** At most 20,000 characters, typed freely, line breaks allowed. */
export const text = (about: About) => leaf(longText, "text", about);
/** One of a closed list; `careful` names values from the most careful on. */
export const choice = <const V extends readonly [string, ...string[]]>(
  values: V,
  about: About,
  careful?: readonly V[number][],
) =>
  leaf(z.enum(values), "choice", about, { choices: values, ...(careful === undefined ? {} : { careful }) });
/** Absent is "not asked yet"; asked without an answer is "unknown". */
export const answer = (about: About, careful?: readonly ("yes" | "no" | "unknown")[]) =>
  choice(["yes", "no", "unknown"], about, careful);
/** A whole number from `min` to `max`. */
export const count = (min: number, max: number, about: About) =>
  leaf(z.int().min(min).max(max), "count", about);
export const date = (about: About) => leaf(PartialDate, "date", about);
export const name = (about: About) => leaf(PersonName, "name", about);
/** ISO 3166-1 alpha-2, or one of ICAO 9303's codes for no state. */
export const state = (about: About) => leaf(StateCode, "state", about);
/** BCP 47: `fa-AF`, `ps`, `ar`. */
export const language = (about: About) =>
  leaf(z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/), "language", about);
/** Wall-clock time at a place: what is printed on a ticket. `zone` is an IANA name. */
export const moment = (about: About) => leaf(Moment, "moment", about);
/** An amount as written (`1250.50`) and its ISO 4217 currency. */
export const money = (about: About) => leaf(Money, "money", about);
/** `HH:MM`, 24 hours. */
export const hour = (about: About) =>
  leaf(z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/), "hour", about);
/** Milliseconds since 1970 as the author's laptop said. */
export const instant = (about: About) => leaf(z.int().min(0).max(8_640_000_000_000), "instant", about);
/** A reference to the woman (`her`) or to a person on her family list (her or his PersonId). */
export const person = (about: About) => leaf(PersonKey, "person", about);
/** A reference to a record of this case. */
export const item = (about: About) => leaf(ItemId, "item", about);
/** A reference by identifier to an office or certificate; says nothing by itself. */
export const reference = <T extends ZodType>(id: T, about: About) => leaf(id, "reference", about);

/** `her`, or the PersonId of someone on the family list. */
export const PersonKey = z.string().regex(/^(her|[0-9a-f]{32})$/);
export type PersonKey = z.infer<typeof PersonKey>;

export const Moment = object({
  local: z
    .string()
    .regex(/^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]$/),
  zone: optional(z.string().regex(/^[A-Za-z0-9_+-]{1,30}(\/[A-Za-z0-9_+-]{1,30}){0,2}$/)),
});
export type Moment = z.infer<typeof Moment>;

export const Money = object({
  amount: z.string().regex(/^[0-9]{1,12}(\.[0-9]{1,3})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type Money = z.infer<typeof Money>;

/** A group of fields that always stands where it stands. */
export const group = <S extends Record<string, ZodType>>(shape: S) => optional(object(shape));

const most = 10_000;
const fits = (value: object) => Object.keys(value).length <= most;

/** Records keyed by ItemId: each is added, changed and removed by itself. */
export const records = <S extends Record<string, ZodType>>(shape: S) =>
  optional(z.record(ItemId, object(shape)).refine(fits, "too-many"));
/** Leaves keyed by ItemId. */
export const items = <T extends ZodType>(schema: T) =>
  optional(z.record(ItemId, schema).refine(fits, "too-many"));
/** Records keyed by a person of this case. */
export const perPerson = <S extends Record<string, ZodType>>(shape: S) =>
  optional(z.record(PersonKey, object(shape)).refine(fits, "too-many"));
/** A set out of a closed list, kept as a map so that two offices' additions both stay. */
export const someOf = <const V extends readonly [string, ...string[]]>(values: V, about: About) =>
  optional(
    z.partialRecord(
      z.enum(values),
      leaf(z.literal(true), "member-of-set", about, { choices: values }).unwrap(),
    ),
  );
/** A set of persons of this case. */
export const persons = (about: About) =>
  optional(
    z.record(PersonKey, leaf(z.literal(true), "member-of-set", about).unwrap()).refine(fits, "too-many"),
  );

/** What the keys of a map are: identifiers of records, persons of the case, or words of a closed list. */
export type MapKeys = "item" | "person" | "choice";

/** A section's leaves, and its maps, by path pattern (`papers.held`). A leaf without meta is a bug. */
export function describe(schema: ZodType): { fields: Fields; maps: Readonly<Record<string, MapKeys>> } {
  const fields: Record<string, FieldMeta> = {};
  const maps: Record<string, MapKeys> = {};
  walk(schema, [], { fields, maps });
  return { fields, maps };
}

type Found = { readonly fields: Record<string, FieldMeta>; readonly maps: Record<string, MapKeys> };
type Def = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, ZodType>>;
  readonly innerType?: ZodType;
  readonly keyType?: ZodType;
  readonly valueType?: ZodType;
};

function walk(schema: ZodType, path: readonly string[], found: Found): void {
  const meta = metas.get(schema);
  const def = schema.def as Def;
  if (meta !== undefined) found.fields[path.join(".")] = meta;
  else if (def.type === "optional" && def.innerType !== undefined) walk(def.innerType, path, found);
  else if (def.type === "record" && def.valueType !== undefined) {
    found.maps[path.join(".")] =
      def.keyType === ItemId ? "item" : def.keyType === PersonKey ? "person" : "choice";
    walk(def.valueType, [...path, "*"], found);
  } else if (def.type === "object" && def.shape !== undefined) {
    for (const [key, inner] of Object.entries(def.shape)) walk(inner, [...path, key], found);
  } else throw new Error(`field ${path.join(".")} carries no meta`);
}
