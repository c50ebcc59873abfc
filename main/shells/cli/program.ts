// What the command line runs: a contract and a core behind it, each loaded only when a command needs it.
import type { AnyContract, AnyMethod } from "../../../shared/ipc/method.ts";
import type { Ports } from "../../core/ports.ts";
import type { Note, Router } from "../../ipc/router.ts";

/** A core in this process, behind its router. */
export type Served = { readonly router: Router; readonly close: () => Promise<void> };

export type Program = {
  readonly names: readonly string[];
  readonly contract: () => Promise<AnyContract>;
  readonly start: (ports: Ports, note: Note) => Promise<Served>;
};

/** A method by a name that somebody typed. */
export const methodOf = (contract: AnyContract, name: string): AnyMethod | undefined =>
  Object.hasOwn(contract, name) ? contract[name] : undefined;
