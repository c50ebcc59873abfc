// Long work: cancelling it by the name its caller gave it. The router answers these itself.
import { object, z } from "../../schema.ts";
import { JobId, method } from "../method.ts";

export const jobsMethods = {
  /** `known` is false when no such job runs (any more). The job's own method answers `Cancelled`, or what it had already done. */
  "jobs.cancel": method({
    input: object({ job: JobId }),
    output: object({ known: z.boolean() }),
    errors: [],
    unlocked: false,
  }),
};
