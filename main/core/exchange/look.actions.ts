// Looks at a file, or each bundle of a folder, before it is taken: the very way of taking, each commit rehearsed and taken back.
import type { Manifest } from "../../../shared/bundle/manifest.ts";
import { err, ok, type Failure, type Result } from "../../../shared/result.ts";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import type { CaseId, SectionId } from "../../../shared/vocabulary/ids.ts";
import { caseRow, knownName } from "../cases/index.ts";
import type { DriveProblem, Session } from "../safety/index.ts";
import type { ReadDb } from "../vault/sql.ts";
import { gravesAfter, standOf } from "./exchange.store.ts";
import { caseWatch, type CaseLooked, type Room } from "./look.cases.ts";
import { bundlesAt, ends, inTurn, knownCertificates, receiveFile, type Ending } from "./receive.actions.ts";
import type { From, ReceivedFile } from "./taken.ts";
import type { Job } from "./writing.ts";

type Erases = { readonly case: CaseId; readonly code?: string; readonly section: SectionName };

/** One file before it is taken; `token` takes just this file. */
export type LookedFile = {
  readonly file: string;
  readonly token: string;
  readonly bytes: number;
  readonly bundle?: Manifest["id"];
  readonly kind?: Manifest["kind"];
  readonly number?: number;
  readonly made?: number;
  readonly from?: From;
  readonly outcome: "ready" | "already" | "refused";
  readonly why?: Failure;
  readonly missing?: readonly number[];
  readonly clone?: boolean;
  readonly cases?: readonly CaseLooked[];
  readonly erases?: readonly Erases[];
  readonly confirms?: number;
  readonly dossiers?: number;
};

/** What all changes of one answer may come to, in characters: a page shows no more, and the wire carries no more. */
const mostShown = 3 * 1024 * 1024;

/**
 * Each file by itself, against what stands here now: nothing of it is kept, in the vault or beside it. Only trouble with the
 * folder, with this vault, or a cancelled job ends the whole.
 */
export const look = (
  session: Session,
  input: { readonly path: string; readonly name: string },
  job?: Job,
): Promise<Result<readonly LookedFile[], DriveProblem | Ending>> =>
  inTurn(session, () => lookAtEach(session, input, job));

async function lookAtEach(
  session: Session,
  input: { readonly path: string; readonly name: string },
  job: Job | undefined,
): Promise<Result<readonly LookedFile[], DriveProblem | Ending>> {
  const listed = await bundlesAt(session, input);
  if (!listed.ok) return listed;
  if (listed.value.length > 0) session.ports.decoder.warm?.();
  const certificates = await knownCertificates(session);
  const room: Room = { left: mostShown };
  const looked: LookedFile[] = [];
  for (const [index, file] of listed.value.entries()) {
    if (job?.signal.aborted === true) return err({ type: "Cancelled" });
    job?.progress("look", index, listed.value.length);
    const seeing = seer(session, room);
    const rehearsed = { ...session, vault: { ...session.vault, write: seeing.write } };
    const result = await receiveFile(rehearsed, file, certificates, job, seeing.watch);
    if (!result.ok && ends(result.error)) return err(result.error);
    looked.push({
      file: file.name,
      token: await session.ports.tokens.offer(file.path),
      bytes: file.size,
      ...seeing.seen(),
      ...(result.ok ? told(session, result.value, seeing) : { outcome: "refused", why: result.error }),
    });
  }
  return ok(withoutBeside(looked));
}

/** A number that lies beside, looked at and not refused, is not missing. */
const withoutBeside = (looked: readonly LookedFile[]): readonly LookedFile[] =>
  looked.map(({ missing, ...file }) => {
    const here = looked.flatMap((one) =>
      one.outcome !== "refused" && one.from?.contact === file.from?.contact ? (one.number ?? []) : [],
    );
    const still = (missing ?? []).filter((number) => !here.includes(number));
    return still.length === 0 ? file : { ...file, missing: still };
  });

/** What a rehearsal came to, beyond the manifest and the sender. */
function told(session: Session, result: Omit<ReceivedFile, "file">, seeing: ReturnType<typeof seer>) {
  const { outcome, missing, clone } = result;
  return {
    outcome: outcome === "taken" ? ("ready" as const) : outcome,
    ...(missing === undefined ? {} : { missing }),
    ...(clone === undefined ? {} : { clone }),
    ...(outcome === "taken" ? ofKind(session, result, seeing) : {}),
  };
}

function ofKind(
  session: Session,
  { kind, confirmed = [], passedOver = [] }: Omit<ReceivedFile, "file">,
  seeing: ReturnType<typeof seer>,
): Partial<LookedFile> {
  switch (kind) {
    case "share":
      return {
        cases: [
          ...seeing.cases(),
          ...passedOver.map(({ case: of, why }) => ({
            case: of,
            ...codeOf(session, of),
            fresh: false,
            sections: [],
            why,
          })),
        ],
      };
    case "acknowledgement":
      return { confirms: seeing.acknowledged() + confirmed.length };
    case "recall":
      return {
        erases: seeing.buried().flatMap(({ section, case: of }): Erases[] => {
          // Read after the rehearsal was taken back: what was never here is not erased either.
          const head = session.sections.head(section);
          const name = head === undefined ? undefined : knownName(head.kind, head.person);
          return name === undefined ? [] : [{ case: of, ...codeOf(session, of), section: name }];
        }),
        dossiers: seeing.dossiers(),
      };
    default:
      return {};
  }
}

const codeOf = (session: Session, of: CaseId): { code?: string } => {
  const code = caseRow(session.vault.read, of)?.code;
  return code === undefined ? {} : { code };
};

/** Everything one file's taking shows by the way, and the rehearsing way to write. */
function seer(session: Session, room: Room) {
  const { vault } = session;
  const before = standOf(vault.read);
  const graves = new Map<SectionId, { readonly section: SectionId; readonly case: CaseId }>();
  let acknowledged = 0;
  let dossiers = 0;
  const after = (db: ReadDb) => {
    const stand = standOf(db);
    acknowledged += stand.acknowledged - before.acknowledged;
    dossiers += before.dossiers - stand.dossiers;
    if (stand.graves > before.graves)
      for (const grave of gravesAfter(db, before.graves)) graves.set(grave.section, grave);
  };
  const cases = caseWatch(session, room);
  let from: From | undefined;
  let manifest: Manifest | undefined;
  return {
    write: ((prepare) => vault.rehearse(prepare, after)) as Session["vault"]["write"],
    watch: {
      ...cases.watch,
      from: (who: From) => void (from = who),
      wanted: (seen: Manifest) => {
        manifest = seen;
        return true;
      },
    },
    seen: () => ({
      ...(from === undefined ? {} : { from }),
      ...(manifest === undefined
        ? {}
        : {
            bundle: manifest.id,
            kind: manifest.kind,
            number: manifest.number.forRecipient,
            made: manifest.made,
          }),
    }),
    cases: cases.looked,
    acknowledged: () => acknowledged,
    dossiers: () => dossiers,
    buried: () => [...graves.values()],
  };
}
