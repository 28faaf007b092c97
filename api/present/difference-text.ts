import { money, quantity, signedMoney } from "./amount.ts";
import type { DifferenceDocument, OptionDifferenceDocument } from "./difference-json.ts";
import { table, wrapped } from "./layout.ts";

type Cause = OptionDifferenceDocument["causes"][number];
type Line = Cause["lines"][number];

/** What changed and why, for a terminal of 80 columns: totals side by side, then each option's causes with what makes them up. */
export function differenceText(document: DifferenceDocument): string {
  const { was, is, currency, options } = document;
  return [
    `From ${was}`,
    `to   ${is}, in ${currency}`,
    ...document.inputs.flatMap((input) => wrapped(inputText(input), "    ", "  ")),
    "",
    ...optionsTable(document),
    "",
    ...wrapped(chosen("Cheapest", document.cheapest), "  ", ""),
    ...wrapped(chosen("Recommended", document.recommended), "  ", ""),
    ...options.flatMap((option) => details(option, document)),
    "",
  ].join("\n");
}

const inputNames: Readonly<Record<string, string>> = {
  region: "region",
  hours: "hours",
  prices: "prices of snapshot",
  taskDefinitions: "task definitions",
  engine: "engine",
};

export function inputText({ name, was, is }: DifferenceDocument["inputs"][number]): string {
  return `${inputNames[name] ?? name}: ${was || "none"} → ${is || "none"}`;
}

function optionsTable({ options, currency }: DifferenceDocument): string[] {
  const amount = (total: string | null, state: string) =>
    total === null ? (state === "absent" ? "not asked" : "not feasible") : money(total, currency);
  const rows = options.map(({ id, total, state, difference }) => [
    id,
    amount(total.was, state.was),
    amount(total.is, state.is),
    difference === null ? "" : signedMoney(difference, currency),
  ]);
  return table([["Option", "Was", "Is", "Difference"], ...rows], [1, 2, 3]);
}

export function chosen(what: string, { was, is }: DifferenceDocument["cheapest"]): string {
  return was === is ? `${what}: ${is ?? "none"}, as before.` : `${what}: ${is ?? "none"}, before ${was ?? "none"}.`;
}

/** Nothing where nothing changed; lines that are another option's are told there. */
function details(option: OptionDifferenceDocument, { options, currency }: DifferenceDocument): string[] {
  if (option.difference === null || (option.causes.length === 0 && option.withoutCost.length === 0)) return [];
  const title = `${option.id}: ${signedMoney(option.difference, currency)}`;
  const twin = options.find((other) => other.difference !== null && reasons(other) === reasons(option));
  if (twin !== undefined && twin !== option) return ["", ...wrapped(`${title}, as ${twin.id}`, "  ", "")];
  return [
    "",
    title,
    ...option.causes.flatMap((cause) => causeText(cause, currency)),
    ...servicesText(option, currency),
    ...option.withoutCost.flatMap((free) => wrapped(freeText(free), "    ", "  ")),
  ];
}

function reasons({ causes, services, withoutCost }: OptionDifferenceDocument): string {
  return JSON.stringify([causes, services, withoutCost]);
}

/** What comes to no cent is left out. */
function causeText({ cause, amount, lines }: Cause, currency: string): string[] {
  const told = lines.filter((line) => line.amount !== "0.00");
  if (told.length === 0) return [];
  const rows = told.map((line) => ({ amount: signedMoney(line.amount, currency), line }));
  const width = Math.max(...rows.map((row) => row.amount.length));
  return [
    `  ${cause} ${signedMoney(amount, currency)}`,
    ...rows.flatMap((row) => wrapped(lineText(row.line, currency), "      ", `    ${row.amount.padStart(width)}  `)),
  ];
}

export function lineText(line: Line, currency: string): string {
  const { service, description, unit, measured } = line;
  const what = service === null ? description : `${service}, ${description}`;
  if (measured === null) return what;
  const shown = unit.startsWith("Price per ")
    ? `${money(measured.was, currency)} → ${money(measured.is, currency)} per ${unit.slice("Price per ".length)}`
    : `${quantity(measured.was)} → ${quantity(measured.is)} ${unit}`;
  return `${what}: ${shown}`;
}

/** Whose cost it is, where it is somebody's other cost. */
function servicesText({ services }: OptionDifferenceDocument, currency: string): string[] {
  const changed = services.filter(({ difference }) => difference !== "0.00");
  if (changed.length === 0) return [];
  const rows = changed.map(({ service, was, is, difference }) => [
    `    ${service ?? "used by nobody"}`,
    `${money(was, currency)} →`,
    money(is, currency),
    signedMoney(difference, currency),
  ]);
  return ["  by service", ...table(rows, [1, 2, 3])];
}

function freeText({ service, what, was, is }: OptionDifferenceDocument["withoutCost"][number]): string {
  const change = what === "count" ? `${quantity(was)} → ${quantity(is)} Task-Hour` : `${was} → ${is}`;
  return `at no cost: ${service}, ${change}`;
}
