// Two bundles of one sender bear one number, counted for the opening or for the recipient: a copy of the vault is in use, and shown.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bundleBy,
  hex,
  introduceStranger,
  noticeBy,
  certificateOf,
  stranger,
  type Stranger,
} from "../support/hostile-bundles.ts";
import { twoOffices } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
let eve: Stranger;
beforeAll(async () => {
  made = await twoOffices();
  eve = await stranger();
  await introduceStranger(made, made.network, eve);
});
afterAll(() => made[Symbol.asyncDispose]());

async function numbered(number: number, forRecipient: number, opening = eve.opening) {
  const { network } = made;
  const { fingerprint: recipient } = await certificateOf(network);
  const content = await noticeBy(eve, "waypost/acknowledgement/1", {
    author: eve.certificate.fingerprint,
    recipient,
    bundles: [],
    recalls: [],
    at: 1,
  });
  const entries = [{ name: "acknowledgement.signed", content }];
  return bundleBy(made, eve, network, entries, { number: { opening, parent: null, number, forRecipient } });
}

test("one number of an opening twice", async () => {
  const { network } = made;
  const first = await network.take(await numbered(1, 1));
  expect(first).toMatchObject({ outcome: "taken" });
  expect(first.clone).toBeUndefined();
  const next = await network.take(await numbered(2, 2));
  expect(next.clone).toBeUndefined();
  expect(await network.take(await numbered(2, 3))).toMatchObject({ outcome: "taken", clone: true });
});

test("one number for the recipient twice", async () => {
  const { network } = made;
  expect(await network.take(await numbered(7, 4))).toMatchObject({ outcome: "taken" });
  expect(await network.take(await numbered(8, 4))).toMatchObject({ outcome: "taken", clone: true });
});

test("the same number in another opening is none, and a bundle that comes twice is known", async () => {
  const { network } = made;
  const file = await numbered(7, 5, hex(16));
  const taken = await network.take(file);
  expect(taken).toMatchObject({ outcome: "taken" });
  expect(taken.clone).toBeUndefined();
  const again = await network.take(file);
  expect(again).toMatchObject({ outcome: "already" });
  expect(again.clone).toBeUndefined();
});
