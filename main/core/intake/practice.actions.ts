// A practice vault: a fictional office, two partners it has met, and six cases in different states, all by ordinary actions.
import { ConsentDraft } from "../../../shared/ipc/contract/consent.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { CaseId, ContactId, OfficeId } from "../../../shared/vocabulary/ids.ts";
import { giveRole } from "../cases/index.ts";
import { recordConsent } from "../consent/index.ts";
import { takeIntroduction, verifyContact } from "../contacts/index.ts";
import { makeMemberKeys, readCertificate, words } from "../pgp/index.ts";
import { clearAway, create, newId, type CreateRefused, type Opening, type Session } from "../safety/index.ts";
import { takeIntakeText } from "./intake.actions.ts";
import emergency from "./practice/emergency.json" with { type: "json" };
import followUp from "./practice/follow-up.json" with { type: "json" };
import intake from "./practice/intake.json" with { type: "json" };
import onHold from "./practice/on-hold.json" with { type: "json" };
import planning from "./practice/planning.json" with { type: "json" };
import relocated from "./practice/relocated.json" with { type: "json" };

const office = "Practice Mission";
/** Whom the cases name as `network` and `mission`. Their secrets are forgotten: nothing to them can be opened. */
const partners = {
  network: { office: "Practice Harbour Network", person: "Ben Specimen" },
  mission: { office: "Practice Consulate of Utopia", person: "Jon Specimen" },
} as const;
type Partners = Readonly<Record<keyof typeof partners, ContactId>>;

type PracticeCase = {
  readonly intake: object;
  readonly roles: readonly {
    readonly contact: keyof typeof partners;
    readonly role: "co-manager" | "viewer";
    readonly mayRecordYes: boolean;
  }[];
  readonly consents: readonly { readonly contact: keyof typeof partners; readonly draft: object }[];
};

/** The last one taken in stands first in the caseload. */
const cases = [onHold, followUp, relocated, intake, planning, emergency] as readonly unknown[];

type Course = { readonly progress?: (done: number, total: number) => void; readonly signal?: AbortSignal };

/** The new vault, opened. Unless it comes to an end, its folder is left as it was found. */
export async function createPractice(
  opening: Opening,
  input: { readonly folder: string; readonly person: string; readonly passphrase: string },
  { progress, signal }: Course,
): Promise<
  Result<
    { session: Session; cases: number },
    CreateRefused | { readonly type: "Cancelled" } | { readonly type: Unwritten["why"] }
  >
> {
  const { files } = opening.ports;
  const isNew = (await files.entry(input.folder).catch(() => undefined)) === undefined;
  const steps = cases.length + 1;
  progress?.(0, steps);
  const made = await create(opening, { ...input, kind: "practice", office });
  if (!made.ok) return made;
  const { session } = made.value;
  let filled = false;
  try {
    const met = await meetPartners(session);
    for (const [done, one] of cases.entries()) {
      progress?.(done + 1, steps);
      if (signal?.aborted === true) return err({ type: "Cancelled" });
      await takeIn(session, met, asOfToday(one, session.ports.clock.now()));
    }
    progress?.(steps, steps);
    filled = true;
    return ok({ session, cases: cases.length });
  } catch (error) {
    if (error instanceof Unwritten) return err({ type: error.why });
    throw error;
  } finally {
    if (!filled) await clearAway(session, isNew);
  }
}

/** The disk gave out in the middle. */
class Unwritten extends Error {
  readonly why: "DiskFull" | "VaultReadOnly" | "VaultBroken";
  constructor(why: Unwritten["why"]) {
    super(why);
    this.why = why;
  }
}

/** Every step is known to be allowed: what is refused is the disk's trouble, or a mistake in the data. */
function done<T>(result: Result<T, { readonly type: string }>): T {
  if (result.ok) return result.value;
  const { type } = result.error;
  if (type === "DiskFull" || type === "VaultReadOnly" || type === "VaultBroken") throw new Unwritten(type);
  throw new Error(`the practice data was refused: ${JSON.stringify(result.error)}`);
}

async function meetPartners(session: Session): Promise<Partners> {
  return { network: await meet(session, "network"), mission: await meet(session, "mission") };
}

async function meet(session: Session, name: keyof typeof partners): Promise<ContactId> {
  const { ports, vault } = session;
  const partner = partners[name];
  const at = ports.clock.now();
  const keys = await makeMemberKeys({
    name: partner.person,
    office: partner.office,
    at,
    profile: "compatible",
  });
  for (const secret of [keys.signing, ...keys.decryption]) secret.secret.fill(0);
  const certificate = done(await readCertificate(keys.certificate, { at }));
  const introduced = {
    made: at,
    office: newId<OfficeId>(ports),
    officeName: partner.office,
    person: partner.person,
  };
  const { contact } = done(
    await vault.write(async () => ok((db) => takeIntroduction(db, session, certificate, introduced))),
  );
  const heard = { words: words(certificate) };
  done(await verifyContact(session, { contact, heard, how: "words-by-telephone" }));
  return contact;
}

async function takeIn(session: Session, met: Partners, one: PracticeCase): Promise<CaseId> {
  const text = JSON.stringify(one.intake);
  const { case: of } = done(await takeIntakeText(session, { text, reason: "practice" }));
  for (const { contact, ...role } of one.roles)
    done(await giveRole(session, { case: of, contact: met[contact], ...role }));
  for (const { contact, draft } of one.consents) {
    const consent = ConsentDraft.parse({ ...draft, contact: met[contact] });
    done(await recordConsent(session, { case: of, consent }));
  }
  return of;
}

const day = 86_400_000;

/** Days stand as `{today+3}`, moments as `{now-2}`, counted in days from when the vault is made. */
function asOfToday(data: unknown, now: number): PracticeCase {
  const text = JSON.stringify(data)
    .replaceAll(/"\{now([+-]\d+)?\}"/g, (_, days?: string) => String(now + Number(days ?? 0) * day))
    .replaceAll(/\{today([+-]\d+)?\}/g, (_, days?: string) =>
      new Date(now + Number(days ?? 0) * day).toISOString().slice(0, 10),
    );
  return JSON.parse(text) as PracticeCase;
}
