// Papers: looked at on the screen, saved as a PDF in a folder that a person chose, or sent to a printer.
import { object, z } from "../../schema.ts";
import { BundleId, CaseId } from "../../vocabulary/ids.ts";
import { fileFailures, noSigner, unknownCase } from "../failures.ts";
import { FileToken, method } from "../method.ts";

const What = z.union([
  object({ callSheet: CaseId }),
  object({ dossier: BundleId }),
  /** What the other side compares, for whom one meets. It says nothing of whose it is. */
  object({ ownWords: z.literal(true) }),
]);

/** A printer by the name that its system knows it by. */
export const PrinterName = z.string().min(1).max(255);

/** Why a page did not come out: the queue did not take it, or it was not out in time and was taken out of the queue again. */
export const sendingFailures = ["UnknownPrinter", "PrinterRefused", "PrinterSilent"] as const;

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
      what: What,
      folder: FileToken,
    }),
    output: object({ file: z.string(), bytes: z.int() }),
    errors: [...fileFailures, unknownCase, "UnknownBundle", noSigner, "NoPrinter"],
    unlocked: true,
  }),
  /** The printers that are set up on this laptop. `usual`: the one it takes by itself. */
  "paper.printers": method({
    input: object({}),
    output: object({
      printers: z.array(
        object({
          printer: PrinterName,
          /** As a person knows it. */
          shown: z.string(),
          usual: z.boolean(),
          where: z.enum(["cable", "network", "unknown"]),
        }),
      ),
    }),
    errors: ["NoWayToPrint"],
    unlocked: true,
  }),
  /** The same papers to a printer; answered once they have left its queue. Queue and printer may keep what they got. */
  "paper.send": method({
    input: object({ what: What, printer: PrinterName }),
    output: object({}),
    errors: [unknownCase, "UnknownBundle", noSigner, "NoWayToPrint", ...sendingFailures],
    unlocked: true,
    job: true,
  }),
  /** The recovery words as a page that says nothing of what they open. Nothing of it is written here. */
  "paper.sendWords": method({
    input: object({ words: z.string().max(1_000), printer: PrinterName }),
    output: object({}),
    errors: ["WrongWords", "NoWayToPrint", ...sendingFailures],
    unlocked: true,
    job: true,
    secrets: ["words"],
  }),
};
