// The one queue of the vault: tasks run one after another, whatever they await.
import { AsyncLocalStorage } from "node:async_hooks";

export type Queue = {
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Resolves when all that was queued until now is over. */
  idle(): Promise<void>;
};

/** A tail of promises; a task that queues another and waits for it would wait for itself, so that throws. */
export function makeQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  const inside = new AsyncLocalStorage<{ running: boolean }>();
  return {
    run<T>(task: () => Promise<T>): Promise<T> {
      if (inside.getStore()?.running === true)
        throw new Error("a write inside a write would wait for itself");
      const place = { running: true };
      const result = tail
        .then(() => inside.run(place, task))
        .finally(() => {
          place.running = false;
        });
      tail = result.catch(() => undefined);
      return result;
    },
    async idle() {
      await tail;
    },
  };
}
