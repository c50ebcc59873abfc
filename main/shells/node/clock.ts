// The laptop's clock.
import type { Milliseconds } from "../../../shared/brand.ts";
import type { Clock } from "../../core/ports.ts";

export const clock: Clock = { now: () => Date.now() as Milliseconds };
