// The contract as a whole: its names, its schemas as JSON, one shape for each failure.
import { expect, test } from "vitest";
import { contract } from "../../../../shared/ipc/contract.ts";
import { describeMethod } from "../../../../shared/ipc/describe.ts";
import { Event } from "../../../../shared/ipc/events.ts";
import { lentContract } from "../../../../shared/ipc/lent.ts";
import type { AnyMethod } from "../../../../shared/ipc/method.ts";
import { commonFailures, failure, joinSubjects, method } from "../../../../shared/ipc/method.ts";
import { methodNames } from "../../../../shared/ipc/names.ts";
import { object, z } from "../../../../shared/schema.ts";
import { hasErrorText } from "../../../../shared/texts/texts.ts";

const methods: readonly (readonly [string, AnyMethod])[] = Object.entries(contract);

test("the light list of names is the contract's, in order", () => {
  expect(methodNames).toEqual(Object.keys(contract).toSorted());
});

test.each(methods)("%s can be told as JSON Schema, and takes no field it does not name", (name, one) => {
  const told = describeMethod(name, one);
  expect(told.input).toMatchObject({ type: "object", additionalProperties: false });
  expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]+$/);
  for (const error of told.errors) {
    expect(error).toMatchObject({
      type: "object",
      additionalProperties: false,
      properties: { type: { const: expect.any(String) as string } },
    });
  }
});

test.each(methods)("%s: its secrets are fields of its input", (_, one) => {
  for (const secret of [...one.secrets, ...one.chosen])
    expect(Object.keys(one.input.shape)).toContain(secret);
  for (const chosen of one.chosen) expect(one.secrets).toContain(chosen);
});

const shapes = [...methods.flatMap(([, one]) => one.failures), ...commonFailures].map((schema) => {
  const told = z.toJSONSchema(schema);
  const {
    type: { const: type },
  } = told.properties as { type: { const: string } };
  return [type, JSON.stringify(told)] as const;
});

test("a failure has one shape wherever it is answered", () => {
  const known = new Map<string, string>();
  for (const [type, shape] of shapes) {
    expect([type, known.get(type) ?? shape]).toEqual([type, shape]);
    known.set(type, shape);
  }
});

test("every failure has a text for people", () => {
  expect(shapes.map(([type]) => type).filter((type) => !hasErrorText(type))).toEqual([]);
});

test("what a shell lends and what the core tells can be told as JSON Schema too", () => {
  for (const [name, one] of Object.entries(lentContract))
    expect(() => describeMethod(name, one)).not.toThrow();
  expect(() => z.toJSONSchema(Event)).not.toThrow();
});

const say = method({
  input: object({ text: z.string() }),
  output: object({}),
  errors: ["Quiet", failure("Loud", { by: z.int() })],
  unlocked: true,
});

test("a name that stands twice is refused at load", () => {
  expect(() => joinSubjects({ "a.say": say }, { "b.say": say }, { "a.say": say })).toThrow(
    "a.say stands twice",
  );
});

test("a name is a failure without parameters; a job takes its caller's name for it", () => {
  expect(say.failures.map((schema) => schema.safeParse({ type: "Quiet" }).success)).toEqual([true, false]);
  expect(say.input.safeParse({ text: "a", job: "job-12345" }).success).toBe(false);
  const long = method({ input: object({}), output: object({}), errors: [], unlocked: true, job: true });
  expect(long.input.safeParse({ job: "job-12345" }).success).toBe(true);
  expect(long.input.safeParse({}).success).toBe(true);
  expect(long.input.safeParse({ job: "x y" }).success).toBe(false);
});
