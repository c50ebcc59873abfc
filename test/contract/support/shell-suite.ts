// What every shell with a window must do, in whatever way it is driven: carry the bridge, let nothing else in or out, and end whole.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningCore } from "../../../main/shells/node/start-core.ts";
import type { Ended } from "../../../main/shells/node/window.ts";
import type { BadInput, Outcome } from "../../../shared/ipc/wire.ts";
import { messageLimit } from "../../../shared/ipc/wire.ts";
import { err, ok } from "../../../shared/result.ts";
import { PHRASE } from "../../support/laptop.ts";

/** A shell's open window, and what page, person and stranger can do with it. */
export type DrivenShell = AsyncDisposable & {
  readonly core: RunningCore;
  readonly ended: Promise<Ended>;
  readonly notes: readonly string[];
  /** Asks by the page's bridge. */
  readonly ask: (method: string, input?: unknown) => Promise<Outcome>;
  /** From now on the page listens; the types of what it heard. */
  readonly listen: () => Promise<void>;
  readonly heard: () => Promise<readonly string[]>;
  /** Tries to put something else in the bridge's place. */
  readonly tamper: () => Promise<void>;
  /** Says anything to the shell, past the bridge. */
  readonly raw: (text: unknown) => Promise<Outcome>;
  /** The same with a text of so many letters. */
  readonly long: (length: number) => Promise<Outcome>;
  /** Those who are not the page ask the same way, by their names: what each got. */
  readonly strangers: () => Promise<Readonly<Record<string, "answered" | "refused">>>;
  /** Whether a request of the page's is served. */
  readonly reaches: (url: string) => Promise<boolean>;
  /** Tries to lead the page elsewhere; where it is then. */
  readonly goes: (url: string) => Promise<string>;
  readonly opens: (url: string) => Promise<boolean>;
  /** Names of what is permitted. */
  readonly permitted: () => Promise<readonly string[]>;
  /** A person copies in the page. */
  readonly copy: (text: string) => Promise<void>;
  readonly tenSeconds: () => Promise<void>;
  readonly clipboard: () => Promise<string>;
  /** A person closes the window. */
  readonly close: () => Promise<void>;
  /** Whether the page is gone. */
  readonly gone: () => boolean;
  /** The page's own address, as long as it is where it belongs. */
  readonly address: string;
};

export const alive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

const waiting = { timeout: 20_000 };

/** Runs the suite; where the shell cannot be opened here it is counted as skipped. */
export function shellSuite(name: string, here: boolean, open: () => Promise<DrivenShell>): void {
  const makeVault = async (shell: DrivenShell) =>
    await shell.ask("vault.create", {
      folder: "vault",
      kind: "practice",
      office: "Practice Office",
      person: "A. Tester",
      passphrase: PHRASE,
    });

  describe.skipIf(!here)(`${name}: the page`, () => {
    let shell: DrivenShell;
    beforeAll(async () => void (shell = await open()));
    afterAll(async () => await shell[Symbol.asyncDispose]());

    test("reaches the core and is answered as the contract says", async () => {
      expect(await shell.ask("vault.status")).toEqual(ok({ state: "locked" }));
      expect(await shell.ask("cases.list")).toEqual(err({ type: "VaultLocked" }));
      expect(await shell.ask("no.such")).toEqual(err({ type: "UnknownMethod" }));
      expect(await shell.ask("vault.create", { folder: 7 })).toMatchObject({
        ok: false,
        error: { type: "BadInput" },
      });
    });

    test("has a bridge that nothing on it can replace", async () => {
      await shell.tamper();
      expect(await shell.ask("vault.status")).toEqual(ok({ state: "locked" }));
    });

    test("is judged before it is heard: what is no text, no message or too long", async () => {
      const whats = (outcome: Outcome) =>
        outcome.ok || outcome.error.type !== "BadInput"
          ? []
          : (outcome.error as unknown as BadInput).problems.map(({ what }) => what);
      expect(whats(await shell.raw({ method: "vault.status", input: {} }))).toEqual(["too-long"]);
      expect(whats(await shell.raw("no JSON"))).toEqual(["invalid-type"]);
      expect(whats(await shell.raw(JSON.stringify({ method: "", input: {} })))).toEqual(["too-small"]);
      const more = JSON.stringify({ method: "vault.status", input: {}, more: 1 });
      expect(whats(await shell.raw(more))).toEqual(["unknown"]);
      expect(whats(await shell.long(messageLimit + 1))).toEqual(["too-long"]);
      expect(await shell.ask("vault.status")).toEqual(ok({ state: "locked" }));
    });

    test("is the only one that reaches anything", async () => {
      const before = shell.notes.length;
      const answers = await shell.strangers();
      expect(Object.keys(answers).length).toBeGreaterThan(1);
      expect(new Set(Object.values(answers))).toEqual(new Set(["refused"]));
      expect(shell.notes.slice(before)).toEqual(Object.keys(answers).map(() => "shell.foreign-caller"));
    });

    test("loads nothing but itself", async () => {
      for (const url of ["https://example.org/", "http://127.0.0.1:9/", "file:///etc/hostname"])
        expect(await shell.reaches(url), url).toBe(false);
    });

    test("goes nowhere, opens nothing and is permitted nothing", async () => {
      for (const url of ["https://example.org/", `${shell.address}page.js`, "data:text/html,x"])
        expect(await shell.goes(url), url).toBe(shell.address);
      expect(await shell.opens("https://example.org/")).toBe(false);
      expect(await shell.opens(shell.address)).toBe(false);
      expect(await shell.permitted()).toEqual([]);
      expect(await shell.ask("vault.status")).toEqual(ok({ state: "locked" }));
    });

    test("leaves nothing on the clipboard after ten seconds", async () => {
      await shell.copy("Amina Kata");
      expect(await shell.clipboard()).toBe("Amina Kata");
      await shell.tenSeconds();
      expect(await shell.clipboard()).toBe("");
    });

    test("hears the core", async () => {
      await shell.listen();
      expect(await makeVault(shell)).toMatchObject({ ok: true });
      await expect.poll(shell.heard, waiting).toContain("vault.checked");
    });
  });

  describe.skipIf(!here)(`${name}: the end`, () => {
    test("locking ends page and core", async () => {
      await using shell = await open();
      expect(await makeVault(shell)).toMatchObject({ ok: true });
      void shell.ask("vault.lock").catch(() => {});
      expect(await shell.ended).toMatchObject({ why: "locked" });
      expect([alive(shell.core.pid), shell.gone()]).toEqual([false, true]);
    });

    test("a core that locks by itself takes the page with it", async () => {
      await using shell = await open();
      expect(await makeVault(shell)).toMatchObject({ ok: true });
      void shell.core.call("vault.lock", {});
      expect(await shell.ended).toMatchObject({ why: "left" });
      expect([alive(shell.core.pid), shell.gone()]).toEqual([false, true]);
    });

    test("a core that was killed is told to who asks, and takes the window with it", async () => {
      await using shell = await open();
      const asking = makeVault(shell).catch(() => "the page is gone");
      process.kill(shell.core.pid ?? 0, "SIGKILL");
      expect(await shell.ended).toMatchObject({ why: "core-ended" });
      expect(["the page is gone", err({ type: "CoreEnded" })]).toContainEqual(await asking);
      expect(shell.gone()).toBe(true);
    });

    test("closing the window locks", async () => {
      await using shell = await open();
      expect(await shell.ask("vault.status")).toEqual(ok({ state: "locked" }));
      await shell.close();
      expect(await shell.ended).toMatchObject({ why: "closed" });
      expect(alive(shell.core.pid)).toBe(false);
    });
  });
}
