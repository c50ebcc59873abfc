// The contract: everything the core can be asked, and the types of its two sides. It is the allow-list of every shell.
import { aboutMethods } from "./contract/about.ts";
import { casesMethods } from "./contract/cases.ts";
import { consentMethods } from "./contract/consent.ts";
import { contactsMethods } from "./contract/contacts.ts";
import { deskMethods } from "./contract/desk.ts";
import { exchangeMethods } from "./contract/exchange.ts";
import { jobsMethods } from "./contract/jobs.ts";
import { overviewMethods } from "./contract/overview.ts";
import { paperMethods } from "./contract/paper.ts";
import { placesMethods } from "./contract/places.ts";
import { safetyMethods } from "./contract/safety.ts";
import { vaultMethods } from "./contract/vault.ts";
import type { Event } from "./events.ts";
import type { AnyMethod, Answered, Asked, HandlersOf, Routable } from "./method.ts";
import { joinSubjects } from "./method.ts";
import type { methodNames } from "./names.ts";
import type { z } from "../schema.ts";

export const contract = joinSubjects(
  aboutMethods,
  jobsMethods,
  vaultMethods,
  safetyMethods,
  contactsMethods,
  casesMethods,
  consentMethods,
  exchangeMethods,
  paperMethods,
  placesMethods,
  deskMethods,
  overviewMethods,
) satisfies Record<(typeof methodNames)[number], AnyMethod>;

export type Contract = typeof contract;
export type MethodName = keyof Contract;
/** What a handler is given, already judged. */
export type Input<M extends MethodName> = z.output<Contract[M]["input"]>;
/** What a method yields when it succeeds. */
export type Output<M extends MethodName> = z.output<Contract[M]["output"]>;
export type Handlers = HandlersOf<Contract>;

/** The core as a router sees it. `core/app.ts` makes one; a shell closes it before it ends. */
export type App = Routable<Contract> & {
  /** Events of the core itself; progress of jobs is the router's. Returns the way to stop listening. */
  readonly events: (listener: (event: Event) => void) => () => void;
  /** Cancels, flushes, closes and zeroes; safe to call twice. */
  readonly close: () => Promise<void>;
};

/** The two functions everything above the transport uses. */
export type Bridge = {
  readonly call: <M extends MethodName>(
    method: M,
    input: Asked<Contract[M]>,
  ) => Promise<Answered<Contract[M]>>;
  readonly subscribe: (listener: (event: Event) => void) => () => void;
};
