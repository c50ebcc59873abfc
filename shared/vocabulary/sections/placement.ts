// Where she and hers stay, and what a place must have.
import { object } from "../../schema.ts";
import {
  answer,
  choice,
  count,
  date,
  describe,
  group,
  language,
  line,
  persons,
  records,
  state,
  text,
} from "../fields.ts";

const schema = object({
  stays: records({
    stands: choice(["asked", "offered", "agreed", "under-way", "ended", "fell-through"], "place of stay"),
    place: line("place of stay"),
    state: state("place of stay"),
    address: text("place of stay"),
    host: line("place of stay"),
    hostContact: line("place of stay"),
    from: date("place of stay"),
    until: date("place of stay"),
    who: persons("place of stay"),
    paidBy: line("place of stay"),
    insuredBy: line("place of stay"),
    rules: text("place of stay"),
    sheAgrees: answer("place of stay", ["no", "unknown", "yes"]),
    note: text("place of stay"),
  }),
  needs: group({
    by: date("what a place must have"),
    people: count(1, 200, "what a place must have"),
    schoolChildren: count(0, 200, "what a place must have"),
    withoutSteps: answer("what a place must have"),
    medicalCare: line("what a place must have"),
    languages: records({ language: language("what a place must have") }),
    farFrom: text("what a place must have"),
    near: text("what a place must have"),
    animals: answer("what a place must have"),
    wishes: text("what a place must have"),
  }),
});

export const placement = { kind: "placement", version: 1, schema, ...describe(schema) } as const;
