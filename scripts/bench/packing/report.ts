import type { Measured } from "./measure.ts";
import type { Variant } from "./sets.ts";

/** The sets of one size and variant together: medians over the seeds, and the worst. */
export interface Row {
  readonly shapes: number;
  readonly tasks: number;
  readonly variant: Variant;
  readonly milliseconds: Spread;
  /** Of the fleet above the bound. */
  readonly gapPercent: Spread;
  /** Above the fleet, of the seeds where there is one; null: none. */
  readonly singleTypePercent: number | null;
  readonly karpenterPercent: number | null;
  readonly provenShare: number;
  readonly sumsImpossibleShare: number;
  readonly violations: readonly string[];
}

interface Spread {
  readonly median: number;
  readonly worst: number;
}

export function rowOf(sets: readonly Measured[]): Row {
  const [first] = sets;
  if (first === undefined) throw new Error("A row has at least one set");
  const { shapes, tasks, variant } = first.set;
  return {
    ...{ shapes, tasks, variant },
    milliseconds: spread(sets.map((one) => one.milliseconds)),
    gapPercent: spread(sets.map((one) => above(one.cost, one.lowerBound))),
    singleTypePercent: medianOver(sets, (one) => one.singleType),
    karpenterPercent: medianOver(sets, (one) => one.karpenter),
    provenShare: sets.filter((one) => one.proven).length / sets.length,
    sumsImpossibleShare: sets.filter((one) => one.sumsImpossible).length / sets.length,
    violations: sets.flatMap((one) => one.violations.map((violation) => `seed ${one.set.seed}: ${violation}`)),
  };
}

function medianOver(sets: readonly Measured[], costOf: (one: Measured) => number | null): number | null {
  const percents = sets.flatMap((one) => {
    const cost = costOf(one);
    return cost === null ? [] : [above(cost, one.cost)];
  });
  return percents.length === 0 ? null : median(percents);
}

function above(cost: number, least: number): number {
  return least === 0 ? 0 : (cost / least - 1) * 100;
}

function spread(values: readonly number[]): Spread {
  return { median: median(values), worst: Math.max(...values) };
}

/** The lower of the two in the middle. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

const widths = [6, 8, 8, 7, 8, 7, 7, 8, 10, 7, 4];

/** Eighty columns. */
export const measuredText = {
  heading: [
    line(["shapes", "tasks", "variant", "ms", "", "gap %", "", "1 type", "Karpenter", "proven", "bad"]),
    line(["", "", "", "median", "worst", "median", "worst", "+%", "rule +%", "%", ""]),
  ].join("\n"),
  line: (row: Row) =>
    line([
      ...[`${row.shapes}`, row.tasks.toLocaleString("en-US"), row.variant],
      ...[row.milliseconds.median, row.milliseconds.worst].map((value) => value.toFixed(1)),
      ...[row.gapPercent.median, row.gapPercent.worst].map((value) => value.toFixed(3)),
      ...[row.singleTypePercent, row.karpenterPercent].map((value) => value?.toFixed(1) ?? "-"),
      ...[(row.provenShare * 100).toFixed(0), `${row.violations.length}`],
    ]),
};

function line(cells: readonly string[]): string {
  return cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join("");
}

/** What the whole of the rows says. */
export function notesText(of: {
  readonly rows: readonly Row[];
  readonly memory: { readonly shapes: number; readonly tasks: number; readonly peakMiB: number } | null;
}): string[] {
  const { rows, memory } = of;
  const impossible = rows.reduce((sum, row) => sum + row.sumsImpossibleShare, 0) / Math.max(1, rows.length);
  const timesAsLong = rows.flatMap((row) => {
    const few = rows.find((other) => other.tasks === 2_000 && isSameKind(other, row));
    return row.tasks === 100_000 && few ? [row.milliseconds.median / few.milliseconds.median] : [];
  });
  const violations = rows.flatMap((row) =>
    row.violations.map((violation) => `${row.shapes} x ${row.tasks} ${row.variant}, ${violation}`),
  );
  return [
    `Sums over capacity give too few instances, proven, in ${(impossible * 100).toFixed(0)} % of the sets.`,
    ...(timesAsLong.length > 0
      ? [`100,000 tasks take ${median(timesAsLong).toFixed(2)} times as long as 2,000 (median of the rows).`]
      : []),
    ...(memory
      ? [`${memory.shapes} shapes, ${memory.tasks} tasks: ${memory.peakMiB.toFixed(0)} MiB above idle at the peak.`]
      : []),
    `What does not hold: ${violations.length === 0 ? "nothing" : violations.length}.`,
    ...violations.map((violation) => `  ${violation}`),
  ];
}

function isSameKind(a: Row, b: Row): boolean {
  return a.shapes === b.shapes && a.variant === b.variant;
}
