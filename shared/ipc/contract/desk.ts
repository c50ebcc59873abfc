// The desk of whoever has the vault open: settings, what was begun and not yet saved, saved views, and being there.
import { object, optional, z } from "../../schema.ts";
import { SectionName } from "../../vocabulary/consent.ts";
import { CaseId } from "../../vocabulary/ids.ts";
import { shortText } from "../../vocabulary/strings.ts";
import { Json } from "../failures.ts";
import { method } from "../method.ts";

export const Settings = object({
  theme: z.enum(["system", "light", "dark", "contrast"]),
  /** Minutes without a hand on the laptop until it locks. */
  lockAfter: z.int().min(1).max(15),
  paper: z.enum(["a4", "letter"]),
  /** The recovery words were asked back once. */
  wordsConfirmed: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

/** Where something was being typed: a case's section and field, or a form's name. */
const DraftPlace = object({
  case: optional(CaseId),
  section: optional(SectionName),
  place: z.string().min(1).max(300),
});

const CaseView = object({
  text: optional(z.string().max(200)),
  stage: optional(z.string().max(40)),
  role: optional(z.enum(["steward", "co-manager", "viewer", "none"])),
  attention: optional(z.enum(["overdue", "soon", "conflict", "held", "stopped"])),
});

export const deskMethods = {
  "desk.settings": method({ input: object({}), output: Settings, errors: [], unlocked: true }),
  "desk.set": method({
    input: object({
      theme: optional(Settings.shape.theme),
      lockAfter: optional(Settings.shape.lockAfter),
      paper: optional(Settings.shape.paper),
      wordsConfirmed: optional(z.literal(true)),
    }),
    output: Settings,
    errors: [],
    unlocked: true,
  }),
  /** A hand was on the laptop. Where none is for `lockAfter` minutes, or the clock jumps, the core locks by itself. */
  "desk.here": method({ input: object({}), output: object({}), errors: [], unlocked: true }),
  /** This person's drafts, the last kept first. */
  "desk.drafts": method({
    input: object({ case: optional(CaseId) }),
    output: object({ drafts: z.array(object({ ...DraftPlace.shape, value: Json, at: z.int() })) }),
    errors: [],
    unlocked: true,
  }),
  /** Keeps what is being typed; the same place again replaces it. Gone with the section when that is erased. */
  "desk.keepDraft": method({
    input: object({ ...DraftPlace.shape, value: Json }),
    output: object({}),
    errors: ["DraftTooLarge"],
    unlocked: true,
  }),
  "desk.dropDraft": method({ input: DraftPlace, output: object({}), errors: [], unlocked: true }),
  /** Saved views of the caseload, by name. */
  "desk.views": method({
    input: object({}),
    output: object({ views: z.array(object({ name: z.string(), view: CaseView })) }),
    errors: [],
    unlocked: true,
  }),
  "desk.keepView": method({
    input: object({ name: shortText, view: CaseView }),
    output: object({}),
    errors: [],
    unlocked: true,
  }),
  "desk.dropView": method({
    input: object({ name: shortText }),
    output: object({}),
    errors: [],
    unlocked: true,
  }),
};
