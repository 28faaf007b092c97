import { Exact } from "../core/model/exact.ts";
import { money, quantity, signedMoney } from "./amount.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { table, wrapped } from "./layout.ts";

const cpuUnitsPerVcpu = 1024;

/** The answer for a terminal of 80 columns: options, then line items, then assumptions with their effect, then problems. */
export function comparisonText(document: ComparisonDocument): string {
  return [
    ...heading(document),
    "",
    ...optionsTable(document),
    "",
    ...recommendation(document),
    ...document.options.filter((option) => option.feasible).flatMap((option) => ["", ...details(option, document)]),
    ...assumptions(document),
    ...problems(document),
    "",
  ].join("\n");
}

function heading({ region, hours, currency, prices, id, engine }: ComparisonDocument): string[] {
  const dates = prices.oldest === null ? "" : `, dated ${prices.oldest} to ${prices.newest}`;
  return [
    `${region}, ${quantity(hours)} hours, in ${currency}`,
    ...wrapped(`Prices: snapshot ${prices.snapshot}${dates}`, "  ", ""),
    `Comparison ${id}, engine ${engine}`,
  ];
}

function optionsTable({ options, currency, cheapest, recommended, hours }: ComparisonDocument): string[] {
  const rows = options.map((option) => {
    const marks = [option.id === cheapest && "cheapest", option.id === recommended?.option && "recommended"];
    const estimated = option.lineItems.some((line) => line.estimated) && "estimate";
    const said = [...marks, estimated].filter(Boolean).join(", ");
    if (option.total === null) {
      const mended = option.totalOnceMended;
      const note = mended === null ? "see problems" : `${money(mended, currency)} once mended, see problems`;
      return [option.id, option.label, "not feasible", "", note];
    }
    const difference = option.id === cheapest ? "" : signedMoney(option.difference ?? "0", currency);
    return [option.id, option.label, money(option.total, currency), difference, said];
  });
  const period = hours === "730" ? "A month" : `${quantity(hours)} h`;
  return table([["Option", "", period, "Difference", ""], ...rows], [2, 3]);
}

function recommendation({ recommended }: ComparisonDocument): string[] {
  if (recommended === null)
    return wrapped("Nothing is recommended: no option is feasible at a published price and accepted risk.", "  ", "");
  return wrapped(`Recommended: ${recommended.option}. Reason: ${recommended.reason}.`, "  ", "");
}

function details(option: OptionDocument, document: ComparisonDocument): string[] {
  const { currency } = document;
  const twin = document.options.find((other) => other.feasible && sameLines(other, option));
  const title = `${option.id}: ${money(option.total ?? "0", currency)}`;
  if (twin !== undefined && twin !== option) return [`${title}, the same lines as ${twin.id}`];
  const services = [...new Set(option.lineItems.map((line) => line.service))];
  return [title, ...services.flatMap((service) => lineItems(option, service, currency)), ...fleet(option)];
}

function sameLines(a: OptionDocument, b: OptionDocument): boolean {
  return JSON.stringify(a.lineItems) === JSON.stringify(b.lineItems);
}

function lineItems(option: OptionDocument, service: string | null, currency: string): string[] {
  const rows = option.lineItems
    .filter((line) => line.service === service)
    .map((line) => [
      `    ${quantity(line.quantity)} ${line.unit} × ${money(line.unitPrice, currency)}`,
      `= ${money(line.cost, currency)}`,
      line.estimated ? `${line.description} (estimate)` : line.description,
    ]);
  return [`  ${service ?? "shared"}`, ...table(rows)];
}

function fleet(option: OptionDocument): string[] {
  if (option.fleet === null) return [];
  const rows = option.fleet.flatMap((row) => {
    const { cpu = 0, memory = 0 } = row.capacity;
    const size = `${quantity(`${cpu / cpuUnitsPerVcpu}`)} vCPU, ${quantity(`${memory}`)} MiB registered`;
    const tasks = row.tasks.map((task) => `${task.count} ${task.service}`).join(", ") || "nothing";
    const share = row.binds === null ? null : percent(row.used[row.binds] ?? 0, row.capacity[row.binds] ?? 0);
    const binds = row.spare ? "kept free for a deployment" : `${share} of its ${row.binds} used`;
    return wrapped(`${row.count} × ${row.instanceType} (${size}), each with ${tasks}; ${binds}`, "      ", "    ");
  });
  return ["  fleet", ...rows];
}

function percent(used: number, capacity: number): string {
  return `${new Exact(used)
    .times(100)
    .div(capacity || 1)
    .toDecimalPlaces(0)
    .toString()} %`;
}

/** Each assumption once, with its effect on every option that makes it. */
function assumptions({ options, currency }: ComparisonDocument): string[] {
  const effects = new Map<string, string[]>();
  for (const option of options) {
    for (const { text, effect } of option.assumptions) {
      const known = effects.get(text) ?? [];
      effects.set(text, effect === null ? known : [...known, `${option.id} ${signedMoney(effect, currency)}`]);
    }
  }
  if (effects.size === 0) return [];
  const rows = [...effects].flatMap(([text, found]) => [
    ...wrapped(text, "    ", "  - "),
    ...(found.length === 0 ? [] : wrapped(found.join(", "), "      ", "    ")),
  ]);
  return ["", "Assumptions, and what each adds to a total", ...rows];
}

function problems({ options }: ComparisonDocument): string[] {
  const where = new Map<string, string[]>();
  for (const option of options) {
    for (const { path, message } of option.problems) {
      const text = path === "" ? message : `${path}: ${message}`;
      where.set(text, [...(where.get(text) ?? []), option.id]);
    }
  }
  if (where.size === 0) return [];
  const rows = [...where].flatMap(([text, ids]) => [...wrapped(text, "    ", "  - "), `    (${ids.join(", ")})`]);
  return ["", "Problems", ...rows];
}
