// Where in the program a person is: kept in memory alone, since an address would tell of it.
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import type { SectionName } from "../../shared/vocabulary/consent.ts";
import type { BundleId, CaseId, ContactId, SectionId } from "../../shared/vocabulary/ids.ts";

export type CaseTab =
  | "overview"
  | "identity"
  | "reach"
  | "family"
  | "work"
  | "visa"
  | "place"
  | "travel"
  | "plan"
  | "journal"
  | "consent";

export type Route =
  | { readonly at: "today" }
  | { readonly at: "cases" }
  | { readonly at: "new-case" }
  | {
      readonly at: "case";
      readonly case: CaseId;
      readonly tab: CaseTab;
      /** A person of the family list, a record, a field: what the tab shows first. */
      readonly on?: string;
    }
  | { readonly at: "call-sheet"; readonly case: CaseId }
  | {
      readonly at: "two-values";
      readonly case: CaseId;
      readonly section: SectionName;
      /** Where two have that name; else the one with two answers there. */
      readonly which?: SectionId;
      readonly path: readonly string[];
    }
  | { readonly at: "twins"; readonly case: CaseId; readonly section: SectionName }
  | { readonly at: "quarantine"; readonly case?: CaseId }
  | { readonly at: "exchange" }
  | { readonly at: "send"; readonly case?: CaseId; readonly contact?: ContactId }
  | { readonly at: "receive" }
  | { readonly at: "dossier"; readonly bundle: BundleId }
  | { readonly at: "contacts"; readonly contact?: ContactId }
  | { readonly at: "settings"; readonly part?: string };

type Way = {
  readonly route: Route;
  readonly go: (to: Route) => void;
  /** To where she came from; to Today where there is nothing before. */
  readonly back: () => void;
};

const Here = createContext<Way | undefined>(undefined);

export function Routes({ children }: { readonly children: ReactNode }) {
  const [trail, setTrail] = useState<readonly Route[]>([{ at: "today" }]);
  const way = useMemo<Way>(
    () => ({
      route: trail.at(-1) ?? { at: "today" },
      go: (to) => setTrail((before) => [...before.slice(-50), to]),
      back: () => setTrail((before) => (before.length > 1 ? before.slice(0, -1) : [{ at: "today" }])),
    }),
    [trail],
  );
  return <Here value={way}>{children}</Here>;
}

export function useWay(): Way {
  const way = useContext(Here);
  if (way === undefined) throw new Error("outside of Routes");
  return way;
}
