import { describe, expect, test } from "vitest";
import type { SlackBody } from "../../api/present/slack-blocks.ts";
import { refusals } from "./block-kit.ts";

const text = (letters: number) => "x".repeat(letters);
const plain = (letters: number) => ({ type: "plain_text", text: text(letters), emoji: false });
const header = (letters: number) => ({ type: "header", text: plain(letters) });
const section = (letters: number) => ({ type: "section", text: plain(letters) });
const context = (elements: number) => ({ type: "context", elements: Array.from({ length: elements }, () => plain(1)) });
const button = (at: number, { label = 1, value = 1 } = {}) => ({
  ...{ type: "button", action_id: `a${at}`, value: text(value), text: plain(label) },
});
const actions = (count: number, size = {}) => ({
  ...{ type: "actions", elements: Array.from({ length: count }, (_, at) => button(at, size)) },
});
const rich = (letters: number) => ({
  ...{
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text: text(letters) }] }],
  },
});
const table = (rows: number, columns: number, letters = 1) => ({
  type: "table",
  rows: Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ type: "raw_text", text: text(letters) })),
  ),
});
const times = (count: number, block: object) => Array.from({ length: count }, () => block);

/** Blocks of a kind that nothing here makes can be asked about too. */
function refused(blocks: readonly object[], said = "x"): boolean {
  return refusals({ text: said, blocks } as SlackBody).length > 0;
}

describe("the checker takes the most that Slack does, and refuses one more:", () => {
  test.each<[string, readonly object[], readonly object[]]>([
    ["50 blocks", times(50, header(1)), times(51, header(1))],
    ["a heading of 150 letters", [header(150)], [header(151)]],
    ["a section of 3,000 letters", [section(3000)], [section(3001)]],
    ["rich text of 3,000 letters", [rich(3000)], [rich(3001)]],
    ["a context of 10 elements", [context(10)], [context(11)]],
    ["25 buttons", [actions(25)], [actions(26)]],
    ["a button of 75 letters", [actions(1, { label: 75 })], [actions(1, { label: 76 })]],
    ["a button's value of 2,000 letters", [actions(1, { value: 2000 })], [actions(1, { value: 2001 })]],
    ["a table of 100 rows", [table(100, 1)], [table(101, 1)]],
    ["a table of 20 columns", [table(1, 20)], [table(1, 21)]],
    ["a table of 10,000 letters", [table(100, 10, 10)], [table(100, 10, 10), table(1, 1)]],
    ["one table", [table(1, 1)], [table(1, 1), table(1, 1)]],
  ])("%s", (_, most, more) => {
    expect([refused(most), refused(more)]).toEqual([false, true]);
  });

  test.each([
    ["40,000 letters of a message's text", text(40_000), text(40_001)],
    ["an escaped sign in it", "&lt;!channel&gt;", "<!channel>"],
    ["no markup in it", "x", "*x*"],
    ["no call to everybody in it", "@ herein", "@here"],
  ])("%s", (_, most, more) => {
    expect([refused([header(1)], most), refused([header(1)], more)]).toEqual([false, true]);
  });

  test("and no markup in blocks, no empty text, no half of a sign, no action twice", () => {
    const twice = { type: "actions", elements: [button(1), button(1)] };

    expect(refused([{ type: "section", text: { type: "mrkdwn", text: "x" } }])).toBe(true);
    expect(refused([header(0)])).toBe(true);
    expect(refused([{ type: "header", text: { type: "plain_text", text: "\ud83d", emoji: false } }])).toBe(true);
    expect(refused([twice])).toBe(true);
    expect(refused([])).toBe(true);
  });
});
