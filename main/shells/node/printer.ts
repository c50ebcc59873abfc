// The printer of a shell that has none.
import { err } from "../../../shared/result.ts";
import type { Printer } from "../../core/ports.ts";

export const noPrinter: Printer = { toPdf: () => Promise.resolve(err({ type: "NotHere", what: "printer" })) };
