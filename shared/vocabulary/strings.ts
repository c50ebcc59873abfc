// Text a person typed: its lengths, and the characters that are refused because they deceive or break.
import { z } from "../schema.ts";

/** Longest texts in UTF-16 units, as JavaScript counts. */
export const textLimits = { short: 200, line: 1_000, text: 20_000 } as const;

const hasNul = (value: string) => value.includes("\0");
/** Overrides, embeddings and isolates turn a line around on screen; marks (200E, 200F, 061C) and joiners do not. */
const turns = (value: string) => /[\u202a-\u202e\u2066-\u2069]/u.test(value);
const hasControl = (value: string) => /[\u0001-\u001f\u007f-\u009f\u2028\u2029]/u.test(value);
const hasControlButBreaks = (value: string) => /[\u0001-\u0008\u000b-\u001f\u007f-\u009f]/u.test(value);

const sound = (max: number) =>
  z
    .string()
    .min(1, "empty")
    .max(max, "too-long")
    .refine((value) => value.isWellFormed(), "broken-character")
    .refine((value) => !hasNul(value), "nul");

const single = (max: number) =>
  sound(max)
    .refine((value) => !hasControl(value), "control-character")
    .refine((value) => !turns(value), "direction-override")
    .refine((value) => value.trim().length > 0, "empty");

export const shortText = single(textLimits.short);
export const lineText = single(textLimits.line);
/** Line feeds and tabs are allowed, and direction marks of every kind: a quotation may need them. */
export const longText = sound(textLimits.text).refine(
  (value) => !hasControlButBreaks(value),
  "control-character",
);
