// What she does, with whom, how publicly, and who can vouch for it. Work in exile is work.
import { object } from "../../schema.ts";
import { answer, choice, date, describe, group, line, records, short, state, text } from "../fields.ts";

const profiles = ["low-profile", "ask-each-time", "public"] as const;

const schema = object({
  /** Her own word for herself; no route asks her to be called a defender here. */
  callsHerself: short("her work"),
  about: text("her work"),
  organisations: records({
    name: line("her organisation"),
    role: line("her organisation"),
    state: state("her organisation"),
    since: date("her organisation"),
    until: date("her organisation"),
    registered: answer("her organisation"),
    paid: answer("her organisation"),
  }),
  works: records({
    what: line("her work"),
    where: line("her work"),
    since: date("her work"),
    until: date("her work"),
  }),
  profile: group({
    /** Every outward text obeys it; low profile rules while two answers stand. */
    wish: choice(profiles, "her public profile", profiles),
    why: text("her public profile"),
    acts: records({
      act: line("her public profile"),
      decision: choice(["no", "without-name", "yes"], "her public profile", ["no", "without-name", "yes"]),
      on: date("her public profile"),
    }),
    links: records({ what: line("her public profile"), address: line("her public profile") }),
  }),
  vouching: records({
    who: line("who vouches for her"),
    rank: line("who vouches for her"),
    office: line("who vouches for her"),
    knowsHer: text("who vouches for her"),
    on: date("who vouches for her"),
    mayBeShown: answer("who vouches for her", ["no", "unknown", "yes"]),
  }),
});

export const work = { kind: "work", version: 1, schema, ...describe(schema) } as const;
