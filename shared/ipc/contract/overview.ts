// Today: what is due, overdue and waiting, what changed, what is about to end. Codes only; no names, places or routes.
import { object, optional, z } from "../../schema.ts";
import { BundleKind } from "../../bundle/manifest.ts";
import { SectionName } from "../../vocabulary/consent.ts";
import { PartialDate } from "../../vocabulary/dates.ts";
import { BundleId, CaseId, ConsentId, ContactId } from "../../vocabulary/ids.ts";
import { Who } from "../failures.ts";
import { method } from "../method.ts";

const inCase = { case: CaseId, code: z.string() };

export const overviewMethods = {
  /** `limit` bounds each list; the counts are of all. Days are counted on this laptop's clock: negative is overdue. */
  "overview.today": method({
    input: object({ limit: optional(z.int().min(1).max(500)) }),
    output: object({
      tasks: z.array(
        object({
          ...inCase,
          task: z.string(),
          what: z.string(),
          due: optional(PartialDate),
          days: optional(z.int()),
          state: z.string(),
          /** Who is to do it, where the plan says so. */
          who: optional(z.string()),
          /** Our turn, another office's, or nobody named. */
          turn: z.enum(["ours", "theirs", "nobody"]),
        }),
      ),
      conflicts: z.array(object({ ...inCase, section: SectionName, path: z.array(z.string()), at: z.int() })),
      received: z.array(
        object({
          bundle: BundleId,
          kind: BundleKind,
          from: Who,
          at: z.int(),
          cases: z.array(object(inCase)),
        }),
      ),
      ending: z.array(
        z.discriminatedUnion("what", [
          object({
            ...inCase,
            what: z.literal("consent"),
            consent: ConsentId,
            with: Who,
            on: z.string(),
            days: z.int(),
          }),
          object({
            ...inCase,
            what: z.literal("paper"),
            section: SectionName,
            paper: z.string(),
            kind: z.string(),
            on: z.string(),
            days: z.int(),
          }),
        ]),
      ),
      changed: z.array(
        object({ ...inCase, at: z.int(), author: Who, sections: z.array(SectionName), ours: z.boolean() }),
      ),
      /** Recalls not yet confirmed, bundles to acknowledge, edits a contact does not have. */
      waiting: z.array(
        object({
          contact: ContactId,
          name: z.string(),
          office: z.string(),
          recalls: z.int(),
          acknowledgements: z.int(),
          cases: z.int(),
        }),
      ),
      held: z.array(object({ ...inCase, count: z.int() })),
      quarantine: z.int(),
      counts: object({ overdue: z.int(), soon: z.int(), conflicts: z.int(), received: z.int() }),
      backup: object({ at: optional(z.int()), days: optional(z.int()) }),
      wordsConfirmed: z.boolean(),
    }),
    errors: [],
    unlocked: true,
  }),
};
