// Seals and opens a large document beside `gpg -z 0` in one run, each in a fresh process; prints seconds, ratios, memory.
// Usage: node test/bench/seal.ts [--mib 256] [--rounds 3] [--json]
import { execFileSync } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { closeSync, createReadStream, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeMemberKeys, openToStaging, readCertificate, seal, signer } from "../../main/core/pgp/index.ts";
import { at, clock, random, value } from "../support/pgp.ts";
import { have, home } from "../support/tools.ts";
import type { Home } from "../support/tools.ts";

type Measured = { readonly seconds: number; readonly peakMegabytes: number };
type Profile = "compatible" | "modern";

const { values: options } = parseArgs({
  options: {
    mib: { type: "string", default: "256" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    child: { type: "string" },
    folder: { type: "string", default: "" },
    profile: { type: "string", default: "compatible" },
  },
});

if (options.child === undefined) {
  console.log(
    JSON.stringify(
      await compare(Number(options.mib), Number(options.rounds)),
      undefined,
      options.json ? 0 : 2,
    ),
  );
} else {
  console.log(JSON.stringify(await measure(options.child, options.folder, options.profile)));
}

async function compare(mib: number, rounds: number) {
  using place = home();
  writeNoise(place.file("plain"), mib);
  for (const profile of ["compatible", "modern"] as const) {
    const made = await makeMemberKeys({ name: "Bench", office: "Bench", at, profile });
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
    const decryption = made.decryption.map(({ keyId, secret }) => ({ keyId, secret: hex(secret) }));
    const keys = { certificate: made.certificate, signing: hex(made.signing.secret), decryption };
    writeFileSync(place.file(`keys-${profile}`), JSON.stringify(keys));
  }
  const gpg = have("gpg") ? gnupg(place) : undefined;
  const runs: Record<string, Measured[]> = {};
  const note = (name: string, measured: Measured) => (runs[name] ??= []).push(measured);
  for (let round = 0; round < rounds; round += 1) {
    for (const work of ["seal", "open"] as const) {
      if (gpg !== undefined) note(`gpg ${work}`, { seconds: gpg(work), peakMegabytes: 0 });
      for (const profile of ["compatible", "modern"] as const)
        note(`${profile} ${work}`, child(place, work, profile));
    }
  }
  const seconds = (name: string) => median((runs[name] ?? []).map((run) => run.seconds));
  const report = (profile: Profile, work: "seal" | "open") => ({
    seconds: seconds(`${profile} ${work}`),
    ratioToGpg: gpg === undefined ? null : round2(seconds(`${profile} ${work}`) / seconds(`gpg ${work}`)),
    peakMegabytesAboveResting: Math.max(
      ...(runs[`${profile} ${work}`] ?? []).map((run) => run.peakMegabytes),
    ),
  });
  return {
    bench: "seal",
    mib,
    rounds,
    must: { sealRatio: 1.6, openRatio: 2.5, megabytes: 150 },
    aim: { sealRatio: 1, openRatio: 1.5, megabytes: 64 },
    gpg: gpg === undefined ? null : { seal: seconds("gpg seal"), open: seconds("gpg open") },
    compatible: { seal: report("compatible", "seal"), open: report("compatible", "open") },
    modern: { seal: report("modern", "seal"), open: report("modern", "open") },
  };
}

function child(place: Home, work: "seal" | "open", profile: Profile): Measured {
  rmSync(place.file(work === "seal" ? `sealed-${profile}` : "opened"), { force: true });
  const args = [import.meta.filename, "--child", work, "--folder", place.folder, "--profile", profile];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Measured;
}

/** A curve key as GnuPG makes it, the same algorithms as ours; gives the seconds of one run. */
function gnupg(place: Home): (work: "seal" | "open") => number {
  const always = ["--batch", "--yes", "--quiet", "--no-tty", "--trust-model", "always"];
  place.run("gpg", [
    ...always,
    "--passphrase",
    "",
    "--quick-generate-key",
    "Bench",
    "future-default",
    "default",
    "never",
  ]);
  const work = {
    seal: [
      "-z",
      "0",
      "--recipient",
      "Bench",
      "--output",
      place.file("sealed-gpg"),
      "--sign",
      "--encrypt",
      place.file("plain"),
    ],
    open: ["--output", place.file("opened"), "--decrypt", place.file("sealed-gpg")],
  };
  return (which) => {
    rmSync(place.file(which === "seal" ? "sealed-gpg" : "opened"), { force: true });
    const start = performance.now();
    place.run("gpg", [...always, ...work[which]]);
    return round2((performance.now() - start) / 1000);
  };
}

async function measure(work: string, folder: string, profile: string): Promise<Measured> {
  const keys = JSON.parse(await readFile(join(folder, `keys-${profile}`), "utf8")) as {
    readonly certificate: string;
    readonly signing: string;
    readonly decryption: readonly { readonly keyId: string; readonly secret: string }[];
  };
  const certificate = value(await readCertificate(keys.certificate, { at }));
  using us = await signer(Buffer.from(keys.signing, "hex"), certificate, clock);
  const decryption = keys.decryption.map(({ keyId, secret }) => ({
    keyId,
    secret: Buffer.from(secret, "hex"),
  }));
  const from = join(folder, work === "seal" ? "plain" : `sealed-${profile}`);
  await using to = await open(join(folder, work === "seal" ? `sealed-${profile}` : "opened"), "w");
  const content: AsyncIterable<Uint8Array> = createReadStream(from, { highWaterMark: 64 * 1024 });
  const write = async (piece: Uint8Array) => {
    await to.write(piece);
  };
  const resting = process.memoryUsage().rss;
  const start = performance.now();
  if (work === "seal")
    value(await seal({ to: certificate, hideRecipient: true, signer: us, random, content, write }));
  else value(await openToStaging({ content, decryption, certificateOf: () => certificate, sink: write }));
  const seconds = round2((performance.now() - start) / 1000);
  const peak = process.resourceUsage().maxRSS * 1024;
  if (work === "open" && statSync(join(folder, "plain")).size !== (await to.stat()).size)
    throw new Error("sizes differ");
  return { seconds, peakMegabytes: Math.round((peak - resting) / 1e6) };
}

function writeNoise(path: string, mib: number): void {
  const file = openSync(path, "w");
  const block = Buffer.alloc(1024 * 1024);
  for (let count = 0; count < mib; count += 1) writeSync(file, randomFillSync(block));
  closeSync(file);
}

function round2(number: number): number {
  return Math.round(number * 100) / 100;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
