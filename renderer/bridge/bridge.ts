// The only code that sees `window.bridge`: asks the core, listens to it, and turns answers into values a screen can use.
import type { Bridge, Contract, MethodName } from "../../shared/ipc/contract.ts";
import type { Event } from "../../shared/ipc/events.ts";
import type { Answered, Asked } from "../../shared/ipc/method.ts";

declare global {
  interface Window {
    readonly bridge: Bridge;
  }
}

export type Answer<M extends MethodName> = Answered<Contract[M]>;
export type Value<M extends MethodName> = Extract<Answer<M>, { ok: true }>["value"];
/** Any expected failure: its type and its figures. `shared/texts` has words for each. */
export type Trouble = { readonly type: string } & Readonly<Record<string, unknown>>;

/** An answer that is a failure, thrown where a query needs an exception. */
export class Refused extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.type);
    this.trouble = trouble;
  }
}

/** One question. Never rejects: a core that is gone answers `CoreEnded`. */
export const call = <M extends MethodName>(method: M, input: Asked<Contract[M]>): Promise<Answer<M>> =>
  window.bridge.call(method, input);

/** One question whose failure is thrown as `Refused`. */
export async function ask<M extends MethodName>(method: M, input: Asked<Contract[M]>): Promise<Value<M>> {
  const answer = (await call(method, input)) as { ok: true; value: Value<M> } | { ok: false; error: Trouble };
  if (answer.ok) return answer.value;
  throw new Refused(answer.error);
}

/** Listens to the core. Returns the way to stop. */
export const listen = (listener: (event: Event) => void): (() => void) => window.bridge.subscribe(listener);

/** What a thrown thing is for a person: the failure it carries, else the program's own mistake. */
export const troubleOf = (error: unknown): Trouble =>
  error instanceof Refused ? error.trouble : { type: "Bug", ticket: "page" };
