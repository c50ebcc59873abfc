// A page on its way to a printer: what the printing system is given, and how it goes wrong.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { cupsPrinters } from "../../main/shells/node/cups.ts";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { createPrinter } from "../../main/shells/node/printer.ts";
import { startCore, type RunningCore } from "../../main/shells/node/start-core.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import { err, ok } from "../../shared/result.ts";
import { svgOf } from "../support/code.ts";
import { handMadeCups } from "../support/cups.ts";
import { laptop, newVault, PHRASE } from "../support/laptop.ts";
import { temporaryFolder } from "../support/ports.ts";
import { have } from "../support/tools.ts";
import { browserHere } from "../support/window.ts";

const limits = { answer: 30_000, queue: 600_000 };
const never = new AbortController().signal;
const page = {
  html: "<!doctype html><title>Dossier</title><p>lantern orchard</p>",
  printer: "Desk",
  size: "A4",
} as const;

/** A folder with programs of a printing system in it, before all others. */
async function cupsHere() {
  const home = await temporaryFolder();
  const cups = handMadeCups(home.path);
  return {
    cups,
    [Symbol.asyncDispose]: async () => {
      cups[Symbol.dispose]();
      await home[Symbol.asyncDispose]();
    },
  };
}

describe("the printers of this laptop", () => {
  test("are named with what is told of how they are reached", async () => {
    await using here = await cupsHere();
    here.cups.says({
      devices: [
        "device for Desk: usb://Maker/Model?serial=1",
        "device for Hall: ipp://10.0.0.9/ipp/print",
        "device for Beside: ipp://localhost:60000/ipp/print",
        "device for Old: parallel:/dev/lp0",
        "device for Plugged: hp:/usb/Model?serial=2",
        "device for Hung: hp:/net/Model?ip=10.0.0.8",
        "device for Cloud: implicitclass://Cloud/",
        "Gerät für Büro: socket://10.0.0.7",
        "matériel pour Etage : dnssd://Etage._ipp._tcp.local/",
      ].join("\n"),
      usual: "system default destination: Hall",
    });
    const listed = await cupsPrinters(limits);
    expect(listed.ok && listed.value.printers.map(({ printer, where }) => [printer, where])).toEqual([
      ["Desk", "cable"],
      ["Hall", "network"],
      ["Beside", "cable"],
      ["Old", "cable"],
      ["Plugged", "cable"],
      ["Hung", "network"],
      ["Cloud", "unknown"],
      ["Büro", "network"],
      ["Etage", "network"],
    ]);
    expect(
      listed.ok && listed.value.printers.filter(({ usual }) => usual).map(({ printer }) => printer),
    ).toEqual(["Hall"]);
  });

  test("are all in the network where another machine keeps the queue", async () => {
    await using here = await cupsHere();
    here.cups.says({ server: "print.example.org:631" });
    const listed = await cupsPrinters(limits);
    expect(listed.ok && listed.value.printers.map(({ where }) => where)).toEqual(["network", "network"]);
  });

  test("are none where none is set up", async () => {
    await using here = await cupsHere();
    here.cups.says({ devices: "lpstat: No destinations added.", usual: "no system default destination" });
    expect(await cupsPrinters(limits)).toEqual(ok({ printers: [] }));
  });

  test("cannot be reached where there is no printing system, or none that answers", async () => {
    await using here = await cupsHere();
    const { PATH } = process.env;
    process.env["PATH"] = "/nowhere";
    const nowhere = await cupsPrinters(limits);
    process.env["PATH"] = PATH;
    expect(nowhere).toEqual(err({ type: "NotHere", what: "printer" }));
    expect(here.cups.words()).toBeUndefined();
  });
});

describe.skipIf(browserHere === undefined || !have("pdftotext"))("a page", () => {
  test("goes to the printer as a PDF, under a name that says nothing", async () => {
    await using here = await cupsHere();
    process.env["WAYPOST_SECRET"] = "not for others";
    expect(await createPrinter().send(page, never)).toEqual(ok({}));
    delete process.env["WAYPOST_SECRET"];
    expect(execFileSync("pdftotext", ["-", "-"], { input: here.cups.page() }).toString()).toContain(
      "lantern orchard",
    );
    expect(here.cups.words()).toEqual([
      "-dDesk",
      "-t",
      "Files",
      "-o",
      "media=A4",
      "-o",
      "sides=one-sided",
      "-o",
      "document-format=application/pdf",
      "-",
    ]);
    const known = here.cups.environment().map((line) => line.split("=", 1)[0] ?? "");
    // The shell of the program sets some of its own.
    const own = new Set(["PWD", "OLDPWD", "SHLVL", "_"]);
    expect(known.filter((name) => !own.has(name)).toSorted()).toEqual(["LANG", "LC_ALL", "PATH", "SOFTWARE"]);
  });

  test.each([
    "",
    "-oraw",
    "Desk -o raw",
    "Desk/instance",
    "../Desk",
    "Desk\n",
    "$(touch here)",
    "Desk;reboot",
    "Desk\u0000",
  ])("goes to no printer of such a name, even where one is set up: %j", async (printer) => {
    await using here = await cupsHere();
    here.cups.says({ devices: `device for Desk: usb://a\ndevice for ${printer}: usb://b` });
    expect(await createPrinter().send({ ...page, printer }, never)).toEqual(err({ type: "UnknownPrinter" }));
    expect(here.cups.words()).toBeUndefined();
  });

  test.each(["desk", "Elsewhere"])("goes to no printer that is not here: %j", async (printer) => {
    await using here = await cupsHere();
    expect(await createPrinter().send({ ...page, printer }, never)).toEqual(err({ type: "UnknownPrinter" }));
    expect(here.cups.words()).toBeUndefined();
  });

  test("that the queue refuses is told as such", async () => {
    await using here = await cupsHere();
    here.cups.behave("refuses");
    expect(await createPrinter().send(page, never)).toEqual(err({ type: "PrinterRefused" }));
  });

  test("is given up where the queue does not answer", async () => {
    await using here = await cupsHere();
    here.cups.behave("hangs");
    const printer = createPrinter(undefined, { ...limits, answer: 8_000 });
    expect(await printer.send(page, never)).toEqual(err({ type: "PrinterSilent" }));
  });

  test("that does not come out in time is taken out of the queue", async () => {
    await using here = await cupsHere();
    here.cups.behave("leaves");
    const printer = createPrinter(undefined, { ...limits, queue: 1 });
    expect(await printer.send(page, never)).toEqual(err({ type: "PrinterSilent" }));
    expect(here.cups.cancelled()).toEqual(["-x Desk-7"]);
  });

  test("that a person stops is taken out of the queue", async () => {
    await using here = await cupsHere();
    here.cups.behave("leaves");
    const stop = new AbortController();
    const sent = createPrinter().send(page, stop.signal);
    await expect.poll(() => here.cups.waits(), { timeout: 60_000 }).toBe(true);
    stop.abort();
    expect(await sent).toEqual(err({ type: "Cancelled" }));
    expect(here.cups.cancelled()).toEqual(["-x Desk-7"]);
  });
});

describe.skipIf(browserHere === undefined || !have("pdftotext"))("papers of a vault", () => {
  const text = (pdf: Uint8Array) =>
    execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf }).toString();
  const open = async () => {
    const here = await cupsHere();
    const home = await temporaryFolder();
    const on = laptop(home.path, { printer: createPrinter() });
    const words = await newVault(on, "vault", "Mission of Utopia");
    return {
      ...here,
      on,
      words,
      home: home.path,
      [Symbol.asyncDispose]: async () => {
        await on.close();
        await home[Symbol.asyncDispose]();
        await here[Symbol.asyncDispose]();
      },
    };
  };

  test("the call sheet comes out, on the paper that is set, and who printed it is kept", async () => {
    await using here = await open();
    const { on, cups } = here;
    await on.ask("desk.set", { paper: "letter" });
    const { case: of, code } = await on.ask("cases.create", {
      reason: "taken in",
      edits: [
        { section: { kind: "reach" }, edits: [{ path: ["ifAnotherAnswers"], set: "Ask for the dentist." }] },
      ],
    });
    expect((await on.ask("paper.printers", {})).printers).toEqual([
      { printer: "Desk", shown: "Desk", usual: true, where: "cable" },
      { printer: "Hall", shown: "Hall", usual: false, where: "network" },
    ]);
    await on.ask("paper.send", { what: { callSheet: of }, printer: "Desk" });
    expect(text(cups.page())).toContain("Ask for the dentist.");
    expect(text(cups.page())).toContain(code);
    expect(cups.words()).toContain("media=Letter");
    const audit = JSON.stringify(await on.ask("audit.read", { case: of }));
    expect(audit.match(/paper-printed/g)).toHaveLength(1);

    cups.behave("refuses");
    expect(await on.refused("paper.send", { what: { callSheet: of }, printer: "Desk" })).toEqual({
      type: "PrinterRefused",
    });
    expect(JSON.stringify(await on.ask("audit.read", { case: of }))).toBe(audit);
  });

  test("the 24 words come out numbered, with nothing that tells what they open, and stay nowhere here", async () => {
    await using here = await open();
    const { on, cups, words, home } = here;
    await on.ask("paper.sendWords", { words, printer: "Desk" });
    const printed = text(cups.page());
    const numbered = [...printed.matchAll(/(\d+)\.\s+([a-z]+)/g)].toSorted(
      (a, b) => Number(a[1]) - Number(b[1]),
    );
    expect(numbered.map(([, , word]) => word).join(" ")).toBe(words);
    expect(printed).not.toMatch(/waypost|utopia|specimen|mission|vault|recover|passphrase|open|20\d\d/i);
    expect(cups.page().toString("latin1")).not.toMatch(/waypost|utopia|recover/i);
    const kept = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
    expect(kept.length).toBeGreaterThan(0);
    // One word of the list may stand in a file by chance, two in this order do not.
    const [first, second] = words.split(" ");
    expect(kept.filter((file) => file.includes(`${first} ${second}`) || file.includes("%PDF"))).toEqual([]);
    expect(on.notes.join()).not.toContain(`${first} ${second}`);
  });

  test("what the other side compares comes out as words, digits and a code, and says nothing of whose it is", async () => {
    await using here = await open();
    const { on, cups } = here;
    await on.ask("paper.send", { what: { ownWords: true }, printer: "Desk" });
    const own = await on.ask("contacts.ownWords", {});
    const printed = text(cups.page());
    const numbered = [...printed.matchAll(/(\d+)\.\s+([a-z]+)/g)].toSorted(
      (a, b) => Number(a[1]) - Number(b[1]),
    );
    expect(numbered.map(([, , word]) => word)).toEqual(own.words);
    expect(printed.replaceAll(/\s/g, "")).toContain(own.digits);
    expect(printed).not.toMatch(/waypost|utopia|specimen|tester/i);
    const photographed = execFileSync("pdftoppm", ["-png", "-r", "150", "-f", "1", "-l", "1", "-"], {
      input: cups.page(),
    });
    const drawn = await sharp(Buffer.from(svgOf(await on.ask("contacts.ownQr", {}))))
      .resize(600)
      .png()
      .toBuffer();
    const decoder = nodeDecoder();
    const read = await decoder.code(photographed);
    expect(read.ok && "code" in read.value).toBe(true);
    expect(read).toEqual(await decoder.code(drawn));
  });

  test("nothing but recovery words is printed as such", async () => {
    await using here = await open();
    for (const words of ["abandon ".repeat(24), here.words.split(" ").toReversed().join(" "), "<b>Amina</b>"])
      expect(await here.on.refused("paper.sendWords", { words, printer: "Desk" })).toEqual({
        type: "WrongWords",
      });
    expect(here.cups.words()).toBeUndefined();
  });

  test("locking takes what waits for the printer out of the queue", async () => {
    await using here = await open();
    const { on, cups, words } = here;
    cups.behave("leaves");
    const sent = on.answer("paper.sendWords", { words, printer: "Desk" });
    await expect.poll(() => cups.waits(), { timeout: 60_000 }).toBe(true);
    await on.ask("vault.lock", {});
    expect(await sent).toMatchObject({ ok: false });
    expect(cups.cancelled()).toEqual(["-x Desk-7"]);
  });

  test.each([
    ["is locked", async (core: RunningCore) => void (await core.lock())],
    ["was killed", async (core: RunningCore) => void process.kill(core.pid ?? 0, "SIGKILL")],
  ])("a core that %s leaves nothing in the queue", async (_, end) => {
    await using here = await cupsHere();
    await using home = await temporaryFolder();
    here.cups.behave("leaves");
    const core = startCore({
      lent: { printer: createPrinter(), tokens: pathTokens(home.path) },
      note: () => {},
      stderr: "ignore",
    });
    const made = await core.call("vault.create", {
      folder: "vault",
      kind: "practice",
      office: "Practice Office",
      person: "Ada Specimen",
      passphrase: PHRASE,
    });
    const { words } = (made as { readonly value: { readonly words: string } }).value;
    const sent = core.call("paper.sendWords", { words, printer: "Desk" });
    await expect.poll(() => here.cups.waits(), { timeout: 60_000 }).toBe(true);
    await end(core);
    expect(await sent).toMatchObject({ ok: false });
    await expect.poll(() => here.cups.cancelled(), { timeout: 60_000 }).toEqual(["-x Desk-7"]);
    await core.end();
  });

  test("a laptop without a printing system says so", async () => {
    await using home = await temporaryFolder();
    await using on = laptop(home.path);
    const words = await newVault(on, "vault");
    expect(await on.refused("paper.printers", {})).toEqual({ type: "NoWayToPrint" });
    expect(await on.refused("paper.sendWords", { words, printer: "Desk" })).toEqual({ type: "NoWayToPrint" });
  });
});
