// The ports the contract suite runs over, each as the same set of functions; `raw` sends any text and waits for the answer numbered 999.
import { once } from "node:events";
import { smallContract, makeSmallApp } from "./small-app.ts";
import { lentLimit, messageLimit } from "../../../shared/ipc/wire.ts";
import type { Outcome } from "../../../shared/ipc/wire.ts";
import type { Channel, Port } from "../../../main/ipc/port.ts";
import { memoryChannels, openPort } from "../../../main/ipc/port.ts";
import { createRouter } from "../../../main/ipc/router.ts";
import { channelTo } from "../../../main/shells/node/channels.ts";
import type { Lent } from "../../../main/shells/node/lent.ts";
import { borrowPorts, lendPorts } from "../../../main/shells/node/lent.ts";
import { spawnCore } from "../../../main/shells/node/start-core.ts";

export type Opened = Pick<Port, "call" | "subscribe"> & {
  readonly raw: (text: string) => Promise<Outcome>;
  readonly end: () => Promise<void>;
};
export type Target = { readonly name: string; readonly open: (lent?: Lent) => Opened };

/** The number a raw question carries. */
export const RAW = 999;

const note = () => {};

/** A shell's end of a channel, with a way past the port. */
function shellEnd(channel: Channel, lent: Lent): { port: Port; raw: Opened["raw"] } {
  let answered: (outcome: Outcome) => void = () => {};
  const port = openPort(
    {
      ...channel,
      receive: (onText, onEnd) =>
        channel.receive((text) => {
          const message = JSON.parse(text) as { kind: string; id?: number; result?: Outcome };
          if (message.kind === "answer" && message.id === RAW && message.result) answered(message.result);
          onText(text);
        }, onEnd),
    },
    { note, served: lentLimit, asked: messageLimit },
  );
  port.serve(lendPorts(lent, note));
  return {
    port,
    raw: (text) =>
      new Promise((resolve) => {
        answered = resolve;
        channel.send(text);
      }),
  };
}

const inProcess: Target = {
  name: "in this process",
  open: (lent = {}) => {
    const [mine, its] = memoryChannels();
    const core = openPort(its, { note, served: messageLimit, asked: lentLimit });
    core.serve(
      createRouter(makeSmallApp(borrowPorts(core.call)), {
        contract: smallContract,
        note,
        checkOutputs: true,
      }),
    );
    const { port, raw } = shellEnd(mine, lent);
    return {
      call: port.call,
      subscribe: port.subscribe,
      raw,
      end: async () => {
        port.close();
        await port.ended;
      },
    };
  },
};

export const smallEntry = new URL("./small-core-entry.ts", import.meta.url);

const childProcess: Target = {
  name: "in a process of its own",
  open: (lent = {}) => {
    const child = spawnCore(smallEntry, "ignore");
    const { port, raw } = shellEnd(channelTo(child), lent);
    return {
      call: port.call,
      subscribe: port.subscribe,
      raw,
      end: async () => {
        const exited = once(child, "exit");
        port.close();
        await exited;
      },
    };
  },
};

export const targets: readonly Target[] = [inProcess, childProcess];
