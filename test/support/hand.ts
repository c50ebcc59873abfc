// A person's hand on the window: by mouse, or by keys alone. A journey is written once and gone by either.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";

export type Way = "mouse" | "keys";

/** Whatever is called by a name and can be pressed. */
const pressable = ["button", "link", "tab", "option", "menuitem", "radio", "checkbox"] as const;
/** So many keys, and it counts as out of reach. */
const mostKeys = 250;
/** So many keys without any movement, and she tries another way. */
const patientKeys = 8;
/** And so often she looks whether one has done something. */
const looks = 20;
/** On a machine ten times slower an answer still comes. */
const patience = 60_000;

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const begins = (text: string) => new RegExp(`^${escaped(text)}`);

export class Hand {
  readonly page: Page;
  readonly way: Way;
  readonly #pictures: string | undefined;
  #picture = 0;

  /** `WAYPOST_PICTURES` names a folder that gets a picture of every step; `name` begins their names. */
  constructor(page: Page, way: Way, name: string) {
    this.page = page;
    this.way = way;
    page.setDefaultTimeout(patience);
    const folder = process.env["WAYPOST_PICTURES"];
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.#pictures = join(folder, `${way}-${name}`);
  }

  /** Presses what is called so: whole for a string. `within` names the group, section or form it stands in. */
  async press(name: string | RegExp, within?: string | RegExp): Promise<void> {
    await this.#press(this.#called(name, within));
  }

  /** Goes to a place of the rail, a tab of a case or anything else that can be done from anywhere. */
  async to(command: string): Promise<void> {
    if (this.way === "mouse") {
      const there = this.page.getByRole("button", { name: begins(command) });
      return await this.#press(there.or(this.page.getByRole("tab", { name: begins(command) })).first());
    }
    await this.page.getByRole("navigation", { name: "Where to go" }).waitFor();
    await this.page.keyboard.press("Control+k");
    // A person sees where the cursor is before she types.
    await this.page.locator("[role=dialog] input:focus").waitFor();
    await this.page.keyboard.type(command);
    await this.#press(this.page.getByRole("option", { name: command, exact: true }));
  }

  /** Types into the field called so, in place of what stands there. */
  async fill(label: string | RegExp, text: string): Promise<void> {
    const field = this.page.getByRole(
      "textbox",
      typeof label === "string" ? { name: label, exact: true } : { name: label },
    );
    // A passphrase has no role.
    const one = field.or(
      this.page.getByLabel(label, { exact: true }).and(this.page.locator("input, textarea")),
    );
    await this.#touch(one);
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.type(text);
  }

  /** Goes on typing where the focus is. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Opens the list called so and takes one of it. */
  async choose(label: string, option: string): Promise<void> {
    const opener = this.page.getByRole("button", { name: new RegExp(`(^|\\s)${escaped(label)}$`) });
    await this.#press(opener);
    const list = this.page.getByRole("listbox").last();
    const one = list.getByRole("option", { name: option, exact: true });
    await one.waitFor();
    if (this.way === "keys") await this.page.keyboard.type(option.slice(0, 4));
    await this.#press(one);
    await one.waitFor({ state: "hidden" });
  }

  /** One of a few in sight, or a tick box: its words begin so. */
  async pick(option: string, within?: string | RegExp): Promise<void> {
    const [radio, box] = (["radio", "checkbox"] as const).map((role) =>
      this.#inside(within).getByRole(role, { name: begins(option) }),
    );
    if (radio === undefined || box === undefined) return;
    const one = radio.or(box);
    await one.waitFor({ state: "attached" });
    if (this.way === "mouse") {
      await one.locator("xpath=ancestor::label").click();
    } else {
      await this.#reach(one);
      if (!(await one.isChecked())) await this.page.keyboard.press("Space");
    }
    await this.#seen(option);
  }

  /** In the chooser: to one of the places on the left, into folders, and takes the last one or the file. */
  async place(root: string, ...path: readonly string[]): Promise<void> {
    await this.enter(root, ...path);
    if (!path.at(-1)?.includes(".")) await this.press("Use this folder");
  }

  /** The same, without taking it. */
  async enter(root: string, ...path: readonly string[]): Promise<void> {
    await this.#press(
      this.page.getByRole("navigation", { name: "Where" }).getByRole("button", { name: begins(root) }),
    );
    await this.page.getByRole("heading", { level: 3, name: root }).waitFor();
    for (const name of path) await this.#press(this.page.getByRole("option", { name: begins(name) }));
  }

  /** Opens a field of a case to be edited. */
  async edit(label: string): Promise<void> {
    await this.#press(this.page.getByRole("button", { name: begins(label) }));
    await this.page.getByRole("group", { name: label, exact: true }).waitFor();
  }

  /** Waits until these words are in sight. */
  async see(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
    await this.#seen("see");
  }

  /** Waits until these words are nowhere in sight. */
  async seeNot(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor({ state: "hidden" });
  }

  #inside(within: string | RegExp | undefined): Page | Locator {
    if (within === undefined) return this.page;
    const named = (["group", "radiogroup", "region"] as const)
      .map((role) => this.page.getByRole(role, { name: within }))
      .reduce((one, other) => one.or(other));
    const headed = this.page.locator("section, article, form").filter({
      has: this.page.getByRole("heading", { name: within }),
    });
    return named.or(headed).last();
  }

  #called(name: string | RegExp, within: string | RegExp | undefined): Locator {
    const inside = this.#inside(within);
    return pressable
      .map((role) => inside.getByRole(role, typeof name === "string" ? { name, exact: true } : { name }))
      .reduce((one, other) => one.or(other))
      .filter({ visible: true });
  }

  /** By mouse a click, by keys the focus. What was on the screen instead is told. */
  async #touch(target: Locator): Promise<void> {
    try {
      await (this.way === "mouse" ? target.click() : this.#reach(target));
    } catch (error) {
      throw new Error(`the screen was\n${await this.page.locator("body").ariaSnapshot()}`, { cause: error });
    }
  }

  async #press(target: Locator): Promise<void> {
    await this.#touch(target);
    if (this.way === "keys") await this.page.keyboard.press("Enter");
    await this.#seen("press");
  }

  /** Tab until it has the focus, arrows within a list, radios or tabs; as short as a person would. */
  async #reach(target: Locator): Promise<void> {
    await target.waitFor({ state: "attached" });
    const way: string[] = [];
    for (let pressed = 0; pressed < mostKeys; pressed++) {
      let { key, from } = await target.evaluate(keyTowards);
      // She looks what her key did before she presses it again.
      for (let looked = 0; looked < looks && key !== "" && `${key} from ${from}` === way.at(-1); looked++) {
        await this.page.waitForTimeout(50);
        ({ key, from } = await target.evaluate(keyTowards));
      }
      if (key === "") return;
      way.push(`${key} from ${from}`);
      const stuck = way.length >= patientKeys && new Set(way.slice(-patientKeys)).size === 1;
      if (stuck && key !== "wait") {
        // As a person would: out of it, and in again. It is told, since it should not be needed.
        console.log(`stuck by keys: ${way.at(-1)}, on the way to ${target.toString()}`);
        way.length = 0;
        await this.page.keyboard.press("Shift+Tab");
      } else if (key === "wait") await this.page.waitForTimeout(50);
      else await this.page.keyboard.press(key);
    }
    throw new Error(`out of reach by keys: ${target.toString()}\n${way.slice(-60).join("\n")}`);
  }

  async #seen(step: string): Promise<void> {
    if (this.#pictures === undefined) return;
    this.#picture += 1;
    const name = step
      .replaceAll(/[^a-z]+/gi, "-")
      .slice(0, 24)
      .toLowerCase();
    await this.page
      .waitForTimeout(400)
      .then(() =>
        this.page.screenshot({
          path: `${this.#pictures}-${String(this.#picture).padStart(3, "0")}-${name}.png`,
        }),
      )
      .catch(() => {});
  }
}

/** As much of a page's elements as is needed. */
type Thing = {
  readonly id: string;
  readonly outerHTML: string;
  readonly textContent: string | null;
  readonly matches: (selector: string) => boolean;
  readonly closest: (selector: string) => Thing | null;
  readonly contains: (other: Thing) => boolean;
  readonly getAttribute: (name: string) => string | null;
  readonly compareDocumentPosition: (other: Thing) => number;
};
type Inside = {
  readonly document: {
    readonly activeElement: Thing | null;
    readonly body: Thing;
    readonly querySelectorAll: (selector: string) => Iterable<Thing>;
    readonly getElementById: (id: string) => Thing | null;
  };
};

/** Runs in the page: the next key on the way to an element, none once it has the focus; and what has it now. */
function keyTowards(wanted: Thing): { readonly key: string; readonly from: string } {
  const { document } = globalThis as unknown as Inside;
  const focus = document.activeElement ?? document.body;
  const inList = document.getElementById(focus.getAttribute("aria-activedescendant") ?? "");
  const here = inList ?? focus;
  const place = [...document.querySelectorAll("*")].indexOf(here);
  const from = `${place} ${here.outerHTML.slice(0, 120)} ${here.textContent?.slice(0, 60)}`;
  const by = (key: string) => ({ key, from });
  if (here === wanted) return by("");
  if (wanted.matches(":disabled, [aria-disabled=true]")) return by("wait");
  const before = (here.compareDocumentPosition(wanted) & 2) !== 0;
  const set = wanted.closest("[role=listbox], [role=radiogroup], [role=tablist], [role=menu]");
  const inSet = set !== null && (set.contains(here) || focus.getAttribute("aria-controls") === set.id);
  if (inSet) {
    if (set.getAttribute("role") === "tablist") return by(before ? "ArrowLeft" : "ArrowRight");
    return by(before && here !== set ? "ArrowUp" : "ArrowDown");
  }
  return by(before && focus !== document.body ? "Shift+Tab" : "Tab");
}
