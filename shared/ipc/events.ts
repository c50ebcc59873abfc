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
]);
export type Event = z.infer<typeof Event>;
