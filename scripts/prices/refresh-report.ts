import { table, wrapped } from "../../api/present/layout.ts";
import type { PartFailure, RefreshReport } from "../../api/refreshing/refresh.ts";
import { publicSources } from "../../api/refreshing/sources.ts";
import type { PriceMove } from "../../db/price-changes.ts";

/** What a refresh has come to, for a terminal. */
export function reportText(report: RefreshReport, { dryRun }: { readonly dryRun: boolean }): string {
  const { counts, instanceTypes: types, spotAdvice: advice, observations } = report;
  const confirmed = counts.confirmed > 0 ? ` (${number(counts.confirmed)} of them better known than before)` : "";
  const lines = [
    outcome(report, dryRun),
    `Prices: ${number(counts.new)} new, ${number(counts.changed)} changed, ` +
      `${number(counts.unchanged)} unchanged${confirmed}, ${number(counts.vanished)} vanished.`,
  ];
  const described = types.new + types.changed + types.unchanged > 0;
  if (described)
    lines.push(`Instance types: ${types.new} new, ${types.changed} changed, ${types.unchanged} unchanged.`);
  if (advice.new + advice.changed + advice.unchanged > 0)
    lines.push(`Spot advice: ${advice.new} new, ${advice.changed} changed, ${advice.unchanged} unchanged.`);
  if (observations > 0) lines.push(`Spot pools: ${number(observations)} new observations.`);
  if (report.passedOver > 0) lines.push(`${number(report.passedOver)} listed products are none that Stowage prices.`);
  return [...lines.flatMap((line) => wrapped(line, "  ", "")), ...moves(report.moves)].join("\n");
}

function outcome(report: RefreshReport, dryRun: boolean): string {
  const { snapshot, counts, observations, instanceTypes, spotAdvice, refusals, failures } = report;
  if (report.rows === 0 && failures.length > 0) return "Nothing could be read, and nothing is changed.";
  const isNew =
    counts.new +
    counts.changed +
    counts.confirmed +
    observations +
    instanceTypes.new +
    instanceTypes.changed +
    spotAdvice.new +
    spotAdvice.changed;
  if (snapshot === null && isNew === 0) return "Nothing has changed: no new snapshot.";
  if (snapshot === null) {
    return `Nothing was written, since ${refusals.length} prices were kept back and ${failures.length} parts were not read.`;
  }
  return dryRun ? `Nothing was written; it would be snapshot ${snapshot}.` : `Snapshot ${snapshot} is written.`;
}

function moves(all: readonly PriceMove[]): string[] {
  if (all.length === 0) return [];
  const rows = all.slice(0, movesShown).map(({ region, sku, tierFrom, before, after, percent, currency, unit }) => {
    const tier = tierFrom === "0" ? "" : ` from ${tierFrom}`;
    return [`  ${region}`, sku + tier, before, "→", after, percentText(percent), `${currency}/${unit}`];
  });
  return ["", "Biggest moves", ...table(rows, [2, 5])];
}

const movesShown = 10;

function percentText(percent: string | null): string {
  if (percent === null) return "";
  return `${percent.startsWith("-") ? percent.replace("-", "−") : `+${percent}`} %`;
}

/** What was not taken over, each by name; empty: nothing. */
export function keptBackText({ refusals, failures }: RefreshReport): string {
  const lines: string[] = [];
  if (failures.length > 0) lines.push(`${count(failures.length, "part")} could not be read; their old prices stay:`);
  for (const { code, message, parts } of alike(failures))
    lines.push(...wrapped(`${code}: ${message} (${parts})`, "    ", "  "));
  if (failures.some(({ code, source }) => code === "credentials_missing" && !isPublic(source))) {
    lines.push(...wrapped(`Without credentials there is --source ${publicSources.join(" or ")}.`, "  "));
  }
  if (refusals.length > 0) lines.push(`${count(refusals.length, "price")} kept back; the old ones stay:`);
  for (const { code, region, sku, message } of refusals) {
    lines.push(...wrapped(`${code}: ${region} ${sku ?? "(no SKU)"}: ${message}`, "    ", "  "));
  }
  return lines.join("\n");
}

/** One message for all the parts that it is about. */
function alike(failures: readonly PartFailure[]) {
  const groups = Map.groupBy(failures, ({ code, message }) => JSON.stringify([code, message]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const named = group.map(({ part, region }) => `${part} of ${region}`);
    const more = named.length > partsNamed ? ` and ${named.length - partsNamed} more` : "";
    return first === undefined ? [] : [{ ...first, parts: named.slice(0, partsNamed).join(", ") + more }];
  });
}

const partsNamed = 3;

function isPublic(source: string): boolean {
  return ["bulk-files", "savings-plans-files"].includes(source);
}

function count(many: number, what: string): string {
  return `${number(many)} ${what}${many === 1 ? "" : "s"}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
