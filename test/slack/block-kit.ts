import { z } from "zod";
import type { SlackBody } from "../../api/present/slack-blocks.ts";

/**
 * What Slack takes, of all that it has only the blocks that messages are made of or could be, so that another kind fails. Sources:
 * nicklambourne/slackblocks spec/limits.json (2026-08-17): text objects 3,000, headings 150, context 10 elements, actions 25, button text
 * 75 and value 2,000, ids 255; slackapi/node-slack-sdk packages/types, blocks.ts and table (2026-08-21): 100 rows of 20 columns; 50 blocks
 * a message: docs.copilotkit.ai. From memory of Slack's reference: 10,000 letters in tables, one of them a message, 40,000 of a message's
 * text. Nothing is said of rich text: it is kept to a text object's 3,000 by block.
 */
const limits = {
  ...{
    text: 3000,
    heading: 150,
    context: 10,
    actions: 25,
    button: 75,
    value: 2000,
    id: 255,
    blocks: 50,
    message: 40_000,
  },
  table: { rows: 100, columns: 20, letters: 10_000 },
};

/** A text that is there, of whole characters: Slack refuses empty ones. */
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((said) => said.trim() !== "" && said.isWellFormed(), "blank, or half a character");
const plainText = (most: number) =>
  z.strictObject({ type: z.literal("plain_text"), text: text(most), emoji: z.literal(false) });
const style = z.strictObject({ bold: z.literal(true) });

const inline = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: text(limits.text), style: style.optional() }),
  z.strictObject({
    type: z.literal("link"),
    text: text(limits.text),
    url: z.url({ protocol: /^https?$/ }).max(limits.text),
  }),
  z.strictObject({ type: z.literal("user"), user_id: z.string().regex(/^[UW][A-Z0-9]+$/) }),
]);
const richSection = z.strictObject({ type: z.literal("rich_text_section"), elements: z.array(inline).min(1) });
const preformatted = z.strictObject({ type: z.literal("rich_text_preformatted"), elements: z.array(inline).min(1) });
const richList = z.strictObject({
  type: z.literal("rich_text_list"),
  style: z.literal("bullet"),
  elements: z.array(richSection).min(1),
});

const button = z.strictObject({
  type: z.literal("button"),
  action_id: text(limits.id),
  value: text(limits.value),
  text: plainText(limits.button),
});

const cell = z.strictObject({ type: z.literal("raw_text"), text: text(limits.table.letters) });

const block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("header"), text: plainText(limits.heading) }),
  z.strictObject({ type: z.literal("section"), text: plainText(limits.text) }),
  z.strictObject({
    type: z.literal("table"),
    rows: z.array(z.array(cell).min(1).max(limits.table.columns)).min(1).max(limits.table.rows),
  }),
  z.strictObject({ type: z.literal("context"), elements: z.array(plainText(limits.text)).min(1).max(limits.context) }),
  z
    .strictObject({
      type: z.literal("rich_text"),
      elements: z.array(z.discriminatedUnion("type", [richSection, preformatted, richList])).min(1),
    })
    .refine((rich) => lettersIn(rich) <= limits.text, "more letters than a text may have"),
  z
    .strictObject({ type: z.literal("actions"), elements: z.array(button).min(1).max(limits.actions) })
    .refine(
      ({ elements }) => new Set(elements.map((one) => one.action_id)).size === elements.length,
      "an action twice",
    ),
]);

const message = z.strictObject({
  /** Notifications show it as markup: no sign that could begin any is left. */
  text: text(limits.message).refine(
    (said) => !/[<>*_~`]|&(?!amp;|lt;|gt;)|@(?:channel|here|everyone)/i.test(said),
    "markup",
  ),
  blocks: z
    .array(block)
    .min(1)
    .max(limits.blocks)
    .refine(hasTableThatFits, "more tables or letters in them than a message may have"),
  response_type: z.enum(["ephemeral", "in_channel"]).optional(),
  replace_original: z.literal(false).optional(),
});

/** Everything that Slack would not take of it. */
export function refusals(given: SlackBody): string[] {
  const read = message.safeParse(given);
  return read.success ? [] : z.prettifyError(read.error).split("\n");
}

/** The message, once it is sure that Slack takes it. */
export function validated<Message extends SlackBody>(given: Message): Message {
  const found = refusals(given);
  if (found.length > 0) throw new Error(`Slack would not take this message:\n${found.join("\n")}`);
  return given;
}

function hasTableThatFits(blocks: readonly z.infer<typeof block>[]): boolean {
  const tables = blocks.filter(({ type }) => type === "table");
  return tables.length <= 1 && lettersIn(tables) <= limits.table.letters;
}

function lettersIn(rich: unknown): number {
  const texts = JSON.stringify(rich).matchAll(/"text":("(?:[^"\\]|\\.)*")/g);
  return [...texts].reduce((sum, [, said = '""']) => sum + String(JSON.parse(said)).length, 0);
}
