// What was said and done, entry by entry, with who else was in the room.
import { object } from "../../schema.ts";
import {
  answer,
  choice,
  describe,
  instant,
  language,
  line,
  records,
  reference,
  short,
  text,
} from "../fields.ts";
import { Fingerprint } from "../ids.ts";

const about = "what was said and done";

const schema = object({
  entries: records({
    at: instant(about),
    kind: choice(
      [
        "call",
        "meeting",
        "visit",
        "message",
        "decision",
        "told-by-voice",
        "promise",
        "accompaniment",
        "note",
      ],
      about,
    ),
    by: reference(Fingerprint, undefined),
    with: line(about),
    text: text(about),
    whoElseWasThere: line(about),
    interpreter: short(about),
    language: language(about),
    toldHer: answer(about),
    followsUp: line(about),
  }),
});

export const journal = { kind: "journal", version: 1, schema, ...describe(schema) } as const;
