// Benches of the window as a person meets it: a real browser around the real core, over a vault of ten thousand cases.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { rendererFolder, setup as buildPage } from "../support/build-page.ts";
import { watchFamily } from "../support/traces.ts";
import { browserHere, testWindow } from "../support/window.ts";
import { createPlaces } from "../../main/shells/node/places.ts";
import { nodeDecoder } from "../../main/shells/node/decoder.ts";
import { pathTokens } from "../../main/shells/node/tokens.ts";
import { caseload } from "./cases.ts";
import { passphrase, timed, type Lab } from "./lab.ts";
import { quantile, rounded, spread, type Figure } from "./rows.ts";

const seeded = (count: number) => count.toLocaleString("en");

/** From the start of core and browser to the lock that ends both, one window a round. */
export async function* windows(lab: Lab): AsyncGenerator<Figure> {
  if (browserHere === undefined)
    return lab.say("  (the window was not measured: no browser is installed here)");
  const vault = await caseload(lab);
  buildPage();
  yield* sizes(rendererFolder);

  const samples = {
    start: [],
    unlock: [],
    caseload: [],
    frames: [],
    keys: [],
    lock: [],
    memory: [],
  } as Record<"start" | "unlock" | "caseload" | "frames" | "keys" | "lock" | "memory", number[]>;
  let core = 0;
  for (let round = 0; round < lab.sizes.rounds; round++) {
    const tokens = pathTokens(lab.folder);
    const places = createPlaces(tokens, {
      home: lab.folder,
      settings: lab.path("settings"),
      documents: async () => lab.folder,
      drives: async () => [],
    });
    await places.opened(lab.path(vault));
    const opening = await timed(async () => {
      const opened = await testWindow({ rendererFolder, lent: { decoder: nodeDecoder(), tokens, places } });
      await opened.page.getByRole("heading", { name: "Who is here?" }).waitFor();
      return opened;
    });
    await using window = opening.value;
    const { page } = window;
    samples.start.push(opening.ms);

    await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
    const unlocked = await timed(async () => {
      await page.keyboard.press("Enter");
      await page.getByRole("navigation").first().waitFor();
    });
    samples.unlock.push(unlocked.ms);

    samples.caseload.push((await page.evaluate(painted)) as number);
    samples.frames.push(...(await scrolled(page)));
    samples.keys.push(...(await typedKeys(page)));

    using family = watchFamily(window.core.pid ?? 0);
    core = kept(family.alive());
    samples.memory.push(core + kept(browserOf(page)));

    void page.keyboard.press("F10").catch(() => {});
    samples.lock.push((await window.ended).milliseconds);
  }

  const of = `${seeded(lab.sizes.cases)} cases`;
  const row = (name: string, values: readonly number[], share = 0.5): Figure => ({
    row: name,
    measured: quantile(values, share),
    unit: "ms",
    also: spread(values),
  });
  yield row("window: started, until the unlock screen is there", samples.start);
  yield row(`window: unlocked until Today is there, key derivation included (${of})`, samples.unlock);
  yield { ...row(`window: first paint of the caseload (${of})`, samples.caseload), must: 150, aim: 60 };
  yield row(
    `window: time between two frames while scrolling the caseload, p95 (${of})`,
    samples.frames,
    0.95,
  );
  yield row(`window: a key in the search field until the list has changed, p95 (${of})`, samples.keys, 0.95);
  yield {
    row: `window: memory at rest, browser and core (proportional share; ${of})`,
    measured: quantile(samples.memory, 0.5),
    unit: "MB",
    also: { "core MB": rounded(core) },
  };
  yield {
    ...row("window: lock, until page, browser and core have ended", samples.lock),
    must: 500,
    aim: 150,
  };
}

function* sizes(folder: string): Generator<Figure> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => ({ name, size: statSync(join(parentPath, name)).size / 1024 }));
  const kib = (ending: string) =>
    rounded(files.filter(({ name }) => name.endsWith(ending)).reduce((sum, { size }) => sum + size, 0));
  yield {
    row: "window: size of the built page",
    measured: files.reduce((sum, { size }) => sum + size, 0),
    unit: "KiB",
    also: { "script KiB": kib(".js"), "style KiB": kib(".css"), "fonts KiB": kib(".woff2") },
  };
}

/** From the press of _Cases_ until the frame is over that first shows a row of the list. */
const painted = `new Promise((resolve) => {
  const begun = performance.now();
  const seen = new MutationObserver(() => {
    if (document.querySelector("[role=listbox] [data-code]") === null) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
  });
  seen.observe(document.body, { childList: true, subtree: true });
  [...document.querySelectorAll("nav button")].find((one) => one.textContent.startsWith("Cases")).click();
})`;

/** Milliseconds between frames while the list is moved on, as far each time as a wheel turns. */
const scrolled = async (page: Page): Promise<number[]> =>
  await page.evaluate(`new Promise((resolve) => {
    let box = document.querySelector("[role=listbox]");
    while (box !== null && box.scrollHeight <= box.clientHeight) box = box.parentElement;
    const times = [];
    const frame = (now) => {
      times.push(now);
      box?.scrollBy(0, 300);
      if (times.length < 120) requestAnimationFrame(frame);
      else resolve(times.slice(1).map((time, at) => time - times[at]));
    };
    requestAnimationFrame(frame);
  })`);

/** Watches, from the next key to the last change of the list that it made within the time after it. */
const watch = `globalThis.changed = new Promise((resolve) => {
  let begun = 0;
  let last = 0;
  addEventListener("keydown", () => {
    begun = performance.now();
    setTimeout(() => { seen.disconnect(); resolve(last - begun); }, 2_000);
  }, { once: true, capture: true });
  const seen = new MutationObserver(() => (last = performance.now()));
  seen.observe(document.querySelector("#page"), { childList: true, subtree: true, characterData: true });
}), undefined`;

async function typedKeys(page: Page): Promise<number[]> {
  const took: number[] = [];
  await page.keyboard.press("/");
  for (const key of "am") {
    await page.evaluate(watch);
    await page.keyboard.press(key);
    took.push((await page.evaluate("globalThis.changed")) as number);
  }
  return took;
}

/** Processes of the browser behind a page: those that were started with its folder. */
function browserOf(page: Page): readonly number[] {
  const own = watchFamily(process.pid);
  try {
    return page.isClosed() ? [] : own.alive().filter((pid) => isBrowser(pid));
  } finally {
    own[Symbol.dispose]();
  }
}

function isBrowser(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes("--user-data-dir=");
  } catch {
    return false;
  }
}

/** Megabytes that processes hold, what they share counted in parts. */
const kept = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    try {
      const pss = /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"));
      return sum + Number(pss?.[1] ?? 0) / 1000;
    } catch {
      return sum;
    }
  }, 0);
