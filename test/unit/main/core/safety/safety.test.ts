// The vault's door and the people behind it, asked through the contract on real practice vaults.
import { copyFileSync, cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { laptop, newVault, PHRASE, type Laptop } from "../../../../support/laptop.ts";
import { temporaryFolder } from "../../../../support/ports.ts";

// Each passphrase costs a key derivation, at its floor a tenth of a second on a quiet machine.
vi.setConfig({ testTimeout: 60_000 });

const SECOND = "harbour bells before the morning tide";
const THIRD = "copper kettles beneath a quiet staircase";

const unlocks = async (on: Laptop, folder: string, passphrase: string): Promise<string> => {
  const opened = await on.answer("vault.unlock", { folder, passphrase });
  if (!opened.ok) return opened.error.type;
  await on.ask("vault.lock", {});
  return opened.value.member?.name ?? opened.value.openedBy;
};
const checked = async (on: Laptop) => {
  await expect
    .poll(async () => {
      const status = await on.ask("vault.status", {});
      return status.state === "open" ? status.check : status.state;
    })
    .not.toBe("running");
  const status = await on.ask("vault.status", {});
  return status.state === "open" ? status.check : status.state;
};
const keptCase = (on: Laptop) =>
  on.ask("cases.create", {
    reason: "taken in",
    edits: [{ section: { kind: "work" }, edits: [{ path: ["about"], set: "Mediates." }] }],
  });

test("a vault is made, locked, opened again, and says what it is", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  expect(await one.ask("vault.status", {})).toEqual({ state: "locked" });
  const words = await newVault(one, "vault");
  expect(words.split(" ")).toHaveLength(24);
  const status = await one.ask("vault.status", {});
  expect(status).toMatchObject({
    state: "open",
    kind: "practice",
    office: { name: "Practice Mission" },
    openedBy: "member",
    member: { name: "Ada Specimen" },
  });
  const { case: made } = await keptCase(one);
  expect(await checked(one)).toBe("good");
  await one.ask("vault.lock", {});
  await one.ask("vault.lock", {});
  expect(await one.ask("vault.status", {})).toEqual({ state: "locked" });
  expect(await one.refused("cases.list", {})).toEqual({ type: "VaultLocked" });
  expect(await one.ask("vault.unlock", { folder: "vault", passphrase: PHRASE })).toMatchObject({
    vault: status.state === "open" && status.vault,
    check: "running",
  });
  expect((await one.ask("cases.list", {})).cases.map((row) => row.case)).toEqual([made]);
  expect(await checked(one)).toBe("good");
  expect(one.events.map(({ type }) => type)).toEqual(["vault.checked", "vault.locked", "vault.checked"]);
  expect(one.notes).toEqual([]);
});

test("what may not be: weak, wrong, nothing there, twice", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await using other = laptop(home.path);
  const wanted = { kind: "practice", office: "Practice Mission", person: "Ada Specimen" } as const;
  for (const [passphrase, why] of [
    ["short", "short"],
    ["aaaaaaaaaaaaaaaaaaaa", "repeats"],
    ["Password1234567", "common"],
  ] as const)
    expect(await one.refused("vault.create", { ...wanted, folder: "vault", passphrase })).toEqual({
      type: "PassphraseWeak",
      why,
    });
  expect(readdirSync(home.path)).toEqual([]);
  expect(await unlocks(one, "vault", PHRASE)).toBe("NoVault");
  await newVault(one, "vault");
  const again = { ...wanted, folder: "second", passphrase: PHRASE };
  expect(await one.refused("vault.create", again)).toEqual({ type: "AlreadyOpen" });
  expect(await other.refused("vault.create", { ...again, folder: "vault" })).toEqual({
    type: "FolderNotEmpty",
  });
  expect(await unlocks(other, "vault", PHRASE)).toBe("AlreadyOpen");
  await one.ask("vault.lock", {});
  expect(await unlocks(other, "vault", SECOND)).toBe("WrongPassphrase");
  expect(await unlocks(other, "vault", PHRASE)).toBe("Ada Specimen");
});

test("of two that open at once one wins, and a lock that comes meanwhile closes it", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  await one.ask("vault.lock", {});
  const open = { folder: "vault", passphrase: PHRASE };
  const both = await Promise.all([one.answer("vault.unlock", open), one.answer("vault.unlock", open)]);
  expect(both.map((answer) => (answer.ok ? "open" : answer.error.type))).toEqual(["open", "AlreadyOpen"]);
  await one.ask("vault.lock", {});
  const opening = one.answer("vault.unlock", open);
  await one.ask("vault.lock", {});
  expect((await opening).ok).toBe(true);
  expect(await one.ask("vault.status", {})).toEqual({ state: "locked" });
  await one.ask("vault.unlock", open);
  const saving = keptCase(one).catch((error: unknown) => String(error));
  await one.ask("vault.lock", {});
  expect(JSON.stringify(await saving)).toMatch(/"code"|VaultLocked/);
  expect(one.notes).toEqual([]);
});

test("members: added, listed, each with her own passphrase and certificate, removed", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  const { fingerprint: adas } = await one.ask("contacts.ownCertificate", {});
  expect(await one.refused("members.add", { name: "Ben Specimen", newPassphrase: "ben" })).toEqual({
    type: "PassphraseWeak",
    why: "short",
  });
  const ben = await one.ask("members.add", { name: "Ben Specimen", newPassphrase: SECOND });
  const { members } = await one.ask("members.list", {});
  expect(members).toMatchObject([
    { name: "Ada Specimen", fingerprint: adas, active: true },
    { name: "Ben Specimen", fingerprint: ben.fingerprint, active: true },
  ]);
  const ada = members[0]?.member;
  if (ada === undefined) throw new Error("she is listed");
  expect(await one.refused("members.remove", { member: ada })).toEqual({ type: "OwnSlot" });
  await one.ask("vault.lock", {});
  expect(await unlocks(one, "vault", PHRASE)).toBe("Ada Specimen");
  expect(await unlocks(one, "vault", SECOND)).toBe("Ben Specimen");
  await one.ask("vault.unlock", { folder: "vault", passphrase: SECOND });
  expect((await one.ask("contacts.ownCertificate", {})).fingerprint).toBe(ben.fingerprint);
  await keptCase(one);
  await one.ask("members.remove", { member: ada });
  expect(await one.refused("members.remove", { member: ada })).toEqual({ type: "UnknownMember" });
  const left = (await one.ask("members.list", {})).members;
  expect(left.map(({ name, slot }) => [name, slot !== undefined])).toEqual([
    ["Ada Specimen", false],
    ["Ben Specimen", true],
  ]);
  await one.ask("vault.lock", {});
  expect(await unlocks(one, "vault", PHRASE)).toBe("WrongPassphrase");
  expect(await unlocks(one, "vault", SECOND)).toBe("Ben Specimen");
});

test("a passphrase is changed by who knows it, and she goes on signing", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  const { fingerprint } = await one.ask("contacts.ownCertificate", {});
  const change = (passphrase: string, newPassphrase: string) =>
    one.answer("vault.changePassphrase", { passphrase, newPassphrase });
  expect(await change(THIRD, SECOND)).toMatchObject({ error: { type: "WrongPassphrase" } });
  expect(await change(PHRASE, "weak")).toMatchObject({ error: { type: "PassphraseWeak" } });
  expect(await change(PHRASE, SECOND)).toMatchObject({ ok: true });
  await keptCase(one);
  await one.ask("vault.lock", {});
  expect(await unlocks(one, "vault", PHRASE)).toBe("WrongPassphrase");
  await one.ask("vault.unlock", { folder: "vault", passphrase: SECOND });
  expect((await one.ask("contacts.ownCertificate", {})).fingerprint).toBe(fingerprint);
  await keptCase(one);
});

test("recovery words give one member a new passphrase; renewed, the old ones open nothing", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  const words = await newVault(one, "vault");
  const { fingerprint } = await one.ask("contacts.ownCertificate", {});
  const recover = (given: string, more: { member?: string; newPassphrase?: string } = {}) =>
    one.answer("vault.recover", { folder: "vault", words: given, newPassphrase: SECOND, ...more });
  expect(await recover(words)).toMatchObject({ error: { type: "AlreadyOpen" } });
  await one.ask("vault.lock", {});
  expect(await recover(words.split(" ").toReversed().join(" "))).toMatchObject({
    error: { type: "WrongWords" },
  });
  expect(await recover("not words at all")).toMatchObject({ error: { type: "WrongWords" } });
  expect(await recover(words, { newPassphrase: "weak" })).toMatchObject({
    error: { type: "PassphraseWeak" },
  });
  expect(await recover(words, { member: "0".repeat(32) })).toMatchObject({
    error: { type: "UnknownMember" },
  });
  expect(await unlocks(one, "vault", PHRASE)).toBe("Ada Specimen");
  expect(await recover(` ${words.toUpperCase().replaceAll(" ", "\n")} `)).toMatchObject({
    ok: true,
    value: { name: "Ada Specimen" },
  });
  expect(await unlocks(one, "vault", PHRASE)).toBe("WrongPassphrase");
  await one.ask("vault.unlock", { folder: "vault", passphrase: SECOND });
  expect((await one.ask("contacts.ownCertificate", {})).fingerprint).toBe(fingerprint);
  await keptCase(one);

  const ben = await one.ask("members.add", { name: "Ben Specimen", newPassphrase: THIRD });
  const recovers = async () =>
    (await one.ask("members.list", {})).members.map(({ name, recovers: back }) => [name, back]);
  expect(await recovers()).toEqual([
    ["Ada Specimen", true],
    ["Ben Specimen", true],
  ]);
  const renewed = await one.ask("vault.renewWords", {});
  expect(await recovers()).toEqual([
    ["Ada Specimen", true],
    ["Ben Specimen", false],
  ]);
  await one.ask("vault.lock", {});
  expect(await unlocks(one, "vault", THIRD)).toBe("Ben Specimen"); // puts his secret under the new words
  expect(await recover(words)).toMatchObject({ error: { type: "WrongWords" } });
  expect(await recover(renewed.words)).toMatchObject({
    error: { type: "WhichMember", members: [{ name: "Ada Specimen" }, { name: "Ben Specimen" }] },
  });
  const fresh = "marble stairs that nobody swept today";
  expect(await recover(renewed.words, { member: ben.member, newPassphrase: fresh })).toMatchObject({
    value: { name: "Ben Specimen", signs: true },
  });
  expect(await unlocks(one, "vault", THIRD)).toBe("WrongPassphrase");
  expect(await unlocks(one, "vault", SECOND)).toBe("Ada Specimen");
  await one.ask("vault.unlock", { folder: "vault", passphrase: fresh });
  expect((await one.ask("contacts.ownCertificate", {})).fingerprint).toBe(ben.fingerprint);
  await keptCase(one);
  const again = await one.ask("vault.renewWords", {});
  await one.ask("vault.lock", {});
  const ada = { folder: "vault", words: again.words, newPassphrase: THIRD };
  const which = await one.refused("vault.recover", ada);
  const member = which.type === "WhichMember" ? which.members[0]?.member : undefined;
  if (member === undefined) throw new Error("two members can be chosen from");
  expect(await one.ask("vault.recover", { ...ada, member })).toMatchObject({ signs: false });
  await one.ask("vault.unlock", { folder: "vault", passphrase: THIRD });
  expect(await one.refused("contacts.ownCertificate", {})).toEqual({ type: "NoSigner" });
  expect((await one.ask("cases.list", {})).total).toBe(2);
});

test("a member who was removed is not one that words bring back", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  const words = await newVault(one, "vault");
  const ben = await one.ask("members.add", { name: "Ben Specimen", newPassphrase: SECOND });
  await one.ask("members.remove", { member: ben.member });
  await one.ask("vault.lock", {});
  const recover = { folder: "vault", words, newPassphrase: THIRD };
  expect(await one.refused("vault.recover", { ...recover, member: ben.member })).toEqual({
    type: "UnknownMember",
  });
  expect(await one.ask("vault.recover", recover)).toMatchObject({ name: "Ada Specimen" });
});

test("somebody knows it: nothing old opens the new file, colleagues notice nothing, she is who she was", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  const words = await newVault(one, "vault");
  await one.ask("members.add", { name: "Ben Specimen", newPassphrase: SECOND });
  const { case: made } = await keptCase(one);
  const { fingerprint } = await one.ask("contacts.ownCertificate", {});
  const { head } = await one.ask("vault.check", {});
  await one.ask("vault.lock", {});
  cpSync(join(home.path, "vault"), join(home.path, "thief"), { recursive: true });
  await one.ask("vault.unlock", { folder: "vault", passphrase: PHRASE });
  expect(await one.refused("vault.somebodyKnows", { newPassphrase: "weak" })).toMatchObject({
    type: "PassphraseWeak",
  });
  const fresh = await one.ask("vault.somebodyKnows", { newPassphrase: THIRD });
  expect(fresh.words.split(" ")).toHaveLength(24);
  expect(await one.ask("vault.check", {})).not.toMatchObject({ head });
  await keptCase(one);
  await one.ask("vault.lock", {});
  expect(readdirSync(join(home.path, "vault")).toSorted()).toEqual(["keyslots.json", "lock", "vault-2.db"]);

  expect(await unlocks(one, "vault", PHRASE)).toBe("WrongPassphrase");
  expect(await unlocks(one, "vault", SECOND)).toBe("Ben Specimen");
  const recover = { folder: "vault", newPassphrase: "marble stairs that nobody swept today" };
  expect(await one.refused("vault.recover", { ...recover, words })).toMatchObject({ type: "WrongWords" });
  copyFileSync(join(home.path, "vault/vault-2.db"), join(home.path, "thief/vault-2.db"));
  expect(await unlocks(one, "thief", PHRASE)).toBe("Ada Specimen"); // her old copy holds what it held
  copyFileSync(join(home.path, "vault/keyslots.json"), join(home.path, "new-slots"));
  copyFileSync(join(home.path, "vault/vault-2.db"), join(home.path, "thief/vault-1.db"));
  expect(await unlocks(one, "thief", PHRASE)).toBe("SlotsReplaced");

  await one.ask("vault.unlock", { folder: "vault", passphrase: THIRD });
  expect((await one.ask("contacts.ownCertificate", {})).fingerprint).toBe(fingerprint);
  expect((await one.ask("cases.get", { case: made })).row.case).toBe(made);
  expect((await one.ask("cases.list", {})).total).toBe(2);
  expect(await checked(one)).toBe("good");
});

test("stopped half-way, somebody-knows has changed nothing", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  await keptCase(one);
  const job = "job-to-be-stopped";
  const running = one.answer("vault.somebodyKnows", { newPassphrase: SECOND, job });
  await one.ask("jobs.cancel", { job });
  expect(await running).toMatchObject({ error: { type: "Cancelled" } });
  await one.ask("vault.lock", {});
  expect(readdirSync(join(home.path, "vault")).toSorted()).toEqual(["keyslots.json", "lock", "vault-1.db"]);
  expect(await unlocks(one, "vault", PHRASE)).toBe("Ada Specimen");
});

test("locking does not wait for the check behind the work", async () => {
  await using home = await temporaryFolder();
  await using one = laptop(home.path);
  await newVault(one, "vault");
  await one.ask("vault.lock", {});
  await one.ask("vault.unlock", { folder: "vault", passphrase: PHRASE });
  await one.ask("vault.lock", {});
  await wait(50);
  expect(one.notes).toEqual([]);
  expect(one.events.at(-1)).toEqual({ type: "vault.locked" });
});
