import { Exact } from "../core/model/exact.ts";
import { money, quantity } from "./amount.ts";
import { fleetSentences } from "./fleet-text.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { bullets, code, heading, link, notified, paragraph, remark, type SlackBody } from "./slack-blocks.ts";
import { assumptionItems, periodText, rangeText } from "./slack-comparison.ts";
import { flipSentences } from "./text.ts";

export interface Explained {
  readonly title: string;
  readonly option: OptionDocument;
  /** Where everything stands; null: nowhere that may be told. */
  readonly url: string | null;
}

/** Why an option costs what it costs, and is or is not the one to run. */
export function whyMessage(document: ComparisonDocument, { title, option, url }: Explained): SlackBody {
  const { currency } = document;
  const [bold, verdict] = verdictOn(option, document);
  const fleet = fleetSentences(option, currency).map((text) => ({ text }));
  const problems = option.problems.map(({ path, message }) => ({
    text: path === "" ? message : `${path}: ${message}`,
  }));
  const assumed = assumptionItems(option, currency);
  const flips = flipSentences(document).map((text) => ({ text }));
  const part = (name: string, blocks: SlackBody["blocks"]) => (blocks.length === 0 ? [] : [paragraph(name), ...blocks]);
  return {
    text: notified(`Why ${option.id}: ${title}: ${bold}`),
    blocks: [
      heading(`Why ${option.id}: ${title}`),
      paragraph(bold, verdict),
      ...part("What stands in the way:", bullets(problems, { most: 8, more: "" })),
      ...costs(option, currency),
      ...part("Instances:", bullets(fleet, { most: 6, more: "" })),
      ...part("It would be another, if", bullets(flips, { most: 3, more: "" })),
      ...part("Taken for granted, and what it adds:", bullets(assumed, { most: 6, more: "" })),
      remark(`Comparison ${document.id}, prices of snapshot ${document.prices.snapshot}.`),
      ...(url === null ? [] : [link("Everything, as text", url)]),
    ],
  };
}

function verdictOn(option: OptionDocument, document: ComparisonDocument): [bold: string, verdict: string] {
  const { recommended, cheapest, currency, options } = document;
  if (option.total === null) {
    const mended = option.totalOnceMended;
    return [
      "Not feasible.",
      mended === null ? "" : `It would cost ${money(mended, currency)} ${periodText(document)} once that is mended.`,
    ];
  }
  const bold = `${money(option.total, currency)} ${periodText(document)}.`;
  const range = rangeText(option, currency);
  if (option.id === recommended?.option) return [bold, [`Recommended: ${recommended.reason}.`, ...range].join(" ")];
  // The reason names those that would be cheaper, each in a clause of its own.
  const clause = recommended?.reason.split("; ").find((one) => one.startsWith(`${option.id} would be `));
  const best = options.find(({ id }) => id === (recommended?.option ?? cheapest));
  const more = new Exact(option.total).minus(best?.total ?? option.total);
  const beside = more.isZero()
    ? `as much as ${best?.id}`
    : `${money(more.abs().toFixed(2), currency)} ${more.gt(0) ? "more" : "less"} than ${best?.id}`;
  return [bold, [`Not recommended: ${clause ?? beside}.`, ...range].join(" ")];
}

const linesMost = 12;

/** The dearest lines, and what the others come to. */
function costs({ lineItems, total }: OptionDocument, currency: string): SlackBody["blocks"] {
  if (lineItems.length === 0 || total === null) return [];
  const dearest = [...lineItems].sort((a, b) => new Exact(b.cost).comparedTo(a.cost));
  const told = dearest.slice(0, linesMost).map(({ cost, service, description, estimated, ...line }) => {
    const what = `${service === null ? "" : `${service}: `}${description}${estimated ? " (estimate)" : ""}`;
    const how = `${quantity(line.quantity)} ${line.unit} × ${money(line.unitPrice, currency)}`;
    return { cost: money(cost, currency), text: `${what}, ${how}` };
  });
  const others = dearest.slice(linesMost);
  const rest = others.reduce((sum, line) => sum.plus(line.cost), new Exact(0)).toFixed(2);
  const besides = others.length === 0 ? [] : [{ cost: money(rest, currency), text: `and ${others.length} more lines` }];
  const rows = [...told, ...besides];
  const width = Math.max(...rows.map(({ cost }) => cost.length));
  return code(rows.map(({ cost, text }) => `${cost.padStart(width)}  ${text}`));
}
