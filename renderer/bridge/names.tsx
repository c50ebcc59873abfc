// Whether names, routes, dates and places are shown: for one case, until it is left, covered or locked.
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import { useWay } from "./route.tsx";

type Names = {
  readonly shown: CaseId | undefined;
  /** The whole window is covered. */
  readonly covered: boolean;
  readonly show: (of: CaseId) => void;
  readonly cover: () => void;
  readonly coverWindow: (covered: boolean) => void;
};

const Shown = createContext<Names | undefined>(undefined);

export function NamesShown({ children }: { readonly children: ReactNode }) {
  const { route } = useWay();
  const [shown, setShown] = useState<CaseId>();
  const [covered, setCovered] = useState(false);
  const on = "case" in route ? route.case : undefined;
  if (shown !== undefined && shown !== on) setShown(undefined);
  const names = useMemo<Names>(
    () => ({
      shown,
      covered,
      show: setShown,
      cover: () => setShown(undefined),
      coverWindow: (now) => {
        if (now) setShown(undefined);
        setCovered(now);
      },
    }),
    [shown, covered],
  );
  return <Shown value={names}>{children}</Shown>;
}

export function useNames(): Names {
  const names = useContext(Shown);
  if (names === undefined) throw new Error("outside of NamesShown");
  return names;
}

/** Whether this case's names may be on the screen now. */
export const useNamesOf = (of: CaseId): boolean => useNames().shown === of;
