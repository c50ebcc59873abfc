// What the core tells without being asked.
import { object, z } from "../schema.ts";
import { JobId } from "./method.ts";

export const Event = z.discriminatedUnion("type", [
  /** `step` is a short name for the screen to translate; `total` 0 says that nobody knows yet. */
  object({
    type: z.literal("job.progress"),
    job: JobId,
    step: z.string().regex(/^[a-z][a-z-]{0,39}$/),
    done: z.int().min(0),
    total: z.int().min(0),
  }),
  object({ type: z.literal("vault.locked") }),
  /** Nobody was here: the vault locks in so many seconds unless a hand is on the laptop. */
  object({ type: z.literal("vault.locksSoon"), seconds: z.int().min(0) }),
  /** Rows of these cases changed by another's work (a bundle was taken in, a recall carried out). */
  object({ type: z.literal("cases.changed"), cases: z.array(z.string()).max(1_000) }),
  /** Every kept row was read since the vault was opened, and is as it was written. */
  object({ type: z.literal("vault.checked"), rows: z.int().min(0) }),
  /** A row is not as it was written last: an old page was put back. `bucket` counts 256 rows. */
  object({
    type: z.literal("vault.oldPage"),
    tree: z.enum(["part", "chain", "ledger", "secret_key", "head"]),
    bucket: z.int().min(0),
  }),
  object({ type: z.literal("vault.damaged") }),
]);
export type Event = z.infer<typeof Event>;
