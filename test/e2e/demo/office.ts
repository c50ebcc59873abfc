// One office of the story: a vault on its own laptop, which is a core process of its own.
import type { Contract, MethodName } from "../../../shared/ipc/contract.ts";
import type { Answered, Asked, CommonFailure } from "../../../shared/ipc/method.ts";
import { nodeDecoder } from "../../../main/shells/node/decoder.ts";
import { createPrinter } from "../../../main/shells/node/printer.ts";
import { startCore } from "../../../main/shells/node/start-core.ts";
import { pathTokens } from "../../../main/shells/node/tokens.ts";

type Value<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: true }>["value"];
type Refusal<M extends MethodName> = Extract<Answered<Contract[M]>, { ok: false }>["error"] | CommonFailure;

export type Office = {
  readonly name: string;
  /** The answer, or the story stops here. */
  readonly ask: <M extends MethodName>(method: M, input: Asked<Contract[M]>) => Promise<Value<M>>;
  /** The refusal, or the story stops here. */
  readonly refused: <M extends MethodName>(method: M, input: Asked<Contract[M]>) => Promise<Refusal<M>>;
  readonly close: () => Promise<void>;
};

/** Starts an office's core process. Paths are relative to `folder`. */
export function startOffice(name: string, folder: string): Office {
  const core = startCore({
    lent: { decoder: nodeDecoder(), printer: createPrinter(), tokens: pathTokens(folder) },
    note: () => undefined,
  });
  const answer = async <M extends MethodName>(method: M, input: Asked<Contract[M]>) =>
    (await core.call(method, input)) as Answered<Contract[M]>;
  return {
    name,
    ask: async (method, input) => {
      const answered = await answer(method, input);
      if (answered.ok) return answered.value as Value<typeof method>;
      throw new Error(`${name}: ${method} was refused: ${JSON.stringify(answered.error)}`);
    },
    refused: async (method, input) => {
      const answered = await answer(method, input);
      if (!answered.ok) return answered.error as Refusal<typeof method>;
      throw new Error(`${name}: ${method} should have been refused`);
    },
    close: async () => {
      await core.lock();
    },
  };
}
