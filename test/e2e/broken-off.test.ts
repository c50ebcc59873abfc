// Broken off in the middle, at the window: the drive goes while a bundle or a backup is written or read, the core or the browser
// is killed. The screen says what it means, what was answered is there, and done again it comes to its end.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Why } from "../../shared/ipc/why.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { askingIn, openBeside, yesTo, type Asking, type Beside } from "../support/beside.ts";
import { rendererFolder } from "../support/build-page.ts";
import { Hand } from "../support/hand.ts";
import { heldCore, holdDrive } from "../support/held-drive.ts";
import { beginToSend, openCase, patient, pressLock, sendCase } from "../support/journey.ts";
import { temporaryFolder } from "../support/ports.ts";
import { browsersHere } from "../support/processes.ts";
import { passphrase } from "../support/practice.ts";
import { browserHere, testWindow, type Laptop, type TestWindow } from "../support/window.ts";

const heldShell = fileURLToPath(new URL("../support/held-shell.ts", import.meta.url));
const berta = { person: "Berta Specimen", office: "Harbour Practice Network" };
const identity: SectionName = { kind: "identity" };
const titled = (title: string) => [{ section: identity, edits: [{ path: ["title"], set: title }] }];

type Room = Beside & {
  readonly hand: Hand;
  readonly drive: string;
  readonly laptop: Laptop;
  /** Takes the drive out, and puts it back in. */
  readonly pull: () => void;
  readonly putBack: () => void;
};

async function room(name: string): Promise<Room> {
  const home = await temporaryFolder();
  const drive = join(home.path, "USB");
  const laptop = { home: home.path, drives: [drive] };
  const at = await openBeside({ laptop, entry: heldCore });
  return {
    ...at,
    hand: new Hand(at.page, "mouse", name),
    drive,
    laptop,
    pull: () => renameSync(drive, join(home.path, "pocket")),
    putBack: () => renameSync(join(home.path, "pocket"), drive),
    [Symbol.asyncDispose]: async () => {
      await at[Symbol.asyncDispose]();
      await home[Symbol.asyncDispose]();
    },
  };
}

/** A case that may go to the other office. */
async function caseFor({ here, toHarbour }: Beside): Promise<{ of: CaseId; code: string }> {
  const { case: of, code } = await here("cases.create", { reason: "taken in", edits: titled("Ms") });
  await here("cases.giveRole", { case: of, contact: toHarbour, role: "co-manager", mayRecordYes: false });
  await here("consent.record", { case: of, consent: yesTo(toHarbour, [identity]) });
  return { of, code };
}

/** A bundle from the other office on the drive, about a case of its own. */
async function bundleFrom({ harbour, toHere }: Beside): Promise<{ of: CaseId; file: string }> {
  const { case: of } = await harbour.ask("cases.create", { reason: "taken in", edits: titled("Professor") });
  await harbour.ask("cases.giveRole", { case: of, contact: toHere, role: "co-manager", mayRecordYes: false });
  await harbour.ask("consent.record", { case: of, consent: yesTo(toHere, [identity]) });
  const { file } = await harbour.ask("exchange.share", {
    contact: toHere,
    cases: [{ case: of, sections: [identity] }],
    purpose: "joint-protection",
    folder: "USB",
  });
  return { of, file };
}

const running = async (hand: Hand, what: string) =>
  await hand.page.getByRole("progressbar", { name: what }).waitFor();
const bundlesOn = (drive: string) => readdirSync(drive).filter((name) => /^[0-9a-f]+\.pgp$/.test(name));
const sentStates = async (here: Asking) =>
  (await here("exchange.sent", {})).bundles.filter(({ kind }) => kind === "share").map(({ state }) => state);
const hasCase = async (here: Asking, of: CaseId) =>
  (await here("cases.list", { limit: 1_000 })).cases.some((row) => row.case === of);
const beginToReceive = async (hand: Hand) => {
  await hand.to("Exchange");
  await hand.press("Receive");
  await hand.press("Choose a folder…");
  await hand.place("USB");
};
const beginBackup = async (hand: Hand, name: string) => {
  await hand.press("Make a backup");
  await hand.enter("USB");
  await hand.press("New folder");
  await hand.fill("Name of the new folder", name);
  await hand.press("Make it");
  await hand.page.getByRole("heading", { level: 3, name }).waitFor();
  await hand.press("Use this folder");
};

describe.skipIf(browserHere === undefined)("the drive is taken out in the middle", () => {
  test("of a send", patient, async () => {
    await using at = await room("pulled-send");
    const { hand, here, harbour, drive } = at;
    const { of, code } = await caseFor(at);
    const before = bundlesOn(drive);
    await openCase(hand, code);

    const writing = holdDrive(drive, "write");
    await beginToSend(hand, berta);
    await writing.reached();
    await running(hand, "Locking");
    at.pull();
    writing.release();
    await hand.see("The drive was taken out.");
    await hand.see("Put the drive back in and do this again.");
    expect(await sentStates(here)).toEqual(["destroyed"]);

    // Not put back: the folder it lay in is missing, or something else stands there.
    await pressLock(hand, berta);
    await hand.see("The drive was taken out.");
    writeFileSync(drive, "");
    await pressLock(hand, berta);
    await hand.see("The drive was taken out.");
    rmSync(drive);
    at.putBack();

    // It goes at the last moment, when the file is whole and not yet seen.
    const ending = holdDrive(drive, "commit");
    await pressLock(hand, berta);
    await ending.reached();
    at.pull();
    ending.release();
    await hand.see("The drive was taken out before the file could be read back from it.");
    await hand.see("It stands under what was sent, and can be called back.");
    at.putBack();
    expect(bundlesOn(drive)).toEqual(before);

    await pressLock(hand, berta);
    await hand.see(`Locked for ${berta.office}`);
    const states = await sentStates(here);
    expect(states.slice(-2)).toEqual(["written", "written"]);
    expect(new Set(states.slice(0, -2))).toEqual(new Set(["destroyed"]));
    const [file, ...others] = bundlesOn(drive).filter((name) => !before.includes(name));
    expect(others).toEqual([]);
    const { files } = await harbour.ask("exchange.receive", { from: `USB/${file}` });
    expect(files).toMatchObject([{ outcome: "taken", cases: [{ case: of }] }]);
  });

  test("of a reception", patient, async () => {
    await using at = await room("pulled-receive");
    const { hand, here, drive } = at;
    const { of } = await bundleFrom(at);
    const looking = holdDrive(drive, "read");
    await beginToReceive(hand);
    await looking.reached();
    await running(hand, "Looking at what came");
    looking.release();
    await hand.see("Identity and papers");

    const taking = holdDrive(drive, "read");
    await hand.press("Take");
    await taking.reached();
    await running(hand, "Taking");
    at.pull();
    taking.release();
    await hand.see("The drive was taken out.");
    expect(await hasCase(here, of)).toBe(false);
    at.putBack();

    await beginToReceive(hand);
    await hand.see("Identity and papers");
    // Gone between looking and taking.
    at.pull();
    await hand.press("Take");
    await hand.see("The drive was taken out.");
    expect(await hasCase(here, of)).toBe(false);
    at.putBack();
    await hand.press("Take");
    await hand.see(/^Taken$/);
    expect(await hasCase(here, of)).toBe(true);
  });

  test("of a backup", patient, async () => {
    await using at = await room("pulled-backup");
    const { hand, drive } = at;
    await hand.to("Settings");
    await hand.press("Backup and checks");
    const writing = holdDrive(drive, "write");
    await beginBackup(hand, "Tuesday");
    await writing.reached();
    await running(hand, "Writing the backup");
    at.pull();
    writing.release();
    await hand.see("The drive was taken out.");
    await hand.see("No backup was made yet.");
    expect(existsSync(drive)).toBe(false);
    at.putBack();

    await beginBackup(hand, "Wednesday");
    await hand.see(/^The backup is written: /);
    await hand.press("Try a backup");
    await hand.enter("USB", "Wednesday");
    await hand.fill("The passphrase, or the 24 words, of when it was made", passphrase);
    await hand.press("Try it");
    await hand.see("It opens.");
  });
});

/** Whether a drive of a given size can be put in here. */
const mounted = (drive: string, ...options: readonly string[]): boolean =>
  spawnSync("mount", ["-t", "tmpfs", ...options, "tmpfs", drive]).status === 0;
const mayMount = await (async () => {
  await using probe = await temporaryFolder();
  return mounted(probe.path) && spawnSync("umount", [probe.path]).status === 0;
})();
if (!mayMount) console.log("skipped: no drive can be mounted here, which needs root");

describe.skipIf(browserHere === undefined || !mayMount)("a drive of three megabytes", () => {
  test("fills up in the middle of a send, and cannot be written", patient, async () => {
    await using at = await room("full");
    const { hand, here, drive } = at;
    const { code } = await caseFor(at);
    expect(mounted(drive, "-o", "size=3m")).toBe(true);
    try {
      await openCase(hand, code);
      const writing = holdDrive(drive, "write");
      await beginToSend(hand, berta);
      await writing.reached();
      // Without buffers, the last page of the drive is filled too.
      const rest = openSync(join(drive, "film.mp4"), "w");
      expect(() => {
        for (;;) writeSync(rest, Buffer.alloc(4_096));
      }).toThrow("ENOSPC");
      closeSync(rest);
      writing.release();
      await hand.see("The drive is full.");
      expect(readdirSync(drive)).toEqual(["film.mp4"]);
      expect(await sentStates(here)).toEqual(["destroyed"]);
      rmSync(join(drive, "film.mp4"));

      expect(spawnSync("mount", ["-o", "remount,ro", drive]).status).toBe(0);
      await pressLock(hand, berta);
      await hand.see("The drive cannot be written to.");
      expect(spawnSync("mount", ["-o", "remount,rw", drive]).status).toBe(0);
      await pressLock(hand, berta);
      await hand.see(`Locked for ${berta.office}`);
      expect(bundlesOn(drive)).toHaveLength(1);
      expect(await sentStates(here)).toEqual(["destroyed", "written"]);
    } finally {
      spawnSync("umount", ["-l", drive]);
    }
  });
});

type Sitting = TestWindow & { readonly hand: Hand; readonly here: Asking };

/** The window that comes after one that ended, as the supervisor opens it; its person unlocks it. */
async function nextWindow({ laptop }: Room, why: Why, says: string | undefined): Promise<Sitting> {
  const window = await testWindow({ rendererFolder, laptop, after: why, entry: heldCore });
  const hand = new Hand(window.page, "mouse", "broken-off-after");
  if (says !== undefined) await hand.see(says);
  await hand.fill("Passphrase", passphrase);
  await hand.press("Unlock");
  await hand.page.getByRole("navigation", { name: "Where to go" }).waitFor();
  return { ...window, hand, here: askingIn(window) };
}

const ends: readonly (readonly [string, Why, string | undefined, (of: Sitting) => void])[] = [
  [
    "the core",
    "core-ended",
    "The window stopped by itself and was opened again.",
    ({ core }) => void process.kill(core.pid ?? 0, "SIGKILL"),
  ],
  // A browser that is gone is a window that was closed: nobody can tell them apart.
  ["the browser", "closed", undefined, () => browsersHere().forEach((pid) => process.kill(pid, "SIGKILL"))],
];

describe.skipIf(browserHere === undefined || process.platform !== "linux")("killed in the middle", () => {
  test.each(ends)("%s", patient, async (_name, why, says, kill) => {
    await using at = await room("killed");
    const { harbour, drive } = at;
    const { of, code } = await caseFor(at);
    const before = bundlesOn(drive);
    /** Something is saved while the work stands still; then all ends, and another window is opened. */
    const killed = async (now: Sitting, title: string): Promise<Sitting> => {
      await now.here("cases.save", { case: of, reason: "later", edits: titled(title) });
      kill(now);
      expect((await now.ended).why).toBe(why);
      const next = await nextWindow(at, why, says);
      const { value } = await next.here("cases.section", { case: of, section: identity });
      expect(value).toMatchObject({ title });
      return next;
    };

    await openCase(at.hand, code);
    const writing = holdDrive(drive, "write");
    await beginToSend(at.hand, berta);
    await writing.reached();
    await running(at.hand, "Locking");
    const afterSend = killed(at, "Dr");
    await at.ended;
    writing.release();
    await using second = await afterSend;
    expect(bundlesOn(drive)).toEqual(before);
    expect(await sentStates(second.here)).toEqual(["destroyed"]);
    await openCase(second.hand, code);
    await sendCase(second.hand, berta);
    const [file] = bundlesOn(drive).filter((name) => !before.includes(name));
    const { files } = await harbour.ask("exchange.receive", { from: `USB/${file}` });
    expect(files).toMatchObject([{ outcome: "taken", cases: [{ case: of }] }]);

    const brought = await bundleFrom(at);
    await beginToReceive(second.hand);
    await second.hand.see("Identity and papers");
    const reading = holdDrive(drive, "read");
    await second.hand.press("Take");
    await reading.reached();
    await running(second.hand, "Taking");
    const afterReceive = killed(second, "Prof");
    await second.ended;
    reading.release();
    await using third = await afterReceive;
    expect(await hasCase(third.here, brought.of)).toBe(false);
    await beginToReceive(third.hand);
    await third.hand.press("Take");
    await third.hand.see(/^Taken$/);
    expect(await hasCase(third.here, brought.of)).toBe(true);

    await third.hand.to("Settings");
    await third.hand.press("Backup and checks");
    const copying = holdDrive(drive, "write");
    await beginBackup(third.hand, "Tuesday");
    await copying.reached();
    await running(third.hand, "Writing the backup");
    const afterBackup = killed(third, "Ms");
    await third.ended;
    copying.release();
    await using fourth = await afterBackup;
    await fourth.hand.to("Settings");
    await fourth.hand.press("Backup and checks");
    await fourth.hand.see("No backup was made yet.");
    // What was cut off is no backup: it stays where it is, and nobody takes it for one.
    expect(existsSync(join(drive, "Tuesday", "backup.txt"))).toBe(false);
    await beginBackup(fourth.hand, "Wednesday");
    await fourth.hand.see(/^The backup is written: /);
    await fourth.hand.press("Check now");
    await fourth.hand.see("as written.");
  });

  test("the shell, while the drive hangs: the core ends all the same", patient, async () => {
    await using home = await temporaryFolder();
    const drive = join(home.path, "USB");
    for (const folder of ["USB", "Documents"]) mkdirSync(join(home.path, folder));
    const shell = spawn(process.execPath, [heldShell, home.path, passphrase], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(shell.stdout, "data")) as [Buffer];
    const core = Number(said.toString("utf8"));
    expect(core).toBeGreaterThan(0);
    await expect.poll(() => existsSync(`/proc/${core}`), { timeout: 60_000 }).toBe(false);

    const laptop = { home: home.path, drives: [drive] };
    await using window = await testWindow({ rendererFolder, laptop, after: "core-ended" });
    const hand = new Hand(window.page, "mouse", "shell-killed");
    await hand.press(/^Open a folder/);
    await hand.enter("Documents", "Files");
    await hand.fill("Passphrase", passphrase);
    await hand.press("Unlock");
    await hand.to("Settings");
    await hand.press("Backup and checks");
    await hand.see("No backup was made yet.");
    await hand.press("Check now");
    await hand.see("as written.");
  });
});
