// The messages themselves: JSON texts that ask, answer or tell, the same in both directions of every transport.
import type { Failure, Result } from "../result.ts";
import { object, optional, z } from "../schema.ts";
import { Event } from "./events.ts";

/** Longest message between page and core, in UTF-16 units of its JSON text: 8 Mi. */
export const messageLimit = 8 * 1024 * 1024;
/** Longest message of what a shell lends the core: bytes as base64. */
export const lentLimit = 64 * 1024 * 1024;

/** One question, before it has a number. */
export const Call = object({ method: z.string().min(1).max(100), input: z.unknown() });
export type Call = z.infer<typeof Call>;

/** Any answer; which value and which failures is for the method's own schemas to say. */
export type Outcome = Result<unknown, Failure>;
const Outcome = z.union([
  object({ ok: z.literal(true), value: z.unknown() }),
  object({ ok: z.literal(false), error: z.looseObject({ type: z.string() }) }),
]);

const id = z.int().min(0);
export const Message = z.discriminatedUnion("kind", [
  // The router judges the call, so that whatever bears a number is answered.
  object({ kind: z.literal("ask"), id, method: optional(z.unknown()), input: optional(z.unknown()) }),
  object({ kind: z.literal("answer"), id, result: Outcome }),
  object({ kind: z.literal("event"), event: Event }),
]);
export type Message = z.infer<typeof Message>;

export type Problem = { readonly path: string; readonly what: string };
export type BadInput = { readonly type: "BadInput"; readonly problems: Problem[] };

export const badInput = (...problems: Problem[]): BadInput => ({ type: "BadInput", problems });

/** What a schema refused, by place and a word for the reason, never by value; the first twenty. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues
    .flatMap(({ path, code, message, ...issue }) => {
      const keys = code === "unrecognized_keys" && "keys" in issue ? (issue.keys as string[]) : undefined;
      if (keys) return keys.map((key) => ({ path: place([...path, key]), what: "unknown" }));
      return [
        { path: place(path), what: /^[a-z][a-z-]*$/.test(message) ? message : code.replaceAll("_", "-") },
      ];
    })
    .slice(0, 20);
}

const place = (path: readonly PropertyKey[]): string => path.map(String).join(".").slice(0, 200);
