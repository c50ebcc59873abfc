// What is wrong with a value, by path: words for screens are made of these, never of a library's messages.
import { z } from "../schema.ts";

/** `why` is one of a closed list of causes; `at` is the path within the value that was checked. */
export type Problem = { readonly at: readonly string[]; readonly why: ProblemCause };

export const problemCauses = [
  "empty",
  "too-long",
  "too-many",
  "broken-character",
  "nul",
  "control-character",
  "direction-override",
  "unknown-field",
  "missing",
  "bad-key",
  "not-on-the-list",
  "wrong-shape",
  "out-of-range",
  "date-shape",
  "date-precision",
  "no-such-day",
  "person-for-family-only",
  "end-needed",
  "release-needs-fields",
  "share-is-whole-sections",
  "share-needs-certificate",
  "her-word-for-a-release-only",
  "one-authority",
  "practice-only",
  "unknown-person",
  "unknown-record",
  "zone-unreadable",
] as const;
export const ProblemCause = z.enum(problemCauses);
export type ProblemCause = z.infer<typeof ProblemCause>;

const causes: ReadonlySet<string> = new Set(problemCauses);
const isCause = (message: string): message is ProblemCause => causes.has(message);

/** Every problem that a failed check found, at most `limit`, never with the value itself. */
export function problemsOf(error: z.ZodError, limit = 100): readonly Problem[] {
  return error.issues
    .flatMap((issue): Problem[] => {
      const at = issue.path.map(String);
      if (issue.code === "unrecognized_keys")
        return issue.keys.map((key) => ({ at: [...at, shown(key)], why: "unknown-field" as const }));
      return [{ at: at.map(shown), why: causeOf(issue) }];
    })
    .slice(0, limit);
}

/** Keys come from outside: a long or strange one is not repeated. */
const shown = (key: string) => (/^[\w-]{1,64}$/.test(key) ? key : "?");

function causeOf(issue: z.core.$ZodIssue): ProblemCause {
  if (isCause(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_key":
      return "bad-key";
    case "invalid_value":
      return "not-on-the-list";
    case "too_big":
    case "too_small":
      return "out-of-range";
    case "invalid_type":
      return issue.message.endsWith("received undefined") ? "missing" : "wrong-shape";
    default:
      return "wrong-shape";
  }
}
