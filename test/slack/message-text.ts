import type { KnownBlock, RichTextBlockElement, RichTextElement } from "@slack/types";
import type { SlackBody } from "../../api/present/slack-blocks.ts";

/** A message as its reader sees it, near enough to be judged: bold in asterisks, code indented, what is small in parentheses. */
export function messageText({ blocks, ...message }: SlackBody & { readonly response_type?: string }): string {
  const head = `[${message.response_type ?? "ephemeral"}] ${message.text}`;
  return `${[head, ...blocks.map(blockText)].join("\n\n")}\n`;
}

function blockText(block: KnownBlock): string {
  switch (block.type) {
    case "header":
      return `# ${block.text.text}`;
    case "context":
      return `(${block.elements.map((element) => ("text" in element ? element.text : "")).join(" | ")})`;
    case "rich_text":
      return block.elements.map(richText).join("\n");
    case "actions":
      return block.elements.map((one) => (one.type === "button" ? `[ ${one.text.text} ]` : one.type)).join(" ");
    default:
      throw new Error(`No message is made of ${block.type}`);
  }
}

function richText(element: RichTextBlockElement): string {
  if (element.type === "rich_text_list") return element.elements.map((one) => ` • ${richText(one)}`).join("\n");
  const text = element.elements.map(inline).join("");
  return element.type === "rich_text_preformatted" ? text.replaceAll(/^/gm, "    ") : text;
}

function inline(element: RichTextElement): string {
  switch (element.type) {
    case "text":
      return element.style?.bold ? `*${element.text}*` : element.text;
    case "link":
      return `[${element.text}](${element.url})`;
    case "user":
      return `@${element.user_id}`;
    default:
      throw new Error(`No text is made of ${element.type}`);
  }
}
