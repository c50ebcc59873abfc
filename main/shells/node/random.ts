// Randomness of the operating system.
import { randomBytes } from "node:crypto";
import type { Random } from "../../core/ports.ts";

export const random: Random = { bytes: (count) => randomBytes(count) };
