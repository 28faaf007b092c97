import { Exact } from "../core/model/exact.ts";
import { money, quantity, signedMoney } from "./amount.ts";
import { comesAndGoes } from "./fleet-text.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { table } from "./layout.ts";
import {
  bullets,
  buttons,
  byUser,
  code,
  heading,
  type Item,
  notified,
  paragraph,
  remark,
  type SlackBody,
} from "./slack-blocks.ts";

/** What a comparison is shown with. */
export interface Shown {
  /** What was asked. */
  readonly title: string;
  /** False: tasks told by their size, which are configured nowhere. */
  readonly isSaved: boolean;
  /** The sentence that says that prices are old. */
  readonly stale: string | null;
  readonly notes: readonly string[];
  /** Who shows it to the channel; null: it is for who asked. */
  readonly sharedBy: string | null;
  /** What a press of a button brings back; null: nothing can be had of it. */
  readonly value: string | null;
}

/** One message: what to run, the options side by side, and what decides. */
export function comparisonMessage(whole: ComparisonDocument, shown: Shown): SlackBody {
  const document = shown.isSaved ? whole : withoutBaseline(whole);
  const { recommended, options, currency } = document;
  const chosen = options.find(({ id }) => id === (recommended?.option ?? document.cheapest)) ?? null;
  const [bold, why] = recommendation(document, chosen);
  return {
    text: notified(`${shown.title}: ${bold}`),
    blocks: [
      heading(shown.title),
      ...(shown.sharedBy === null ? [] : [byUser("Shared by", shown.sharedBy)]),
      paragraph(bold, why),
      ...code(optionRows(document)),
      remark([...circumstances(document, shown), ...shown.notes].join(" ")),
      ...(chosen === null ? [] : about(chosen, currency)),
      ...infeasible(document),
      ...(shown.value === null ? [] : [buttons(actions, shown.value)]),
    ],
  };
}

/** Of tasks that are configured nowhere: the option that they would be without saying anything goes by its launch type. */
export function withoutBaseline(document: ComparisonDocument): ComparisonDocument {
  const { options, baseline, cheapest, recommended } = document;
  const first = options.find(({ id }) => id === baseline);
  if (first === undefined) return document;
  const named = (id: string) => (id === first.id ? first.launchType : id);
  const isTwice = options.some(({ id }) => id === first.launchType);
  return {
    ...document,
    options: options.filter((one) => one !== first || !isTwice).map((one) => ({ ...one, id: named(one.id) })),
    cheapest: cheapest && named(cheapest),
    recommended: recommended && { ...recommended, option: named(recommended.option) },
  };
}

const actions = {
  stowage_share: "Share",
  stowage_why: "Why",
  stowage_spreadsheet: "Spreadsheet",
  stowage_json: "JSON",
};

/** `a month`, or how long it is. */
export function periodText({ hours }: Pick<ComparisonDocument, "hours">): string {
  return hours === "730" ? "a month" : `for ${quantity(hours)} h`;
}

/** Reasons that are told at once; the rest are few and much alike. */
const reasonsMost = 2;

function recommendation(document: ComparisonDocument, chosen: OptionDocument | null): [bold: string, why: string] {
  const { recommended, currency } = document;
  if (chosen === null || chosen.total === null) return ["No option can run this.", "What each lacks stands below."];
  const price = `${money(chosen.total, currency)} ${periodText(document)}`;
  if (recommended === null) {
    return [
      `${chosen.id} is the cheapest: ${price}.`,
      "Nothing is recommended: no option is feasible at a published price and accepted risk.",
    ];
  }
  const label = chosen.id === "mixed" ? " (the best for each service)" : "";
  return [`Run ${chosen.id}${label}: ${price}.`, reasonText(recommended.reason)];
}

function reasonText(reason: string): string {
  const clauses = reason.split("; ");
  const left = clauses.length - reasonsMost;
  const told = (left > 0 ? [...clauses.slice(0, reasonsMost), `and ${left} more under Why`] : clauses).join("; ");
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}.`;
}

function optionRows({ options, currency, cheapest, recommended, hours }: ComparisonDocument): string[] {
  const rows = options.map((option) => {
    const id = `${option.id === recommended?.option ? "→" : " "} ${option.id}`;
    if (option.total === null) return [id, "not feasible", ""];
    const difference = option.id === cheapest ? "cheapest" : signedMoney(option.difference ?? "0", currency);
    return [
      id,
      money(option.total, currency),
      difference,
      option.lineItems.some((line) => line.estimated) ? "estimate" : "",
    ];
  });
  const period = hours === "730" ? "a month" : `${quantity(hours)} h`;
  return table([["  option", period, "difference", ""], ...rows], [1, 2]);
}

function circumstances({ region, prices, currency }: ComparisonDocument, { stale, value }: Shown): string[] {
  const dates = prices.oldest === prices.newest ? prices.oldest : `${prices.oldest} to ${prices.newest}`;
  return [
    `${region}, in ${currency}${prices.oldest === null ? "" : `, at prices of ${dates}`}.`,
    ...(stale === null ? [] : [stale]),
    ...(value === null ? ["Not kept: the database cannot be asked now, and these are its last prices."] : []),
  ];
}

/** Range, fleet and assumptions of the option that is to be run. */
function about(option: OptionDocument, currency: string): SlackBody["blocks"] {
  const facts = [...rangeText(option, currency), ...mixText(option), ...fleetLine(option)];
  const matter = assumptionItems(option, currency);
  return [
    ...(facts.length === 0 ? [] : [paragraph(`${option.id}:`, facts.join(" "))]),
    ...(matter.length === 0 ? [] : [paragraph("Taken for granted, and what it adds:")]),
    ...bullets(matter, { most: 3, more: " under Why" }),
  ];
}

export function rangeText({ range }: OptionDocument, currency: string): string[] {
  if (range === null || range.low === range.high) return [];
  const since = range.since === null ? "" : ` since ${range.since}`;
  return [`${money(range.low, currency)} to ${money(range.high, currency)} at Spot prices seen${since}.`];
}

/** What runs where, in an option that is of several launch types. */
function mixText({ runs }: OptionDocument): string[] {
  const launchTypes = Map.groupBy(runs, ({ launchType }) => launchType);
  if (launchTypes.size < 2) return [];
  const parts = [...launchTypes].map(([launchType, those]) => {
    const services = [...new Set(those.map(({ service }) => service))];
    return `${launchType}: ${services.length > 3 ? `${services.slice(0, 2).join(", ")} and ${services.length - 2} more` : services.join(", ")}`;
  });
  return [`${parts.join("; ")}.`];
}

/** `Runs on 5 × m5a.large, 2 × m7a.medium.` */
function fleetLine({ fleet }: OptionDocument): string[] {
  if (fleet === null || fleet.length === 0) return [];
  const counts = new Map<string, number>();
  for (const row of fleet) {
    const type = comesAndGoes(row) ? `${row.instanceType} at most` : row.instanceType;
    counts.set(type, (counts.get(type) ?? 0) + row.count);
  }
  const types = [...counts].map(([type, count]) => `${count} × ${type}`);
  const told = types.length > 5 ? [...types.slice(0, 5), `and ${types.length - 5} more`] : types;
  return [`Runs on ${told.join(", ")}.`];
}

/** Those with an effect, the largest first. */
export function assumptionItems({ assumptions }: OptionDocument, currency: string): Item[] {
  const size = (effect: string | null) => new Exact(effect ?? 0).abs();
  return assumptions
    .filter(({ effect }) => !size(effect).isZero())
    .sort((a, b) => size(b.effect).comparedTo(size(a.effect)))
    .map(({ text, effect }) => ({ bold: signedMoney(effect ?? "0", currency), text }));
}

/** Why options cannot be had: the first problem of each, and how many there are besides. */
function infeasible({ options }: ComparisonDocument): SlackBody["blocks"] {
  const reasons = new Map<string, string[]>();
  for (const { id, problems } of options) {
    const [first, ...others] = problems;
    if (first === undefined) continue;
    const text = others.length === 0 ? first.message : `${first.message} (and ${others.length} more)`;
    reasons.set(text, [...(reasons.get(text) ?? []), id]);
  }
  const items = [...reasons].map(([text, ids]): Item => ({ bold: `${ids.join(", ")}:`, text }));
  return items.length === 0
    ? []
    : [paragraph("Not feasible:"), ...bullets(items, { most: 4, more: ": /stowage why tells of each" })];
}
