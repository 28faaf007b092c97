import { money, quantity, signedMoney } from "./amount.ts";
import type { Displayed } from "./exchange.ts";
import { fleetText } from "./fleet-text.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { isNarrow, table, wrapped } from "./layout.ts";
import { scalingText, shortfall } from "./scaling-text.ts";

/**
 * The answer for a terminal of 80 columns: options, then line items, then assumptions with their effect, then problems. `stale`: the
 * sentence that says so, where its prices are.
 */
export function comparisonText(document: Displayed, stale: string | null): string {
  return [
    ...heading(document, stale),
    "",
    ...optionsTable(document),
    "",
    ...recommendation(document),
    ...flipSentences(document).flatMap((one) => wrapped(one, "  ", "")),
    ...document.options.filter((option) => option.feasible).flatMap((option) => ["", ...details(option, document)]),
    ...scalingText(document),
    ...assumptions(document),
    ...readiness(document),
    ...problems(document),
    "",
  ].join("\n");
}

function heading(document: Displayed, stale: string | null): string[] {
  const { region, hours, currency, exchange, prices, id, engine } = document;
  const dates = prices.oldest === null ? "" : `, dated ${prices.oldest} to ${prices.newest}`;
  return [
    `${region}, ${quantity(hours)} hours, in ${currency}`,
    ...(exchange === undefined ? [] : wrapped(converted(currency, exchange), "  ", "")),
    ...wrapped(`Prices: snapshot ${prices.snapshot}${dates}`, "  ", ""),
    ...(stale === null ? [] : wrapped(stale, "  ", "")),
    `Comparison ${id}, engine ${engine}`,
  ];
}

/** How amounts came to be in their currency. */
function converted(currency: string, { from, rate, date }: NonNullable<Displayed["exchange"]>): string {
  return `Converted from ${from}, in which it is priced, at ${rate} ${currency} (rate of ${date}, as given); sentences name amounts in ${from}.`;
}

function optionsTable({ options, currency, cheapest, recommended, hours }: ComparisonDocument): string[] {
  const rows = options.map((option) => {
    if (option.total === null) return [option.id, option.label, "not feasible", ""];
    const difference = option.id === cheapest ? "cheapest" : signedMoney(option.difference ?? "0", currency);
    return [option.id, option.label, money(option.total, currency), difference];
  });
  const notes = options.map((option) => {
    const mended = option.totalOnceMended;
    if (option.total === null) return mended === null ? "see below" : `${money(mended, currency)} once mended`;
    const isEstimate = option.lineItems.some((line) => line.estimated);
    const isRecommended = option.id === recommended?.option;
    return [isRecommended && "recommended", isEstimate && "estimate", shortfall(option)].filter(Boolean).join(", ");
  });
  const period = hours === "730" ? "A month" : `${quantity(hours)} h`;
  const lines = table([["Option", "", period, "Difference"], ...rows], [2, 3]);
  return lines.map((line, at) => (notes[at - 1] ? `${line}  ${notes[at - 1]}` : line));
}

function recommendation({ recommended }: ComparisonDocument): string[] {
  if (recommended === null)
    return wrapped("Nothing is recommended: no option is feasible at a published price and accepted risk.", "  ", "");
  return wrapped(`Recommended: ${recommended.option}. Reason: ${recommended.reason}.`, "  ", "");
}

/** Where a default decides which option is the cheapest. */
export function flipSentences(document: ComparisonDocument): string[] {
  return document.flips.map(
    ({ input, unit, amount, direction, cheapest, default: taken }) =>
      `If ${input} (${unit}) were ${quantity(`${amount}`)} or ${direction === "above" ? "more" : "less"} instead of ${quantity(`${taken}`)}, ${cheapest} would be the cheapest.`,
  );
}

function details(option: OptionDocument, document: ComparisonDocument): string[] {
  const { currency } = document;
  const twin = document.options.find((other) => other.feasible && sameLines(other, option));
  const listed = option.listTotal === option.total ? "" : ` (list price ${money(option.listTotal ?? "0", currency)})`;
  const title = `${option.id}: ${money(option.total ?? "0", currency)}${listed}${ranged(option, currency)}`;
  if (twin !== undefined && twin !== option) return wrapped(`${title}, the same lines as ${twin.id}`, "  ", "");
  const services = [...new Set(option.lineItems.map((line) => line.service))];
  return [
    ...wrapped(title, "  ", ""),
    ...services.flatMap((service) => lineItems(option, service, currency)),
    ...fleetText(option, currency),
  ];
}

/** What the total would be at other Spot prices that were seen. */
function ranged({ range }: OptionDocument, currency: string): string {
  if (range === null || range.low === range.high) return "";
  const since = range.since === null ? "" : ` since ${range.since}`;
  return `, ${money(range.low, currency)} to ${money(range.high, currency)} at Spot prices seen${since}`;
}

/** Whatever id they are billed under. */
function sameLines(a: OptionDocument, b: OptionDocument): boolean {
  const linesOf = ({ lineItems: lines }: OptionDocument) => lines.map(({ launchType: _, ...line }) => line);
  return JSON.stringify(linesOf(a)) === JSON.stringify(linesOf(b));
}

function lineItems(option: OptionDocument, service: string | null, currency: string): string[] {
  const items = option.lineItems.filter((line) => line.service === service);
  const rows = items.map((line) => [
    `    ${quantity(line.quantity)} ${line.unit} × ${money(line.unitPrice, currency)}`,
    `= ${money(line.cost, currency)}`,
    line.estimated ? `${line.description} (estimate)` : line.description,
  ]);
  const whole = table(rows);
  // Descriptions that do not fit beside their costs stand below them.
  const fits = isNarrow(whole);
  const lines = fits ? whole : table(rows.map(([usage = "", cost = ""]) => [usage, cost]));
  const below = items.map(({ listUnitPrice, unitPrice }, at) => [
    ...(fits ? [] : [`      ${rows[at]?.[2]}`]),
    ...(listUnitPrice === unitPrice ? [] : [`      list price ${money(listUnitPrice, currency)}`]),
  ]);
  return [...wrapped(service ?? "shared", "    ", "  "), ...lines.flatMap((line, at) => [line, ...(below[at] ?? [])])];
}

/** Each assumption once, with its effect on every option that makes it; said once where it is the same for all. */
function assumptions({ options, currency }: ComparisonDocument): string[] {
  const effects = new Map<string, { readonly id: string; readonly effect: string }[]>();
  for (const { id, assumptions: made } of options) {
    for (const { text, effect } of made) {
      const known = effects.get(text) ?? [];
      effects.set(text, effect === null ? known : [...known, { id, effect: signedMoney(effect, currency) }]);
    }
  }
  if (effects.size === 0) return [];
  const feasible = options.filter(({ total }) => total !== null).length;
  const rows = [...effects].flatMap(([text, found]) => {
    const [first] = found;
    const isSame = found.length === feasible && feasible > 1 && found.every(({ effect }) => effect === first?.effect);
    const said = isSame ? `every option ${first?.effect}` : found.map(({ id, effect }) => `${id} ${effect}`).join(", ");
    return [...wrapped(text, "    ", "  - "), ...(found.length === 0 ? [] : wrapped(said, "      ", "    "))];
  });
  return ["", "Assumptions, and what each adds to a total", ...rows];
}

/** What the launch types would turn down as written, each reason once, with the nearest size's cost where it is a matter of size. */
function readiness({ readiness: rows, currency }: ComparisonDocument): string[] {
  const reasons = new Map<string, string[]>();
  for (const { launchType, problems: found, nearest } of rows) {
    for (const { code, path, message } of found) {
      const said = located(path, message);
      const cost = code.startsWith("fargate_size") && nearest?.cost ? ` ${money(nearest.cost, currency)} a task` : "";
      reasons.set(said, [...(reasons.get(said) ?? []), `${launchType}${cost}`]);
    }
  }
  return listed("Not accepted as written", reasons);
}

/** Why options are not feasible, where it is not a task definition that is turned down. */
function problems({ options, readiness: rows }: ComparisonDocument): string[] {
  const told = new Set(rows.flatMap((row) => row.problems.map(({ path, message }) => located(path, message))));
  const where = new Map<string, string[]>();
  for (const option of options) {
    for (const { path, message } of option.problems) {
      const said = located(path, message);
      if (!told.has(said)) where.set(said, [...(where.get(said) ?? []), option.id]);
    }
  }
  return listed("Problems", where);
}

function located(path: string, message: string): string {
  return path === "" ? message : `${path}: ${message}`;
}

function listed(title: string, reasons: ReadonlyMap<string, readonly string[]>): string[] {
  if (reasons.size === 0) return [];
  const rows = [...reasons].flatMap(([said, ids]) => [
    ...wrapped(said, "    ", "  - "),
    ...wrapped(`(${ids.join(", ")})`, "     ", "    "),
  ]);
  return ["", title, ...rows];
}
