// The port: `call` and `subscribe` over any channel that carries texts, in both directions, with numbered questions.
import type { Event } from "../../shared/ipc/events.ts";
import type { Message, Outcome } from "../../shared/ipc/wire.ts";
import { badInput, Message as MessageSchema, messageLimit } from "../../shared/ipc/wire.ts";
import { err } from "../../shared/result.ts";
import type { Note, Router } from "./router.ts";

/** Carries texts to one other side, in order. */
export type Channel = {
  readonly send: (text: string) => void;
  /** Called once; what arrived before is handed over first. `onEnd` is called when no more can come. */
  readonly receive: (onText: (text: string) => void, onEnd: () => void) => void;
  readonly close: () => void;
};

export type Port = {
  /** Never rejects; `CoreEnded` when the other side is gone. */
  readonly call: (method: string, input: unknown) => Promise<Outcome>;
  readonly subscribe: (listener: (event: Event) => void) => () => void;
  /** From now on questions from the other side are answered, those that wait first. */
  readonly serve: (router: Router) => void;
  readonly close: () => void;
  readonly ended: Promise<void>;
};

/**
 * Opens one end. `served` is the longest message of what this end answers, `asked` of what it asks, both ways, in UTF-16
 * units: what is too long is answered as such. What is longer than both, or is no message, has no effect but a note.
 */
export function openPort(
  channel: Channel,
  {
    note,
    served = messageLimit,
    asked = messageLimit,
  }: { readonly note: Note; readonly served?: number; readonly asked?: number },
): Port {
  const waiting = new Map<number, (outcome: Outcome) => void>();
  const listeners = new Set<(event: Event) => void>();
  const router = Promise.withResolvers<Router>();
  const end = Promise.withResolvers<void>();
  let open = true;
  let next = 0;
  let unsubscribe = () => {};

  const send = (message: Message) => {
    if (open) channel.send(JSON.stringify(message));
  };

  const answer = async (id: number, call: unknown) => {
    const outcome = await (await router.promise).call(call);
    if (!open) return;
    const text = answerText(id, outcome);
    if (text !== undefined && text.length <= served) return channel.send(text);
    note("wire.answer-unfit", { length: text?.length ?? 0 });
    send({ kind: "answer", id, result: err({ type: "Bug", ticket: "answer-unfit" }) });
  };

  const onMessage = (message: Message, length: number) => {
    switch (message.kind) {
      case "ask":
        if (length <= served)
          return void answer(message.id, { method: message.method, input: message.input });
        return send({ kind: "answer", id: message.id, result: err(tooLong) });
      case "answer": {
        const resolve = waiting.get(message.id);
        waiting.delete(message.id);
        return resolve?.(length <= asked ? message.result : err({ type: "Bug", ticket: "answer-too-long" }));
      }
      case "event":
        for (const listener of listeners) listener(message.event);
    }
  };

  const onText = (text: string) => {
    const message = text.length <= Math.max(served, asked) ? parsed(text) : undefined;
    if (message === undefined) return note("wire.no-message", { length: text.length });
    onMessage(message, text.length);
  };

  const onEnd = () => {
    if (!open) return;
    open = false;
    unsubscribe();
    for (const resolve of waiting.values()) resolve(err({ type: "CoreEnded" }));
    waiting.clear();
    listeners.clear();
    end.resolve();
  };
  channel.receive(onText, onEnd);

  return {
    call: (method, input) => {
      if (!open) return Promise.resolve(err({ type: "CoreEnded" }));
      const id = next++;
      const text = JSON.stringify({ kind: "ask", id, method, input } satisfies Message);
      if (text.length > asked) return Promise.resolve(err(tooLong));
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      waiting.set(id, resolve);
      channel.send(text);
      return promise;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    serve: (answering) => {
      unsubscribe = answering.subscribe((event) => send({ kind: "event", event }));
      router.resolve(answering);
    },
    close: () => {
      channel.close();
      onEnd();
    },
    ended: end.promise,
  };
}

const tooLong = badInput({ path: "", what: "too-long" });

/** `undefined` for what JSON cannot say: a circle, a bigint. */
function answerText(id: number, result: Outcome): string | undefined {
  try {
    return JSON.stringify({ kind: "answer", id, result } satisfies Message);
  } catch {
    return undefined;
  }
}

function parsed(text: string): Message | undefined {
  try {
    return MessageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Two ends in one process; each text arrives in a later microtask, as over any other channel. */
export function memoryChannels(): readonly [Channel, Channel] {
  const left = end();
  const right = end();
  const side = (mine: End, other: End): Channel => ({
    send: (text) => queueMicrotask(() => other.text(text)),
    receive: (onText, onEnd) => {
      mine.text = onText;
      mine.ended = onEnd;
      for (const text of mine.early.splice(0)) onText(text);
    },
    close: () => {
      queueMicrotask(() => {
        other.ended();
        mine.ended();
      });
    },
  });
  return [side(left, right), side(right, left)];
}

type End = { early: string[]; text: (text: string) => void; ended: () => void };
const end = (): End => {
  const one: End = { early: [], text: (text) => void one.early.push(text), ended: () => {} };
  return one;
};
