// What a bench prints: one row a figure, with what it must be and what it aims at, and the machine it ran on.
import { createHash } from "node:crypto";
import { availableParallelism, cpus, loadavg } from "node:os";
import type { Clock } from "../../main/core/ports.ts";

export type Unit = "ms" | "s" | "MB" | "KiB" | "x";

/** One figure; smaller is better. `also` holds what helps to read it. */
export type Figure = {
  readonly row: string;
  readonly measured: number;
  readonly unit: Unit;
  readonly must?: number;
  readonly aim?: number;
  readonly also?: Readonly<Record<string, number | string>>;
};

export type Machine = {
  readonly cores: number;
  readonly processor: string;
  readonly node: string;
  readonly date: string;
  /** Work waiting for a processor, over one minute: above `cores` the figures are too high. */
  readonly load: number;
  /** What part of one core this process was given when the row was finished: below 1 others kept the machine from it. */
  readonly share: number;
};

export type Row = Figure & { readonly verdict: "aim" | "must" | "missed" | "-"; readonly machine: Machine };

export function rowOf(figure: Figure, clock: Clock): Row {
  const measured = Number(figure.measured.toPrecision(3));
  return { ...figure, measured, verdict: verdictOf({ ...figure, measured }), machine: machine(clock) };
}

/** A table for people, in the order the rows came. */
export function tableOf(rows: readonly Row[]): string {
  const amount = (value: number | undefined, unit: Unit) => (value === undefined ? "-" : `${value} ${unit}`);
  const cells = rows.map(({ row, must, aim, measured, unit, verdict, also }) => [
    row,
    amount(must, unit),
    amount(aim, unit),
    amount(measured, unit),
    verdict,
    Object.entries(also ?? {})
      .map(([name, value]) => `${name} ${value}`)
      .join(", "),
  ]);
  const all = [["work", "must", "aim", "measured", "", ""], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function verdictOf({ measured, must, aim }: Figure): Row["verdict"] {
  if (aim !== undefined && measured <= aim) return "aim";
  if (must === undefined) return "-";
  return measured <= must ? "must" : "missed";
}

const machine = (clock: Clock): Machine => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? "unknown",
  node: process.versions.node,
  date: new Date(clock.now()).toISOString(),
  load: Number((loadavg()[0] ?? 0).toFixed(1)),
  share: shareOfCore(),
});

/** Keeps one core busy for a tenth of a second, and sees how much of it was given. */
function shareOfCore(): number {
  const start = performance.now();
  const before = process.cpuUsage();
  while (performance.now() - start < 100) createHash("sha256").update(Buffer.alloc(65_536)).digest();
  const { user, system } = process.cpuUsage(before);
  return Number(Math.min(1, (user + system) / 1000 / (performance.now() - start)).toFixed(2));
}

/** The value that `share` of all samples do not exceed. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const rounded = (value: number): number => Number(value.toPrecision(3));

/** Median and highest beside a 95th percentile. */
export const spread = (samples: readonly number[]) => ({
  p50: rounded(quantile(samples, 0.5)),
  highest: rounded(quantile(samples, 1)),
  samples: samples.length,
});
