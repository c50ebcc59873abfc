// Offices that write one case's sections: real vaults, real OpenPGP, one chain that each knows as far as it was told.
import { ok } from "../../shared/result.ts";
import type { Result } from "../../shared/result.ts";
import type { ChainEntry, NamedCertificate } from "../../shared/vocabulary/chain.ts";
import type {
  CaseId,
  Fingerprint,
  OfficeId,
  OpeningId,
  PartId,
  PersonId,
  SaveId,
  SectionId,
} from "../../shared/vocabulary/ids.ts";
import { sectionSchemas } from "../../shared/vocabulary/sections/index.ts";
import type { ChainState } from "../../main/core/chain/chain.rules.ts";
import type { Certificate, Signer } from "../../main/core/pgp/index.ts";
import { makeMemberKeys, readCertificate, signer } from "../../main/core/pgp/index.ts";
import type { Decoder } from "../../main/core/ports.ts";
import type {
  Edit,
  Kind,
  PartRecord,
  Projectors,
  SaveRefused,
  Sections,
  Taken,
} from "../../main/core/sections/index.ts";
import { openSections } from "../../main/core/sections/index.ts";
import { trial } from "../../main/core/sections/trial.ts";
import type { WriteDb } from "../../main/core/vault/sql.ts";
import type { Growing } from "./chain.ts";
import { folded, forged, growing, now } from "./chain.ts";
import { seededPorts } from "./ports.ts";
import type { TestVault } from "./vault.ts";
import { randomHex, testVault } from "./vault.ts";

/** The trial without a process of its own: for tests about anything but the process. */
export const trialHere = (
  kinds: Readonly<Record<string, Kind>> = sectionSchemas,
): Pick<Decoder, "trial"> => ({
  trial: async (request) => ok(trial(request, kinds)),
});

/** One office on its laptop. */
export type Desk = {
  readonly office: OfficeId;
  readonly named: NamedCertificate;
  readonly certificate: Certificate;
  readonly signer: Signer;
  readonly home: TestVault;
  readonly sections: Sections;
  opening: OpeningId;
  /** A fresh set over the same vault, as after the program was started again. */
  restarted(options?: {
    readonly schemas?: Readonly<Record<string, Kind>>;
    readonly decoder?: Pick<Decoder, "trial">;
  }): Sections;
  write<T>(work: (db: WriteDb) => T): Promise<T>;
};

/** `projectors` by the number of the desk, from 1. */
export type DeskOptions = {
  readonly projectors?: (desk: number) => Projectors;
  readonly decoder?: Pick<Decoder, "trial">;
};

/** Makes `count` desks; expensive, so make them once and use a fresh case for each test. */
export async function desks(count: number, options: DeskOptions = {}): Promise<Desk[] & AsyncDisposable> {
  const made = await Promise.all(Array.from({ length: count }, (_, index) => desk(index + 1, options)));
  return Object.assign(made, {
    async [Symbol.asyncDispose]() {
      for (const { home, signer: used } of made) {
        used[Symbol.dispose]();
        await home[Symbol.asyncDispose]();
      }
    },
  });
}

async function desk(number: number, { projectors, decoder = trialHere() }: DeskOptions): Promise<Desk> {
  const ports = seededPorts(`desk ${number} ${process.pid} ${performance.now()}`);
  const keys = await makeMemberKeys({
    name: `Member ${number}`,
    office: `Office ${number}`,
    at: ports.clock.now(),
    profile: "compatible",
  });
  const read = await readCertificate(keys.certificate, { at: ports.clock.now() });
  if (!read.ok) throw new Error(read.error.type);
  const home = await testVault({ ports });
  const restarted: Desk["restarted"] = (more = {}) =>
    openSections({
      vault: home.vault,
      clock: ports.clock,
      random: ports.random,
      decoder: more.decoder ?? decoder,
      schemas: more.schemas ?? sectionSchemas,
      projectors: projectors?.(number) ?? {},
    });
  return {
    office: randomHex(ports.random, 16) as OfficeId,
    named: { fingerprint: keys.fingerprint, certificate: keys.certificate },
    certificate: read.value,
    signer: await signer(keys.signing.secret, read.value, ports.clock),
    home,
    sections: restarted(),
    opening: home.vault.info.opening,
    restarted,
    async write(work) {
      const written = await home.vault.write(async () => ok(work));
      if (!written.ok) throw new Error(JSON.stringify(written.error));
      return written.value;
    },
  };
}

/** A case on several desks, the first of which is the steward; the others are co-managers. */
export type TestCase = {
  readonly id: CaseId;
  readonly chain: Growing;
  readonly section: { readonly [kind: string]: SectionId };
  /** The chain as a desk knows it: all of it, or as many entries as it was told. */
  known: Map<Desk, number>;
  state(of: Desk): ChainState;
  certificateOf(author: Fingerprint): Certificate | undefined;
  save(by: Desk, edits: readonly TestEdits[], reason?: string): Promise<Result<SaveId, SaveRefused>>;
  /** Saves, and throws where it is refused. */
  saved(by: Desk, kind: string, edits: readonly Edit[]): Promise<PartId>;
  /** What `to` makes of parts; told all of the chain unless `known` says otherwise. */
  give(to: Desk, parts: readonly PartRecord[]): Promise<Taken>;
  partsOf(of: Desk): PartRecord[];
};

export type TestEdits = {
  readonly section: SectionId;
  readonly kind: string;
  readonly person?: PersonId;
  readonly edits: readonly Edit[];
};

/** A fresh case with an identity, a reach and a journal section founded. */
export function testCase(desk: readonly Desk[], kinds = ["identity", "reach", "journal"]): TestCase {
  const [steward, ...others] = desk;
  if (steward === undefined) throw new Error("a case needs a steward");
  const random = steward.home.ports.random;
  const id = randomHex(random, 16) as CaseId;
  const chain = growing(firstOf(id, steward));
  for (const one of others)
    chain.write(steward.signer.fingerprint, {
      type: "role",
      body: { office: one.office, role: "co-manager", certificates: [one.named] },
    });
  const section: Record<string, SectionId> = {};
  for (const kind of kinds) {
    section[kind] = randomHex(random, 16) as SectionId;
    chain.write(steward.signer.fingerprint, {
      type: "found",
      body: { section: section[kind], kind, past: "none" },
    });
  }
  const certificates = new Map(desk.map((one) => [one.named.fingerprint, one.certificate]));
  const made: TestCase = {
    id,
    chain,
    section,
    known: new Map(),
    state: (of) => folded(chain.root, chain.entries.slice(0, made.known.get(of) ?? chain.entries.length)),
    certificateOf: (author) => certificates.get(author),
    async save(by, edits, reason = "test") {
      const save = await by.home.vault.write(async (read) => {
        const { signer: signs, opening: at } = by;
        const wanted = { case: id, reason, edits, signer: signs, opening: at, chain: made.state(by) };
        const prepared = await by.sections.prepareSave(wanted, read);
        if (!prepared.ok) return prepared;
        return ok((db: WriteDb) => {
          prepared.value.commit(db);
          return prepared.value.save;
        });
      });
      if (!save.ok && isStorage(save.error)) throw new Error(save.error.type);
      return save as Result<SaveId, SaveRefused>;
    },
    async saved(by, kind, edits) {
      const before = new Set(made.partsOf(by).map((part) => part.id));
      const done = await made.save(by, [{ section: sectionOf(section, kind), kind, edits }]);
      if (!done.ok) throw new Error(JSON.stringify(done.error));
      const [fresh] = made.partsOf(by).filter((part) => !before.has(part.id));
      if (fresh === undefined) throw new Error("nothing was stored");
      return fresh.id;
    },
    async give(to, parts) {
      const { certificateOf } = made;
      const examined = await to.sections.examine({ case: id, parts, certificateOf });
      return to.write((db) => to.sections.take(db, examined, made.state(to)));
    },
    partsOf: (of) => of.sections.list(id).flatMap((head) => of.sections.exportParts(head.id)),
  };
  return made;
}

const isStorage = (error: { readonly type: string }) =>
  ["DiskFull", "VaultReadOnly", "VaultBroken", "VaultLocked"].includes(error.type);

export function sectionOf(of: Readonly<Record<string, SectionId>>, kind: string): SectionId {
  const found = of[kind];
  if (found === undefined) throw new Error(`the case has no ${kind}`);
  return found;
}

/** The first entry of a case that this desk answers for. */
function firstOf(id: CaseId, steward: Desk): ChainEntry<"open"> {
  return forged({
    type: "open",
    case: id,
    number: 0,
    parent: undefined,
    author: steward.signer.fingerprint,
    at: now,
    sides: [],
    body: { office: steward.office, certificates: [steward.named] },
  }) as ChainEntry<"open">;
}
