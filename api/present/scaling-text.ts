import { Exact } from "../core/model/exact.ts";
import { money, quantity } from "./amount.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { wrapped } from "./layout.ts";

type ScaledService = NonNullable<OptionDocument["scaling"]>["services"][number];

/** What became of the services that scale, each said once with the options that it holds for, and what they would cost if they did not. */
export function scalingText(document: ComparisonDocument): string[] {
  const { options, currency } = document;
  const scaled = options.filter(({ scaling }) => scaling !== null);
  if (scaled.length === 0) return [];
  const said = new Map<string, string[]>();
  for (const { id, scaling } of scaled) {
    for (const service of scaling?.services ?? []) {
      const text = sentence(service);
      said.set(text, [...(said.get(text) ?? []), id]);
    }
  }
  const services = [...said].flatMap(([text, ids]) => [
    ...wrapped(text, "    ", "  - "),
    ...(ids.length === scaled.length ? [] : wrapped(`(${ids.join(", ")})`, "     ", "    ")),
  ]);
  return [
    "",
    "Scaling",
    ...services,
    ...instances(document, scaled),
    ...ranges(scaled, currency),
    ...fixed("Always at their maximum they would cost", (of) => of.fixedAtMaximum, { scaled, currency }),
    ...fixed("Always at the most tasks that they had", (of) => of.fixedAtPeak, { scaled, currency }),
  ];
}

/** `0.83 % short`, of options whose tasks did not hold the load all the time. */
export function shortfall({ scaling }: OptionDocument): string | null {
  const share = scaling?.unmetShare ?? null;
  return share === null || Number(share) === 0 ? null : `${percent(share)} short`;
}

function sentence({ service, tasks, taskStarts, unmetShare, underTargetShare, waiting }: ScaledService): string {
  const counts = `${quantity(tasks.mean)} tasks on average, ${tasks.p95} or fewer for 95 % of the time, ${tasks.peak} at most`;
  const starts = `${quantity(`${taskStarts}`)} ${taskStarts === 1 ? "start" : "starts"}`;
  const short = unmetShare === null ? "" : `; load above what its tasks have ${percent(unmetShare)} of the time`;
  const under = underTargetShare === null ? "" : `, metrics within their targets ${percent(underTargetShare)}`;
  return `${service}: ${counts}; ${starts}${short}${under}${waited(waiting)}`;
}

function waited(waiting: ScaledService["waiting"]): string {
  if (waiting === null || waiting.tasks === 0) return "";
  const { tasks, p95Seconds, longestSeconds } = waiting;
  return `; ${quantity(`${tasks}`)} tasks waited for an instance, 95 % of them ${p95Seconds} s or less, ${longestSeconds} s at most`;
}

/** Of each group of instances: how many at most, and how many on average. */
function instances({ hours }: ComparisonDocument, scaled: readonly OptionDocument[]): string[] {
  return scaled.flatMap(({ id, scaling }) =>
    (scaling?.capacityProviders ?? []).flatMap(({ capacityProvider, instanceTypes, peak, instanceHours, launches }) => {
      const mean = new Exact(instanceHours).div(hours).toDecimalPlaces(1).toFixed();
      const group =
        capacityProvider === null ? instanceTypes.join(", ") : `${capacityProvider} (${instanceTypes.join(", ")})`;
      const text = `${id}: ${quantity(mean)} instances of ${group} on average, ${peak} at most; ${quantity(`${launches}`)} launches.`;
      return wrapped(text, "    ", "  - ");
    }),
  );
}

function ranges(scaled: readonly OptionDocument[], currency: string): string[] {
  const amounts = scaled.flatMap(({ id, scaling }) =>
    scaling?.range ? [`${id} ${money(scaling.range.p50, currency)} and ${money(scaling.range.p90, currency)}`] : [],
  );
  const runs = scaled.find(({ scaling }) => scaling?.range)?.scaling?.range?.simulations;
  if (runs === undefined) return [];
  const text = `Of ${runs} runs with other random loads, half and nine tenths cost no more than: ${amounts.join(", ")}.`;
  return wrapped(text, "    ", "  - ");
}

function fixed(
  what: string,
  amountOf: (scaling: NonNullable<OptionDocument["scaling"]>) => string | null,
  { scaled, currency }: { readonly scaled: readonly OptionDocument[]; readonly currency: string },
): string[] {
  const amounts = scaled.flatMap(({ id, scaling }) => {
    const amount = scaling && amountOf(scaling);
    return amount ? [`${id} ${money(amount, currency)}`] : [];
  });
  return amounts.length === 0 ? [] : wrapped(`${what}: ${amounts.join(", ")}.`, "    ", "  - ");
}

/** A share above 0 is never shown as 0. */
function percent(share: string): string {
  const exact = new Exact(share).times(100);
  const shown = exact.toDecimalPlaces(2);
  return `${shown.isZero() && !exact.isZero() ? "< 0.01" : shown.toFixed()} %`;
}
