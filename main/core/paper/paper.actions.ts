// Papers of the office's own, as a page to look at, as a PDF in a place that a person chose, and on a printer.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import type { SectionValue } from "../../../shared/vocabulary/sections/index.ts";
import { caseRow, inForce, sectionsNamed, sectionsOf, type UnknownCase } from "../cases/index.ts";
import { onDrive, settings, type DriveProblem, type Session } from "../safety/index.ts";
import type { NotHere, Printer } from "../ports.ts";
import { recoveryWordsOf } from "../vault/index.ts";
import { callSheetHtml } from "./call-sheet.ts";
import { ownWordsHtml, type OwnWordsInput } from "./own-words.ts";
import type { PaperSize } from "./style.ts";
import { wordsPage } from "./words-page.ts";

/** The size this person set for her laptop. */
export const paperSizeOf = (session: Session): PaperSize =>
  settings(session).paper === "letter" ? "Letter" : "A4";

/** What to have in hand while telephoning her, as it stands now; of two answers the careful one. */
export function callSheet(session: Session, of: CaseId): Result<string, UnknownCase> {
  const row = caseRow(session.vault.read, of);
  if (row === undefined) return err({ type: "UnknownCase" });
  const [there] = sectionsNamed(sectionsOf(session, of), { kind: "reach" });
  const view = there && session.sections.view(there.section);
  const { value, unsettled } = inForce("reach", (view?.value ?? {}) as JsonValue, view?.conflicts ?? []);
  return ok(
    callSheetHtml({
      code: row.code,
      office: session.office.name,
      reach: value as SectionValue<"reach">,
      unsettled: unsettled.map(({ path }) => path),
      printed: new Date(session.ports.clock.now()).toISOString().slice(0, 10),
      practice: session.practice,
      size: paperSizeOf(session),
    }),
  );
}

/** What the other side compares, as a card. It says nothing of whose it is. */
export const ownWords = (session: Session, own: Pick<OwnWordsInput, "words" | "digits" | "code">): string =>
  ownWordsHtml({
    words: own.words,
    digits: own.digits,
    code: own.code,
    practice: session.practice,
    size: paperSizeOf(session),
  });

type NoPrinter = { readonly type: "NoPrinter" };

/** Prints a page as a PDF under a name that says nothing. It is not locked: whoever finds it can read it. */
export async function printTo(
  session: Session,
  html: string,
  folder: string,
): Promise<Result<{ readonly file: string; readonly bytes: number }, DriveProblem | NoPrinter>> {
  const { files, printer, random } = session.ports;
  const printed = await printer.toPdf(html);
  if (!printed.ok) return err({ type: "NoPrinter" });
  const file = `${Buffer.from(random.bytes(10)).toString("hex")}.pdf`;
  return onDrive(async () => {
    const draft = await files.draft(folder);
    try {
      await draft.write(printed.value);
      await draft.commit(file);
    } catch (error) {
      await draft.discard();
      throw error;
    }
    return ok({ file, bytes: printed.value.length });
  }, "writes");
}

type NoWayToPrint = { readonly type: "NoWayToPrint" };
type Sent = Awaited<ReturnType<Printer["send"]>>;
type NotSent = Exclude<Extract<Sent, { ok: false }>["error"], NotHere>;

/** The printers that are set up on this laptop. */
export async function printers({ ports }: Session) {
  const listed = await ports.printer.list();
  return listed.ok ? listed : err<NoWayToPrint>({ type: "NoWayToPrint" });
}

/** Sends a page to a printer, on the paper set for this laptop, and waits until it has left the queue. Nothing is written here. */
export async function send(
  session: Session,
  html: string,
  printer: string,
  signal: AbortSignal,
): Promise<Result<Record<string, never>, NoWayToPrint | NotSent>> {
  const size = paperSizeOf(session);
  const sent = await session.ports.printer.send({ html, printer, size }, signal);
  if (sent.ok) return sent;
  return err(sent.error.type === "NotHere" ? { type: "NoWayToPrint" } : sent.error);
}

/** Whether some of a page may lie at the printer: it went into the queue, even where it was taken out again. */
export const mayBeOut = (sent: Awaited<ReturnType<typeof send>>): boolean =>
  sent.ok || sent.error.type === "Cancelled" || sent.error.type === "PrinterSilent";

/**
 * Recovery words as a page that says nothing of what they open. The vault does not hold them: they are what the page was given,
 * and are refused where they are no recovery words at all.
 */
export function recoveryWords(
  session: Session,
  typed: string,
): Result<string, { readonly type: "WrongWords" }> {
  const words = recoveryWordsOf(typed);
  if (words === undefined) return err({ type: "WrongWords" });
  return ok(wordsPage({ words, practice: session.practice, size: paperSizeOf(session) }, "wordsPaper.keep"));
}
