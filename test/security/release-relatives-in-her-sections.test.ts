// Her yes to her visa section tells nothing of a relative who has not agreed, and by her word for one no more than that he applies.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonId } from "../../shared/vocabulary/ids.ts";
import { consent, smallCase, twoOffices } from "../support/offices.ts";

let made: Awaited<ReturnType<typeof twoOffices>>;
beforeAll(async () => void (made = await twoOffices()));
afterAll(() => made[Symbol.asyncDispose]());

const id = (n: number) => n.toString(16).repeat(32);
const [agreed, byHerWord, silent] = [id(1), id(2), id(3)] as [PersonId, PersonId, PersonId];
const family = (person: PersonId) => ({ kind: "family" as const, person });
const visa = { kind: "visa" } as const;
const work = { kind: "work" } as const;

test("what the preview and the dossier say of each", async () => {
  const { mission, network, toNetwork } = made;
  const of = await smallCase(mission);
  const application = ["applications", id(10)] as const;
  const of3 = [agreed, byHerWord, silent] as const;
  const edit = (path: readonly string[], set: string | object) => ({ path: [...path], set: set as never });
  await mission.ask("cases.save", {
    case: of,
    reason: "applications",
    edits: [
      {
        section: visa,
        edits: [
          edit([...application, "days"], 90 as never),
          edit([...application, "applicants", "her", "biometrics"], "yes"),
          ...of3.flatMap((person, n) => [
            edit([...application, "applicants", person, "when"], "later"),
            edit([...application, "applicants", person, "reference"], `REF-${n}`),
            edit([...application, "appointments", id(n + 4), "for"], person),
            edit([...application, "appointments", id(n + 4), "at"], { local: `2026-12-0${n + 1}T09:30` }),
            edit(["earlier", id(n + 7), "for"], person),
            edit(["earlier", id(n + 7), "what"], "entry-ban"),
          ]),
        ],
      },
      {
        section: work,
        edits: (["yes", "unknown"] as const).flatMap((shown, n) => [
          edit(["vouching", id(n + 13), "mayBeShown"], shown),
          edit(["vouching", id(n + 13), "on"], {
            value: `202${n}`,
            precision: "year",
            calendar: "gregorian",
          }),
        ]),
      },
      ...of3.map((person) => ({
        section: family(person),
        edits: [edit(["relation", "kind"], person === agreed ? "sister" : "brother")],
      })),
    ],
  });
  const yes = { act: "release", purpose: "visa" } as const;
  await consent(mission, of, toNetwork, [visa, work], {
    ...yes,
    fields: [visa, work].map((section) => ({ section, fields: ["*"] })),
  });
  for (const [who, person] of [
    ["person", agreed],
    ["her-word-for", byHerWord],
  ] as const)
    await consent(mission, of, toNetwork, [family(person)], {
      ...yes,
      by: { who, person },
      fields: [{ section: family(person), fields: ["relation.kind"] }],
    });
  const asked = {
    contact: toNetwork,
    case: of,
    purpose: "visa" as const,
    fields: [
      { section: visa, pattern: "*" },
      { section: work, pattern: "*" },
      ...[agreed, byHerWord].map((person) => ({ section: family(person), pattern: "relation.kind" })),
    ],
  };
  const { leaves } = await mission.ask("exchange.preview", asked);
  const shown = leaves.map(({ path }) => path.join("."));
  const about = (person: PersonId, n: number) =>
    shown.filter((path) => [person, id(n + 4), id(n + 7)].some((key) => path.includes(key))).toSorted();
  expect(about(agreed, 0)).toHaveLength(6);
  expect(about(byHerWord, 1)).toEqual([[...application, "applicants", byHerWord, "when"].join(".")]);
  expect(about(silent, 2)).toEqual([]);
  expect(shown).toContain([...application, "applicants", "her", "biometrics"].join("."));
  expect(shown.filter((path) => path.startsWith("vouching"))).toEqual([
    `vouching.${id(13)}.mayBeShown`,
    `vouching.${id(13)}.on`,
  ]);

  const done = await mission.ask("exchange.release", { ...asked, ticked: [], folder: "drive" });
  expect(done.fields).toBe(leaves.length);
  const { bundle } = await network.take(`drive/${done.file}`);
  if (bundle === undefined) throw new Error("nothing came");
  const { html } = await network.ask("exchange.dossier", { bundle });
  expect(html).toContain("REF-0");
  for (const secret of ["REF-1", "REF-2", "2 December 2026", "3 December 2026", "2021", silent])
    expect(html).not.toContain(secret);
});
