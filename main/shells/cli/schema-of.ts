// `waypost schema`: one method as JSON Schema.
import { describeMethod } from "../../../shared/ipc/describe.ts";
import type { AnyContract } from "../../../shared/ipc/method.ts";
import type { Outcome } from "../../../shared/ipc/wire.ts";
import { err, ok } from "../../../shared/result.ts";
import { methodOf } from "./program.ts";

export function schemaOf(contract: AnyContract, name: string): Outcome {
  const method = methodOf(contract, name);
  return method ? ok(describeMethod(name, method)) : err({ type: "UnknownMethod" });
}
