// One person on her family list: this person's own identity, reach and health, and what getting them to safety asks.
import { object } from "../../schema.ts";
import {
  answer,
  choice,
  count,
  date,
  describe,
  group,
  line,
  person,
  perPerson,
  persons,
  records,
  short,
  state,
  text,
} from "../fields.ts";
import {
  birth,
  channels,
  contactWish,
  languages,
  names,
  nationality,
  papers,
  safeHours,
  sex,
} from "./parts.ts";

/** What she says of this person's place in the move, as the family list names it. */
export const familyStates = [
  "must-not-know",
  "must-not-meet",
  "not-told-yet",
  "undecided",
  "missing",
  "stays-at-risk",
  "stays-safe",
  "follows-by",
  "comes-now",
  "dead",
] as const;

const relations = [
  "wife",
  "husband",
  "partner",
  "daughter",
  "son",
  "mother",
  "father",
  "sister",
  "brother",
  "grandparent",
  "grandchild",
  "niece",
  "nephew",
  "cousin",
  "aunt",
  "uncle",
  "in-law",
  "foster-child",
  "friends-child",
  "co-wife",
  "co-wifes-child",
  "nanny",
  "driver",
  "guard",
  "household",
  "friend",
  "other",
] as const;

const schema = object({
  names: names("member name"),
  title: short("member name"),
  birth: birth("member birth"),
  sex: sex("member sex"),
  nationality: nationality("member nationality"),
  languages: languages("member languages"),
  papers: papers("member papers"),

  state: group({
    now: choice(
      familyStates,
      "member state",
      familyStates.slice(0, -1) as unknown as readonly (typeof familyStates)[number][],
    ),
    followsBy: date("member state"),
    byWhoseWord: choice(["hers", "this-persons", "both", "another-persons"], "member state"),
    whoSaid: line("member state"),
    note: text("member state"),
  }),
  relation: group({
    kind: choice(relations, "member relation"),
    asSheSays: line("member relation"),
    asPapersShow: line("member relation"),
    proof: text("member relation"),
  }),
  marriages: records({
    with: person("member marriage"),
    form: choice(["registered", "religious", "customary", "none"], "member marriage"),
    since: date("member marriage"),
    ended: choice(["no", "divorced", "widowed", "annulled", "separated", "abandoned"], "member marriage"),
    endedOn: date("member marriage"),
    coWife: answer("member marriage"),
    proof: text("member marriage"),
  }),
  /** Co-wives and their children are families of their own. */
  familyOfItsOwn: group({ around: person("member household"), name: short("member household") }),

  parents: records({
    who: person("member parents"),
    name: line("member parents"),
    parent: choice(["mother", "father", "other"], "member parents"),
    alive: answer("member parents"),
    known: answer("member parents"),
    reachable: answer("member parents"),
    dangerous: answer("member parents", ["yes", "unknown", "no"]),
    consenting: answer("member parents", ["no", "unknown", "yes"]),
    note: text("member parents"),
  }),
  child: group({
    legalAuthority: line("member parents"),
    legalAuthorityProof: text("member parents"),
    guardian: line("member parents"),
    guardianProof: text("member parents"),
    orders: records({
      kind: choice(
        ["custody", "guardianship", "travel", "protection", "adoption", "other"],
        "member parents",
      ),
      court: line("member parents"),
      on: date("member parents"),
      says: text("member parents"),
    }),
    claims: records({ by: line("member parents"), basis: text("member parents") }),
    kidnappingCharge: choice(["likely", "possible", "unknown", "none"], "member parents", [
      "likely",
      "possible",
      "unknown",
      "none",
    ]),
    kidnappingChargeWhy: text("member parents"),
    /** For a child who travels without a parent: the view of a second person, in their own words. */
    bestInterests: group({
      view: text("member parents"),
      by: line("member parents"),
      on: date("member parents"),
    }),
    told: records({
      what: text("member decisions"),
      said: text("member decisions"),
      age: count(0, 30, "member decisions"),
      on: date("member decisions"),
      by: line("member decisions"),
    }),
    saysNo: answer("member decisions", ["yes", "unknown", "no"]),
    noLookedAtBy: line("member decisions"),
    noLookedAtOn: date("member decisions"),
  }),
  /** An adult decides about her or his own data, asked alone; until then her word covers the least. */
  asked: group({
    how: choice(["alone", "not-possible-yet", "too-dangerous-now", "not-yet"], "member decisions"),
    on: date("member decisions"),
    by: line("member decisions"),
    decides: choice(["no", "later", "yes"], "member decisions", ["no", "later", "yes"]),
    herWordFor: line("member decisions"),
  }),

  care: group({
    fitToFly: answer("member care", ["no", "unknown", "yes"]),
    fitToFlyNote: text("member care"),
    helper: line("member care"),
    decidesForSelf: answer("member care"),
    needs: text("member care"),
  }),
  blocks: records({
    kind: choice(
      [
        "exit-ban",
        "guardians-permission",
        "military-age",
        "wanted",
        "visa-refusal",
        "entry-ban",
        "asylum-elsewhere",
        "other",
      ],
      "member blocks",
    ),
    state: state("member blocks"),
    since: date("member blocks"),
    note: text("member blocks"),
  }),
  health: group({
    line: line("member health"),
    medicines: text("member health"),
    pregnancy: group({
      pregnant: answer("member health"),
      due: date("member health"),
      fliesUntil: date("member health"),
      note: text("member health"),
    }),
  }),
  household: group({
    kin: answer("member household"),
    as: choice(["nanny", "driver", "guard", "lodger", "other"], "member household"),
    threatenedBecauseOfHer: answer("member household", ["yes", "unknown", "no"]),
    belongsTo: person("member household"),
  }),

  together: group({
    with: perPerson({
      wish: choice(["must-not-meet", "must-stay-together", "may-be-split"], "member journey wishes", [
        "must-not-meet",
        "must-stay-together",
        "may-be-split",
      ]),
      note: line("member journey wishes"),
    }),
    order: count(1, 200, "member journey wishes"),
    carriesPapersOf: persons("member journey wishes"),
    holdsTelephone: answer("member journey wishes"),
  }),
  animals: records({
    kind: short("member animals"),
    name: short("member animals"),
    comes: answer("member animals"),
    papers: line("member animals"),
  }),

  contact: contactWish("member reach"),
  channels: channels("member reach"),
  safeHours: safeHours("member reach"),
});

export const family = { kind: "family", version: 1, schema, ...describe(schema) } as const;
