// Applications for visas and permits: what is asked of whom, for whom, where each stands, and what is missing.
import { object } from "../../schema.ts";
import {
  answer,
  choice,
  count,
  date,
  describe,
  line,
  moment,
  money,
  perPerson,
  person,
  records,
  short,
  state,
  text,
} from "../fields.ts";

const states = [
  "considered",
  "preparing",
  "submitted",
  "biometrics-due",
  "waiting",
  "granted",
  "refused",
  "appealed",
  "withdrawn",
] as const;

const schema = object({
  applications: records({
    route: line("visa applications"),
    type: line("visa applications"),
    article: line("visa applications"),
    authority: line("visa applications"),
    state: state("visa applications"),
    post: line("visa applications"),
    reference: short("visa applications"),
    stands: choice(states, "visa applications"),
    entries: choice(["one", "two", "many"], "visa applications"),
    days: count(1, 3_660, "visa applications"),
    neededBy: date("visa applications"),
    whyNow: text("visa applications"),
    afterTheStay: text("visa applications"),
    hostedBy: line("visa applications"),
    paidBy: line("visa applications"),
    insuredBy: line("visa applications"),
    submitted: date("visa applications"),
    decided: date("visa applications"),
    validFrom: date("visa applications"),
    validUntil: date("visa applications"),
    decision: text("visa applications"),
    fee: money("visa applications"),
    applicants: perPerson({
      when: choice(["now", "later"], "visa applications"),
      stands: choice(states, "visa applications"),
      biometrics: answer("visa applications"),
      reference: short("visa applications"),
    }),
    appointments: records({
      what: line("visa applications"),
      at: moment("visa applications"),
      place: line("visa applications"),
      for: person("visa applications"),
    }),
    missing: records({
      what: line("what is missing"),
      of: person("what is missing"),
      why: text("what is missing"),
      rule: line("what is missing"),
    }),
  }),
  earlier: records({
    state: state("earlier refusals"),
    for: person("earlier refusals"),
    what: choice(["visa", "refusal", "entry-ban", "asylum", "residence", "overstay"], "earlier refusals"),
    on: date("earlier refusals"),
    why: text("earlier refusals"),
  }),
});

export const visa = { kind: "visa", version: 1, schema, ...describe(schema) } as const;
