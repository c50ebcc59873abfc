// Where each field of a person of her family stands on the page: a few in sight, the rest in folds by what they are about.
type ListName =
  | "spellings"
  | "earlierNames"
  | "nationalities"
  | "languages"
  | "papers"
  | "parents"
  | "orders"
  | "claims"
  | "told"
  | "marriages"
  | "blocks"
  | "animals"
  | "channels"
  | "safeHours";

export type Part =
  | { readonly field: string }
  /** Days of the week, people of the case. */
  | { readonly set: string }
  | {
      readonly list: ListName;
      readonly at: string;
      readonly fields: readonly string[];
      readonly set?: string;
    }
  | { readonly people: string; readonly fields: readonly string[] };

const fields = (...paths: readonly string[]): readonly Part[] => paths.map((field) => ({ field }));

/** Who this is to her, twice; what was decided and by whose word; whether the person was asked alone. */
export const inSight: readonly string[] = [
  "relation.asSheSays",
  "relation.asPapersShow",
  "state.now",
  "state.byWhoseWord",
  "asked.how",
  "asked.decides",
];

export const folds = [
  {
    id: "more",
    parts: fields(
      "relation.kind",
      "relation.proof",
      "state.followsBy",
      "state.whoSaid",
      "state.note",
      "asked.on",
      "asked.by",
      "asked.herWordFor",
    ),
  },
  {
    id: "names",
    parts: [
      ...fields("names.wanted", "names.asInPassport", "names.ownScript", "title"),
      { list: "spellings", at: "names.transliterations", fields: [""] },
      { list: "earlierNames", at: "names.previous", fields: ["name", "kind", "until"] },
      ...fields("birth.date", "birth.place", "birth.state", "birth.registered", "sex"),
      { list: "nationalities", at: "nationality.held", fields: ["state", "since", "proof"] },
      ...fields("nationality.none"),
      { list: "languages", at: "languages", fields: ["language", "dialect", "speaks", "reads"] },
    ],
  },
  {
    id: "papers",
    parts: [
      ...fields("papers.none"),
      {
        list: "papers",
        at: "papers.held",
        fields: [
          "kind",
          "state",
          "heldBy",
          "issuedBy",
          "authority",
          "number",
          "name",
          "issued",
          "expires",
          "mrz",
          "mrzChecked",
          "oneNameOnly",
          "yearOnly",
          "note",
        ],
      },
    ],
  },
  {
    id: "parents",
    parts: [
      {
        list: "parents",
        at: "parents",
        fields: ["parent", "who", "name", "alive", "known", "reachable", "dangerous", "consenting", "note"],
      },
      ...fields("child.legalAuthority", "child.legalAuthorityProof", "child.guardian", "child.guardianProof"),
      { list: "orders", at: "child.orders", fields: ["kind", "court", "on", "says"] },
      { list: "claims", at: "child.claims", fields: ["by", "basis"] },
      ...fields(
        "child.kidnappingCharge",
        "child.kidnappingChargeWhy",
        "child.bestInterests.view",
        "child.bestInterests.by",
        "child.bestInterests.on",
      ),
      { list: "told", at: "child.told", fields: ["what", "said", "age", "on", "by"] },
      ...fields("child.saysNo", "child.noLookedAtBy", "child.noLookedAtOn"),
    ],
  },
  {
    id: "marriage",
    parts: [
      {
        list: "marriages",
        at: "marriages",
        fields: ["with", "form", "since", "ended", "endedOn", "coWife", "proof"],
      },
      ...fields("familyOfItsOwn.around", "familyOfItsOwn.name"),
    ],
  },
  {
    id: "care",
    parts: [
      ...fields("care.fitToFly", "care.fitToFlyNote", "care.helper", "care.decidesForSelf", "care.needs"),
      { list: "blocks", at: "blocks", fields: ["kind", "state", "since", "note"] },
      ...fields(
        "health.line",
        "health.medicines",
        "health.pregnancy.pregnant",
        "health.pregnancy.due",
        "health.pregnancy.fliesUntil",
        "health.pregnancy.note",
      ),
    ],
  },
  {
    id: "together",
    parts: [
      { people: "together.with", fields: ["wish", "note"] },
      ...fields("together.order"),
      { set: "together.carriesPapersOf" },
      ...fields("together.holdsTelephone"),
    ],
  },
  {
    id: "household",
    parts: fields("household.kin", "household.as", "household.threatenedBecauseOfHer", "household.belongsTo"),
  },
  {
    id: "animals",
    parts: [{ list: "animals", at: "animals", fields: ["kind", "name", "comes", "papers"] }],
  },
  {
    id: "reach",
    parts: [
      ...fields(
        "contact.wish",
        "contact.until",
        "contact.why",
        "contact.silentAfterHours",
        "contact.ifSilent",
      ),
      {
        list: "channels",
        at: "channels",
        fields: ["kind", "address", "through", "safety", "leaveMessage", "language", "note"],
      },
      { list: "safeHours", at: "safeHours", fields: ["from", "until", "zone", "note"], set: "days" },
    ],
  },
] as const satisfies readonly { readonly id: string; readonly parts: readonly Part[] }[];

export const steps = (path: string): readonly string[] => (path === "" ? [] : path.split("."));
