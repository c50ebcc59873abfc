// Who can open the vault: members, passphrases, words, and what a fault while slots are exchanged leaves.
import { expect, test, vi } from "vitest";
import type { Files } from "../../../../../main/core/ports.ts";
import { FileTrouble } from "../../../../../main/core/ports.ts";
import { openVault } from "../../../../../main/core/vault/index.ts";
import { Secret } from "../../../../../main/core/vault/secret.ts";
import { sql } from "../../../../../main/core/vault/sql.ts";
import { err, ok } from "../../../../../shared/result.ts";
import type { MemberId } from "../../../../../shared/vocabulary/ids.ts";
import { seededPorts } from "../../../../support/ports.ts";
import type { TestVault } from "../../../../support/vault.ts";
import { newMember, testVault } from "../../../../support/vault.ts";

vi.setConfig({ testTimeout: 60_000 }); // every opening derives a key

const passphrase = (text: string) => ({ passphrase: Secret.fromText(text) });

/** Opens, looks, locks. */
async function opens(home: TestVault, unlock: Parameters<TestVault["tryOpen"]>[0]): Promise<string> {
  await home.vault.lock();
  const opened = await home.tryOpen(unlock);
  if (!opened.ok) return opened.error.type;
  const { openedBy } = opened.value.info;
  const signing = opened.value.signingSecret() === undefined ? "cannot sign" : "signs";
  await opened.value.lock();
  return `${openedBy.kind} ${signing}`;
}

test("a second member opens with her own passphrase, signs with her own secret and decrypts what came for either", async () => {
  await using home = await testVault();
  const second = newMember(home.ports.random, "second passphrase");
  const added = await home.vault.addMember(second);
  expect(added).toMatchObject({ ok: true, value: { kind: "member", member: second.id, since: 1 } });
  expect(await home.vault.addMember(second)).toEqual(err({ type: "MemberExists" }));
  const vault = await home.reopen(passphrase("second passphrase"));
  expect(vault.info.openedBy).toMatchObject({ member: second.id });
  expect(vault.signingSecret()?.reveal()).toEqual(Buffer.from(second.certificate.signing.secret));
  expect(new Set(vault.decryptionSecrets().map(({ member }) => member)).size).toBe(2);
  expect(await vault.checkMerkle()).toMatchObject({ ok: true });
  expect(await vault.removeMember(second.id)).toEqual(err({ type: "OwnSlot" }));
  expect(await vault.removeMember(home.member.id)).toEqual(ok(undefined));
  expect(await vault.removeMember("0".repeat(32) as MemberId)).toEqual(err({ type: "UnknownMember" }));
  expect(vault.read.all(sql`SELECT active FROM member WHERE id = ${home.member.id}`)).toEqual([
    { active: 0 },
  ]);
  expect(vault.read.all(sql`SELECT DISTINCT use FROM secret_key WHERE member = ${home.member.id}`)).toEqual([
    { use: "decryption" },
  ]);
  expect(await vault.checkMerkle()).toMatchObject({ ok: true });
  expect(await opens(home, undefined)).toBe("WrongPassphrase");
  expect(await opens(home, { ...passphrase("second passphrase"), member: second.id })).toBe("member signs");
});

test("a changed passphrase opens, the old one no more, and the old one is asked for", async () => {
  await using home = await testVault();
  const wrong = Secret.fromText("not it");
  expect(await home.vault.changePassphrase(wrong, wrong)).toEqual(err({ type: "WrongPassphrase" }));
  const changed = await home.vault.changePassphrase(home.member.passphrase, Secret.fromText("new one"));
  expect(changed.ok).toBe(true);
  expect(home.vault.slots()).toHaveLength(2);
  expect(home.vault.info.openedBy.slot).toBe(changed.ok && changed.value.id);
  const again = await home.vault.changePassphrase(Secret.fromText("new one"), Secret.fromText("newest"));
  expect(again.ok).toBe(true);
  expect(await opens(home, undefined)).toBe("WrongPassphrase");
  expect(await opens(home, passphrase("newest"))).toBe("member signs");
  expect(await opens(home, { words: home.words })).toBe("recovery cannot sign");
});

test("new words open, the old ones no more; a member who opens later gives them her signing secret", async () => {
  await using home = await testVault();
  const second = newMember(home.ports.random, "second");
  await home.vault.addMember(second);
  const renewed = await home.vault.renewWords();
  if (!renewed.ok) throw new Error(renewed.error.type);
  expect(renewed.value.split(" ")).toHaveLength(24);
  expect(await opens(home, { words: home.words })).toBe("WrongWords");
  const recovery = sql`SELECT count(*) AS n FROM secret_key JOIN slot ON slot.id = secret_key.slot WHERE slot.kind = 'recovery'`;
  const vault = await home.reopen({ words: renewed.value });
  expect(vault.read.get(recovery)).toEqual({ n: 1 });
  await home.reopen(passphrase("second"));
  expect(home.vault.read.get(recovery)).toEqual({ n: 2 });
  const byWords = await home.reopen({ words: renewed.value });
  const third = await byWords.renewWords();
  if (!third.ok) throw new Error(third.error.type);
  expect(byWords.read.get(recovery)).toEqual({ n: 2 });
  expect(await opens(home, { words: renewed.value })).toBe("WrongWords");
  expect(await opens(home, { words: third.value })).toBe("recovery cannot sign");
});

test("with the words a forgotten passphrase is set anew, and she signs as before", async () => {
  await using home = await testVault();
  expect(await home.vault.resetPassphraseWithWords(home.member.id, Secret.fromText("x"))).toEqual(
    err({ type: "NotOpenedByWords" }),
  );
  const vault = await home.reopen({ words: home.words });
  expect(await vault.changePassphrase(home.member.passphrase, Secret.fromText("x"))).toEqual(
    err({ type: "OpenedByWords" }),
  );
  expect((await vault.resetPassphraseWithWords(home.member.id, Secret.fromText("remembered"))).ok).toBe(true);
  expect(await opens(home, undefined)).toBe("WrongPassphrase");
  const again = await home.reopen(passphrase("remembered"));
  expect(again.signingSecret()?.reveal()).toEqual(Buffer.from(home.member.certificate.signing.secret));
  expect(await opens(home, { words: home.words })).toBe("recovery cannot sign");
});

test("words that are not the right 24 are refused before anything is derived", async () => {
  await using home = await testVault();
  const words = home.words.split(" ");
  for (const typed of [
    "",
    "abandon",
    words.slice(1).join(" "),
    words.toReversed().join(" "),
    "zoo ".repeat(24),
  ]) {
    expect(await opens(home, { words: typed })).toBe("WrongWords");
  }
});

/** A disk that fails while keyslots.json is replaced: before anything, or after the rename. */
function failing(at: "before" | "after the rename"): { files: Files; fail: boolean } {
  const { files } = seededPorts();
  const state = {
    fail: false,
    files: {
      ...files,
      async replace(path: string, content: Uint8Array) {
        if (state.fail && at === "before") throw new FileTrouble("DiskFull");
        await files.replace(path, content);
        if (state.fail) throw new FileTrouble("Broken");
      },
    },
  };
  return state;
}

test("a disk full while slots are exchanged leaves the old ones in force and the vault usable", async () => {
  const disk = failing("before");
  await using home = await testVault({ ports: { ...seededPorts(), files: disk.files } });
  const before = home.vault.slots();
  disk.fail = true;
  expect(await home.vault.changePassphrase(home.member.passphrase, Secret.fromText("x"))).toEqual(
    err({ type: "DiskFull" }),
  );
  expect(await home.vault.rekey(Secret.fromText("x"))).toEqual(err({ type: "DiskFull" }));
  expect(await home.vault.addMember(newMember(home.ports.random))).toEqual(err({ type: "DiskFull" }));
  expect(home.vault.slots()).toEqual(before);
  expect(home.vault.read.all(sql`SELECT id FROM member`)).toHaveLength(1);
  expect((await home.vault.write(async () => ok(() => 1))).ok).toBe(true);
  disk.fail = false;
  expect((await home.vault.changePassphrase(home.member.passphrase, Secret.fromText("y"))).ok).toBe(true);
  expect(await opens(home, passphrase("y"))).toBe("member signs");
});

test("where it is not sure which slots are in force, writes are refused until the vault is opened again, and it opens", async () => {
  for (const change of ["changePassphrase", "rekey"] as const) {
    const disk = failing("after the rename");
    await using home = await testVault({ ports: { ...seededPorts(), files: disk.files } });
    disk.fail = true;
    const fresh = Secret.fromText("fresh");
    const changed =
      change === "rekey"
        ? await home.vault.rekey(fresh)
        : await home.vault.changePassphrase(home.member.passphrase, fresh);
    expect(changed).toEqual(err({ type: "VaultBroken" }));
    expect(await home.vault.write(async () => ok(() => 1))).toEqual(err({ type: "VaultBroken" }));
    expect(await opens(home, passphrase("fresh"))).toBe("member signs");
    expect(await opens(home, passphrase("fresh"))).toBe("member signs");
    const again = await openVault(home.ports, { folder: home.folder, unlock: { words: home.words } });
    if (!again.ok) throw new Error(again.error.type);
    expect(await again.value.checkMerkle()).toMatchObject({ ok: true });
    await again.value.lock();
  }
});
