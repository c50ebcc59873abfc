// Benches of exchange: bundles of many saves and of many cases between two offices, and a large document sealed beside GnuPG.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { CaseId, ContactId } from "../../shared/vocabulary/ids.ts";
import { saveCase } from "../../main/core/cases/index.ts";
import { sql } from "../../main/core/vault/sql.ts";
import { fillShared, workedOn } from "./fill.ts";
import { processorSince, processorTime, timed, valueOf, type App, type Lab } from "./lab.ts";
import { quantile, rounded, spread, type Figure } from "./rows.ts";
import { drawsOf } from "./words.ts";

const drive = "drive";

type Pair = {
  readonly sender: string;
  readonly receiver: string;
  /** The receiver as the sender knows her, and the other way round. */
  readonly contact: ContactId;
};

/** Two offices that have met and verified each other. */
async function pair(lab: Lab, name: string): Promise<Pair> {
  mkdirSync(lab.path(drive), { recursive: true });
  const sender = await lab.vault(`${name}-sender`, async () => undefined);
  const receiver = await lab.vault(`${name}-receiver`, async () => undefined);
  const apps = [await lab.open(sender), await lab.open(receiver)] as const;
  const [one, other] = apps;
  for (const [from, to] of [apps, apps.toReversed() as [App, App]]) {
    if ((await to.ask("contacts.list", {})).contacts.length > 0) continue;
    const { file } = await from.ask("exchange.introduce", { folder: drive });
    await to.ask("exchange.receive", { from: `${drive}/${file}` });
    const [met] = (await to.ask("contacts.list", {})).contacts;
    const { words } = await from.ask("contacts.ownWords", {});
    await to.ask("contacts.verify", {
      contact: met?.contact as ContactId,
      heard: { words },
      how: "words-by-telephone",
    });
  }
  const [known] = (await one.ask("contacts.list", {})).contacts;
  await Promise.all([one.core.end(), other.core.end()]);
  return { sender, receiver, contact: known?.contact as ContactId };
}

const share = (app: App, contact: ContactId, cases: readonly CaseId[]) =>
  app.ask("exchange.share", {
    contact,
    cases: cases.map((id) => ({ case: id })),
    purpose: "joint-protection",
    folder: drive,
  });

async function taken(app: App, file: string, job?: string) {
  const { files } = await app.ask("exchange.receive", {
    from: `${drive}/${file}`,
    ...(job === undefined ? {} : { job }),
  } as never);
  const [one] = files;
  if (one?.outcome !== "taken") throw new Error(`not taken: ${JSON.stringify(one)}`);
  const bad =
    one.cases?.flatMap(({ sections }) => sections).filter((of) => of.quarantined + of.held > 0) ?? [];
  if (bad.length > 0) throw new Error(`not all in effect: ${JSON.stringify(bad[0])}`);
  return one;
}

/** Bundles of 200 saves to one case: opened, verified, tried in the decoder, merged and stored. */
export async function* twoHundredSaves(lab: Lab): AsyncGenerator<Figure> {
  const { sender, receiver, contact } = await pair(lab, "saves");
  const [of] = await lab.within(sender, (session) => fillShared(session, contact, { cases: 1, saves: 1 }));
  if (of === undefined) throw new Error("no case");
  const receiving = await lab.open(receiver);
  const draw = drawsOf(80);
  const samples: number[] = [];
  let bytes = 0;
  const send = async () => {
    const app = await lab.open(sender);
    const sent = await share(app, contact, [of]);
    await app.core.end();
    bytes = sent.bytes;
    return sent.file;
  };
  const acknowledge = async () => {
    const { contacts } = await receiving.ask("contacts.list", {});
    const back = await receiving.ask("exchange.acknowledge", {
      contact: contacts[0]?.contact as ContactId,
      folder: drive,
    });
    const app = await lab.open(sender);
    await app.ask("exchange.receive", { from: `${drive}/${back.file}` });
    await app.core.end();
  };
  await taken(receiving, await send());
  await acknowledge();
  const used: Record<string, number>[] = [];
  for (let bundle = 0; bundle < lab.sizes.bundles; bundle++) {
    await lab.within(sender, async (session) => {
      for (let save = 1; save <= 200; save++)
        valueOf(await saveCase(session, { case: of, reason: "worked on", edits: workedOn(draw, save) }));
    });
    const file = await send();
    const before = processorTime(receiving);
    const { ms, value } = await timed(() => taken(receiving, file));
    used.push(processorSince(receiving, before));
    const stored = value.cases?.flatMap(({ sections }) => sections).reduce((sum, one) => sum + one.stored, 0);
    if (stored !== 200) throw new Error(`${stored} stored`);
    samples.push(ms);
    await acknowledge();
  }
  await receiving.core.end();
  yield {
    row: "a bundle of 200 saves: opened, verified, merged, stored, p95",
    must: 300,
    aim: 150,
    measured: quantile(samples, 0.95),
    unit: "ms",
    also: { ...spread(samples), ...used.at(-1), "last KiB": Math.round(bytes / 1024) },
  };
}

/** Many cases in one bundle, into an empty vault; how long the receiver's process ever kept another call waiting. */
export async function* manyCases(lab: Lab): AsyncGenerator<Figure> {
  const { bundleCases: cases } = lab.sizes;
  const { sender, receiver, contact } = await pair(lab, `bundle-${cases}`);
  const start = performance.now();
  const ids = await lab.within(sender, async (session) => {
    const known = session.vault.read.all<{ readonly id: CaseId }>(sql`SELECT id FROM case_row`);
    return known.length >= cases
      ? known.map(({ id }) => id)
      : fillShared(session, contact, { cases, saves: 20 });
  });
  lab.say(`  (${cases} cases of 20 saves in ${((performance.now() - start) / 1000).toFixed(0)} s)`);
  const sending = await lab.open(sender);
  const sent = await timed(() => share(sending, contact, ids));
  yield {
    row: `${cases} cases of 20 saves gathered, sealed, written`,
    measured: sent.ms / 1000,
    unit: "s",
    also: { MB: rounded(sent.value.bytes / 1e6) },
  };
  const again = await timed(() => sending.ask("exchange.waiting", {}));
  yield { row: `what waits for whom, ${cases} shared cases`, measured: again.ms, unit: "ms" };
  await sending.core.end();

  const app = await lab.open(receiver);
  const stopped = await stopping(app, sent.value.file);
  const heard = listening(app);
  const before = processorTime(app);
  const whole = await timed(() => taken(app, sent.value.file));
  const waits = await heard.end();
  yield {
    row: `a bundle of ${cases} cases of 20 saves: opened, verified, merged, stored`,
    must: 40,
    aim: 10,
    measured: whole.ms / 1000,
    unit: "s",
    also: { ...processorSince(app, before), "stopped after ms": rounded(stopped), ...memory(app) },
  };
  yield {
    row: "the longest that it kept another call waiting (the longest commit)",
    must: 3,
    aim: 0.5,
    measured: quantile(waits, 1) / 1000,
    unit: "s",
    also: { "p95 s": rounded(quantile(waits, 0.95) / 1000) },
  };
  await app.core.end();
  rmSync(join(lab.path(drive), sent.value.file));
}

/** Milliseconds from the wish to stop, after the first case was stored, until the job has let go. */
async function stopping(app: App, file: string): Promise<number> {
  const job = "b".repeat(32);
  const begun = Promise.withResolvers<void>();
  const stop = app.core.subscribe((event) => {
    if (event.type === "job.progress" && event.step === "take") begun.resolve();
  });
  const running = app.core.call("exchange.receive", { from: `${drive}/${file}`, job });
  await begun.promise;
  const start = performance.now();
  await app.ask("jobs.cancel", { job });
  const outcome = await running;
  stop();
  if (outcome.ok || (outcome.error as { type: string }).type !== "Cancelled")
    throw new Error(`not stopped: ${JSON.stringify(outcome).slice(0, 200)}`);
  return performance.now() - start;
}

/** Asks for the vault's state again and again, and keeps how long each answer took. */
function listening(app: App) {
  const waits: number[] = [];
  let over = false;
  const running = (async () => {
    while (!over) {
      waits.push((await timed(() => app.ask("vault.status", {}))).ms);
      await wait(5);
    }
  })();
  return {
    async end() {
      over = true;
      await running;
      return waits;
    },
  };
}

/** The most that the core's process ever held, where the system tells. */
function memory(app: App): Record<string, number> {
  try {
    const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${app.core.pid}/status`, "utf8")) ?? [];
    return { "highest MB in memory": Math.round(Number(kib) / 1000) };
  } catch {
    return {};
  }
}

/** 256 MiB beside `gpg -z 0`, as `seal.ts` measures it in processes of its own. */
export async function* sealing(lab: Lab): AsyncGenerator<Figure> {
  const { mib, rounds } = lab.sizes;
  const args = [
    join(import.meta.dirname, "seal.ts"),
    "--json",
    "--mib",
    String(mib),
    "--rounds",
    String(rounds),
  ];
  const run = JSON.parse(
    execFileSync(process.execPath, args, { encoding: "utf8" }).trim().split("\n").at(-1) ?? "",
  ) as {
    readonly [profile in "compatible" | "modern"]: {
      readonly [work in "seal" | "open"]: {
        readonly seconds: number;
        readonly ratioToGpg: number | null;
        readonly peakMegabytesAboveResting: number;
      };
    };
  };
  for (const profile of ["compatible", "modern"] as const)
    for (const work of ["seal", "open"] as const) {
      const { seconds, ratioToGpg, peakMegabytesAboveResting } = run[profile][work];
      const what = `${mib} MiB ${work === "seal" ? "sealed" : "opened"} (${profile})`;
      if (ratioToGpg === null) yield { row: `${what}; no gpg here`, measured: seconds, unit: "s" };
      else
        yield {
          row: `${what}, beside gpg -z 0`,
          must: work === "seal" ? 1.6 : 2.5,
          aim: work === "seal" ? 1 : 1.5,
          measured: ratioToGpg,
          unit: "x",
          also: { seconds },
        };
      yield {
        row: `${what}, memory above resting`,
        must: 150,
        aim: 64,
        measured: peakMegabytesAboveResting,
        unit: "MB",
      };
    }
}
