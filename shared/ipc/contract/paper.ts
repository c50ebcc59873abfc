// Papers: looked at on the screen, and printed as a PDF into a folder that a person chose.
import { object, z } from "../../schema.ts";
import { BundleId, CaseId } from "../../vocabulary/ids.ts";
import { fileFailures, unknownCase } from "../failures.ts";
import { FileToken, method } from "../method.ts";

export const paperMethods = {
  /** What to have in hand while telephoning her, as a page. It has the case's code and no name. */
  "paper.callSheet": method({
    input: object({ case: CaseId }),
    output: object({ html: z.string() }),
    errors: [unknownCase],
    unlocked: true,
  }),
  /** The same, or a dossier that came, as a PDF. It is not locked: whoever finds it can read it. */
  "paper.print": method({
    input: object({
      what: z.union([object({ callSheet: CaseId }), object({ dossier: BundleId })]),
      folder: FileToken,
    }),
    output: object({ file: z.string(), bytes: z.int() }),
    errors: [...fileFailures, unknownCase, "UnknownBundle", "NoPrinter"],
    unlocked: true,
  }),
};
