// What is being typed is kept in the vault while it is typed, so that a lock, a crash or a pulled plug loses nothing.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { JsonValue } from "../../shared/signed-text.ts";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { call, type Trouble } from "./bridge.ts";
import { useAsk, useForget } from "./queries.tsx";

/** Where something is typed: a field of a case's section, or a form by its name. */
export type DraftPlace = {
  readonly case?: CaseId;
  readonly section?: SectionName;
  readonly place: string;
};

/** Typing is written down this long after the last key, in milliseconds. */
const keepAfter = 250;

const pending = new Map<string, () => Promise<unknown>>();

/** Writes down what is still waiting; asked before locking. */
export async function flushDrafts(): Promise<void> {
  await Promise.all([...pending.values()].map((keep) => keep()));
}

/** Why what is typed at a place is not kept while it is typed; told in one place of the window, whatever form it is. */
const unkept = new Map<string, Trouble>();
const listeners = new Set<() => void>();

function tellUnkept(key: string, trouble: Trouble | undefined): void {
  if (unkept.get(key)?.type === trouble?.type) return;
  if (trouble === undefined) unkept.delete(key);
  else unkept.set(key, trouble);
  for (const listener of listeners) listener();
}

/** Why what is being typed now is not kept while it is typed. */
export const useUnkept = (): Trouble | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => unkept.values().next().value,
  );

/**
 * A value being typed at a place. `draft` is what was kept there before, as long as it was not dropped; `keep` is called
 * with every change; `drop` when it was saved or given up.
 */
export function useDraft<T extends JsonValue>(
  place: DraftPlace,
): {
  readonly draft: T | undefined;
  readonly ready: boolean;
  readonly keep: (value: T) => void;
  readonly drop: () => void;
} {
  const key = JSON.stringify(place);
  const kept = useAsk("desk.drafts", place.case === undefined ? {} : { case: place.case });
  const found = kept.value?.drafts.find(
    (one) =>
      JSON.stringify({
        ...(one.case === undefined ? {} : { case: one.case }),
        ...(one.section === undefined ? {} : { section: one.section }),
        place: one.place,
      }) ===
      JSON.stringify({
        ...(place.case === undefined ? {} : { case: place.case }),
        ...(place.section === undefined ? {} : { section: place.section }),
        place: place.place,
      }),
  );
  const [dropped, setDropped] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const forget = useForget("desk.drafts");
  useEffect(
    () => () => {
      // What was typed in the last moment is written down too, and found where this place is shown again.
      void Promise.resolve(pending.get(key)?.())
        .then(() => tellUnkept(key, undefined))
        .then(forget);
    },
    [key, forget],
  );
  return {
    draft: dropped ? undefined : (found?.value as T | undefined),
    ready: kept.value !== undefined || kept.trouble !== undefined,
    keep: (value) => {
      const write = async () => {
        pending.delete(key);
        clearTimeout(timer.current);
        const kept = await call("desk.keepDraft", { ...place, value });
        tellUnkept(key, kept.ok ? undefined : kept.error);
      };
      pending.set(key, write);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void write(), keepAfter);
    },
    drop: () => {
      pending.delete(key);
      clearTimeout(timer.current);
      setDropped(true);
      tellUnkept(key, undefined);
      void call("desk.dropDraft", place);
    },
  };
}
