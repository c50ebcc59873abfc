// The rows of the caseload a hundred at a time: only what is in sight, and near it, is asked for.
import { useCallback, useMemo, useState } from "react";
import type { Value } from "../../bridge/bridge.ts";
import { useAsk, useAskAll } from "../../bridge/queries.tsx";
import type { View } from "./filter.ts";

export type CaseRow = Value<"cases.list">["cases"][number];
type Groups = Value<"cases.list">["groups"];

const pageSize = 100;

/** What stands at a line: the heading of a group, or a row by its place among all. */
export type CaseLine =
  | { readonly kind: "heading"; readonly group: string; readonly count: number }
  | { readonly kind: "row"; readonly row: number };

/** Lines of rows that follow one another in groups, each below its heading; without groups, rows alone. */
export function linesOf(groups: Groups, total: number) {
  let rows = 0;
  const placed = groups.map(({ group, count }, at) => {
    const one = { group, count, firstRow: rows, heading: rows + at };
    rows += count;
    return one;
  });
  return {
    lines: total + placed.length,
    lineAt: (line: number): CaseLine => {
      const group = placed.findLast(({ heading }) => heading <= line);
      if (group === undefined) return { kind: "row", row: line };
      if (group.heading === line) return { kind: "heading", group: group.group, count: group.count };
      return { kind: "row", row: group.firstRow + line - group.heading - 1 };
    },
    lineOf: (row: number): number => row + placed.filter(({ firstRow }) => firstRow <= row).length,
  };
}

export function usePages({ stage, ...view }: View) {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const input = { ...view, ...(stage === undefined ? {} : { state: stage }), limit: pageSize };
  const head = useAsk("cases.list", { ...input, offset: 0 }, { keep: true });
  const total = head.value?.total ?? 0;
  const firstPage = Math.floor(Math.min(range.first, Math.max(0, total - 1)) / pageSize);
  const lastPage = Math.floor(Math.min(range.last, Math.max(0, total - 1)) / pageSize);
  const wanted = Array.from({ length: lastPage - firstPage + 1 }, (_, at) => firstPage + at).filter(
    (page) => page > 0,
  );
  const pages = useAskAll(
    "cases.list",
    wanted.map((page) => ({ ...input, offset: page * pageSize })),
  );
  const rowAt = (row: number): CaseRow | undefined => {
    const page = Math.floor(row / pageSize);
    const value = page === 0 ? head.value : pages[wanted.indexOf(page)];
    return value?.cases[row - page * pageSize];
  };
  const groups = head.value?.groups;
  const lines = useMemo(() => linesOf(groups ?? [], total), [groups, total]);
  const onRange = useCallback(
    (first: number, last: number) =>
      setRange((before) => (before.first === first && before.last === last ? before : { first, last })),
    [setRange],
  );
  const loaded = [
    ...(head.value?.cases ?? []).map((one, at) => [one.case, at] as const),
    ...wanted.flatMap((page, at) =>
      (pages[at]?.cases ?? []).map((one, row) => [one.case, page * pageSize + row] as const),
    ),
  ];
  return {
    known: head.value !== undefined,
    trouble: head.trouble,
    total,
    stages: head.value?.stages ?? {},
    rowAt,
    /** Where a case stands, if that page was read. */
    placeOf: (of: string): number | undefined => loaded.find(([one]) => one === of)?.[1],
    onRange,
    ...lines,
  };
}
