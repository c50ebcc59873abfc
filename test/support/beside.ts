// A second office beside the window's, on a core of its own: met and verified both ways, with one folder that goes between them.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ConsentDraft } from "../../shared/ipc/contract/consent.ts";
import type { Contract, MethodName } from "../../shared/ipc/contract.ts";
import type { Answered, Asked } from "../../shared/ipc/method.ts";
import type { z } from "../../shared/schema.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { ContactId } from "../../shared/vocabulary/ids.ts";
import { startOffice, type Office } from "../e2e/demo/office.ts";
import { openPractice } from "./practice.ts";
import { ask, type TestWindow, type TestWindowOptions } from "./window.ts";

type Value<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: true }>["value"];
export type Asking = <M extends MethodName>(method: M, input: Asked<Contract[M]>) => Promise<Value<M>>;

/** Asks through the window's page; an exception where it is refused. */
export const askingIn =
  ({ page }: Pick<TestWindow, "page">): Asking =>
  async (method, input) => {
    const answer = await ask(page, method, input);
    if (!answer.ok) throw new Error(`${method} was refused: ${JSON.stringify(answer.error)}`);
    return answer.value as Value<typeof method>;
  };

export type Beside = TestWindow & {
  readonly here: Asking;
  readonly harbour: Office;
  /** The other office in the window's contacts, and this one in the other's. */
  readonly toHarbour: ContactId;
  readonly toHere: ContactId;
};

/** `options` are those of the window of this office. */
export const openBeside = async (options: TestWindowOptions = {}): Promise<Beside> =>
  await beside(await openPractice(options));

/** The same for a window that is open on a practice office already. */
export async function beside(window: TestWindow): Promise<Beside> {
  const here = askingIn(window);
  mkdirSync(join(window.folder, "USB"), { recursive: true });
  const harbour = startOffice("Harbour", window.folder);
  await harbour.ask("vault.create", {
    folder: "harbour",
    kind: "practice",
    office: "Harbour Practice Network",
    person: "Berta Specimen",
    passphrase: "harbour bells before the morning tide",
  });
  const toHarbour = await meet(harbour.ask, here);
  const toHere = await meet(here, harbour.ask);
  return {
    ...window,
    here,
    harbour,
    toHarbour,
    toHere,
    [Symbol.asyncDispose]: async () => {
      await harbour.close();
      await window[Symbol.asyncDispose]();
    },
  };
}

/** The reader's certificate comes to the listener, who compares the ten words. Who the reader is in the listener's contacts. */
export async function meet(reader: Asking, listener: Asking, folder = "USB"): Promise<ContactId> {
  const { file } = await reader("exchange.introduce", { folder });
  await listener("exchange.receive", { from: `${folder}/${file}` });
  const { words, fingerprint } = await reader("contacts.ownWords", {});
  const { contacts } = await listener("contacts.list", {});
  const contact = contacts.find((one) => one.fingerprint === fingerprint)?.contact;
  if (contact === undefined) throw new Error("nobody was met");
  await listener("contacts.verify", { contact, heard: { words }, how: "words-by-telephone" });
  return contact;
}

/** A yes given by telephone, to working together unless said otherwise. */
export const yesTo = (
  contact: ContactId,
  sections: readonly SectionName[],
  more: Partial<z.input<typeof ConsentDraft>> = {},
): z.input<typeof ConsentDraft> => ({
  act: "share",
  by: { who: "her" },
  contact,
  sections: [...sections],
  past: false,
  purpose: "joint-protection",
  until: { day: "2099-12-31" },
  given: { how: "by-telephone", language: "fa-AF", alone: "yes", risksTold: "yes" },
  ...more,
});
