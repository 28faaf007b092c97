import { Exact } from "../core/model/exact.ts";
import { money, quantity } from "./amount.ts";
import { comesAndGoes, hoursOf } from "./fleet-text.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { table, wrapped } from "./layout.ts";

type FleetRow = NonNullable<OptionDocument["fleet"]>[number];

const barColumns = 30;

/** Resources as people count them: how many of the model's units make one of theirs. */
const resources: readonly (readonly [name: string, label: string, units: number])[] = [
  ["cpu", "vCPU", 1024],
  ["millicpu", "vCPU", 1000],
  ["memory", "GiB", 1024],
  ["gpu", "GPU", 1],
  ["network-interface", "interfaces", 1],
  ["pods", "pods", 1],
  ["host-port", "host ports", 1],
  ["local-disk", "GiB of disk", 1],
];

/** The instances of every option that runs any, drawn for a terminal of 80 columns: what is used, what is not, and what that costs. */
export function fleetChart(document: ComparisonDocument): string {
  const options = document.options.filter((option) => option.fleet !== null && option.fleet.length > 0);
  if (options.length === 0) return "No option runs on instances.\n";
  const legend =
    "█ used, ░ not used. Stranded: the part of an instance's cost for which nothing of its binding resource is used.";
  return [...wrapped(legend, ""), ...options.flatMap((option) => ["", ...chart(option, document.currency)]), ""].join(
    "\n",
  );
}

function chart(option: OptionDocument, currency: string): string[] {
  const rows = option.fleet ?? [];
  const stranded = rows.reduce((sum, row) => sum.plus(row.stranded), new Exact(0)).toFixed(2);
  const title = `${option.id}: ${money(option.total ?? "0", currency)}, of it ${money(stranded, currency)} stranded`;
  return [...wrapped(title, "  ", ""), ...rows.flatMap((row) => ["", ...instances(row, currency)])];
}

function instances(row: FleetRow, currency: string): string[] {
  const tasks = row.tasks.map(({ service, count }) => `${count} ${service}`).join(", ") || "nothing, kept free";
  const cost = row.existing
    ? "runs already"
    : `${money(row.cost, currency)}, ${money(row.stranded, currency)} stranded`;
  const zones = row.zones === 1 ? "" : ` in ${row.zones} zones`;
  const bars = resources.flatMap(([name, label, units]) => {
    const capacity = row.capacity[name] ?? 0;
    if (row.used[name] === undefined || capacity === 0) return [];
    const used = row.used[name] ?? 0;
    const amounts = `${inUnits(used, units)} of ${inUnits(capacity, units)} ${label}`;
    return [
      [
        `  ${bar(used / capacity)}`,
        `${Math.round((100 * used) / capacity)}%`,
        amounts + (name === row.binds ? ", binds" : ""),
      ],
    ];
  });
  return [
    ...wrapped(`${comesAndGoes(row) ? "up to " : ""}${row.count} × ${row.instanceType}${zones}: ${cost}`, "    ", ""),
    ...wrapped(
      comesAndGoes(row) ? `each there for ${hoursOf(row)} h, on average with` : `each with ${tasks}`,
      "    ",
      "  ",
    ),
    ...table(bars, [1]),
  ];
}

function inUnits(amount: number, units: number): string {
  return quantity(new Exact(amount).div(units).toDecimalPlaces(2).toFixed());
}

function bar(share: number): string {
  const full = Math.min(barColumns, Math.round(share * barColumns));
  return "█".repeat(full) + "░".repeat(barColumns - full);
}
