// No network for the window: it opens, locks and ends where there is no interface at all, and no process of it, the browser's included, speaks to an address.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rendererFolder } from "../support/build-page.ts";
import { displayHere, openDisplay } from "../support/display.ts";
import { PROJECT } from "../support/files.ts";
import { temporaryFolder } from "../support/ports.ts";
import { straceHere } from "../support/vault-endurance.ts";
import { browserHere } from "../support/window.ts";

const namespaces = spawnSync("unshare", ["-n", "true"]).status === 0;
const traces = straceHere();
const patient = { timeout: 300_000 };

/** Runs the window with `before` in front of it, on a display where there is one. */
const locked = async (program: string, ...before: readonly string[]) => {
  await using display = displayHere ? await openDisplay() : undefined;
  const args = [...before, process.execPath, join(PROJECT, "test/support/window-locked.ts"), rendererFolder];
  const { DISPLAY: _, ...env } = process.env;
  return spawnSync(program, args, {
    cwd: PROJECT,
    encoding: "utf8",
    env: { ...env, ...(display === undefined ? {} : { DISPLAY: display.name }) },
  });
};

describe.skipIf(browserHere === undefined)("the window", () => {
  test.skipIf(!namespaces)("opens, locks and ends without any network", patient, async () => {
    const ran = await locked("unshare", "-n");
    expect(ran.stdout, ran.stderr).toContain('{"made":true,"why":"locked"}');
  });

  test.skipIf(!traces)(
    "no process of it sends to, connects to or listens at an address",
    patient,
    async () => {
      await using home = await temporaryFolder();
      const trace = join(home.path, "trace");
      const calls = "trace=socket,connect,sendto,sendmsg,sendmmsg,bind,listen";
      const ran = await locked("strace", "-f", "-yy", "--seccomp-bpf", "-qq", "-o", trace, "-e", calls);
      expect(ran.stdout, ran.stderr).toContain('{"made":true,"why":"locked"}');
      const lines = readFileSync(trace, "utf8").split("\n");
      // It saw the browser's processes speak to each other.
      expect(lines.filter((line) => line.includes("sendmsg(")).length).toBeGreaterThan(0);
      expect(lines.filter((line) => /AF_INET6?, SOCK_STREAM/.test(line))).toEqual([]);
      expect(
        lines.filter((line) =>
          /(send\w+|bind|listen)\(\d+<(TCP|UDP)|(send|bind).*sa_family=AF_INET/.test(line),
        ),
      ).toEqual([]);
      // The browser asks its system for a way to this address to learn whether there is IPv6: a datagram socket without a datagram.
      const asked = lines.filter((line) => /connect\(.*sa_family=AF_INET/.test(line));
      expect(asked.filter((line) => !line.includes('"2001:4860:4860::8888"'))).toEqual([]);
    },
  );
});
