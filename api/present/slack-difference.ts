import { money, signedMoney } from "./amount.ts";
import type { DifferenceDocument, OptionDifferenceDocument } from "./difference-json.ts";
import { chosen, inputText, lineText } from "./difference-text.ts";
import { table } from "./layout.ts";
import {
  bullets,
  code,
  heading,
  type Item,
  link,
  notified,
  paragraph,
  remark,
  type SlackBody,
} from "./slack-blocks.ts";

export interface Differing {
  /** What was asked on either side. */
  readonly titles: { readonly was: string; readonly is: string };
  readonly url: string;
}

/** What changed in money, and why. */
export function differenceMessage(document: DifferenceDocument, { titles, url }: Differing): SlackBody {
  const { options, recommended, currency } = document;
  const option = options.find(({ id }) => id === (recommended.is ?? document.cheapest.is)) ?? null;
  const bold = summary(document, option);
  const causes = option === null ? [] : causeItems(option, currency);
  return {
    text: notified(`From ${titles.was} to ${titles.is}: ${bold}`),
    blocks: [
      heading(`${titles.was} → ${titles.is}`),
      paragraph(bold, `${chosen("Recommended", recommended)} ${chosen("Cheapest", document.cheapest)}`),
      ...code(rows(document)),
      ...(causes.length === 0 || option === null ? [] : [paragraph(`Why ${option.id} changed:`)]),
      ...bullets(causes, { most: 5, more: " in the whole of it" }),
      ...(document.inputs.length === 0
        ? []
        : [remark(`Asked otherwise: ${document.inputs.map(inputText).join("; ")}.`)]),
      link("The whole of it (with an API key)", url),
    ],
  };
}

function summary({ currency }: DifferenceDocument, option: OptionDifferenceDocument | null): string {
  if (option === null) return "There is nothing to set side by side.";
  const { id, total, difference } = option;
  if (total.was === null || total.is === null || difference === null) return `${id} can be had on one side only.`;
  if (difference === "0.00") return `${id}: ${money(total.is, currency)}, as before.`;
  return `${id}: ${money(total.was, currency)} → ${money(total.is, currency)}, ${signedMoney(difference, currency)}.`;
}

function rows({ options, currency }: DifferenceDocument): string[] {
  const amount = (total: string | null, state: string) =>
    total === null ? (state === "absent" ? "not asked" : "not feasible") : money(total, currency);
  const told = options.map(({ id, total, state, difference }) => [
    ...[id, amount(total.was, state.was), amount(total.is, state.is)],
    difference === null ? "" : signedMoney(difference, currency),
  ]);
  return table([["option", "was", "is", "difference"], ...told], [1, 2, 3]);
}

/** The largest lines of all causes; what comes to no cent is left out. */
function causeItems({ causes }: OptionDifferenceDocument, currency: string): Item[] {
  return causes
    .flatMap(({ cause, lines }) => lines.map((line) => ({ cause, line })))
    .filter(({ line }) => line.amount !== "0.00")
    .map(({ cause, line }) => ({
      bold: signedMoney(line.amount, currency),
      text: `${cause}: ${lineText(line, currency)}`,
    }));
}
