import { cpuTargetPercent, usualHours } from "./cluster-request.ts";
import type { ServiceRow } from "./service-row.ts";

export type AssumptionTexts = readonly { readonly code: string; readonly text: string }[];

/** What the list leaves open and how it was taken, of what its rows say. */
export function rowAssumptions() {
  const seen = { scaled: 0, unbounded: 0, unused: 0, hours: 0 };
  return {
    note(row: ServiceRow): void {
      const isBounded = row.tasksMin !== null || row.tasksMax !== null;
      if (row.loadProfile !== null && isBounded) seen.scaled += 1;
      if (row.loadProfile !== null && !isBounded) seen.unbounded += 1;
      if (row.loadProfile === null && isBounded) seen.unused += 1;
      if (row.hours !== null) seen.hours += 1;
    },
    /** `hours`: the periods of the clusters. */
    texts(hours: ReadonlySet<string>): AssumptionTexts {
      const always = [asConfigured, ...(seen.hours > 0 ? [hoursFromStart] : [usualPeriod])];
      const some = [
        ...(seen.scaled > 0 ? [targetTracking(seen.scaled)] : []),
        ...(seen.unbounded > 0 ? [withoutBounds(seen.unbounded)] : []),
        ...(seen.unused > 0 ? [withoutLoad(seen.unused)] : []),
        ...(hours.size > 1 ? [severalPeriods([...hours])] : []),
      ];
      return [...always, ...some];
    },
  };
}

const asConfigured = {
  code: "list_not_configured",
  text: "A list does not say where services run today: in the comparisons of its clusters, as-configured stands for Fargate, and here it is left out.",
};

const usualPeriod = {
  code: "list_period",
  text: `No row says its hours: every cluster is priced for ${usualHours} hours.`,
};

const hoursFromStart = {
  code: "list_hours",
  text: `A cluster is priced for the longest hours of its rows, a row without any counting as ${usualHours}. A service that runs for fewer runs from the beginning of them, to the second; one that says none, for all of them.`,
};

function targetTracking(rows: number) {
  const text = `Services with a load profile and a min or max (${rows}) are scaled between these by target tracking at ${cpuTargetPercent} % of their CPU; a bound that is not given is the number of tasks.`;
  return { code: "list_scaling", text };
}

function withoutBounds(rows: number) {
  const text = `Services with a load profile and neither min nor max (${rows}) are not scaled: their tasks are what runs.`;
  return { code: "list_load_without_bounds", text };
}

function withoutLoad(rows: number) {
  const text = `Of services with a min or max and no load profile (${rows}) no load is known: their tasks are what runs.`;
  return { code: "list_bounds_without_load", text };
}

function severalPeriods(hours: readonly string[]) {
  const shown = hours.length > 5 ? `${hours.slice(0, 5).join(", ")}, …` : hours.join(", ");
  return {
    code: "list_periods_differ",
    text: `Clusters are priced for different hours (${shown}): totals add these up.`,
  };
}
