// The way: legs, who goes on each, what is carried, sent ahead or left behind.
import { object } from "../../schema.ts";
import {
  choice,
  count,
  date,
  describe,
  group,
  item,
  line,
  moment,
  money,
  person,
  persons,
  records,
  short,
  state,
  text,
} from "../fields.ts";

const place = () => group({ name: line("route"), state: state("route") });

const schema = object({
  legs: records({
    order: count(1, 500, "route"),
    from: place(),
    to: place(),
    by: choice(["air", "road", "rail", "sea", "foot", "other"], "route"),
    departs: moment("route"),
    arrives: moment("route"),
    carrier: line("route"),
    booking: short("route"),
    who: persons("who travels"),
    companion: line("who travels"),
    metBy: line("arrival"),
    sayWhenAsked: text("route"),
    medicine: line("route"),
    cash: money("route"),
    turnsBack: line("route"),
    state: choice(["planned", "booked", "under-way", "arrived", "turned-back", "cancelled"], "route"),
    note: text("route"),
  }),
  /** Which paper goes how; the paper itself stands with the person it belongs to. */
  papers: records({
    of: person("which papers travel"),
    paper: item("which papers travel"),
    what: line("which papers travel"),
    leg: item("which papers travel"),
    how: choice(["leave-behind", "send-ahead", "carry"], "which papers travel", [
      "leave-behind",
      "send-ahead",
      "carry",
    ]),
    carriedBy: person("which papers travel"),
  }),
  arrival: group({
    by: date("arrival"),
    metBy: line("arrival"),
    firstNight: text("arrival"),
    told: text("arrival"),
  }),
});

export const travel = { kind: "travel", version: 1, schema, ...describe(schema) } as const;
