// What of the caseload is looked at: kept while the vault is open, so that leaving a case leads back to the same list.
import { useState } from "react";
import type { Value } from "../../bridge/bridge.ts";

export type View = Value<"desk.views">["views"][number]["view"];

let last: View = {};

/** The view now, and a way to change it; a part that is `undefined` is left out. */
export function useView(): readonly [
  View,
  (view: { readonly [K in keyof View]: View[K] | undefined }) => void,
] {
  const [view, setView] = useState(last);
  return [
    view,
    (next) => {
      last = Object.fromEntries(Object.entries(next).filter(([, part]) => part !== undefined && part !== ""));
      setView(last);
    },
  ];
}

/** Two views that ask for the same. */
export const sameView = (a: View, b: View): boolean =>
  a.text === b.text && a.stage === b.stage && a.role === b.role && a.attention === b.attention;
