// Ways that several journeys begin with, each gone on the screen by the hand it is given.
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { rendererFolder } from "./build-page.ts";
import { Hand, type Way } from "./hand.ts";
import { temporaryFolder } from "./ports.ts";
import { ask, testWindow, type Laptop, type TestWindow } from "./window.ts";

export const passphrases = {
  mission: "seven lanterns over the northern road",
  network: "harbour bells before the morning tide",
  colleague: "green kettles under the eastern stairs",
} as const;

/** A journey is long, and the machine may be slow. */
export const patient = { timeout: 900_000 };

/** Laptops and one drive that goes between them; all of it gone at the end. */
export async function laptops(...names: readonly string[]) {
  const room = await temporaryFolder();
  const drive = join(room.path, "USB");
  await mkdir(drive);
  const made = await Promise.all(
    names.map(async (name): Promise<Laptop> => {
      const home = join(room.path, name);
      await mkdir(join(home, "Documents"), { recursive: true });
      return { home, drives: [drive] };
    }),
  );
  return {
    drive,
    folder: room.path,
    of: (at: number): Laptop => made[at] ?? { home: join(room.path, "none"), drives: [] },
    [Symbol.asyncDispose]: room[Symbol.asyncDispose],
  };
}

/** The window of a laptop, and a hand on it. */
export async function sitDown(
  laptop: Laptop,
  way: Way,
  name = basename(laptop.home),
): Promise<TestWindow & { readonly hand: Hand }> {
  const window = await testWindow({ rendererFolder, laptop });
  return { ...window, hand: new Hand(window.page, way, name) };
}

/** An office from nothing, up to its empty Today. Gives back the 24 words; `onWords` is done while they are in sight. */
export async function setUpOffice(
  hand: Hand,
  { office, person, passphrase }: { office: string; person: string; passphrase: string },
  onWords = async () => {},
): Promise<readonly string[]> {
  await hand.press("Set up");
  await hand.press("New folder");
  await hand.press("Make it and use it");
  await hand.fill("Name of your office", office);
  await hand.fill("Your name", person);
  await hand.press("Next");
  await hand.fill("Passphrase", passphrase);
  await hand.see("How long it holds");
  await hand.press("Use this passphrase");
  await hand.see("Your 24 words");
  await onWords();
  const words = await readBackWords(hand);
  await hand.press("Begin");
  await hand.see("Nothing is due");
  return words;
}

/** Reads the 24 words from the screen as if onto paper, and the three that are asked back from there. */
export async function readBackWords(hand: Hand): Promise<readonly string[]> {
  const words = await hand.page.getByRole("list", { name: "The 24 words" }).locator("bdi").allInnerTexts();
  expect(words).toHaveLength(24);
  await hand.press("They are on paper");
  await hand.see("Read three words from your paper");
  const asked = await hand.page.getByText(/^Word \d+$/).allInnerTexts();
  expect(asked).toHaveLength(3);
  for (const label of asked) await hand.fill(label, words[Number(label.slice(5)) - 1] ?? "");
  await hand.press("Check the three words");
  return words;
}

/** Writes her own introduction onto the drive. */
export async function introduce(hand: Hand): Promise<void> {
  await hand.to("Contacts");
  await hand.press("Introduce yourself");
  await hand.place("USB");
  await hand.see("Your introduction is written as");
}

/** Looks at all that lies on the drive, and takes what can be taken. */
export async function receiveAll(hand: Hand): Promise<void> {
  await hand.to("Exchange");
  await hand.press("Receive");
  await hand.press("Choose a folder…");
  await hand.place("USB");
  await hand.press("Take");
  await hand.see(/^Taken$/);
}

/** Compares the words that somebody of this office reads aloud. */
export async function compareWords(hand: Hand, person: string, words: readonly string[]): Promise<void> {
  await hand.to("Contacts");
  await hand.press(new RegExp(`^${person}`));
  await hand.fill("The ten words, as you hear them", words.join(" "));
  await hand.press("Compare");
  await hand.see("All of it agrees");
}

type Recipient = { readonly person: string; readonly office: string };

/** Reads what would leave for somebody, and locks it onto the drive. */
export async function sendCase(hand: Hand, to: Recipient): Promise<void> {
  await beginToSend(hand, to);
  await hand.see(`Locked for ${to.office}`);
}

/** The same, and does not wait until it is locked. */
export async function beginToSend(hand: Hand, to: Recipient): Promise<void> {
  await hand.press("Share…");
  await hand.choose("To whom", to.person);
  await hand.choose("What for", "Protecting her together");
  await hand.press("Show what leaves");
  await hand.press("Choose where…");
  await hand.place("USB");
  await pressLock(hand, to);
}

export const pressLock = async (hand: Hand, { office }: Recipient): Promise<void> =>
  await hand.press(new RegExp(`^Lock for ${office} \\(\\d+ facts?\\)$`));

/** From anywhere to a case by its code. */
export async function openCase(hand: Hand, code: string): Promise<void> {
  await hand.to("Cases");
  await hand.press(new RegExp(`^${code}`));
  await hand.page.getByRole("heading", { level: 1, name: code }).waitFor();
}

/** What the core answers, or the journey stops here. */
export const answer = async <T>(page: Page, method: string, input: unknown = {}): Promise<T> => {
  const outcome = await ask(page, method, input);
  if (outcome.ok) return outcome.value as T;
  throw new Error(`${method}: ${JSON.stringify(outcome.error)}`);
};
