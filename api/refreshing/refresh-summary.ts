import type { RefreshReport } from "./refresh.ts";

/** A report as a line of a log can hold it: counts, and the first names of what was kept back. */
export function refreshSummary({ snapshot, counts, refusals, failures }: RefreshReport): object {
  return {
    snapshot,
    ...counts,
    keptBack: refusals.length,
    notRead: failures.length,
    named: [
      ...failures.map(({ code, region, part }) => `${code} ${region} ${part}`),
      ...refusals.map(({ code, region, sku }) => `${code} ${region} ${sku ?? "(no SKU)"}`),
    ].slice(0, namedMax),
  };
}

const namedMax = 50;
