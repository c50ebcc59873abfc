// Nothing of what she wrote is left: made-up words are typed, shown, sought, copied and printed in the real window under its
// supervisor, which is then locked, killed and closed for good; they are looked for in every process and every changed file.
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rendererFolder } from "../support/build-page.ts";
import { canary, canaryNames, middle, type CanaryName } from "../support/canary-words.ts";
import { handMadeCups, type HandMadeCups } from "../support/cups.ts";
import { displayHere, openDisplay, type Display } from "../support/display.ts";
import { PROJECT } from "../support/files.ts";
import {
  changedSince,
  inFiles,
  inMemory,
  memoryHere,
  needlesOf,
  watchFamily,
  type Family,
} from "../support/traces.ts";
import { browserHere } from "../support/window.ts";

const readable = memoryHere();
if (!readable) console.log("skipped: the memory of other processes may not be read here");
if (!displayHere)
  console.log("no Xvfb here: the window stands on no display, and the system's clipboard is not met");
const patient = { timeout: 300_000 };

type Life = { readonly shell: number; readonly core: number };
type Told = Partial<Life> & { readonly done?: unknown; readonly failed?: string };

describe.skipIf(browserHere === undefined || !readable)("no word of hers is left", () => {
  const seed = randomBytes(16).toString("hex");
  const needles = canaryNames.flatMap((name) => needlesOf(name, middle(canary(seed, name))));
  const world = mkdtempSync(join(tmpdir(), "waypost-world-"));
  const inWorld = (name: string) => join(world, name);
  const vault = inWorld("home/Documents/Files");
  const marker = inWorld("marker");
  let display: Display | undefined;
  let cups: HandMadeCups;
  let server: Server;
  let program: ChildProcess;
  let family: Family;
  /** The shell that lives now, told by itself. */
  let life: Life;
  let socket: Socket;
  let answer: (told: Told) => void = () => {};
  let born: (now: Life) => void = () => {};

  /** Begins to wait for the next shell's window. */
  const next = () => new Promise<Life>((resolve) => (born = resolve));
  const act = async (name: string): Promise<unknown> => {
    const answered = new Promise<Told>((resolve) => (answer = resolve));
    socket.write(`${name}\n`);
    const told = await answered;
    if (told.failed !== undefined) throw new Error(`${name}: ${told.failed}`);
    return told.done;
  };
  const onDisk = () => inFiles(changedSince(marker), needles);
  const found = (pids: readonly number[]) =>
    new Map(pids.map((pid) => [pid, inMemory(pid, needles)] as const));
  const everywhere = (pids: readonly number[]) =>
    new Set([...found(pids).values()].flatMap((names) => [...names]));
  /** Waits until what lived before is gone and the new window is there; then nothing that runs holds a word. */
  const expectNothingLeft = async (before: readonly number[], now: Promise<Life>) => {
    life = await now;
    await expect
      .poll(() => family.alive().filter((pid) => before.includes(pid)), { timeout: 60_000 })
      .toEqual([program.pid]);
    expect(everywhere(family.alive())).toEqual(new Set());
    expect(onDisk()).toEqual([]);
  };

  beforeAll(async () => {
    for (const name of ["home/Documents", "home/.config", "tmp", "cache", "data", "state", "run", "cups"])
      mkdirSync(inWorld(name), { recursive: true });
    // What it is told as words and in its environment lies on the disk, what it is given to print does not.
    cups = handMadeCups(inWorld("cups"));
    cups.behave("forgets");
    writeFileSync(marker, "");
    const past = new Date(Date.now() - 2_000);
    utimesSync(marker, past, past);
    if (displayHere) display = await openDisplay();
    server = createServer((connection) => {
      createInterface({ input: connection }).on("line", (line) => {
        const told = JSON.parse(line) as Told;
        if (told.shell === undefined || told.core === undefined) return answer(told);
        socket = connection;
        born({ shell: told.shell, core: told.core });
      });
      connection.on("error", () => {});
    });
    server.listen(inWorld("socket"));
    await once(server, "listening");
    const first = next();
    program = spawn(process.execPath, [join(PROJECT, "test/support/played-run.ts")], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: {
        PATH: process.env["PATH"],
        HOME: inWorld("home"),
        TMPDIR: inWorld("tmp"),
        XDG_CONFIG_HOME: inWorld("home/.config"),
        XDG_CACHE_HOME: inWorld("cache"),
        XDG_DATA_HOME: inWorld("data"),
        XDG_STATE_HOME: inWorld("state"),
        XDG_RUNTIME_DIR: inWorld("run"),
        ...(display === undefined ? {} : { DISPLAY: display.name }),
        CANARY_SOCKET: inWorld("socket"),
        CANARY_SEED: seed,
        CANARY_PAGE: rendererFolder,
        CANARY_CHROMIUM: browserHere,
      },
    });
    family = watchFamily(program.pid ?? 0);
    life = await first;
  }, 120_000);

  afterAll(async () => {
    if (program.exitCode === null && program.signalCode === null) {
      program.kill("SIGTERM");
      await once(program, "exit");
    }
    family[Symbol.dispose]();
    cups[Symbol.dispose]();
    server.close();
    await display?.[Symbol.asyncDispose]();
    rmSync(world, { recursive: true, force: true });
  });

  test("while it is open: in memory, and on the disk only encrypted", patient, async () => {
    await act("make");
    expect(await act("work")).toEqual({ printed: true });
    expect(cups.words()).toContain("-dDesk");
    await expect.poll(() => act("drafted"), { timeout: 20_000 }).toBe(true);
    // The scanner is known to work: what is on the screen and in the vault's cache is found.
    const seen = everywhere(family.alive());
    for (const name of ["kept", "draft", "view", "passphrase"] satisfies CanaryName[])
      expect(
        [...seen].filter((one) => one.startsWith(`${name} `)),
        name,
      ).not.toEqual([]);
    expect(seen.has("draft (UTF-16)")).toBe(true);
    expect(onDisk()).toEqual([]);
    expect(readdirSync(vault)).toContain("keyslots.json");
  });

  test("the browser remembers nothing of the page", patient, async () => {
    const { history, ...remembered } = (await act("remembered")) as { readonly history: number };
    expect(history).toBeLessThanOrEqual(2);
    expect(remembered).toEqual({
      address: "https://waypost.invalid/",
      title: "Files",
      state: null,
      cookies: "",
      kept: 0,
      databases: 0,
      caches: 0,
    });
    expect(changedSince(marker).filter((path) => /recently-used|\.local\/share\/recent/.test(path))).toEqual(
      [],
    );
  });

  test("after she locked, and a new window says so; what she was typing is there", patient, async () => {
    const before = family.alive();
    const now = next();
    await act("lock");
    await expectNothingLeft(before, now);
    expect(await act("door")).toContain("It is locked.");
    await act("unlock");
    expect(await act("keptAgain")).toBe(true);
  });

  test("after the core was killed", patient, async () => {
    const before = family.alive();
    const now = next();
    process.kill(life.core, "SIGKILL");
    await expectNothingLeft(before, now);
    expect(await act("door")).toContain("The window stopped by itself");
    await act("unlock");
    expect(await act("keptAgain")).toBe(true);
  });

  test("after the shell was killed", patient, async () => {
    const before = family.alive();
    const now = next();
    process.kill(life.shell, "SIGKILL");
    await expectNothingLeft(before, now);
    expect(await act("door")).toContain("The window stopped by itself");
    await act("unlock");
  });

  test("after the laptop slept", patient, async () => {
    const before = family.alive();
    const now = next();
    process.kill(life.core, "SIGSTOP");
    await wait(22_000);
    process.kill(life.core, "SIGCONT");
    await expectNothingLeft(before, now);
    expect(await act("door")).toContain("It locked itself");
    await act("unlock");
  });

  test("after it was closed for good, and its report was read", patient, async () => {
    await act("closeForGood");
    expect(existsSync(vault) ? readdirSync(vault) : []).toEqual([]);
    const before = family.alive();
    const now = next();
    await act("done");
    await expectNothingLeft(before, now);
    expect(await act("door")).not.toContain("It is locked.");
  });

  test("and nothing at all runs or lies about when the program has ended", patient, async () => {
    program.kill("SIGTERM");
    expect(await once(program, "exit")).toEqual([0, null]);
    await expect.poll(() => family.alive(), { timeout: 60_000 }).toEqual([]);
    const left = changedSince(marker).filter((path) => path.startsWith(world));
    expect(inFiles(left, needles)).toEqual([]);
    expect(readdirSync(inWorld("tmp"))).toEqual([]);
  });
});
