// The texts of the program in English, and the types of their keys. Other languages have the same keys, by test.
import en from "./en.json" with { type: "json" };

export type { PlainKey, TextKey, TextParameters } from "./keys.ts";

export const english = en;

/** Types of errors that have a text: what happened, what it means for the data, what to do. */
export type ErrorType = keyof typeof en.errors;
export const errorTypes = Object.keys(en.errors) as readonly ErrorType[];
export const hasErrorText = (type: string): type is ErrorType => Object.hasOwn(en.errors, type);
