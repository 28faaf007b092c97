import type { Button, KnownBlock, RichTextElement, RichTextSection } from "@slack/types";

/**
 * What a message is made of. People's own words stand in plain or rich text only, where Slack reads no markup; the one text that it reads
 * it in is what notifications show.
 */
export interface SlackBody {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** Letters of a block's text that Slack takes: 3,000, of a heading 150; of rich text nothing is said, and it is kept to the same. */
const lettersMost = { heading: 150, text: 3000 };
/** Of one thing in a list. */
const itemMost = 600;
const boldMost = 150;

export function heading(text: string): KnownBlock {
  return { type: "header", text: { type: "plain_text", text: shortened(text, lettersMost.heading), emoji: false } };
}

/** Small and grey. */
export function remark(text: string): KnownBlock {
  const fitting = shortened(text, lettersMost.text);
  return { type: "context", elements: [{ type: "plain_text", text: fitting, emoji: false }] };
}

/** A paragraph: what matters in bold, then the rest of it. */
export function paragraph(bold: string, rest = ""): KnownBlock {
  const said = shortened(bold, itemMost);
  const elements = [
    strong(said),
    ...(rest === "" ? [] : [plain(` ${shortened(rest, lettersMost.text - said.length - 1)}`)]),
  ];
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

export interface Item {
  readonly bold?: string;
  readonly text: string;
}

/** As many as there is room for, at most so many, and how many there are besides. */
export function bullets(
  items: readonly Item[],
  { most, more }: { readonly most: number; readonly more: string },
): KnownBlock[] {
  if (items.length === 0) return [];
  const fitting = items.map(({ bold, text }) => ({
    bold: bold === undefined ? "" : shortened(bold, boldMost),
    text: shortened(text, itemMost - boldMost),
  }));
  const { shown, left } = those(fitting, most, ({ bold, text }) => bold.length + text.length);
  const elements = shown.map(
    ({ bold, text }): RichTextSection => ({
      type: "rich_text_section",
      elements: bold === "" ? [plain(text)] : [strong(bold), plain(` ${text}`)],
    }),
  );
  return [
    { type: "rich_text", elements: [{ type: "rich_text_list", style: "bullet", elements }] },
    ...(left === 0 ? [] : [remark(`and ${left} more${more}`)]),
  ];
}

/** Aligned lines, as many as there is room for, at most so many. */
export function code(lines: readonly string[], most = 60): KnownBlock[] {
  const fitting = lines.map((line) => shortened(line, itemMost));
  const { shown, left } = those(fitting, most, (line) => line.length + 1);
  return [
    { type: "rich_text", elements: [{ type: "rich_text_preformatted", elements: [plain(shown.join("\n"))] }] },
    ...(left === 0 ? [] : [remark(`and ${left} more`)]),
  ];
}

/** A line that leads somewhere. */
export function link(text: string, url: string): KnownBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "link", url, text }] }] };
}

/** Who did something. */
export function byUser(text: string, user: string): KnownBlock {
  const elements = [plain(`${text} `), { type: "user" as const, user_id: user }];
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

export function buttons(texts: Readonly<Record<string, string>>, value: string): KnownBlock {
  const elements = Object.entries(texts).map(
    ([id, text]): Button => ({
      ...{ type: "button", action_id: id, value, text: { type: "plain_text", text, emoji: false } },
    }),
  );
  return { type: "actions", elements };
}

/** What a notification shows: Slack reads markup in it, so that signs that could be any are others that look alike. */
export function notified(text: string): string {
  return shortened(text, lettersMost.text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("*", "∗")
    .replaceAll("_", "＿")
    .replaceAll("~", "∼")
    .replaceAll("`", "ˋ")
    .replaceAll(/@(?=channel|here|everyone)/gi, "＠");
}

function plain(text: string): RichTextElement & { readonly type: "text" } {
  return { type: "text", text };
}

function strong(text: string): RichTextElement & { readonly type: "text" } {
  return { type: "text", text, style: { bold: true } };
}

function those<T>(
  items: readonly T[],
  most: number,
  lettersOf: (item: T) => number,
): { readonly shown: T[]; readonly left: number } {
  const shown: T[] = [];
  let letters = 0;
  for (const item of items.slice(0, most)) {
    letters += lettersOf(item);
    if (letters > lettersMost.text) break;
    shown.push(item);
  }
  return { shown, left: items.length - shown.length };
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Whole words as far as they fit, and a sign that there are more; of a word that is longer than that, whole signs. */
export function shortened(given: string, most: number): string {
  const text = given.trim() === "" ? "-" : given.toWellFormed();
  if (text.length <= most) return text;
  const blank = text.lastIndexOf(" ", most - 2);
  if (text.slice(0, blank).trim() !== "" && blank > 0) return `${text.slice(0, blank).trimEnd()} …`;
  const end = graphemes.segment(text).containing(most - 1)?.index ?? 0;
  return `${text.slice(0, end)}…`;
}
