// How and when she may be reached, and what to say if another answers. Never part of another section.
import { object } from "../../schema.ts";
import { choice, date, describe, group, line, moment, records, short, state, text } from "../fields.ts";
import { channels, contactWish, safeHours } from "./parts.ts";

const schema = object({
  contact: contactWish("her contact wishes"),
  channels: channels("her channels"),
  safeHours: safeHours("her safe hours"),
  words: records({
    word: short("her code words"),
    means: choice(["safe", "danger", "stop", "who-is-calling", "other"], "her code words"),
    setsOff: text("her code words"),
    agreed: date("her code words"),
  }),
  ifAnotherAnswers: text("her contact wishes"),
  nextCall: group({ at: moment("her contact wishes"), by: line("her contact wishes") }),
  neverTo: records({ whom: line("her contact wishes"), why: text("her contact wishes") }),
  addresses: records({
    kind: choice(["home", "family", "work", "hiding", "post", "earlier"], "her address"),
    address: text("her address"),
    state: state("her address"),
    since: date("her address"),
    until: date("her address"),
  }),
});

export const reach = { kind: "reach", version: 1, schema, ...describe(schema) } as const;
