// A method as JSON Schema, for people and programs that call it from outside.
import { z } from "../schema.ts";
import type { AnyMethod } from "./method.ts";
import { commonFailures } from "./method.ts";

/** All that can be said of a method in JSON; throws where a schema holds what JSON cannot (bytes, dates, transforms). */
export function describeMethod(name: string, one: AnyMethod) {
  return {
    method: name,
    unlocked: one.unlocked,
    job: one.job,
    secrets: one.secrets,
    input: z.toJSONSchema(one.input, { io: "input" }),
    output: z.toJSONSchema(one.output, { io: "output" }),
    errors: [...one.failures, ...commonFailures].map((failure) => z.toJSONSchema(failure)),
  };
}
