// Papers of the office's own, as a page to look at and as a PDF in a place that a person chose.
import { err, ok, type Result } from "../../../shared/result.ts";
import type { JsonValue } from "../../../shared/signed-text.ts";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import type { SectionValue } from "../../../shared/vocabulary/sections/index.ts";
import { caseRow, inForce, sectionsNamed, sectionsOf, type UnknownCase } from "../cases/index.ts";
import { onDrive, settings, type DriveProblem, type Session } from "../safety/index.ts";
import { callSheetHtml } from "./call-sheet.ts";
import type { PaperSize } from "./style.ts";

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
