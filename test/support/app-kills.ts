// Two offices at work in core processes of their own, one of them killed again and again: nothing answered may be lost.
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { startCore, type RunningCore } from "../../main/shells/node/start-core.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import type { Contract, MethodName } from "../../shared/ipc/contract.ts";
import type { Answered, Asked } from "../../shared/ipc/method.ts";
import type { CaseId, ContactId } from "../../shared/vocabulary/ids.ts";
import { addItem, itemsOf, newItem, sharedCase } from "./app-faults.ts";
import { meet, newVault, PHRASE, type Laptop } from "./laptop.ts";
import { noPrinter, seededRandom, temporaryFolder } from "./ports.ts";

export type Figures = {
  readonly kills: number;
  readonly acknowledged: Record<Doing, number>;
  readonly interrupted: Record<Doing, number>;
};
type Doing = "saves" | "shares" | "receives";

type Side = Pick<Laptop, "ask"> & {
  core: RunningCore;
  readonly name: string;
  /** Items it acknowledged: saved by it, or taken in. */
  readonly held: Set<string>;
  contact: ContactId | undefined;
};
type Bundle = {
  readonly from: Side;
  readonly file: string;
  readonly bytes: number;
  readonly items: string[];
};

/** The core is gone: what was asked was not answered. */
class Interrupted extends Error {}

/** `kills` times: saves, shares and receptions on both sides, kill -9 of one at a moment the seed chooses, open, compare. */
export async function killApps(kills: number, seed: number): Promise<Figures> {
  await using home = await temporaryFolder();
  mkdirSync(join(home.path, "drive"));
  const start = () =>
    startCore({
      lent: { decoder: nodeDecoder(), printer: noPrinter, tokens: pathTokens(home.path) },
      note: () => undefined,
    });
  const side = (name: string): Side => {
    const made: Side = {
      name,
      core: start(),
      held: new Set(),
      contact: undefined,
      ask: async <M extends MethodName>(method: M, input: Asked<Contract[M]>) => {
        const answered = (await made.core.call(method, input)) as Answered<Contract[M]>;
        if (answered.ok) return answered.value;
        if (answered.error.type === "CoreEnded") throw new Interrupted();
        throw new Error(`${name}: ${method} was refused: ${JSON.stringify(answered.error)}`);
      },
    };
    return made;
  };
  const one = side("mission");
  const other = side("network");
  const bundles: Bundle[] = [];
  const figures: Figures = {
    kills,
    acknowledged: { saves: 0, shares: 0, receives: 0 },
    interrupted: { saves: 0, shares: 0, receives: 0 },
  };
  try {
    await newVault(one, "mission");
    await newVault(other, "network", "Practice Network", "Ben Specimen");
    const met = await meet(one, other, "drive");
    one.contact = met.other;
    other.contact = met.one;
    const { of, item } = await sharedCase(one, other, met, "drive");
    for (const office of [one, other]) office.held.add(item);
    const work = { of, bundles, figures };
    const choose = seededRandom(`app kills ${seed}`);
    for (let kill = 0; kill < kills; kill++) {
      const [dice = 0, high = 0, low = 0] = choose.bytes(3);
      const victim = dice % 2 === 0 ? one : other;
      const peer = victim === one ? other : one;
      const first = (["saves", "shares", "receives"] as const)[kill % 3] ?? "saves";
      if (first === "receives" && !bundles.some((bundle) => bundle.from === peer)) {
        await doing.saves(peer, work);
        await doing.shares(peer, work);
      }
      const killed = wait((high * 256 + low) % (first === "saves" ? 80 : 900)).then(async () => {
        process.kill(victim.core.pid ?? 0, "SIGKILL");
        await victim.core.exited;
      });
      await workUntilKilled(victim, first, work);
      await killed;
      victim.core = start();
      await peer.ask("desk.here", {});
      await checkReopened(victim, home.path, work);
    }
    await agree(one, other, work);
  } finally {
    await Promise.all([one, other].map((office) => office.core.lock()));
  }
  return figures;
}

type Work = { readonly of: CaseId; readonly bundles: Bundle[]; readonly figures: Figures };

const doing: Readonly<Record<Doing, (by: Side, work: Work) => Promise<void>>> = {
  saves: async (by, { of }) => {
    const item = newItem();
    await addItem(by, of, item);
    by.held.add(item);
  },
  shares: async (by, { of, bundles }) => {
    const items = [...by.held];
    if (by.contact === undefined) throw new Error("they have met");
    const { file, bytes } = await by.ask("exchange.share", {
      contact: by.contact,
      cases: [{ case: of }],
      purpose: "joint-protection",
      folder: "drive",
    });
    bundles.push({ from: by, file, bytes, items });
  },
  receives: async (by, { bundles }) => {
    const at = bundles.findIndex((bundle) => bundle.from !== by);
    const bundle = bundles[at];
    if (bundle === undefined) return;
    const { files } = await by.ask("exchange.receive", { from: join("drive", bundle.file) });
    if (files[0]?.outcome === "refused" || files[0] === undefined)
      throw new Error(`${by.name} refused ${JSON.stringify(files)}`);
    for (const item of bundle.items) by.held.add(item);
    bundles.splice(at, 1);
  },
};

async function workUntilKilled(victim: Side, first: Doing, work: Work): Promise<void> {
  const order: readonly Doing[] = [first, "saves", "saves", "shares", "receives"];
  for (let n = 0; ; n++) {
    const next = order[n % order.length] ?? "saves";
    try {
      await doing[next](victim, work);
      work.figures.acknowledged[next]++;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      work.figures.interrupted[next]++;
      return;
    }
  }
}

/** Opens it again: every acknowledged item is there, every acknowledged bundle lies whole on the drive, the rows are as written. */
async function checkReopened(victim: Side, home: string, { of, bundles }: Work): Promise<void> {
  await victim.ask("vault.unlock", { folder: victim.name, passphrase: PHRASE });
  await victim.ask("vault.check", {});
  const there = await itemsOf(victim, of);
  const lost = [...victim.held].filter((item) => !there.has(item));
  if (lost.length > 0) throw new Error(`${victim.name} lost ${lost.length} of ${victim.held.size}`);
  for (const { from, file, bytes } of bundles) {
    if (from === victim && statSync(join(home, "drive", file)).size !== bytes)
      throw new Error("an acknowledged bundle is cut");
  }
  const found = await victim.ask("ledger.read", { case: of });
  if (!found.whole) throw new Error("the ledger does not fit together");
}

/** After everything crossed, both sides hold the same, and all of it. */
async function agree(one: Side, other: Side, work: Work): Promise<void> {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    await doing.shares(from, work);
    while (work.bundles.some((bundle) => bundle.from === from)) await doing.receives(to, work);
  }
  const views = await Promise.all(
    [one, other].map(async (office) => {
      const view = await office.ask("cases.section", { case: work.of, section: { kind: "work" } });
      return view.value;
    }),
  );
  if (!isDeepStrictEqual(views[0], views[1])) throw new Error("the two vaults differ");
  const there = await itemsOf(one, work.of);
  const lost = [...one.held, ...other.held].filter((item) => !there.has(item));
  if (lost.length > 0) throw new Error(`${lost.length} items are lost on both sides`);
}
