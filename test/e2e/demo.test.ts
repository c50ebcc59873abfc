// The demo passes where it is started as its users start it, and leaves what it says.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT } from "../support/files.ts";
import { temporaryFolder } from "../support/ports.ts";
import { have } from "../support/tools.ts";
import { browserHere } from "../support/window.ts";

test("npm run demo", async () => {
  await using home = await temporaryFolder();
  const out = join(home.path, "out");
  const demo = spawnSync("npm", ["run", "--silent", "demo", "--", "--out", out], {
    cwd: PROJECT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  expect(demo.status, demo.stdout + demo.stderr).toBe(0);
  const [, steps = 0] = /^demo: (\d+) steps, (\d+) skipped$/m.exec(demo.stdout) ?? [];
  expect(Number(steps)).toBeGreaterThanOrEqual(14);
  const left = readdirSync(out);
  expect(left).toEqual(expect.arrayContaining(["intake.json", "share.pgp"]));
  // What was locked is not readable: an OpenPGP message with nothing of the case in it.
  expect(readFileSync(join(out, "share.pgp"), "latin1")).not.toMatch(/eriksson|manifest/i);
  if (!demo.stdout.includes("gpg or tar is not on this machine")) {
    expect(left).toEqual(expect.arrayContaining(["release.pgp", "dossier.html", "README.html"]));
    expect(readFileSync(join(out, "dossier.html"), "utf8")).toContain("ERIKSSON");
    if (browserHere === undefined) return;
    expect(left).toContain("dossier.pdf");
    if (!have("pdftotext")) return;
    const printed = spawnSync("pdftotext", ["-layout", join(out, "dossier.pdf"), "-"], { encoding: "utf8" });
    expect(printed.stdout).toContain("ERIKSSON");
    expect(printed.stdout).toContain("PRACTICE");
  }
});
