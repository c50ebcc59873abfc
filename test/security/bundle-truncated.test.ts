// A bundle cut off anywhere, as a drive pulled too early leaves it: refused by name, nothing written, and whole it is taken.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  fingerprintOf,
  put,
  bytesOf,
  share,
  sharedCase,
  twoOffices,
  type Offices,
} from "../support/offices.ts";
import { seededRandom } from "../support/ports.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const named = new Set(["Truncated", "Damaged", "NotOpenPgp", "NotForUs", "SignatureCount"]);

test("cut at block borders, near both ends, and anywhere", async () => {
  const { mission, network, toNetwork } = made;
  const file = await share(mission, toNetwork, await sharedCase(made));
  const whole = bytesOf(made, file);
  const random = seededRandom("cuts");
  const anywhere = Array.from(
    { length: 40 },
    () => Buffer.from(random.bytes(4)).readUInt32BE() % whole.length,
  );
  const blocks = Array.from({ length: Math.floor(whole.length / 4096) }, (_, n) => (n + 1) * 4096);
  const ends = [
    0,
    1,
    2,
    3,
    100,
    400,
    500,
    whole.length - 1,
    whole.length - 20,
    whole.length - 22,
    whole.length - 300,
  ];
  const before = fingerprintOf(network);
  for (const length of [...blocks, ...ends, ...anywhere]) {
    const cut = await network.take(put(made as Offices, "cut.pgp", whole.subarray(0, length)));
    expect(cut, `at ${length}`).toMatchObject({ outcome: "refused" });
    expect(named, `at ${length}: ${JSON.stringify(cut.why)}`).toContain(cut.why?.type);
  }
  expect(fingerprintOf(network)).toBe(before);
  expect(await network.take(file)).toMatchObject({ outcome: "taken" });
});
