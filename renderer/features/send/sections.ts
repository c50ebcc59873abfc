// The sections that may go to a contact, as they are called, and which of them the user keeps here.
import { useState } from "react";
import type { SectionName } from "../../../shared/vocabulary/consent.ts";
import { useAsk } from "../../bridge/queries.tsx";
import { keyOf } from "../../parts/case-file.tsx";
import { numbered } from "../../parts/leaf.ts";
import type { Wanted } from "./may-go.tsx";

export type Going = {
  readonly name: SectionName;
  readonly number: number | undefined;
  /** Of a release: the leaf patterns that may go. */
  readonly fields: readonly string[];
  readonly goes: boolean;
  readonly set: (goes: boolean) => void;
};

/** All that may go, in the order of the case; all of it goes until a tick is taken away. */
export function useGoing({ contact, row, purpose, act }: Wanted): readonly Going[] | undefined {
  const { value } = useAsk("consent.choices", { case: row.case, contact: contact.contact, purpose, act });
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  if (value === undefined) return undefined;
  const numbers = numbered(value.choices.map(({ section }) => section));
  return value.choices.flatMap(({ section, may, fields }, at) => {
    const key = keyOf(section);
    const set = (goes: boolean) =>
      setKept((before) => {
        const after = new Set(before);
        if (goes) after.delete(key);
        else after.add(key);
        return after;
      });
    return may
      ? [{ name: section, number: numbers[at], fields: fields ?? [], goes: !kept.has(key), set }]
      : [];
  });
}
