// The command line, spawned as its users start it: what goes in, what comes out, and with which exit code.
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messageLimit } from "../../shared/ipc/wire.ts";
import { methodNames } from "../../shared/ipc/names.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const small = join(project, "test/contract/support/small-cli.ts");
const real = join(project, "main/shells/cli/waypost.ts");

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs to the end; `input` is all of standard input, `third` what descriptor 3 holds. */
async function run(
  program: string,
  argv: readonly string[],
  { input = "", third }: { input?: string; third?: string } = {},
): Promise<Run> {
  const child = spawn(process.execPath, [program, ...argv], {
    cwd: folder,
    stdio: ["pipe", "pipe", "pipe", ...(third === undefined ? [] : (["pipe"] as const))],
  }) as ChildProcessWithoutNullStreams;
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const pipe = child.stdio[3];
  if (pipe && "end" in pipe) pipe.end(third);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out: out(), err: err() };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

const say = (argv: readonly string[], more?: { input?: string; third?: string }) => run(small, argv, more);
const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const refused = (type: string, more: object = {}) => line({ ok: false, error: { type, ...more } });

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waypost-cli-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const slots = (kind: string, really = kind) =>
  writeFileSync(join(folder, "keyslots.json"), JSON.stringify({ kind, really, passphrase: "open sesame" }));

describe("the real command", () => {
  test("names its methods, npm included", () => {
    const { stdout, status } = spawnSync("npm", ["run", "--silent", "waypost", "--", "methods"], {
      cwd: project,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ok: true, value: methodNames });
  });

  test("states every method as JSON Schema", async () => {
    const { code, out } = await run(real, ["schema", "vault.create"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      value: {
        method: "vault.create",
        secrets: ["passphrase"],
        input: {
          type: "object",
          required: ["folder", "kind", "office", "person", "passphrase"],
          additionalProperties: false,
        },
      },
    });
    expect(await run(real, ["schema", "vault.nothing"])).toMatchObject({
      code: 1,
      out: refused("UnknownMethod"),
    });
  });
});

describe("usage", () => {
  test("help is asked for or pointed to", async () => {
    const help = await say(["--help"]);
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toContain("waypost call <method>");
  });

  test.each([
    ["nothing", []],
    ["an unknown command", ["open"]],
    ["an unknown option", ["methods", "--force"]],
    ["a method missing", ["call"]],
    ["JSON in pieces", ["call", "echo.say", '{"text":', '"a"}']],
    ["two sources of a passphrase", ["lines", "--passphrase-stdin", "--passphrase-fd", "3"]],
    ["a descriptor that is none", ["lines", "--passphrase-fd", "x"]],
    ["a passphrase as an argument", ["call", "vault.unlock", '{"folder":".","passphrase":"open sesame"}']],
  ])("%s: exit code 2, nothing on standard output", async (_, argv) => {
    const { code, out, err } = await say(argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^waypost: .+\n/);
    expect(err).not.toContain("sesame");
  });
});

describe("call", () => {
  test("a value is one line and code 0", async () => {
    expect(await say(["call", "echo.say", '{"text":"አበባ"}'])).toEqual({
      code: 0,
      out: line({ ok: true, value: { text: "አበባ" } }),
      err: "",
    });
    expect(await say(["call", "echo.say", "-"], { input: '{"text":\n"a"}\n' })).toMatchObject({
      code: 0,
      out: line({ ok: true, value: { text: "a" } }),
    });
    expect(await say(["call", "work.changes"])).toMatchObject({
      code: 0,
      out: line({ ok: true, value: { changes: 0 } }),
    });
  });

  test("a refusal is one line, code 1, and sentences for a person", async () => {
    const { code, out, err } = await say(["call", "door.inside"]);
    expect({ code, out }).toEqual({ code: 1, out: refused("VaultLocked") });
    expect(err).toBe(
      "The vault is locked. Nothing was changed. Open the vault with your passphrase, then do this again.\n",
    );
  });

  test("the sentences name the figures", async () => {
    slots("practice");
    const { err } = await say(["call", "door.change", "--vault", ".", "--passphrase-stdin"], {
      input: "open sesame\nopen sesame\nold\n",
    });
    expect(err).toContain("its form is 3, this program knows 2");
  });

  test.each([
    ["no JSON", "{", "no-json"],
    ["a list", "[]", "no-object"],
    ["too long", `{"text":"${"a".repeat(messageLimit)}"}`, "too-long"],
  ])("input that is %s", async (_, input, what) => {
    expect(await say(["call", "echo.say", "-"], { input })).toMatchObject({
      code: 1,
      out: refused("BadInput", { problems: [{ path: "", what }] }),
    });
  });

  test("a bug gives a ticket, and only its place goes to standard error", async () => {
    const { code, out, err } = await say(["call", "echo.crash", '{"name":"Amina"}']);
    expect(code).toBe(1);
    const ticket = (JSON.parse(out) as { error: { ticket: string } }).error.ticket;
    expect(err).toContain(`bug ${ticket} echo.crash TypeError test/contract/support/small-app.ts:`);
    expect(err + out).not.toContain("Amina");
    expect(err).not.toContain(project);
  });

  test("progress is told on standard error when asked for", async () => {
    const { out, err } = await say(["call", "work.long", '{"steps":3,"job":"job-told"}', "--progress"]);
    expect(out).toBe(line({ ok: true, value: { done: 3 } }));
    expect(err).toContain(line({ type: "job.progress", job: "job-told", step: "count", done: 3, total: 3 }));
  });
});

describe("passphrases", () => {
  const created = JSON.stringify({ kind: "practice", office: "Mission", person: "Amal" });

  test("a vault is made with one, in the folder named", async () => {
    const made = await say(["call", "vault.create", created, "--vault", ".", "--passphrase-stdin"], {
      input: "open sesame\r\n",
    });
    expect(made).toMatchObject({ code: 0, out: line({ ok: true, value: { words: "one two three" } }) });
    expect(JSON.parse(readFileSync(join(folder, "keyslots.json"), "utf8"))).toMatchObject({
      passphrase: "open sesame",
    });
  });

  test("the first line of standard input, then the JSON", async () => {
    const input = `open sesame\n${created}`;
    expect(
      await say(["call", "vault.create", "-", "--vault", ".", "--passphrase-stdin"], { input }),
    ).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(folder, "keyslots.json"), "utf8"))).toMatchObject({
      passphrase: "open sesame",
    });
  });

  test("a descriptor; the vault is unlocked before the method", async () => {
    slots("real");
    const argv = ["call", "door.inside", "--vault", ".", "--passphrase-fd", "3"];
    expect(await say(argv, { third: "open sesame\n" })).toMatchObject({
      code: 0,
      out: line({ ok: true, value: {} }),
    });
    expect(await say(argv, { third: "open sesamo\n" })).toMatchObject({
      code: 1,
      out: refused("WrongPassphrase"),
    });
    expect(await say(argv, { third: "" })).toMatchObject({ code: 2, out: "" });
    expect(await say(argv)).toMatchObject({ code: 2, out: "" });
  });

  test("the method's own secrets follow the one that unlocks", async () => {
    slots("real");
    const input = "open sesame\nnow\nthen\n";
    expect(
      await say(["call", "door.change", '{"hint":"h"}', "--vault", ".", "--passphrase-stdin"], { input }),
    ).toMatchObject({
      code: 0,
      out: line({ ok: true, value: { from: "now", to: "then" } }),
    });
  });

  test("a file, for practice", async () => {
    slots("practice");
    writeFileSync(join(folder, "secret"), "open sesame\n");
    expect(await say(["call", "door.inside", "--vault", ".", "--passphrase-file", "secret"])).toMatchObject({
      code: 0,
    });
    expect(await say(["call", "vault.unlock", "--vault", ".", "--passphrase-file", "secret"])).toMatchObject({
      code: 0,
    });
    expect(
      await say(["call", "vault.create", created, "--vault", ".", "--passphrase-file", "secret"]),
    ).toMatchObject({ code: 0 });
  });

  test.each([
    ["call", "door.inside"],
    ["call", "vault.unlock"],
    ["call", "vault.create", '{"kind":"real","office":"Mission","person":"Amal"}'],
    ["lines"],
  ])("a file is never read for a real vault: %s %s", async (...argv) => {
    slots("real");
    // The file does not exist: had it been read, the code would be 2.
    const given = [
      ...argv.filter((word) => word !== undefined),
      "--vault",
      ".",
      "--passphrase-file",
      "nowhere",
    ];
    expect(await say(given)).toMatchObject({ code: 1, out: refused("PassphraseFileForPracticeOnly") });
  });

  test.each(["door.inside", "vault.unlock"])(
    "a real vault that calls itself practice is locked again: %s",
    async (name) => {
      slots("practice", "real");
      writeFileSync(join(folder, "secret"), "open sesame\n");
      expect(await say(["call", name, "--vault", ".", "--passphrase-file", "secret"])).toMatchObject({
        code: 1,
        out: refused("PassphraseFileForPracticeOnly"),
      });
    },
  );

  const script = existsSync("/usr/bin/script") ? test : test.skip;
  script("the terminal, without an echo, and twice for a new one", async () => {
    const command = `${process.execPath} ${small} call vault.create '${created}' --vault .`;
    const child = spawn("/usr/bin/script", ["-qec", command, "/dev/null"], { cwd: folder });
    const shown = collect(child.stdout);
    await expect.poll(shown, { timeout: 10_000 }).toContain("Passphrase: ");
    child.stdin.write("open sesamX\u007fe\r");
    await expect.poll(shown, { timeout: 10_000 }).toContain("Passphrase, once more: ");
    child.stdin.write("open sesame\r");
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(0);
    expect(shown()).not.toContain("open");
    expect(JSON.parse(readFileSync(join(folder, "keyslots.json"), "utf8"))).toMatchObject({
      passphrase: "open sesame",
    });
  });

  const noTerminal = existsSync("/usr/bin/setsid") ? test : test.skip;
  noTerminal("where there is no terminal it says what else there is", () => {
    slots("real");
    const { status, stderr } = spawnSync(
      "/usr/bin/setsid",
      ["-w", process.execPath, small, "call", "door.inside", "--vault", "."],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    expect(status).toBe(2);
    expect(stderr).toContain("--passphrase-fd");
  });
});

describe("lines", () => {
  test("one unlock, then a result for each line in its order", async () => {
    slots("real");
    const input = [
      "open sesame",
      '{"method":"door.inside","input":{}}',
      "",
      '{"method":"echo.say","input":{"text":"a"}}',
      "{",
      '{"method":"echo.say"}',
      '{"method":"echo.say","input":{"text":"b"},"more":1}',
      '{"method":"no.such","input":{}}',
      '{"method":"echo.say","input":{"text":"the last, without an end"}}',
    ].join("\n");
    const { code, out } = await say(["lines", "--vault", ".", "--passphrase-stdin"], { input });
    expect(code).toBe(1);
    expect(out).toBe(
      [
        line({ ok: true, value: {} }),
        line({ ok: true, value: { text: "a" } }),
        refused("BadInput", { problems: [{ path: "", what: "no-json" }] }),
        refused("BadInput", { problems: [{ path: "input", what: "invalid-type" }] }),
        refused("BadInput", { problems: [{ path: "more", what: "unknown" }] }),
        refused("UnknownMethod"),
        line({ ok: true, value: { text: "the last, without an end" } }),
      ].join(""),
    );
  });

  test("a line beyond the limit is refused and the next one answered", async () => {
    const input = `{"method":"echo.say","input":{"text":"${"a".repeat(messageLimit)}"}}\n{"method":"echo.say","input":{"text":"a"}}\n`;
    expect(await say(["lines"], { input })).toMatchObject({
      code: 1,
      out:
        refused("BadInput", { problems: [{ path: "", what: "too-long" }] }) +
        line({ ok: true, value: { text: "a" } }),
    });
  });

  test("without lines there is nothing to do", async () => {
    expect(await say(["lines"])).toEqual({ code: 0, out: "", err: "" });
  });

  test("a wrong passphrase is the only answer", async () => {
    slots("real");
    const input = 'wrong\n{"method":"echo.say","input":{"text":"a"}}\n';
    expect(await say(["lines", "--vault", ".", "--passphrase-stdin"], { input })).toMatchObject({
      code: 1,
      out: refused("WrongPassphrase"),
    });
  });
});

describe("being stopped", () => {
  const start = (argv: readonly string[]) => spawn(process.execPath, [small, ...argv], { cwd: folder });

  test("an interrupt cancels the job, which says so", async () => {
    const child = start(["call", "work.long", '{"steps":100000}', "--progress"]);
    const out = collect(child.stdout);
    const err = collect(child.stderr);
    await expect.poll(err, { timeout: 10_000 }).toContain("job.progress");
    child.kill("SIGINT");
    const [code] = (await once(child, "close")) as [number];
    expect({ code, out: out() }).toEqual({ code: 130, out: refused("Cancelled") });
    expect(err()).toContain("You stopped this.");
  });

  test("an interrupt ends a wait for lines", async () => {
    const child = start(["lines"]);
    const out = collect(child.stdout);
    child.stdin.write('{"method":"echo.say","input":{"text":"a"}}\n');
    await expect.poll(out, { timeout: 10_000 }).toContain("ok");
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
  });

  test("a reader that goes away ends it", async () => {
    const child = start(["lines"]);
    const err = collect(child.stderr);
    child.stdin.on("error", () => {});
    child.stdin.write('{"method":"echo.say","input":{"text":"a"}}\n');
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.stdin.write(
      '{"method":"echo.say","input":{"text":"b"}}\n{"method":"echo.say","input":{"text":"c"}}\n',
    );
    expect(await once(child, "close")).toEqual([141, null]);
    expect(err()).toBe("");
  });
});
