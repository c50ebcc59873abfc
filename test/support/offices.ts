// Offices for tests of the exchange: whole cores in this process over practice vaults, met and verified, each with its own clock.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Milliseconds } from "../../shared/brand.ts";
import { contract } from "../../shared/ipc/contract.ts";
import type { App, Contract, MethodName } from "../../shared/ipc/contract.ts";
import type { ConsentDraft } from "../../shared/ipc/contract/consent.ts";
import type { Answered, Asked, CommonFailure } from "../../shared/ipc/method.ts";
import { ok } from "../../shared/result.ts";
import type { z } from "../../shared/schema.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId, ConsentId, ContactId } from "../../shared/vocabulary/ids.ts";
import type { GivenRole } from "../../shared/vocabulary/roles.ts";
import { sectionSchemas } from "../../shared/vocabulary/sections/index.ts";
import { createApp } from "../../main/core/app.ts";
import type { Decoder, Files, Ports } from "../../main/core/ports.ts";
import { trial } from "../../main/core/sections/trial.ts";
import { createRouter } from "../../main/ipc/router.ts";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { nodeFiles } from "../../main/shells/node/files.ts";
import { random } from "../../main/shells/node/random.ts";
import { still } from "../../main/shells/node/timer.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import { at } from "./pgp.ts";
import { noPlaces, noPrinter, seededClock, temporaryFolder, type SeededClock } from "./ports.ts";
import { specimenIntake } from "./specimen.ts";

type Value<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: true }>["value"];
type Refusal<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: false }>["error"] | CommonFailure;
export type ReceivedFile = Value<"exchange.receive">["files"][number];

export type Office = {
  readonly name: string;
  readonly app: App;
  readonly clock: SeededClock;
  /** Its vault's folder, and the folder that relative names are taken from. */
  readonly vault: string;
  readonly folder: string;
  /** The files of its laptop; a test puts faults into them. */
  files: Files;
  /** The answer; an exception where it is refused. */
  readonly ask: <M extends MethodName>(method: M, input: Asked<Contract[M]>) => Promise<Value<M>>;
  /** The refusal; an exception where it is answered. */
  readonly refused: <M extends MethodName>(method: M, input: Asked<Contract[M]>) => Promise<Refusal<M>>;
  /** What became of one file. */
  readonly take: (path: string) => Promise<ReceivedFile>;
  /** Locks and unlocks: another opening. */
  readonly reopen: (vault?: string) => Promise<void>;
};

export type Offices = {
  readonly folder: string;
  readonly all: readonly Office[];
  /** Who `of` is in the contacts of `at`. */
  readonly contact: (at: Office, of: Office) => Promise<ContactId>;
} & AsyncDisposable;

const passphrase = "seven lanterns over the northern road";
/** When every office's clock begins: the moment at which the keys of `pgp.ts` are made. */
export const began: Milliseconds = at;

/** The trial without a process of its own: quick, for tests that are not about the decoder. */
const decoderHere: Decoder = {
  code: nodeDecoder().code,
  trial: async (request) => ok(trial(request, sectionSchemas)),
};

/** Starts an office over a new practice vault in `folder`. */
export async function office(
  name: string,
  folder: string,
  kind: "practice" | "real" = "practice",
): Promise<Office> {
  const clock = seededClock(began);
  const slot = { files: nodeFiles };
  const files = new Proxy(nodeFiles, { get: (_, key) => Reflect.get(slot.files, key) as unknown });
  const ports: Ports = {
    clock,
    random,
    files,
    log: { note: () => undefined },
    decoder: decoderHere,
    printer: noPrinter,
    tokens: pathTokens(folder),
    places: noPlaces,
    timer: still,
  };
  const app = createApp(ports);
  const router = createRouter(app, {
    contract,
    note: (event) => process.stderr.write(`${event}\n`),
    checkOutputs: true,
  });
  const call = async <M extends MethodName>(method: M, input: Asked<Contract[M]>) =>
    (await router.call({ method, input })) as Answered<Contract[M]>;
  const ask: Office["ask"] = async (method, input) => {
    const answered = await call(method, input);
    if (answered.ok) return answered.value as Value<typeof method>;
    throw new Error(`${name}: ${method} was refused: ${JSON.stringify(answered.error)}`);
  };
  const vault = name.toLowerCase().replaceAll(" ", "-");
  await ask("vault.create", {
    folder: vault,
    kind,
    office: `Practice ${name}`,
    person: `Person of ${name}`,
    passphrase,
  });
  return {
    name,
    app,
    clock,
    folder,
    vault: join(folder, vault),
    get files() {
      return slot.files;
    },
    set files(wanted) {
      slot.files = wanted;
    },
    ask,
    async refused(method, input) {
      const answered = await call(method, input);
      if (!answered.ok) return answered.error as Refusal<typeof method>;
      throw new Error(`${name}: ${method} should have been refused`);
    },
    async take(path) {
      const { files: came } = await ask("exchange.receive", { from: path });
      const [only, ...others] = came;
      if (only === undefined || others.length > 0) throw new Error(`${came.length} files`);
      return only;
    },
    async reopen(other = vault) {
      await ask("vault.lock", {});
      await ask("vault.unlock", { folder: other, passphrase });
    },
  };
}

/** Offices that met and verified each other, every one every other. */
export async function offices(...names: readonly string[]): Promise<Offices> {
  const home = await temporaryFolder();
  mkdirSync(join(home.path, "drive"));
  const all = await Promise.all(names.map((name) => office(name, home.path)));
  const contact: Offices["contact"] = async (at, of) => {
    const { fingerprint } = await of.ask("contacts.ownCertificate", {});
    const { contacts } = await at.ask("contacts.list", {});
    const row = contacts.find((one) => one.fingerprint === fingerprint);
    if (row === undefined) throw new Error(`${at.name} has not met ${of.name}`);
    return row.contact;
  };
  for (const one of all) {
    const { file } = await one.ask("exchange.introduce", { folder: "drive" });
    const { words } = await one.ask("contacts.ownWords", {});
    for (const other of all.filter((each) => each !== one)) {
      expect(await other.take(`drive/${file}`)).toMatchObject({ outcome: "taken" });
      await other.ask("contacts.verify", {
        contact: await contact(other, one),
        heard: { words },
        how: "words-by-telephone",
      });
    }
  }
  return {
    folder: home.path,
    all,
    contact,
    async [Symbol.asyncDispose]() {
      for (const one of all) await one.app.close();
      await home[Symbol.asyncDispose]();
    },
  };
}

/** Two offices, the first of which takes in cases. */
export async function twoOffices(): Promise<
  Offices & {
    readonly mission: Office;
    readonly network: Office;
    readonly toNetwork: ContactId;
    readonly toMission: ContactId;
  }
> {
  const made = await offices("Mission", "Network");
  const [mission, network] = made.all;
  if (mission === undefined || network === undefined) throw new Error("two offices");
  return Object.assign(made, {
    mission,
    network,
    toNetwork: await made.contact(mission, network),
    toMission: await made.contact(network, mission),
  });
}

/** The specimen woman as a case of `at`. */
export async function takeIn(at: Office): Promise<CaseId> {
  const { code: _code, ...intake } = specimenIntake;
  writeFileSync(join(at.folder, "intake.json"), JSON.stringify(intake));
  return (await at.ask("intake.take", { file: "intake.json", reason: "taken in" })).case;
}

/** A small case: identity and reach, which is all that most attacks need. */
export async function smallCase(at: Office): Promise<CaseId> {
  const made = await at.ask("cases.create", {
    reason: "taken in",
    edits: [
      { section: { kind: "identity" }, edits: [{ path: ["title"], set: "Ms" }] },
      { section: { kind: "reach" }, edits: [{ path: ["ifAnotherAnswers"], set: "Ask for the dentist." }] },
    ],
  });
  return made.case;
}

export const both: readonly SectionName[] = [{ kind: "identity" }, { kind: "reach" }];

export const herYes = (
  contact: ContactId,
  sections: readonly SectionName[] = both,
  more: Partial<z.input<typeof ConsentDraft>> = {},
): z.input<typeof ConsentDraft> => ({
  act: "share",
  by: { who: "her" },
  contact,
  sections: [...sections],
  past: false,
  purpose: "joint-protection",
  until: { day: "2099-12-31" },
  given: { how: "by-telephone", language: "fa-AF", alone: "yes", risksTold: "yes" },
  ...more,
});

export async function consent(
  at: Office,
  of: CaseId,
  contact: ContactId,
  sections: readonly SectionName[] = both,
  more: Partial<z.input<typeof ConsentDraft>> = {},
): Promise<ConsentId> {
  return (await at.ask("consent.record", { case: of, consent: herYes(contact, sections, more) })).consent;
}

export const withdraw = (at: Office, of: CaseId, gone: ConsentId) =>
  at.ask("consent.withdraw", { case: of, consent: gone, by: { who: "her" }, how: "by-telephone" });

export const giveRole = (at: Office, of: CaseId, contact: ContactId, role: GivenRole = "co-manager") =>
  at.ask("cases.giveRole", { case: of, contact, role, mayRecordYes: role === "co-manager" });

export const sharing = (contact: ContactId, ...cases: readonly CaseId[]) => ({
  contact,
  cases: cases.map((of) => ({ case: of })),
  purpose: "joint-protection" as const,
  folder: "drive",
});

/** Shares and gives the name of the file, from the offices' folder. */
export const share = async (at: Office, contact: ContactId, ...cases: readonly CaseId[]): Promise<string> =>
  `drive/${(await at.ask("exchange.share", sharing(contact, ...cases))).file}`;

export const sendRecalls = async (at: Office, contact: ContactId): Promise<string> =>
  `drive/${(await at.ask("exchange.recall", { contact, folder: "drive" })).file}`;

export const acknowledge = async (at: Office, contact: ContactId): Promise<string> =>
  `drive/${(await at.ask("exchange.acknowledge", { contact, folder: "drive" })).file}`;

/** One field of a case changed. */
export const save = (at: Office, of: CaseId, section: SectionName, path: readonly string[], set: string) =>
  at.ask("cases.save", {
    case: of,
    reason: "worked on",
    edits: [{ section, edits: [{ path: [...path], set }] }],
  });

/** A small case the network works on too, consented, shared and taken in. */
export async function sharedCase(made: Awaited<ReturnType<typeof twoOffices>>): Promise<CaseId> {
  const { mission, network, toNetwork } = made;
  const of = await smallCase(mission);
  await giveRole(mission, of, toNetwork);
  await consent(mission, of, toNetwork);
  const taken = await network.take(await share(mission, toNetwork, of));
  expect(taken).toMatchObject({ outcome: "taken" });
  return of;
}

export const valueOf = async (at: Office, of: CaseId, section: SectionName) =>
  (await at.ask("cases.section", { case: of, section })).value as Record<string, unknown>;

/** The octets of a vault as they lie, hashed: equal exactly where nothing was written. */
export function fingerprintOf(at: Office): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(at.vault).toSorted())
    if (/^vault-|keyslots/.test(name)) hash.update(name).update(readFileSync(join(at.vault, name)));
  return hash.digest("hex");
}

/** Runs `work` and demands that not one octet of the vault was written and nothing waits in staging. */
export async function untouched<T>(at: Office, work: () => Promise<T>): Promise<T> {
  const { head } = await at.ask("vault.check", {});
  const before = fingerprintOf(at);
  const value = await work();
  expect(fingerprintOf(at)).toBe(before);
  expect((await at.ask("vault.check", {})).head).toBe(head);
  expect(existsSync(join(at.vault, "incoming.db"))).toBe(false);
  return value;
}

/** A refusal with its parameters. */
export type Why = { readonly type: string; readonly [key: string]: unknown };

/** The vault refuses this file for exactly this reason, and is left as it was. */
export async function refuses(at: Office, path: string, why: Why): Promise<void> {
  const file = await untouched(at, () => at.take(path));
  expect(file).toMatchObject({ outcome: "refused" });
  expect(file.why).toEqual(why);
}

/** Writes a file into the drive and gives its name. */
export function put(made: Pick<Offices, "folder">, name: string, content: Uint8Array | string): string {
  writeFileSync(join(made.folder, "drive", name), content);
  return `drive/${name}`;
}

export const bytesOf = (made: Pick<Offices, "folder">, path: string): Buffer =>
  readFileSync(join(made.folder, path));
