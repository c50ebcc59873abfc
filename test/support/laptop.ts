// A laptop for tests: the whole core in this process, asked through its router as a shell would ask it.
import { join } from "node:path";
import { createApp } from "../../main/core/app.ts";
import type { Ports } from "../../main/core/ports.ts";
import { createRouter } from "../../main/ipc/router.ts";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { nodePorts } from "../../main/shells/node/ports.ts";
import { still } from "../../main/shells/node/timer.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import { noPlaces, noPrinter } from "./ports.ts";
import { contract, type Contract, type MethodName } from "../../shared/ipc/contract.ts";
import type { Event } from "../../shared/ipc/events.ts";
import type { ContactId } from "../../shared/vocabulary/ids.ts";
import type { Answered, Asked, CommonFailure } from "../../shared/ipc/method.ts";

type Value<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: true }>["value"];
type Refusal<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: false }>["error"] | CommonFailure;

export type Laptop = {
  /** What it told without being asked, in order. */
  readonly events: readonly Event[];
  /** Lines of its log: bugs would be among them. */
  readonly notes: readonly string[];
  readonly answer: <M extends MethodName>(
    method: M,
    input: Asked<Contract[M]>,
  ) => Promise<Answered<Contract[M]>>;
  /** The value; throws where it was refused. */
  readonly ask: <M extends MethodName>(method: M, input: Asked<Contract[M]>) => Promise<Value<M>>;
  /** The refusal; throws where it was done. */
  readonly refused: <M extends MethodName>(method: M, input: Asked<Contract[M]>) => Promise<Refusal<M>>;
  readonly close: () => Promise<void>;
} & AsyncDisposable;

/** Paths are relative to `folder`. `ports` replaces some of the real ones. */
export function laptop(folder: string, ports: Partial<Ports> = {}): Laptop {
  const events: Event[] = [];
  const notes: string[] = [];
  const note = (event: string) => void notes.push(event);
  const app = createApp({
    ...nodePorts({
      log: { note },
      decoder: nodeDecoder(),
      printer: noPrinter,
      tokens: pathTokens(folder),
      places: noPlaces,
      timer: still,
    }),
    ...ports,
  });
  const router = createRouter(app, { contract, note, checkOutputs: true });
  router.subscribe((event) => void events.push(event));
  const answer = async <M extends MethodName>(method: M, input: Asked<Contract[M]>) =>
    (await router.call({ method, input })) as Answered<Contract[M]>;
  return {
    events,
    notes,
    answer,
    ask: async (method, input) => {
      const answered = await answer(method, input);
      if (answered.ok) return answered.value as Value<typeof method>;
      throw new Error(`${method} was refused: ${JSON.stringify(answered.error)} ${notes.join(" ")}`);
    },
    refused: async (method, input) => {
      const answered = await answer(method, input);
      if (!answered.ok) return answered.error as Refusal<typeof method>;
      throw new Error(`${method} should have been refused`);
    },
    close: app.close,
    [Symbol.asyncDispose]: app.close,
  };
}

export const PHRASE = "seven lanterns over the northern road";

/** A new practice vault, open. Gives its recovery words. */
export async function newVault(
  on: Pick<Laptop, "ask">,
  folder: string,
  office = "Practice Mission",
  person = "Ada Specimen",
): Promise<string> {
  const { words } = await on.ask("vault.create", {
    folder,
    kind: "practice",
    office,
    person,
    passphrase: PHRASE,
  });
  return words;
}

/** Each takes in the other's introduction from `drive` and compares the ten words. Gives whom each knows the other as. */
export async function meet(one: Pick<Laptop, "ask">, other: Pick<Laptop, "ask">, drive: string) {
  const mine = await one.ask("exchange.introduce", { folder: drive });
  const theirs = await other.ask("exchange.introduce", { folder: drive });
  const verify = async (listener: Pick<Laptop, "ask">, reader: Pick<Laptop, "ask">, file: string) => {
    const [seen] = (await listener.ask("exchange.receive", { from: join(drive, file) })).files;
    if (seen?.contact === undefined) throw new Error(`no contact came of it: ${JSON.stringify(seen)}`);
    const { words } = await reader.ask("contacts.ownWords", {});
    await listener.ask("contacts.verify", {
      contact: seen.contact,
      heard: { words },
      how: "words-by-telephone",
    });
    return seen.contact;
  };
  return {
    other: await verify(one, other, theirs.file),
    one: await verify(other, one, mine.file),
  } satisfies Record<string, ContactId>;
}
