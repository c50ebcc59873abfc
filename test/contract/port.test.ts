// Every promise of router and port, over every transport.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Event } from "../../shared/ipc/events.ts";
import { messageLimit } from "../../shared/ipc/wire.ts";
import { err, ok } from "../../shared/result.ts";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { borrowPorts, type Lent } from "../../main/shells/node/lent.ts";
import { createPlaces } from "../../main/shells/node/places.ts";
import { createTokens } from "../../main/shells/node/tokens.ts";
import { noPlaces, temporaryFolder } from "../support/ports.ts";
import { RAW, targets } from "./support/targets.ts";
import type { Opened } from "./support/targets.ts";

const ask = (method: unknown, input: unknown = {}) => JSON.stringify({ kind: "ask", id: RAW, method, input });

describe.each(targets)("$name", ({ open }) => {
  let core: Opened;
  const quiet: (() => void)[] = [];
  beforeAll(() => {
    core = open();
  });
  afterEach(() => {
    for (const stop of quiet.splice(0)) stop();
  });
  afterAll(async () => {
    await core.end();
  });
  const heard = (): Event[] => {
    const events: Event[] = [];
    quiet.push(core.subscribe((event) => events.push(event)));
    return events;
  };

  test("answers each question with its own answer", async () => {
    const texts = Array.from({ length: 50 }, (_, at) => `text ${at}`);
    const answers = await Promise.all(texts.map((text) => core.call("echo.say", { text })));
    expect(answers).toEqual(texts.map((text) => ok({ text })));
  });

  test("text of every script comes back as it was", async () => {
    const text = "أمينة ኣበባ မြတ် 🕊 \u2028 \ud83d";
    expect(await core.call("echo.say", { text })).toEqual(ok({ text }));
  });

  test.each([
    ["a field of another type", { text: 7 }, [{ path: "text", what: "invalid-type" }]],
    ["a field too many", { text: "a", name: "Amina" }, [{ path: "name", what: "unknown" }]],
    [
      "a place deep inside",
      { text: "a", more: { list: [1, "2"] } },
      [{ path: "more.list.1", what: "invalid-type" }],
    ],
    ["too long a text", { text: "a".repeat(1_001) }, [{ path: "text", what: "too-big" }]],
    ["no object", "text", [{ path: "", what: "invalid-type" }]],
    ["null", null, [{ path: "", what: "invalid-type" }]],
    ["nothing", undefined, [{ path: "", what: "invalid-type" }]],
  ])("refuses %s by place and reason", async (_, input, problems) => {
    expect(await core.call("echo.say", input)).toEqual(err({ type: "BadInput", problems }));
  });

  test("a prototype in the input reaches nothing", async () => {
    const outcome = await core.raw(
      `{"kind":"ask","id":${RAW},"method":"echo.say","input":{"text":"a","__proto__":{"more":1}}}`,
    );
    expect(outcome).toEqual(err({ type: "BadInput", problems: [{ path: "__proto__", what: "unknown" }] }));
  });

  test.each(["echo.nothing", "toString", "__proto__", "constructor", "hasOwnProperty"])(
    "knows no method %s",
    async (name) => {
      expect(await core.call(name, {})).toEqual(err({ type: "UnknownMethod" }));
    },
  );

  test.each([
    ["no JSON", "{"],
    ["no object", "7"],
    ["no kind", "{}"],
    ["a kind of its own", `{"kind":"order","id":1,"method":"echo.say","input":{}}`],
    ["no number", `{"kind":"ask","method":"echo.say","input":{"text":"a"}}`],
    ["a number that is none", `{"kind":"ask","id":-1,"method":"echo.say","input":{"text":"a"}}`],
    ["a field too many", `{"kind":"ask","id":5,"method":"echo.say","input":{"text":"a"},"as":"root"}`],
    ["an answer nobody waits for", `{"kind":"answer","id":4711,"result":{"ok":true,"value":1}}`],
    ["an event that is none", `{"kind":"event","event":{"type":"vault.opened"}}`],
    ["deep nesting", "[".repeat(200_000)],
    ["more than any message", `"${"a".repeat(65 * 1024 * 1024)}"`],
  ])("has no effect: %s", async (_, text) => {
    void core.raw(text);
    expect(await core.call("echo.say", { text: "still here" })).toEqual(ok({ text: "still here" }));
  });

  test.each([
    ["a method that is no text", 7, "invalid-type"],
    ["no method", undefined, "invalid-type"],
    ["an empty method", "", "too-small"],
    ["a method of 101 characters", "m".repeat(101), "too-big"],
  ])("is answered although it is no call: %s", async (_, method, what) => {
    expect(await core.raw(ask(method))).toEqual(
      err({ type: "BadInput", problems: [{ path: "method", what }] }),
    );
  });

  test("a question longer than the limit is refused on both ends", async () => {
    const text = "a".repeat(messageLimit);
    const refused = err({ type: "BadInput", problems: [{ path: "", what: "too-long" }] });
    expect(await core.call("echo.take", { text })).toEqual(refused);
    expect(await core.raw(ask("echo.take", { text }))).toEqual(refused);
    expect(await core.call("echo.take", { text: text.slice(0, -100) })).toEqual(
      ok({ length: messageLimit - 100 }),
    );
  });

  test("an answer longer than the limit, or that is no JSON, is a bug and not sent", async () => {
    const bug = err({ type: "Bug", ticket: expect.any(String) as string });
    expect(await core.call("echo.repeat", { times: messageLimit })).toEqual(bug);
    expect(await core.call("echo.circle", {})).toEqual(bug);
  });

  test("a failure comes with its parameters", async () => {
    expect(await core.call("echo.refuse", {})).toEqual(err({ type: "TooOld", found: 9 }));
  });

  test("an exception becomes a ticket and tells nothing else", async () => {
    const outcome = await core.call("echo.crash", { name: "Amina" });
    expect(outcome).toEqual(err({ type: "Bug", ticket: expect.stringMatching(/^[0-9a-f]{8}$/) as string }));
    expect(JSON.stringify(outcome)).not.toContain("Amina");
  });

  test("a failure the contract does not name stays inside", async () => {
    const outcome = await core.call("echo.undeclared", {});
    expect(outcome).toMatchObject({ ok: false, error: { type: "Bug" } });
    expect(JSON.stringify(outcome)).not.toContain("somebody");
  });

  test("what needs an open vault is refused while it is locked", async () => {
    expect(await core.call("door.inside", {})).toEqual(err({ type: "VaultLocked" }));
    await core.call("door.open", {});
    expect(await core.call("door.inside", {})).toEqual(ok({}));
    const events = heard();
    await core.call("vault.lock", {});
    expect(events).toEqual([{ type: "vault.locked" }]);
    expect(await core.call("door.inside", {})).toEqual(err({ type: "VaultLocked" }));
  });

  test("a job tells its progress, from none to all, and not too often", async () => {
    const events = heard();
    expect(await core.call("work.long", { steps: 100, job: "job-progress" })).toEqual(ok({ done: 100 }));
    expect(events[0]).toEqual({
      type: "job.progress",
      job: "job-progress",
      step: "count",
      done: 0,
      total: 100,
    });
    expect(events.at(-1)).toEqual({
      type: "job.progress",
      job: "job-progress",
      step: "count",
      done: 100,
      total: 100,
    });
    expect(events.length).toBeLessThan(60);
  });

  test("a job without a name runs too", async () => {
    expect(await core.call("work.long", { steps: 1 })).toEqual(ok({ done: 1 }));
  });

  test("a cancelled job answers so and has changed nothing", async () => {
    const before = await core.call("work.changes", {});
    const events = heard();
    const outcome = core.call("work.long", { steps: 100_000, job: "job-cancelled" });
    await expect.poll(() => events.length).toBeGreaterThan(0);
    expect(await core.call("jobs.cancel", { job: "job-cancelled" })).toEqual(ok({ known: true }));
    expect(await outcome).toEqual(err({ type: "Cancelled" }));
    expect(await core.call("jobs.cancel", { job: "job-cancelled" })).toEqual(ok({ known: false }));
    expect(await core.call("work.changes", {})).toEqual(before);
  });

  test("two jobs never share a name", async () => {
    const first = core.call("work.long", { steps: 100_000, job: "job-shared" });
    expect(await core.call("work.long", { steps: 1, job: "job-shared" })).toEqual(
      err({ type: "BadInput", problems: [{ path: "job", what: "in-use" }] }),
    );
    await core.call("jobs.cancel", { job: "job-shared" });
    await first;
  });

  test("locking cancels every job", async () => {
    const jobs = ["job-first", "job-second"].map((job) => core.call("work.long", { steps: 100_000, job }));
    expect(await core.call("vault.lock", {})).toEqual(ok({}));
    expect(await Promise.all(jobs)).toEqual([err({ type: "Cancelled" }), err({ type: "Cancelled" })]);
  });

  test("a shell without ports says so", async () => {
    expect(await core.call("lent.print", { html: "<p>" })).toEqual(ok({ answer: "NotHere" }));
    expect(await core.call("lent.take", { token: "t" })).toEqual(ok({ answer: "UnknownFile" }));
    expect(await core.call("lent.trial", { text: "a" })).toEqual(ok({ answer: "crash" }));
    expect(await core.call("lent.send", { printer: "Desk" })).toEqual(ok({ answer: "NotHere NotHere" }));
    expect(await core.call("lent.list", {})).toEqual(ok({ answer: "UnknownFile" }));
    expect(await core.call("lent.last", { opened: "/people/ada/vault" })).toEqual(ok({ answer: "none" }));
  });
});

describe.each(targets)("what a shell lends, $name", ({ open }) => {
  /** Resolved once a page waits for its printer; and how many were taken back. */
  let sending = Promise.withResolvers<void>();
  let taken = 0;
  const lent: Lent = {
    decoder: {
      trial: async (request) => {
        const text = Buffer.from(request).toString();
        if (text === "slow") return err({ type: "DecoderFailed", why: "time" });
        return text === "bug" ? ok("no bytes" as unknown as Uint8Array) : ok(Buffer.from(text.toUpperCase()));
      },
      code: async () => ok({ none: "code" }),
    },
    printer: {
      toPdf: async (html) => ok(Buffer.from(`pdf of ${html.length}`)),
      list: async () =>
        ok({ printers: [{ printer: "Desk", shown: "The desk's", usual: true, where: "cable" }] }),
      send: async ({ printer }, signal) => {
        if (printer === "Desk") return ok({});
        if (printer === "bug") return err({ type: "Secret" } as unknown as { type: "UnknownPrinter" });
        if (printer !== "slow") return err({ type: "UnknownPrinter" });
        sending.resolve();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        taken += 1;
        return err({ type: "Cancelled" });
      },
    },
    tokens: {
      take: async (token) =>
        token === "known" ? ok({ path: "/media/usb/a.pdf", name: "a.pdf" }) : err({ type: "UnknownFile" }),
      offer: (path) => `for ${path}`,
    },
  };

  test("is used across the wire, with bytes and beyond the page's limit", async () => {
    const core = open(lent);
    expect(await core.call("lent.trial", { text: "chunk" })).toEqual(ok({ answer: "CHUNK" }));
    expect(await core.call("lent.trial", { text: "slow" })).toEqual(ok({ answer: "time" }));
    expect(await core.call("lent.trial", { text: "bug" })).toEqual(ok({ answer: "crash" }));
    expect(await core.call("lent.take", { token: "known" })).toEqual(
      ok({ answer: "a.pdf /media/usb/a.pdf" }),
    );
    expect(await core.call("lent.take", { token: "other" })).toEqual(ok({ answer: "UnknownFile" }));
    expect(await core.call("lent.offer", { path: "/media/usb/b" })).toEqual(
      ok({ answer: "for /media/usb/b" }),
    );
    const html = "\\".repeat(3_900_000); // 7.8 million characters on the page's wire, as many again on the shell's
    expect(await core.call("lent.print", { html })).toEqual(ok({ answer: "pdf of 3900000" }));
    await core.end();
  });

  test("sends pages to printers, and takes back those that are stopped", async () => {
    const core = open(lent);
    const send = async (printer: string) =>
      await core.call("lent.send", { printer, job: `sending-${printer}` });
    expect(await send("Desk")).toEqual(ok({ answer: "The desk's sent" }));
    expect(await send("Other")).toEqual(ok({ answer: "The desk's UnknownPrinter" }));
    expect(await send("bug")).toEqual(ok({ answer: "The desk's NotHere" }));
    sending = Promise.withResolvers();
    const slow = send("slow");
    await sending.promise;
    expect(await core.call("jobs.cancel", { job: "sending-slow" })).toEqual(ok({ known: true }));
    expect(await slow).toEqual(ok({ answer: "The desk's Cancelled" }));
    expect(taken).toBe(1);
    await core.end();
  });

  test("sends nothing that was stopped before", async () => {
    const { printer } = borrowPorts(async () => {
      throw new Error("the shell was asked");
    });
    const page = { html: "<p>", printer: "Desk", size: "A4" } as const;
    expect(await printer.send(page, AbortSignal.abort())).toEqual(err({ type: "Cancelled" }));
  });

  test("shows folders and remembers the vault opened last", async () => {
    await using home = await temporaryFolder();
    mkdirSync(join(home.path, "vault"));
    writeFileSync(join(home.path, "vault/keyslots.json"), "{}");
    const tokens = createTokens();
    const nothing = async () => [];
    const places = createPlaces(tokens, {
      home: home.path,
      settings: join(home.path, ".settings"),
      documents: async () => join(home.path, "none"),
      drives: nothing,
    });
    const core = open({ tokens, places });
    expect(await core.call("lent.list", {})).toEqual(ok({ answer: "vault" }));
    expect(await core.call("lent.list", { at: "0".repeat(32) })).toEqual(ok({ answer: "UnknownFile" }));
    expect(await core.call("lent.last", {})).toEqual(ok({ answer: "none" }));
    const path = join(home.path, "vault");
    expect(await core.call("lent.last", { opened: path })).toEqual(ok({ answer: "vault" }));
    expect(await core.call("lent.last", { closed: path })).toEqual(ok({ answer: "none" }));
    await core.end();
  });

  test("answers that are none of the contract's show nothing", async () => {
    const odd = async () => ({ ok: true, value: { entries: [{ path: "/people/ada" }] } }) as never;
    const core = open({ tokens: createTokens(), places: { ...noPlaces, list: odd, last: odd } });
    expect(await core.call("lent.list", {})).toEqual(ok({ answer: "UnknownFile" }));
    expect(await core.call("lent.last", {})).toEqual(ok({ answer: "none" }));
    await core.end();
  });
});
