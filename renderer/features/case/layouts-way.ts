// What the tabs about her way ask, in the order it is read: visa, where she stays, travel, what is planned.
import { key, type Layouts } from "./layout.ts";

export const wayLayouts = {
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
} satisfies Layouts;
