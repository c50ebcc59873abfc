// The office's working plan: who does what by when, and what only those who answer for the case may know.
import { object } from "../../schema.ts";
import { Fingerprint, OfficeId } from "../ids.ts";
import {
  answer,
  choice,
  count,
  date,
  describe,
  group,
  instant,
  line,
  moment,
  perPerson,
  records,
  reference,
  short,
  text,
} from "../fields.ts";

/** Where the work on a case stands; a case without one is being taken in. The careful one rules while two stand. */
export const caseStages = [
  "contact-lost",
  "active",
  "assessment",
  "planning",
  "intake",
  "relocated",
  "return-review",
  "follow-up",
  "on-hold",
] as const;

const schema = object({
  stage: choice(caseStages, "tasks", caseStages),
  tasks: records({
    what: line("tasks"),
    office: reference(OfficeId, undefined),
    member: reference(Fingerprint, undefined),
    who: line("tasks"),
    due: date("tasks"),
    dueAt: moment("tasks"),
    state: choice(["open", "accepted", "under-way", "done", "dropped", "blocked"], "tasks", [
      "blocked",
      "open",
      "accepted",
      "under-way",
      "dropped",
      "done",
    ]),
    repeat: choice(["never", "daily", "weekly", "monthly"], "tasks"),
    everyDays: count(1, 400, "tasks"),
    doneOn: date("tasks"),
    /** The guidance line it follows: `R7`, `N19`. */
    guidance: short(undefined),
    sheAgrees: answer("tasks", ["no", "unknown", "yes"]),
    note: text("tasks"),
  }),
  contactEvery: count(1, 400, "tasks"),
  nextReview: date("tasks"),
  emergency: group({
    declared: answer("emergency", ["yes", "unknown", "no"]),
    at: instant("emergency"),
    by: line("emergency"),
    happened: text("emergency"),
    who: text("emergency"),
    whenNext: text("emergency"),
    whoIsWithHer: text("emergency"),
    whatSheWants: text("emergency"),
    endedAt: instant("emergency"),
  }),
  /**
   * Whom on her list she fears: for her alone. It stands here because a family member's section goes where that
   * member's consent sends it, and a plan is never released.
   */
  fears: perPerson({
    fears: answer("whom she fears", ["yes", "unknown", "no"]),
    why: text("whom she fears"),
  }),
  followUp: group({
    agreed: answer("what follows"),
    nobodyContactsHer: answer("what follows", ["yes", "unknown", "no"]),
    steps: records({ what: line("what follows"), on: date("what follows"), done: answer("what follows") }),
    note: text("what follows"),
  }),
});

export const plan = { kind: "plan", version: 1, schema, ...describe(schema) } as const;
