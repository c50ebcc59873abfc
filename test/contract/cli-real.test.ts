// The command line over the real core, spawned as its users start it: vaults, passphrases, every method, what it loads.
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contract } from "../../shared/ipc/contract.ts";
import type { AnyContract } from "../../shared/ipc/method.ts";
import { methodNames } from "../../shared/ipc/names.ts";
import { english } from "../../shared/texts/texts.ts";
import { PROJECT } from "../support/files.ts";
import { laptop, newVault, PHRASE } from "../support/laptop.ts";

const cli = join(PROJECT, "main/shells/cli/waypost.ts");
type Run = { readonly code: number | null; readonly out: string; readonly err: string };
type Given = { readonly input?: string; readonly third?: string; readonly flags?: readonly string[] };

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waypost-cli-"));
  await using on = laptop(folder);
  await newVault(on, "vault");
  mkdirSync(join(folder, "drive"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(argv: readonly string[], { input = "", third, flags = [] }: Given = {}): Promise<Run> {
  const child = spawn(process.execPath, [...flags, cli, ...argv], {
    cwd: folder,
    // The vault opened last is remembered there, and not for whoever runs the tests.
    env: { ...process.env, XDG_CONFIG_HOME: join(folder, "settings") },
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

const methods: AnyContract = contract;
type Answer = {
  readonly ok: boolean;
  readonly value?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly type: string };
};
const answers = ({ out }: Run): readonly Answer[] =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Answer);
const open = ["--vault", "vault", "--passphrase-stdin"];
const sentences = (type: keyof typeof english.errors) =>
  `${english.errors[type].what} ${english.errors[type].data} ${english.errors[type].next}\n`;

describe("one call", () => {
  test("folders are named by their paths, and the vault opened last is known", async () => {
    const opened = await run(["call", "vault.status", "{}", ...open], { input: `${PHRASE}\n` });
    expect(answers(opened)).toMatchObject([{ ok: true }]);
    expect(answers(await run(["call", "places.last", "{}"]))).toEqual([
      { ok: true, value: { vault: { token: join(folder, "vault"), name: "vault" } } },
    ]);
    const listed = await run(["call", "places.list", '{"at":".","want":"folder"}']);
    const shown = answers(listed)[0]?.value?.["entries"];
    expect(shown).toContainEqual(
      expect.objectContaining({ token: join(folder, "vault"), name: "vault", holds: "vault" }),
    );
    const made = await run(["call", "places.makeFolder", '{"at":"drive","name":"new"}']);
    expect(answers(made)).toEqual([
      { ok: true, value: { token: join(folder, "drive", "new"), name: "new" } },
    ]);
  });

  test("a practice vault is made, and a case in it, and both are there for the next call", async () => {
    const wanted = JSON.stringify({ kind: "practice", office: "Practice Office", person: "A. Tester" });
    const made = await run(["call", "vault.create", wanted, "--vault", "made", "--passphrase-stdin"], {
      input: `${PHRASE}\n`,
    });
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(answers(made)[0]?.value?.["words"]).toMatch(/^(\w+ ){23}\w+$/);
    const edits = [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates." }] }];
    const input = `${PHRASE}\n${JSON.stringify({ reason: "taken in", edits })}\n`;
    const made2 = ["--vault", "made", "--passphrase-stdin"];
    expect(await run(["call", "cases.create", "-", ...made2], { input })).toMatchObject({ code: 0 });
    const listed = await run(["call", "cases.list", "{}", "--vault", "made", "--passphrase-fd", "3"], {
      third: `${PHRASE}\n`,
    });
    expect(listed).toMatchObject({ code: 0, err: "" });
    expect(answers(listed)).toMatchObject([{ ok: true, value: { total: 1 } }]);
  });

  test("a refusal is code 1, one line for programs and sentences for a person", async () => {
    const wrong = await run(["call", "cases.list", "{}", ...open], { input: "not the passphrase\n" });
    expect(wrong).toEqual({
      code: 1,
      out: '{"ok":false,"error":{"type":"WrongPassphrase"}}\n',
      err: sentences("WrongPassphrase"),
    });
    expect(await run(["call", "cases.list"])).toMatchObject({ code: 1, err: sentences("VaultLocked") });
    const none = ["call", "vault.unlock", "--vault", "drive", "--passphrase-stdin"];
    expect(await run(none, { input: `${PHRASE}\n` })).toMatchObject({
      code: 1,
      err: sentences("NoVault"),
    });
  });

  test("a passphrase is never taken from an argument: code 2", async () => {
    const given = JSON.stringify({ folder: "vault", passphrase: PHRASE });
    const { code, out, err } = await run(["call", "vault.unlock", given]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).not.toContain(PHRASE);
  });

  test("a passphrase in a file opens practice only", async () => {
    writeFileSync(join(folder, "phrase"), `${PHRASE}\n`);
    const file = ["--passphrase-file", "phrase"];
    expect(await run(["call", "cases.list", "{}", "--vault", "vault", ...file])).toMatchObject({ code: 0 });
    const real = JSON.stringify({ kind: "real", office: "Office", person: "A. Tester" });
    const made = ["call", "vault.create", real, "--vault", "real"];
    const refused = {
      code: 1,
      out: '{"ok":false,"error":{"type":"PassphraseFileForPracticeOnly"}}\n',
      err: sentences("PassphraseFileForPracticeOnly"),
    };
    expect(await run([...made, ...file])).toEqual(refused);
    expect(await run([...made, "--passphrase-stdin"], { input: `${PHRASE}\n` })).toMatchObject({ code: 0 });
    expect(await run(["call", "cases.list", "{}", "--vault", "real", ...file])).toEqual(refused);
    expect(await run(["call", "vault.unlock", "{}", "--vault", "real", ...file])).toEqual(refused);
  });

  const script = existsSync("/usr/bin/script") ? test : test.skip;
  script("the terminal asks for it, unseen", async () => {
    const command = `${process.execPath} ${cli} call cases.list '{}' --vault vault`;
    const child = spawn("/usr/bin/script", ["-qec", command, "/dev/null"], { cwd: folder });
    const shown = collect(child.stdout);
    await expect.poll(shown, { timeout: 20_000 }).toContain("Passphrase: ");
    child.stdin.write(`${PHRASE}\r`);
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(0);
    expect(shown()).toContain('"total":0');
    expect(shown()).not.toContain("lanterns");
  });
});

describe("lines", () => {
  test("one unlock, many calls; the state of one is there for the next", async () => {
    const edits = [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates." }] }];
    const asked = [
      { method: "vault.status", input: {} },
      { method: "cases.create", input: { reason: "taken in", edits } },
      { method: "cases.list", input: {} },
      { method: "cases.get", input: { case: "0".repeat(32) } },
      { method: "vault.check", input: {} },
      { method: "vault.backup", input: { folder: "backup" } },
      { method: "vault.lock", input: {} },
      { method: "cases.list", input: {} },
    ];
    const input = `${PHRASE}\n${asked.map((one) => JSON.stringify(one)).join("\n")}\n`;
    const done = await run(["lines", ...open], { input });
    expect(answers(done)).toMatchObject([
      { value: { state: "open", kind: "practice", check: "running" } },
      { ok: true },
      { value: { total: 1 } },
      { error: { type: "UnknownCase" } },
      { ok: true },
      { value: { folder: "backup" } },
      { ok: true },
      { error: { type: "VaultLocked" } },
    ]);
    expect(done.code).toBe(1);
    expect(done.err).toBe(sentences("UnknownCase") + sentences("VaultLocked"));
  });

  test.each([
    ["locked", []],
    ["open", open],
  ])("every method answers nothing given, with the vault %s", async (state, argv) => {
    const names = [...methodNames.filter((name) => name !== "vault.lock"), "vault.lock"];
    const asked = names.map((method) => JSON.stringify({ method, input: {} })).join("\n");
    const done = await run(["lines", ...argv], {
      input: `${argv.length > 0 ? `${PHRASE}\n` : ""}${asked}\n`,
    });
    const answered = answers(done);
    expect(answered).toHaveLength(methodNames.length);
    for (const [index, name] of names.entries()) {
      const { ok, error } = answered[index] ?? {};
      const method = methods[name];
      const complete = method?.input.safeParse({}).success === true;
      const type = ok === true ? "ok" : error?.type;
      expect(type, name).not.toBe("Bug");
      if (!complete) expect(type, name).toBe("BadInput");
      else if (state === "locked" && method?.unlocked) expect(type, name).toBe("VaultLocked");
    }
    expect(done.err).not.toContain("bug");
  });
});

test("every method is told as JSON Schema", async () => {
  const named = await run(["methods"]);
  expect(answers(named)).toEqual([{ ok: true, value: methodNames }]);
  for (const name of ["vault.restore", "exchange.share", "cases.save"]) {
    const told = answers(await run(["schema", name]))[0]?.value;
    expect(told).toMatchObject({ method: name, input: { type: "object" } });
    expect(JSON.stringify(told?.["errors"])).toContain('"const":');
  }
});

test("names are told without loading the core, any library or a schema", async () => {
  writeFileSync(
    join(folder, "trace.mjs"),
    `import { registerHooks } from "node:module";
     import { writeSync } from "node:fs";
     registerHooks({ load: (url, context, next) => (writeSync(2, "loaded " + url + "\\n"), next(url, context)) });`,
  );
  const flags = ["--import", join(folder, "trace.mjs")];
  const loadedBy = async (...argv: readonly string[]) =>
    (await run(argv, { flags })).err.match(/(?<=^loaded file:).+$/gm) ?? [];
  const names = await loadedBy("methods");
  expect(names.filter((url) => url.includes("/main/shells/cli/")).length).toBeGreaterThan(2);
  expect(
    names.filter((url) => /node_modules|main\/core|main\/ipc|shared\/ipc\/contract|schema/.test(url)),
  ).toEqual([]);
  // The same trace sees a core where there is one.
  const more = await loadedBy("call", "about.version");
  expect(more.some((url) => url.includes("/main/core/app.ts"))).toBe(true);
});
