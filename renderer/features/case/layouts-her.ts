// What the tabs about her ask, in the order it is read: who she is, her papers, how she is reached, her work.
import { key, type Layouts } from "./layout.ts";

export const herLayouts = {
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
} satisfies Layouts;
