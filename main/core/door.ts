// The one vault that may be open: opened and locked in turn, locked by itself when nobody is there, and told of to whoever listens.
import type { Handlers } from "../../shared/ipc/contract.ts";
import type { Event } from "../../shared/ipc/events.ts";
import { err, type Failure, type Result } from "../../shared/result.ts";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { sectionSchemas } from "../../shared/vocabulary/sections/index.ts";
import * as cases from "./cases/index.ts";
import * as exchange from "./exchange/index.ts";
import type { Ports } from "./ports.ts";
import * as safety from "./safety/index.ts";
import type { Session } from "./safety/index.ts";
import { openSections } from "./sections/index.ts";
import { StorageTrouble, type Vault } from "./vault/index.ts";

/** Cases that one event names. */
const mostToldOf = 1_000;

/** Nothing is open until `opens` was asked to open it and `enter` was given the session. */
export function createDoor(ports: Ports) {
  let session: Session | undefined;
  let checking: safety.Checking | undefined;
  let idle: safety.Idle | undefined;
  let lockAfter = 0;
  const listeners = new Set<(event: Event) => void>();
  /** None is started ahead for a vault that is locked. */
  const warm = () => {
    if (session !== undefined) ports.decoder.warm?.();
  };
  const opening: safety.Opening = {
    ports: { ...ports, decoder: { ...ports.decoder, warm } },
    sectionsOf: (vault) =>
      openSections({
        vault,
        clock: ports.clock,
        random: ports.random,
        decoder: { trial: triedWhileOpen(vault) },
        schemas: sectionSchemas,
        projectors: cases.caseProjectors,
      }),
  };

  /** Vaults that were locked. What is still under way for one asks no new process: the answers would be about nothing. */
  const locked = new WeakSet<Vault>();
  const triedWhileOpen =
    (vault: Vault): Ports["decoder"]["trial"] =>
    async (request, series) => {
      const answer = locked.has(vault) ? undefined : await ports.decoder.trial(request, series);
      if (answer === undefined || locked.has(vault)) throw new Error("the vault was locked during a trial");
      return answer;
    };

  const open = (): Session => {
    if (session === undefined) throw new Error("the router lets no such call through while locked");
    return session;
  };
  const tell = (event: Event) => {
    for (const listener of listeners) listener(event);
  };
  /** Screens that show these cases read them again. */
  const changed = (of: readonly CaseId[]) => {
    for (let from = 0; from < of.length; from += mostToldOf)
      tell({ type: "cases.changed", cases: of.slice(from, from + mostToldOf) });
  };
  const enter = async (opened: Session) => {
    await ports.places.opened(opened.vault.info.folder);
    session = opened;
    checking = safety.startCheck(opened.vault, ports.log, tell);
    lockAfter = safety.settings(opened).lockAfter;
    idle = safety.watchIdle(ports, {
      lockAfter: () => lockAfter,
      soon: (seconds) => tell({ type: "vault.locksSoon", seconds }),
      lock: () => void close(),
    });
    // What a crash left undone is called back now; where it fails, the rows stay for the next time.
    void exchange.workOffCallBacks(opened).then(
      (back) => (back.ok ? changed(back.value) : undefined),
      () => ports.log.note("call-back-failed"),
    );
    // Lists of a vault that an older program wrote fill up while it is open.
    void cases.reproject(opened).catch(() => ports.log.note("rows-not-made"));
    return safety.statusOf(opened, checking);
  };
  let door: Promise<unknown> = Promise.resolve();
  /** Opening and locking wait for each other: a lock that comes while a vault opens closes what was opened. */
  const atDoor = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = door.then(work);
    door = turn.catch(() => undefined);
    return turn;
  };
  /** Work that needs this program to have no vault open. */
  const opens = <R extends Result<unknown, unknown>>(work: () => Promise<R>) =>
    atDoor(async () => (session === undefined ? work() : err({ type: "AlreadyOpen" as const })));
  const leave = async () => {
    const closing = session;
    session = undefined;
    if (closing === undefined) return;
    idle?.stop();
    locked.add(closing.vault);
    ports.decoder.end?.();
    await checking?.stop();
    await safety.lock(closing);
    tell({ type: "vault.locked" });
  };
  const close = () => atDoor(leave);
  return {
    opening,
    opens,
    enter,
    atDoor,
    leave,
    close,
    /** The open session; a bug where there is none. */
    open,
    current: () => session,
    checking: () => {
      if (checking === undefined) throw new Error("an open vault is being checked");
      return checking;
    },
    status: () =>
      session === undefined || checking === undefined
        ? { state: "locked" as const }
        : safety.statusOf(session, checking),
    /** A hand was on the laptop. */
    here: () => idle?.here(),
    lockAfter: (minutes: number) => void (lockAfter = minutes),
    tell,
    changed,
    events: (listener: (event: Event) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * No bugs: what was under way when the vault was locked and could not be finished, and a page that cannot be read any more.
 */
export function untilLocked(handlers: Handlers, current: () => Session | undefined): Handlers {
  type Any = (input: unknown, context: unknown) => Promise<Result<unknown, Failure>>;
  const guarded = Object.entries(handlers).map(([name, handler]) => [
    name,
    async (input: unknown, context: unknown) => {
      const before = current();
      try {
        return await (handler as Any)(input, context);
      } catch (error) {
        if (before !== undefined && current() !== before) return err({ type: "VaultLocked" });
        if (error instanceof StorageTrouble) return err({ type: safety.unreadable(error) });
        throw error;
      }
    },
  ]);
  return Object.fromEntries(guarded) as Handlers;
}
