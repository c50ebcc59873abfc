// The core's ports as every shell on Node has them: what is local is here, what a shell lends is given.
import type { Ports } from "../../core/ports.ts";
import { clock } from "./clock.ts";
import { nodeFiles } from "./files.ts";
import { random } from "./random.ts";

export const nodePorts = (
  given: Pick<Ports, "timer" | "log" | "decoder" | "printer" | "tokens" | "places">,
): Ports => ({
  clock,
  random,
  files: nodeFiles,
  ...given,
});
