import type {
  Cause,
  CauseOfDifference,
  Difference,
  DifferenceLine,
  FreeChange,
  OptionDifference,
  OptionState,
  Sides,
} from "../model/difference.ts";
import { causes } from "../model/difference.ts";
import { Exact } from "../model/exact.ts";
import type { RecordedComparison, RecordedLine, RecordedOption } from "../model/recorded.ts";
import { type Effects, priced, summing, sumOf } from "./effects.ts";
import { instanceLines } from "./instance-lines.ts";
import {
  bothTasks,
  type OptionSides,
  optionSides,
  otherCount,
  otherKinds,
  otherResources,
  sideBySide,
} from "./option-sides.ts";
import { effectLines, otherLines, priceLine, priceOf, taskLines } from "./task-lines.ts";

/**
 * What another comparison comes to beside a first one, and why: by causes that sum to the difference exactly. Both are in one currency,
 * which the caller sees to. Swapping the two turns every amount's sign.
 */
export function differ(both: Sides<RecordedComparison>): Difference {
  const { was, is } = both;
  return {
    ids: { was: was.id, is: is.id },
    currency: is.currency,
    inputs: inputsOf(both),
    cheapest: { was: was.cheapest, is: is.cheapest },
    recommended: { was: was.recommended, is: is.recommended },
    options: sideBySide({ was: was.options, is: is.options }, ({ id }) => id).map((found) =>
      optionDifference({ was: found.was[0], is: found.is[0] }, both),
    ),
  };
}

function inputsOf({ was, is }: Sides<RecordedComparison>): Difference["inputs"] {
  const named = (name: string, of: (one: RecordedComparison) => string) => ({ name, was: of(was), is: of(is) });
  return [
    named("region", ({ region }) => region),
    named("hours", ({ hours }) => `${hours}`),
    named("prices", ({ snapshot }) => snapshot),
    named("taskDefinitions", ({ taskDefinitions }) => [...taskDefinitions].sort().join(", ")),
    named("engine", ({ engine }) => engine),
  ].filter((input) => input.was !== input.is);
}

function optionDifference(of: Sides<RecordedOption | undefined>, both: Sides<RecordedComparison>): OptionDifference {
  const { id = "", label = "" } = of.is ?? of.was ?? {};
  const { was, is } = of;
  const total = { was: was?.total ?? null, is: is?.total ?? null };
  const isPriced = was !== undefined && is !== undefined && total.was !== null && total.is !== null;
  const sides = isPriced ? optionSides({ was, is }, both) : null;
  const found = sides === null ? [] : causesOf(linesOf(sides));
  return {
    ...{ id, label, state: { was: stateOf(was), is: stateOf(is) }, total, causes: found },
    services: sides === null ? [] : servicesOf({ was: was?.allocation ?? [], is: is?.allocation ?? [] }),
    withoutCost: sides === null ? [] : withoutCost(sides, found),
  };
}

function stateOf(option: RecordedOption | undefined): OptionState {
  if (option === undefined) return "absent";
  return option.total === null ? "not-feasible" : "priced";
}

/** Without what ran on both sides nothing can be told but prices: the rest is usage. */
function linesOf(sides: OptionSides): DifferenceLine[] {
  const { lines, tasks } = sides;
  const where = (is: (line: RecordedLine) => boolean) => ({ was: lines.was.filter(is), is: lines.is.filter(is) });
  const isOnTop = ({ unit }: RecordedLine) => unit === "Charges";
  const isByTask = ({ launchType, service }: RecordedLine) => launchType !== null && service !== null;
  const isByInstance = ({ launchType, service }: RecordedLine) => launchType !== null && service === null;
  const own =
    tasks === null
      ? otherLines(
          sides,
          where((line) => !isOnTop(line)),
        )
      : [
          ...taskLines(sides, where(isByTask)),
          ...instanceLines(sides, where(isByInstance)),
          ...otherLines(
            sides,
            where((line) => line.launchType === null && !isOnTop(line)),
          ),
        ];
  return [...own, ...linesOnTop(where(isOnTop), own)];
}

/** A part of what is charged has the causes of what it is a part of. */
function linesOnTop(lines: Sides<readonly RecordedLine[]>, own: readonly DifferenceLine[]): DifferenceLine[] {
  const ofProvider = own.filter(({ sku }) => !sku?.startsWith("own/"));
  const effects: Effects = Object.fromEntries(
    causes.map((cause) => [
      cause,
      sumOf(ofProvider.filter((line) => line.cause === cause).map(({ amount }) => amount)),
    ]),
  );
  return sideBySide(lines, ({ sku }) => sku).flatMap((of) => {
    const line = { ...((of.is[0] ?? of.was[0]) as RecordedLine), service: null };
    const found = priced(of);
    const isThere = !found.quantity.was.isZero() && !found.quantity.is.isZero();
    const whole = { is: found.ofQuantity, otherwise: "usage" as const };
    const measured = found.quantity;
    return [
      ...priceLine(line, found),
      ...effectLines(line, summing(isThere ? effects : {}, priceOf(found), whole), () => ({
        ...{ unit: line.unit, measured },
      })),
    ];
  });
}

function causesOf(lines: readonly DifferenceLine[]): CauseOfDifference[] {
  const bySize = (a: { amount: DifferenceLine["amount"] }, b: { amount: DifferenceLine["amount"] }) =>
    b.amount.abs().comparedTo(a.amount.abs());
  const byCause = (cause: Cause) => lines.filter((line) => line.cause === cause && !line.amount.isZero());
  return causes
    .map((cause) => {
      const own = byCause(cause).sort(bySize);
      return { cause, amount: sumOf(own.map(({ amount }) => amount)), lines: own };
    })
    .filter(({ lines: own }) => own.length > 0)
    .sort(bySize);
}

function servicesOf(allocation: Sides<RecordedOption["allocation"]>): OptionDifference["services"] {
  return sideBySide(allocation, ({ service }) => JSON.stringify(service)).map(({ was, is }) => ({
    service: (is[0] ?? was[0])?.service ?? null,
    was: was[0]?.cost ?? new Exact(0),
    is: is[0]?.cost ?? new Exact(0),
  }));
}

/** Changes of tasks that no line tells of. Where the fleet is another one too, they may be what made it so. */
function withoutCost(sides: OptionSides, found: readonly CauseOfDifference[]): FreeChange[] {
  const told = (of: { service: string; launchType: string }, by: readonly Cause[]) =>
    found.some(({ cause, lines }) =>
      lines.some(
        ({ service, launchType }) =>
          launchType === of.launchType && (cause === "packing" || (by.includes(cause) && service === of.service)),
      ),
    );
  return (sides.tasks?.is ?? []).flatMap((row): FreeChange[] => {
    const both = bothTasks(sides, row);
    if (both === null) return [];
    const { service, launchType } = row;
    const isShape = (otherResources(both).length > 0 || otherKinds(both)) && !told(row, ["shape"]);
    const isCount = otherCount(both) && !told(row, ["count", "period", "launch-type"]);
    const size = ({ was, is }: typeof both) => ({ was: sizeOf(was), is: sizeOf(is) });
    const count = { was: `${both.was.taskHours}`, is: `${both.is.taskHours}` };
    return [
      ...(isShape ? [{ service, launchType, what: "shape" as const, ...size(both) }] : []),
      ...(isCount ? [{ service, launchType, what: "count" as const, ...count }] : []),
    ];
  });
}

function sizeOf({ resources, kinds }: { resources: Readonly<Record<string, number>>; kinds: readonly string[] }) {
  const amounts = Object.entries(resources)
    .filter(([, amount]) => amount > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, amount]) => `${amount} ${name}`);
  return [...amounts, [...kinds].sort().join(" or ")].join(", ");
}
