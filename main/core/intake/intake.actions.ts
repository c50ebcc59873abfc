// Taking in a case from a file: what it would make, then the case itself in one save.
import type { Bytes } from "../../../shared/brand.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { CaseId } from "../../../shared/vocabulary/ids.ts";
import { createCase, findWords, type NamedEdits, type Refused, type Saved } from "../cases/index.ts";
import { newId, onDrive, type DriveProblem, type Session } from "../safety/index.ts";
import { intakeLimit, readIntake, type Intake, type IntakeError } from "./intake.rules.ts";
import { readMrz } from "./mrz.rules.ts";
import { tellZone } from "./zone.rules.ts";
import type { ZoneNote } from "./zones.rules.ts";

export type PassportCheck = {
  readonly paper: string;
  readonly checks: readonly { readonly field: string; readonly good: boolean }[];
};

export type IntakePreview = {
  readonly sections: readonly NamedEdits["section"][];
  readonly people: number;
  readonly fields: number;
  readonly passports: readonly PassportCheck[];
  /** What a person should look at before it is taken in; nothing here refuses the file. */
  readonly notes: readonly (ZoneNote & { readonly section: NamedEdits["section"] })[];
  /** Codes of cases that already hold one of these names. */
  readonly doubles: readonly string[];
};

/** Reads an intake file and says what it would make; nothing is changed. */
export async function checkIntake(
  session: Session,
  path: string,
): Promise<Result<IntakePreview, DriveProblem | IntakeError>> {
  const text = await textOf(session, path);
  const read = text.ok ? readText(session, text.value) : text;
  if (!read.ok) return read;
  const { sections, persons } = read.value;
  return ok({
    sections: sections.map(({ kind, person }) => (person === undefined ? { kind } : { kind, person })),
    people: persons.size,
    fields: sections.reduce((sum, section) => sum + section.edits.length, 0),
    passports: passportsIn(session, read.value),
    notes: read.value.notes.map(({ kind, person, ...note }) => ({
      ...note,
      section: person === undefined ? { kind } : { kind, person },
    })),
    doubles: doublesOf(session, read.value),
  });
}

type Taken = Saved & { case: CaseId; code: string; passports: readonly PassportCheck[] };

/** Takes the file in: a new case with everything the file says, as one save. */
export async function takeIntake(
  session: Session,
  input: { readonly path: string; readonly reason: string },
): Promise<Result<Taken, DriveProblem | IntakeError | Refused>> {
  const text = await textOf(session, input.path);
  return text.ok ? takeIntakeText(session, { text: text.value, reason: input.reason }) : text;
}

/** The same from the text itself. */
export async function takeIntakeText(
  session: Session,
  input: { readonly text: string; readonly reason: string },
): Promise<Result<Taken, IntakeError | Refused>> {
  const read = readText(session, input.text);
  if (!read.ok) return read;
  const edits = read.value.sections.map(({ kind, person, edits: set }): NamedEdits => ({
    section: person === undefined ? { kind } : { kind, person },
    edits: set,
  }));
  const { code } = read.value;
  const made = await createCase(session, {
    reason: input.reason,
    edits,
    ...(code === undefined ? {} : { code }),
  });
  return made.ok ? ok({ ...made.value, passports: passportsIn(session, read.value) }) : made;
}

/** A zone as it is typed: what it says so far. Nothing is kept. */
export const readZone = (session: Session, text: string) => tellZone(text, today(session));

async function textOf({ ports }: Session, path: string): Promise<Result<string, DriveProblem | IntakeError>> {
  const bytes = await onDrive(async () => ok(await ports.files.read(path, (intakeLimit * 3) as Bytes)));
  if (!bytes.ok) return bytes;
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
  } catch {
    return err({ type: "IntakeNotJson" });
  }
}

const readText = (session: Session, text: string): Result<Intake, IntakeError> =>
  readIntake(text, {
    newId: () => newId<string>(session.ports),
    on: today(session),
    vault: session.vault.info.kind,
  });

const today = (session: Session): string => new Date(session.ports.clock.now()).toISOString().slice(0, 10);

/** Every check digit of every machine-readable zone, told good or bad. */
function passportsIn(session: Session, intake: Intake): PassportCheck[] {
  return intake.sections.flatMap(({ edits }) =>
    edits.flatMap(({ path, set }) => {
      if (path.at(-1) !== "mrz" || typeof set !== "string") return [];
      const zone = readMrz(set, today(session));
      return zone.ok
        ? [
            {
              paper: path.at(-2) ?? "",
              checks: zone.value.checks.map(({ field, good }) => ({ field, good })),
            },
          ]
        : [];
    }),
  );
}

function doublesOf(session: Session, intake: Intake): string[] {
  const names = intake.sections.flatMap(({ kind, edits }) =>
    kind === "identity"
      ? edits.flatMap(({ set }) =>
          typeof set === "object" && typeof set["full"] === "string" ? [set["full"]] : [],
        )
      : [],
  );
  return [...new Set(names.flatMap((name) => findWords(session, name, 10).map((found) => found.code)))];
}
