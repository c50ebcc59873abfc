// What was typed for a new case, as the edits that make it: each answer goes where people will look for it.
import type { JsonValue } from "../../../shared/signed-text.ts";
import { StateCode } from "../../../shared/vocabulary/countries.ts";
import type { SectionKind } from "../../../shared/vocabulary/sections/index.ts";
import type { Value } from "../../bridge/bridge.ts";
import { scriptOf } from "../../parts/edit-value.tsx";
import { newItem } from "../../parts/records.tsx";

export type Zone = Value<"papers.readZone">;
export const channelKinds = [
  "telephone",
  "signal",
  "whatsapp",
  "sms",
  "email",
  "in-person",
  "through-someone",
  "other",
] as const;
export const safeties = ["unknown", "safe", "shared-device", "watched"] as const;
/** Days from now until the first task is due. */
export const dueIn = ["none", "0", "1", "3", "7"] as const;

export type Begun = {
  readonly called: string;
  readonly channel: string;
  readonly address: string;
  readonly safety: (typeof safeties)[number];
  readonly told: string;
  readonly first: string;
  readonly due: (typeof dueIn)[number];
  readonly zone: string;
  readonly takeZone: boolean;
};

export const nothing: Begun = {
  called: "",
  channel: "",
  address: "",
  safety: "unknown",
  told: "",
  first: "",
  due: "none",
  zone: "",
  takeZone: true,
};

type Edit = { path: string[]; set: JsonValue };
type SectionEdits = { section: { kind: Exclude<SectionKind, "family"> }; edits: Edit[] };

const set = (path: string, value: JsonValue): Edit => ({ path: path.split("."), set: value });
const dayIn = (days: number, now: number) => ({
  value: new Date(now + days * 86_400_000).toISOString().slice(0, 10),
  precision: "day",
  calendar: "gregorian",
});

/** Sections with something in them alone. */
export function editsOf(begun: Begun, zone: Zone | undefined, now: number): SectionEdits[] {
  const called = begun.called.trim();
  const address = begun.address.trim();
  const told = begun.told.trim();
  const first = begun.first.trim();
  const channel = `channels.${newItem()}`;
  const entry = `entries.${newItem()}`;
  const task = `tasks.${newItem()}`;
  const sections: SectionEdits[] = [
    {
      section: { kind: "identity" },
      edits: [
        ...(called === "" ? [] : [set("names.wanted", { full: called, script: scriptOf(called) })]),
        ...(begun.takeZone && zone !== undefined ? paperOf(zone) : []),
      ],
    },
    {
      section: { kind: "reach" },
      edits:
        begun.channel === "" && address === ""
          ? []
          : [
              ...(begun.channel === "" ? [] : [set(`${channel}.kind`, begun.channel)]),
              ...(address === "" ? [] : [set(`${channel}.address`, address)]),
              set(`${channel}.safety`, begun.safety),
            ],
    },
    {
      section: { kind: "journal" },
      edits:
        told === ""
          ? []
          : [set(`${entry}.at`, now), set(`${entry}.kind`, "note"), set(`${entry}.text`, told)],
    },
    {
      section: { kind: "plan" },
      edits:
        first === ""
          ? []
          : [
              set(`${task}.what`, first),
              set(`${task}.state`, "open"),
              ...(begun.due === "none" ? [] : [set(`${task}.due`, dayIn(Number(begun.due), now))]),
            ],
    },
  ];
  return sections.filter(({ edits }) => edits.length > 0);
}

const isState = (code: string): boolean => StateCode.safeParse(code).success;

/** A paper and what it says of her, as far as its check digits hold; a name that is cut off is none. */
function paperOf({ says, lines, checks }: Zone): Edit[] {
  if (says === undefined) return [];
  const full = [says.given, says.surname].filter((part) => part !== "").join(" ");
  const name =
    says.nameCut || full === ""
      ? undefined
      : {
          full,
          ...(says.given === "" ? {} : { given: says.given }),
          ...(says.surname === "" ? {} : { family: says.surname }),
          script: "Latn",
          system: "passport",
        };
  const paper = `papers.held.${newItem()}`;
  return [
    set(`${paper}.kind`, says.kind),
    set(`${paper}.mrz`, lines.join("\n")),
    set(`${paper}.mrzChecked`, checks.every(({ good }) => good) ? "all-good" : "some-bad"),
    ...(says.number === "" ? [] : [set(`${paper}.number`, says.number)]),
    ...(isState(says.issuedBy) ? [set(`${paper}.issuedBy`, says.issuedBy)] : []),
    ...(says.expires === undefined ? [] : [set(`${paper}.expires`, says.expires)]),
    ...(name === undefined ? [] : [set(`${paper}.name`, name), set("names.asInPassport", name)]),
    ...(says.birth === undefined ? [] : [set("birth.date", says.birth)]),
    ...(says.sex === undefined ? [] : [set("sex", says.sex)]),
    ...(isState(says.nationality) ? [set(`nationality.held.${newItem()}.state`, says.nationality)] : []),
  ];
}
