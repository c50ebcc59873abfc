// Who has the vault open, and that somebody is here: hands on the laptop are told to the core, which locks without them.
import { createContext, useContext, useEffect, type ReactNode } from "react";
import { whys, type Why } from "../../shared/ipc/why.ts";
import { call, listen, type Value } from "./bridge.ts";
import { flushDrafts } from "./drafts.ts";

export type Open = Extract<Value<"vault.status">, { state: "open" }>;

const Session = createContext<Open | undefined>(undefined);

/** Hands on the laptop are told at most this often, in milliseconds. */
const tellEvery = 5_000;

/** Tells the core that somebody is here, as long as the caller is on the screen. */
export function useHands(): void {
  useEffect(() => {
    let last = 0;
    const here = () => {
      const now = Date.now();
      if (now - last < tellEvery) return;
      last = now;
      void call("desk.here", {});
    };
    const soon = listen((event) => {
      // A hand that comes back in the last seconds must be told at once.
      if (event.type === "vault.locksSoon") {
        last = 0;
        void flushDrafts();
      }
    });
    const seen = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
    for (const one of seen) window.addEventListener(one, here, { capture: true, passive: true });
    return () => {
      soon();
      for (const one of seen) window.removeEventListener(one, here, { capture: true });
    };
  }, []);
}

export function SessionOpen({ open, children }: { readonly open: Open; readonly children: ReactNode }) {
  useHands();
  return <Session value={open}>{children}</Session>;
}

export function useSession(): Open {
  const open = useContext(Session);
  if (open === undefined) throw new Error("outside of SessionOpen");
  return open;
}

/** Keeps what is being typed, then locks; the shell replaces this page. */
export async function lock(): Promise<void> {
  await flushDrafts();
  await call("vault.lock", {});
}

/** Why the window before this one ended: the word that the shell put behind the address. */
export const endedBefore = (): Why | undefined => whys.find((why) => location.hash === `#${why}`);

/** What is said of a vault that was closed for good: all that is left of it. */
export type Closed = Value<"vault.closeForGood">;

const Closing = createContext<(report: Closed) => void>(() => {});
/** Whoever stands around the session takes the report: the session is gone when it comes. */
export const ClosedTo = Closing.Provider;
export const useClosed = (): ((report: Closed) => void) => useContext(Closing);
