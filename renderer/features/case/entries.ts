// The journal's entries as rows, the newest first.
import type { JsonValue } from "../../../shared/signed-text.ts";
import { valueAt, type CaseFile } from "../../parts/case-file.tsx";

export type Entry = {
  readonly id: string;
  readonly at: number | undefined;
  readonly kind: string;
  readonly with: string | undefined;
  readonly text: string;
};

export function entriesOf(open: CaseFile): readonly Entry[] {
  const entries = open.at({ kind: "journal" }, ["entries"]);
  if (entries === undefined || entries === null || typeof entries !== "object") return [];
  return Object.entries(entries as Readonly<Record<string, JsonValue>>)
    .map(([id, entry]) => {
      const at = valueAt(entry, ["at"]);
      const text = (name: string) => {
        const found = valueAt(entry, [name]);
        return typeof found === "string" ? found : undefined;
      };
      return {
        id,
        at: typeof at === "number" ? at : undefined,
        kind: text("kind") ?? "note",
        with: text("with"),
        text: text("text") ?? "",
      };
    })
    .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
}
