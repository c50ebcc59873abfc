// Offices of one story, each the real app over a real practice vault in this process; bundles go between them as files.
import { createHash } from "node:crypto";
import { cp } from "node:fs/promises";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "../../main/core/app.ts";
import { caseProjectors } from "../../main/core/cases/index.ts";
import { ok } from "../../shared/result.ts";
import type { Clock, Ports } from "../../main/core/ports.ts";
import { lock, unlock, type Session } from "../../main/core/safety/index.ts";
import { openSections } from "../../main/core/sections/index.ts";
import { createRouter } from "../../main/ipc/router.ts";
import { nodePorts } from "../../main/shells/node/ports.ts";
import { still } from "../../main/shells/node/timer.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import type { Milliseconds } from "../../shared/brand.ts";
import { contract, type Contract, type MethodName } from "../../shared/ipc/contract.ts";
import type { ConsentDraft } from "../../shared/ipc/contract/consent.ts";
import type { Answered, Asked, CommonFailure } from "../../shared/ipc/method.ts";
import type { Outcome } from "../../shared/ipc/wire.ts";
import type { z } from "../../shared/schema.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import { sectionSchemas } from "../../shared/vocabulary/sections/index.ts";
import type { CaseId, ContactId, Fingerprint, OfficeId } from "../../shared/vocabulary/ids.ts";
import { noPlaces, noPrinter, temporaryFolder } from "./ports.ts";
import { trialHere } from "./sections.ts";

export type Value<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: true }>["value"];
type Refusal<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: false }>["error"] | CommonFailure;

/** What is sent from one office to another: a file on the drive both use. */
export type Sent = { readonly to: Member; readonly file: string };

/** One office with the person who has it open now. */
export type Member = {
  readonly name: string;
  readonly office: OfficeId;
  fingerprint: Fingerprint;
  /** The answer, or an error that says which office was refused what. */
  ask<M extends MethodName>(method: M, input: Asked<Contract[M]>): Promise<Value<M>>;
  refused<M extends MethodName>(method: M, input: Asked<Contract[M]>): Promise<Refusal<M>>;
  /** The answer as it comes. */
  tried<M extends MethodName>(method: M, input: Asked<Contract[M]>): Promise<Answered<Contract[M]>>;
  /** The contact under which this office knows the other. */
  knows(other: Member): Promise<ContactId>;
  /** Locks, and opens with another person's passphrase. */
  changeTo(passphrase: string): Promise<void>;
  /** A copy of the locked vault as an office of its own: a cloned laptop. */
  cloned(): Promise<Member>;
  /** Locks the app and looks into the vault itself, then opens the app again. */
  inside<T>(look: (session: Session) => Promise<T>): Promise<T>;
  readonly passphrase: string;
};

export type Crowd = AsyncDisposable & {
  readonly offices: readonly Member[];
  readonly clock: Clock & { advance(by: number): void };
  /** Two offices exchange introductions and compare words both ways. */
  meet(one: Member, other: Member): Promise<void>;
  /** The receiver's report of one file; none where the file was destroyed on the drive. */
  give(sent: Sent): Promise<Value<"exchange.receive">["files"][number] | undefined>;
};

/** `count` practice offices that have met and verified each other: all, or those that `meets` says, by their places. */
export async function crowd(
  count: number,
  meets: (one: number, other: number) => boolean = () => true,
): Promise<Crowd> {
  const home = await temporaryFolder();
  const started = Date.now();
  let ahead = 0;
  const clock = {
    now: () => (started + ahead) as Milliseconds,
    advance: (by: number) => {
      ahead += by;
    },
  };
  mkdirSync(join(home.path, "drive"));
  const all: { member: Member; close: () => Promise<void> }[] = [];
  const begin = async (name: string, passphrase: string, folder: string, made: boolean): Promise<Member> => {
    const one = await member({ name, passphrase, folder, home: home.path, clock, made });
    all.push(one);
    return Object.assign(one.member, {
      cloned: async () => {
        const copy = `${folder}-copy`;
        await one.member.ask("vault.lock", {});
        await cp(join(home.path, folder), join(home.path, copy), { recursive: true });
        await one.member.ask("vault.unlock", { folder, passphrase });
        return begin(name, passphrase, copy, true);
      },
    });
  };
  const offices: Member[] = [];
  for (let number = 0; number < count; number++)
    offices.push(
      await begin(
        `Office ${String.fromCharCode(65 + number)}`,
        `seven lanterns over road ${number}`,
        `vault${number}`,
        false,
      ),
    );
  const made: Crowd = {
    offices,
    clock,
    async meet(one, other) {
      for (const [speaker, listener] of [
        [one, other],
        [other, one],
      ] as const) {
        const { file } = await speaker.ask("exchange.introduce", { folder: "drive" });
        const { files } = await listener.ask("exchange.receive", { from: `drive/${file}` });
        const contact = files[0]?.contact;
        if (contact === undefined) throw new Error(`nobody was met: ${JSON.stringify(files)}`);
        const { words } = await speaker.ask("contacts.ownWords", {});
        await listener.ask("contacts.verify", { contact, heard: { words }, how: "words-in-person" });
      }
    },
    async give({ to, file }) {
      const received = await to.tried("exchange.receive", { from: `drive/${file}` });
      if (received.ok) return received.value.files[0];
      if (received.error.type === "FileMissing") return undefined;
      throw new Error(`${to.name}: ${file} was refused: ${JSON.stringify(received.error)}`);
    },
    async [Symbol.asyncDispose]() {
      for (const one of all) await one.close();
      await home[Symbol.asyncDispose]();
    },
  };
  for (const [at, one] of offices.entries())
    for (const [later, other] of offices.entries())
      if (later > at && meets(at, later)) await made.meet(one, other);
  return made;
}

async function member(wanted: {
  readonly name: string;
  readonly passphrase: string;
  readonly folder: string;
  readonly home: string;
  readonly clock: Clock;
  readonly made: boolean;
}): Promise<{ member: Member; close: () => Promise<void> }> {
  const { name, passphrase, folder } = wanted;
  const bugs: string[] = [];
  const ports: Ports = {
    ...nodePorts({
      decoder: { ...trialHere(), code: async () => ok({ none: "code" as const }) },
      printer: noPrinter,
      tokens: pathTokens(wanted.home),
      places: noPlaces,
      timer: still,
      log: { note: () => undefined },
    }),
    clock: wanted.clock,
  };
  const app = createApp(ports);
  const router = createRouter(app, { contract, note: (event) => void bugs.push(event), checkOutputs: true });
  const tried = async (method: MethodName, input: unknown): Promise<Outcome> => {
    const answered = await router.call({ method, input });
    if (!answered.ok && answered.error.type === "Bug")
      throw new Error(`${name}: ${method} met a bug: ${bugs.at(-1)}`);
    return answered;
  };
  const ask: Member["ask"] = async (method, input) => {
    const answered = await tried(method, input);
    if (answered.ok) return answered.value as Value<typeof method>;
    throw new Error(`${name}: ${method} was refused: ${JSON.stringify(answered.error)}`);
  };
  if (wanted.made) await ask("vault.unlock", { folder, passphrase });
  else
    await ask("vault.create", {
      folder,
      kind: "practice",
      office: name,
      person: `Person of ${name}`,
      passphrase,
    });
  const status = await ask("vault.status", {});
  if (status.state !== "open") throw new Error("the vault did not open");
  const own = await ask("contacts.ownWords", {});
  const made: Member = {
    name,
    office: status.office.id as OfficeId,
    fingerprint: own.fingerprint as Fingerprint,
    passphrase,
    ask,
    tried: async (method, input) => (await tried(method, input)) as Answered<Contract[typeof method]>,
    refused: async (method, input) => {
      const answered = await tried(method, input);
      if (!answered.ok) return answered.error as Refusal<typeof method>;
      throw new Error(`${name}: ${method} should have been refused`);
    },
    knows: async (other) => {
      const { contacts } = await ask("contacts.list", {});
      const found = contacts.find((one) => one.fingerprint === other.fingerprint);
      if (found === undefined) throw new Error(`${name} does not know ${other.name}`);
      return found.contact as ContactId;
    },
    changeTo: async (other) => {
      await ask("vault.lock", {});
      await ask("vault.unlock", { folder, passphrase: other });
      made.fingerprint = (await ask("contacts.ownWords", {})).fingerprint as Fingerprint;
    },
    inside: async (look) => {
      await ask("vault.lock", {});
      const opened = await unlock(
        {
          ports,
          sectionsOf: (vault) =>
            openSections({
              vault,
              clock: ports.clock,
              random: ports.random,
              decoder: ports.decoder,
              schemas: sectionSchemas,
              projectors: caseProjectors,
            }),
        },
        { folder: join(wanted.home, folder), passphrase },
      );
      if (!opened.ok) throw new Error(opened.error.type);
      try {
        return await look(opened.value);
      } finally {
        await lock(opened.value);
        await ask("vault.unlock", { folder, passphrase });
      }
    },
    cloned: () => Promise.reject(new Error("begun by a crowd")),
  };
  return { member: made, close: () => app.close() };
}

/** Her yes, spoken, to a standing exchange of sections with one contact. */
export const yes = (
  contact: ContactId,
  sections: readonly SectionName[],
  change: Partial<z.input<typeof ConsentDraft>> = {},
): z.input<typeof ConsentDraft> => ({
  act: "share",
  by: { who: "her" },
  contact,
  sections: [...sections],
  past: true,
  purpose: "joint-protection",
  until: { event: "when she has arrived" },
  given: { how: "spoken", language: "en", alone: "yes", risksTold: "yes" },
  ...change,
});

type Edits = Asked<Contract["cases.save"]>["edits"][number]["edits"];

/** One save to one section. */
export const save = (by: Member, of: CaseId, section: SectionName, edits: Edits, reason = "worked on") =>
  by.tried("cases.save", { case: of, reason, edits: [{ section, edits }] });

/** Locks what the other does not have; the outcome says what refused it. */
export async function send(
  from: Member,
  to: Member,
  of: CaseId,
  sections?: readonly SectionName[],
): Promise<Sent> {
  const { file } = await from.ask("exchange.share", {
    contact: await from.knows(to),
    cases: [{ case: of, ...(sections === undefined ? {} : { sections: [...sections] }) }],
    purpose: "joint-protection",
    folder: "drive",
  });
  return { to, file };
}

/** An identifier that the same words always give. */
export const idOf = <Id extends string>(...words: readonly (string | number)[]): Id =>
  createHash("sha256").update(words.join(" ")).digest("hex").slice(0, 32) as Id;

export const sectionText = (name: SectionName): string =>
  name.person === undefined ? name.kind : `${name.kind} ${name.person}`;
