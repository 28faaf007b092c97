import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { differenceDocument } from "../../api/present/difference-json.ts";
import { differenceText } from "../../api/present/difference-text.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { differenceBetween, keptAnswer } from "../core/difference/difference-between.ts";

/** `UPDATE_GOLDEN=1` writes the texts anew, for a reader to judge. */
const isUpdate = process.env.UPDATE_GOLDEN === "1";
const folder = new URL("../golden/", import.meta.url);
const cases = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/was.json`, folder)));

const [bundled] = await bundledBooks("us-east-1");
/** What changes with every release of prices is not the reader's concern here. */
const book = { ...bundled, snapshot: "0123456789abcdef" };

describe.each(cases)("%s:", (name) => {
  const text = textOf(answerTo(`${name}/was.json`, "0"), answerTo(`${name}/is.json`, "1"));
  if (isUpdate) writeFileSync(new URL(`${name}/output.txt`, folder), text);

  test("the user sees what is in output.txt", () => {
    expect(text).toBe(textAt(`${name}/output.txt`));
  });

  test("no line is wider than 80 columns or ends in a blank", () => {
    expect(text.split("\n").filter((line) => [...line].length > 80 || line !== line.trimEnd())).toEqual([]);
  });
});

test("a comparison beside itself has its totals, and nothing that changed", () => {
  const shop = answerTo("shop-grown/was.json", "0");

  expect(textOf(shop, shop).split("\n").slice(3)).toEqual([
    "Option             Was       Is  Difference",
    "ec2-mixed      $541.25  $541.25       $0.00",
    "as-configured  $542.32  $542.32       $0.00",
    "fargate        $599.08  $599.08       $0.00",
    "ec2            $654.57  $654.57       $0.00",
    "",
    "Cheapest: ec2-mixed, as before.",
    "Recommended: ec2-mixed, as before.",
    "",
  ]);
});

function answerTo(path: string, digit: string) {
  return keptAnswer(JSON.parse(textAt(path)), book, digit.repeat(32));
}

function textOf(...[was, is]: Parameters<typeof differenceBetween>): string {
  return differenceText(differenceDocument(differenceBetween(was, is)));
}

function textAt(path: string): string {
  return readFileSync(new URL(path, folder), "utf8");
}
