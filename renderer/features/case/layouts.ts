// What each tab of a case asks, in the order it is read: groups of fields and of records, by the section's own paths.
import type { SectionKind } from "../../../shared/vocabulary/sections/index.ts";
import type { PlainKey } from "../../../shared/texts/texts.ts";

export type Inner = {
  readonly path: readonly string[];
  readonly title: PlainKey;
  readonly add: PlainKey;
} & (
  | { readonly each: "record"; readonly fields: readonly string[]; readonly empty: PlainKey }
  | { readonly each: "person"; readonly fields: readonly string[] }
);
export type Part =
  | { readonly fields: readonly string[] }
  | {
      readonly records: string;
      readonly fields: readonly string[];
      readonly add: PlainKey;
      readonly empty: PlainKey;
      /** The field a record is called by. */
      readonly called?: string;
      readonly order?: string;
      readonly sets?: readonly string[];
      readonly inner?: readonly Inner[];
    };

export type Layout = {
  readonly kind: Exclude<SectionKind, "family">;
  readonly groups: readonly {
    readonly title: PlainKey;
    readonly why?: PlainKey;
    readonly parts: readonly Part[];
  }[];
};

const key = (name: string) => `screens.case.${name}` as PlainKey;

export const layouts = {
  identity: {
    kind: "identity",
    groups: [
      {
        title: key("names"),
        parts: [
          { fields: ["names.wanted", "title", "names.asInPassport", "names.ownScript"] },
          {
            records: "names.previous",
            fields: ["name", "kind", "until"],
            add: key("addName"),
            empty: key("noOtherNames"),
          },
        ],
      },
      {
        title: key("birth"),
        parts: [{ fields: ["birth.date", "birth.place", "birth.state", "birth.registered", "sex"] }],
      },
      {
        title: key("nationality"),
        parts: [
          { fields: ["nationality.none"] },
          {
            records: "nationality.held",
            fields: ["state", "since", "proof"],
            add: key("addNationality"),
            empty: key("noNationality"),
            called: "state",
          },
        ],
      },
      {
        title: key("civilStatus"),
        parts: [{ fields: ["civilStatus.status", "civilStatus.since"] }],
      },
      {
        title: key("languages"),
        parts: [
          {
            records: "languages",
            fields: ["language", "dialect", "speaks", "reads"],
            add: key("addLanguage"),
            empty: key("noLanguages"),
            called: "language",
          },
        ],
      },
    ],
  },
  papers: {
    kind: "identity",
    groups: [
      {
        title: key("papers"),
        parts: [
          { fields: ["papers.none"] },
          {
            records: "papers.held",
            fields: [
              "kind",
              "state",
              "heldBy",
              "number",
              "name",
              "issuedBy",
              "authority",
              "issued",
              "expires",
              "oneNameOnly",
              "yearOnly",
              "mrz",
              "mrzChecked",
              "note",
            ],
            add: key("addPaper"),
            empty: key("noPapers"),
            called: "kind",
          },
        ],
      },
    ],
  },
  reach: {
    kind: "reach",
    groups: [
      {
        title: key("mayWeCall"),
        parts: [
          {
            fields: [
              "contact.wish",
              "contact.until",
              "contact.why",
              "contact.silentAfterHours",
              "contact.ifSilent",
            ],
          },
          {
            records: "neverTo",
            fields: ["whom", "why"],
            add: key("addNever"),
            empty: key("noNever"),
          },
        ],
      },
      {
        title: key("safeHours"),
        parts: [
          {
            records: "safeHours",
            fields: ["from", "until", "zone", "note"],
            sets: ["days"],
            add: key("addHours"),
            empty: key("noHours"),
          },
        ],
      },
      {
        title: key("channels"),
        why: key("whyReach"),
        parts: [
          {
            records: "channels",
            fields: ["kind", "address", "through", "safety", "leaveMessage", "language", "note"],
            add: key("addChannel"),
            empty: key("noChannels"),
            called: "kind",
          },
        ],
      },
      {
        title: key("words"),
        parts: [
          {
            records: "words",
            fields: ["word", "means", "setsOff", "agreed"],
            add: key("addWord"),
            empty: key("noWords"),
            called: "means",
          },
          { fields: ["ifAnotherAnswers"] },
        ],
      },
      { title: key("nextCall"), parts: [{ fields: ["nextCall.at", "nextCall.by"] }] },
      {
        title: key("addresses"),
        parts: [
          {
            records: "addresses",
            fields: ["kind", "address", "state", "since", "until"],
            add: key("addAddress"),
            empty: key("noAddresses"),
            called: "kind",
          },
        ],
      },
    ],
  },
  work: {
    kind: "work",
    groups: [
      { title: key("herWork"), why: key("whyWork"), parts: [{ fields: ["callsHerself", "about"] }] },
      {
        title: key("works"),
        parts: [
          {
            records: "works",
            fields: ["what", "where", "since", "until"],
            add: key("addWork"),
            empty: key("noWorks"),
          },
        ],
      },
      {
        title: key("organisations"),
        parts: [
          {
            records: "organisations",
            fields: ["name", "role", "state", "since", "until", "registered", "paid"],
            add: key("addOrganisation"),
            empty: key("noOrganisations"),
          },
        ],
      },
      {
        title: key("profile"),
        why: key("whyProfile"),
        parts: [
          { fields: ["profile.wish", "profile.why"] },
          {
            records: "profile.acts",
            fields: ["act", "decision", "on"],
            add: key("addAct"),
            empty: key("noActs"),
          },
          {
            records: "profile.links",
            fields: ["what", "address"],
            add: key("addLink"),
            empty: key("noLinks"),
          },
        ],
      },
      {
        title: key("vouching"),
        why: key("whyVouching"),
        parts: [
          {
            records: "vouching",
            fields: ["who", "rank", "office", "knowsHer", "on", "mayBeShown"],
            add: key("addVouching"),
            empty: key("noVouching"),
          },
        ],
      },
    ],
  },
  visa: {
    kind: "visa",
    groups: [
      {
        title: key("applications"),
        why: key("whyVisa"),
        parts: [
          {
            records: "applications",
            fields: [
              "route",
              "type",
              "article",
              "state",
              "authority",
              "post",
              "stands",
              "neededBy",
              "entries",
              "days",
              "reference",
              "whyNow",
              "afterTheStay",
              "hostedBy",
              "paidBy",
              "insuredBy",
              "submitted",
              "decided",
              "decision",
              "validFrom",
              "validUntil",
              "fee",
            ],
            add: key("addApplication"),
            empty: key("noApplications"),
            called: "type",
            inner: [
              {
                each: "person",
                path: ["applicants"],
                title: key("applicants"),
                add: key("addApplicant"),
                fields: ["when", "stands", "biometrics", "reference"],
              },
              {
                each: "record",
                path: ["appointments"],
                title: key("appointments"),
                add: key("addAppointment"),
                empty: key("noAppointments"),
                fields: ["what", "at", "place", "for"],
              },
              {
                each: "record",
                path: ["missing"],
                title: key("missing"),
                add: key("addMissing"),
                empty: key("noMissing"),
                fields: ["what", "of", "why", "rule"],
              },
            ],
          },
        ],
      },
      {
        title: key("earlier"),
        parts: [
          {
            records: "earlier",
            fields: ["state", "for", "what", "on", "why"],
            add: key("addEarlier"),
            empty: key("noEarlier"),
          },
        ],
      },
    ],
  },
  place: {
    kind: "placement",
    groups: [
      {
        title: key("needs"),
        parts: [
          {
            fields: [
              "needs.by",
              "needs.people",
              "needs.schoolChildren",
              "needs.withoutSteps",
              "needs.medicalCare",
              "needs.farFrom",
              "needs.near",
              "needs.animals",
              "needs.wishes",
            ],
          },
          {
            records: "needs.languages",
            fields: ["language"],
            add: key("addLanguage"),
            empty: key("noPlaceLanguages"),
            called: "language",
          },
        ],
      },
      {
        title: key("stays"),
        parts: [
          {
            records: "stays",
            fields: [
              "stands",
              "place",
              "state",
              "address",
              "host",
              "hostContact",
              "from",
              "until",
              "paidBy",
              "insuredBy",
              "rules",
              "sheAgrees",
              "note",
            ],
            sets: ["who"],
            add: key("addStay"),
            empty: key("noStays"),
            called: "stands",
          },
        ],
      },
    ],
  },
  travel: {
    kind: "travel",
    groups: [
      {
        title: key("legs"),
        why: key("whyTravel"),
        parts: [
          {
            records: "legs",
            fields: [
              "order",
              "from.name",
              "from.state",
              "to.name",
              "to.state",
              "by",
              "departs",
              "arrives",
              "state",
              "carrier",
              "booking",
              "companion",
              "metBy",
              "sayWhenAsked",
              "medicine",
              "cash",
              "turnsBack",
              "note",
            ],
            sets: ["who"],
            add: key("addLeg"),
            empty: key("noLegs"),
            called: "by",
            order: "order",
          },
        ],
      },
      {
        title: key("travelPapers"),
        parts: [
          {
            records: "papers",
            fields: ["of", "what", "how", "carriedBy"],
            add: key("addTravelPaper"),
            empty: key("noTravelPapers"),
            called: "how",
          },
        ],
      },
      {
        title: key("arrival"),
        parts: [{ fields: ["arrival.by", "arrival.metBy", "arrival.firstNight", "arrival.told"] }],
      },
    ],
  },
  plan: {
    kind: "plan",
    groups: [
      {
        title: key("tasks"),
        parts: [
          {
            records: "tasks",
            fields: [
              "what",
              "state",
              "due",
              "dueAt",
              "who",
              "repeat",
              "everyDays",
              "sheAgrees",
              "guidance",
              "doneOn",
              "note",
            ],
            add: key("addTask"),
            empty: key("noTasks"),
            called: "what",
          },
        ],
      },
      { title: key("stage"), parts: [{ fields: ["stage", "contactEvery", "nextReview"] }] },
      {
        title: key("emergency"),
        parts: [
          {
            fields: [
              "emergency.declared",
              "emergency.by",
              "emergency.happened",
              "emergency.who",
              "emergency.whenNext",
              "emergency.whoIsWithHer",
              "emergency.whatSheWants",
            ],
          },
        ],
      },
      {
        title: key("followUp"),
        why: key("whyFollowUp"),
        parts: [
          { fields: ["followUp.agreed", "followUp.nobodyContactsHer", "followUp.note"] },
          {
            records: "followUp.steps",
            fields: ["what", "on", "done"],
            add: key("addStep"),
            empty: key("noSteps"),
            called: "what",
          },
        ],
      },
    ],
  },
} satisfies Readonly<Record<string, Layout>>;
