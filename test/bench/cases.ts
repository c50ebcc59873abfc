// Benches of one office's own work: saves, a long journal, unlock and lock, the caseload, search, size on disk.
import { readdirSync, statSync } from "node:fs";
import { deriveKey } from "../../main/core/vault/kdf.ts";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { entryEdits, fillCases, fillSearch } from "./fill.ts";
import { passphrase, processorSince, processorTime, timed, type App, type Lab } from "./lab.ts";
import { quantile, rounded, spread, type Figure } from "./rows.ts";
import { commonest, drawsOf, nameOf, prose, textOf } from "./words.ts";

const thousands = (count: number) => count.toLocaleString("en");

/** The vault of so many cases that most benches are about. */
export const caseload = (lab: Lab) =>
  lab.vault(`cases-${lab.sizes.cases}`, (session) => fillCases(session, lab.sizes.cases));
const searched = (lab: Lab) =>
  lab.vault(`search-${lab.sizes.manyCases}`, (session) => fillSearch(session, lab.sizes.manyCases));

async function times(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < count; index++) samples.push((await timed(() => work(index))).ms);
  return samples;
}

/** A save of one section and a save over two, each on a case that was not open, in a full vault. */
export async function* saves(lab: Lab): AsyncGenerator<Figure> {
  const app = await lab.open(await caseload(lab));
  const { cases } = await app.ask("cases.list", { limit: 500 });
  const draw = drawsOf(40);
  const save = (index: number, round: number) =>
    app.ask("cases.save", {
      case: cases[index % cases.length]?.case as CaseId,
      reason: "worked on",
      edits: [
        {
          section: { kind: "work" },
          edits: [{ path: ["callsHerself"], set: `${textOf(draw, 3)} ${round}` }],
        },
        ...(index % 2 === 0
          ? []
          : [{ section: { kind: "identity" as const }, edits: [{ path: ["title"], set: `Dr ${round}` }] }]),
      ],
    });
  await times(20, (index) => save(index, 0));
  const before = processorTime(app);
  const samples = await times(lab.sizes.searches, (index) => save(index, 1));
  yield {
    row: `a save, p95 (one or two sections, vault of ${thousands(lab.sizes.cases)} cases)`,
    must: 25,
    aim: 8,
    measured: quantile(samples, 0.95),
    unit: "ms",
    also: { ...spread(samples), ...processorSince(app, before, samples.length) },
  };
  await app.core.end();
}

/** A journal that grows by one save an entry; then the case is opened by a process that has just unlocked. */
export async function* journal(lab: Lab): AsyncGenerator<Figure> {
  const vault = await lab.vault("journal", (session) => fillCases(session, 1, 50));
  const { entries } = lab.sizes;
  const app = await lab.open(vault);
  const of = (await app.ask("cases.list", {})).cases[0]?.case as CaseId;
  const draw = drawsOf(60);
  const held = (await app.ask("cases.section", { case: of, section: { kind: "journal" } })).value;
  const there = Object.keys((held as { entries?: object }).entries ?? {}).length;
  const samples = await times(entries - there, () =>
    app.ask("cases.save", { case: of, reason: "written down", edits: [entryEdits(draw, 1)] }),
  );
  if (samples.length > 0)
    yield {
      row: `a save into a journal that grows to ${thousands(entries)} entries, p95`,
      must: 25,
      aim: 8,
      measured: quantile(samples, 0.95),
      unit: "ms",
      also: {
        ...spread(samples),
        "p95 of the last tenth": rounded(quantile(samples.slice(-entries / 10), 0.95)),
      },
    };
  await app.core.end();
  const opened: number[] = [];
  for (let round = 0; round < 5; round++) {
    const fresh = await lab.open(vault);
    await fresh.ask("vault.status", {});
    opened.push(
      (
        await timed(async () => {
          await fresh.ask("cases.get", { case: of });
          await fresh.ask("cases.section", { case: of, section: { kind: "journal" } });
        })
      ).ms,
    );
    await fresh.core.end();
  }
  yield {
    row: `a case with ${thousands(entries)} journal entries opened, after unlocking`,
    must: 200,
    aim: 80,
    measured: quantile(opened, 0.5),
    unit: "ms",
    also: spread(opened),
  };
}

/** Bytes of the salt of the key derivation. */
const salt = 16;

/** The floor of the key derivation, as practice vaults use it, taken off the whole. */
export async function* unlockAndLock(lab: Lab): AsyncGenerator<Figure> {
  const vault = await caseload(lab);
  const unlocked: number[] = [];
  const derived: number[] = [];
  const locked: number[] = [];
  for (let round = 0; round < 7; round++) {
    const app = lab.start();
    await app.ask("about.version", {});
    const key = await timed(() =>
      deriveKey(Buffer.from(passphrase), Buffer.alloc(salt), { memoryKiB: 64 * 1024, passes: 3 }),
    );
    if (key.value.ok) key.value.value[Symbol.dispose]();
    derived.push(key.ms);
    unlocked.push((await timed(() => app.ask("vault.unlock", { folder: vault, passphrase }))).ms);
    const page = await app.ask("cases.list", { limit: 50 });
    await app.ask("cases.section", { case: page.cases[0]?.case as CaseId, section: { kind: "work" } });
    locked.push((await app.core.lock()).milliseconds);
  }
  yield {
    row: `unlock beyond the key derivation, ${thousands(lab.sizes.cases)} cases`,
    must: 1000,
    aim: 400,
    measured: quantile(unlocked, 0.5) - quantile(derived, 0.5),
    unit: "ms",
    also: {
      "whole p50": rounded(quantile(unlocked, 0.5)),
      "derivation p50": rounded(quantile(derived, 0.5)),
    },
  };
  yield {
    row: "lock, until the core's process has ended (highest of 7)",
    must: 500,
    aim: 150,
    measured: quantile(locked, 1),
    unit: "ms",
    also: spread(locked),
  };
}

/** The page that the caseload shows first, from the middle and from the end. */
export async function* pages(lab: Lab): AsyncGenerator<Figure> {
  const app = await lab.open(await caseload(lab));
  const first = await timed(() => app.ask("cases.list", { limit: 100 }));
  const samples = await times(60, (index) =>
    app.ask("cases.list", {
      limit: 100,
      offset: [0, lab.sizes.cases / 2, lab.sizes.cases - 100][index % 3] ?? 0,
      ...(index % 2 === 0 ? {} : { role: "steward" as const }),
    }),
  );
  yield {
    row: `caseload page of 100 at ${thousands(lab.sizes.cases)} cases, delivered to the shell, p95`,
    must: 150,
    aim: 60,
    measured: quantile(samples, 0.95),
    unit: "ms",
    also: { first: rounded(first.ms), ...spread(samples) },
  };
  await app.core.end();
}

/** What a person types of a word, letter by letter from the second on. */
const typed = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_, index) => word.slice(0, index + 2));

/** Codes and names as they are typed, letter by letter from the second. */
export async function* typing(lab: Lab): AsyncGenerator<Figure> {
  const app = await lab.open(await caseload(lab));
  const { cases } = await app.ask("cases.list", { limit: 500 });
  const draw = drawsOf(10);
  const texts: string[] = [];
  for (let index = 0; texts.length < lab.sizes.searches; index++) {
    texts.push(...typed(cases[index * 7]?.code ?? "K7-CEDAR"));
    texts.push(...typed(nameOf(draw).split(" ")[index % 2] ?? ""));
    textOf(draw, 10);
  }
  yield await searching(app, texts, {
    row: `code and name as typed from the second letter, ${thousands(lab.sizes.cases)} cases, p95`,
    must: 20,
    aim: 8,
  });
  await app.core.end();
}

/** Whole words and beginnings of three letters or more, rare and common; then the commonest word alone. */
export async function* fullText(lab: Lab): AsyncGenerator<Figure> {
  const vaults = [
    { app: await lab.open(await caseload(lab)), cases: lab.sizes.cases, how: "" },
    {
      app: await lab.open(await searched(lab)),
      cases: lab.sizes.manyCases,
      how: "; its search tables filled directly",
    },
  ];
  for (const { app, cases, how } of vaults) {
    const draw = drawsOf(70);
    const word = () => textOf(draw, 1);
    const texts = Array.from({ length: lab.sizes.searches }, (_, index) => {
      const whole = index % 3 === 0 ? `${word()} ${word()}` : word();
      return index % 2 === 0 || whole.length < 4 ? whole : whole.slice(0, 3 + (index % (whole.length - 3)));
    }).filter((text) => text.length >= 3);
    const size = `${thousands(cases)} cases${how}`;
    yield await searching(app, texts, {
      row: `ranked full text, three letters or more, p95, ${size}`,
      must: 50,
      aim: 20,
    });
    yield await searching(
      app,
      Array.from({ length: 30 }, () => commonest),
      {
        row: `the commonest word ("${commonest}"), p95, ${size}`,
        must: 200,
        aim: 100,
      },
    );
    yield await searching(
      app,
      Array.from({ length: 30 }, (_, index) => prose[index % 5]?.slice(0, 3) ?? ""),
      {
        row: `the commonest words by three letters, p95, ${size}`,
        must: 200,
        aim: 100,
      },
    );
    await app.core.end();
  }
}

async function searching(
  app: App,
  texts: readonly string[],
  row: Pick<Figure, "row" | "must" | "aim">,
): Promise<Figure> {
  const slow: { text: string; ms: number }[] = [];
  for (const text of texts) slow.push({ text, ms: (await timed(() => app.ask("search.find", { text }))).ms });
  const samples = slow.map(({ ms }) => ms);
  const worst = slow.toSorted((a, b) => b.ms - a.ms)[0]?.text ?? "";
  return {
    ...row,
    measured: quantile(samples, 0.95),
    unit: "ms",
    also: { ...spread(samples), slowest: `"${worst}"` },
  };
}

/** Everything in the vault's folder after it was closed. */
export async function* size(lab: Lab): AsyncGenerator<Figure> {
  const vault = lab.path(await caseload(lab));
  const bytes = readdirSync(vault, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(`${entry.parentPath}/${entry.name}`).size, 0);
  yield {
    row: `size on disk of ${thousands(lab.sizes.cases)} cases (three sections, two journal entries)`,
    measured: bytes / 1e6,
    unit: "MB",
    also: { "KiB a case": rounded(bytes / 1024 / lab.sizes.cases) },
  };
}
