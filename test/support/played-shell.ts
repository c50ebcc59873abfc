// The Chromium shell with somebody before it: does at its page what a test asks for over a socket, in this very process.
import { connect } from "node:net";
import { createInterface } from "node:readline";
import type { Page } from "playwright-core";
import { liveWhenTold } from "../../main/shells/chromium/live.ts";
import { harden } from "../../main/shells/node/harden.ts";
import { createPrinter } from "../../main/shells/node/printer.ts";
import type { Life } from "../../main/shells/chromium/supervise.ts";
import { canary, type CanaryName } from "./canary-words.ts";

type Bridge = { readonly call: (method: string, input: unknown) => Promise<{ ok: boolean; value: never }> };
const { CANARY_SOCKET: socket = "", CANARY_SEED: seed = "" } = process.env;
const word = (name: CanaryName) => canary(seed, name);
const passphrase = () => `lantern ${word("passphrase")} over the northern road`;

const ask = async (page: Page, method: string, input: unknown = {}): Promise<unknown> => {
  const answer = await page.evaluate(
    async ([name, given]) => await (globalThis as unknown as { bridge: Bridge }).bridge.call(name, given),
    [method, input] as const,
  );
  if (!answer.ok) throw new Error(`${method} was refused`);
  return answer.value;
};

type Listed = { readonly here: { readonly token: string } };
const rail = async (page: Page, name: string) =>
  await page.getByRole("navigation").first().getByRole("button", { name }).click();

const openFirstCase = async (page: Page) => {
  await rail(page, "Cases");
  const { cases } = (await ask(page, "cases.list")) as { cases: readonly { code: string }[] };
  const code = cases[0]?.code ?? "";
  await page.getByText(code, { exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: code }).waitFor();
};

/** What a test can ask for. No answer holds a word. */
const acts: Readonly<Record<string, (page: Page, life: Life) => Promise<unknown>>> = {
  make: async (page) => {
    const { here } = (await ask(page, "places.list", { want: "folder" })) as Listed;
    const made = (await ask(page, "places.makeFolder", { at: here.token, name: "Files" })) as {
      readonly token: string;
    };
    await ask(page, "vault.createPractice", {
      folder: made.token,
      person: "Amina Specimen",
      passphrase: passphrase(),
    });
    await page.reload();
    await page.getByRole("navigation").first().waitFor();
  },

  unlock: async (page) => {
    await page.getByRole("heading", { name: "Who is here?" }).waitFor();
    await page.getByLabel("Passphrase", { exact: true }).fill(passphrase());
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByRole("navigation").first().waitFor();
  },

  /** Everything a person does with a name: keeps it, shows it, looks for it, names a view by it, copies it, prints it. */
  work: async (page, life) => {
    await openFirstCase(page);
    await page.getByRole("tab", { name: "Papers" }).click();
    await page
      .getByRole("button", { name: /^Name she wants used/ })
      .first()
      .click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(word("kept"));
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Keep", exact: true }).waitFor({ state: "detached" });
    await page.keyboard.press("s");
    await page.getByText(word("kept")).first().waitFor();

    await rail(page, "Cases");
    await page.keyboard.press("/");
    await page.keyboard.type(word("sought"));
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("ControlOrMeta+c");
    await page.keyboard.type(word("half").slice(0, 14));
    await ask(page, "desk.keepView", { name: word("view"), view: { text: word("view") } });
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");

    const html = `<title>Files</title><p>${word("printed")}`;
    const paper = { html, printer: "Desk", size: "A4" } as const;
    const printed = await createPrinter(life.within).send(paper, new AbortController().signal);
    await openFirstCase(page);
    await page.getByRole("button", { name: "Note a call" }).click();
    await page.getByLabel("What was said and agreed").fill(word("draft"));
    // Written down while it is typed: this is no wait for it.
    return { printed: printed.ok };
  },

  drafted: async (page) => JSON.stringify(await ask(page, "desk.drafts")).includes(word("draft")),
  keptAgain: async (page) => {
    await openFirstCase(page);
    await page.getByRole("button", { name: "Note a call" }).click();
    const field = page.getByLabel("What was said and agreed");
    await field.waitFor();
    for (let tries = 0; tries < 100 && (await field.inputValue()) === ""; tries += 1)
      await page.waitForTimeout(100);
    return (await field.inputValue()) === word("draft");
  },

  /** What a browser remembers of a page. */
  remembered: async (page) =>
    await page.evaluate(`(async () => ({
      address: location.href,
      title: document.title,
      history: history.length,
      state: history.state,
      cookies: document.cookie,
      kept: localStorage.length + sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }))()`),

  door: async (page) => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    return await page.locator("main").innerText();
  },

  lock: async (page) => void page.keyboard.press("F10").catch(() => {}),

  closeForGood: async (page) => {
    await rail(page, "Settings");
    await page.getByRole("button", { name: "Close for good" }).first().click();
    const go = page.getByRole("button", { name: "Close for good" }).last();
    await go.click();
    await page.getByLabel("Your passphrase", { exact: true }).fill(passphrase());
    await page.getByLabel("Type the word").fill("close");
    await go.click();
    await page.getByRole("heading", { name: "It is closed for good" }).waitFor();
  },
  done: async (page) =>
    void page
      .getByRole("button", { name: "I have what I need" })
      .click()
      .catch(() => {}),
};

harden();
liveWhenTold((window, life) => {
  const test = connect(socket);
  const tell = (told: unknown) => test.write(`${JSON.stringify(told)}\n`);
  tell({ shell: process.pid, core: window.core.pid });
  createInterface({ input: test }).on("line", (act) => {
    const done = acts[act]?.(window.page, life) ?? Promise.reject(new Error(`no such act: ${act}`));
    done.then(
      (value) => tell({ done: value ?? null }),
      (error: unknown) => tell({ failed: String(error) }),
    );
  });
});
