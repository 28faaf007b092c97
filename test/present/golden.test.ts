import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { comparisonDocument } from "../../api/present/json.ts";
import { comparisonText } from "../../api/present/text.ts";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf } from "../core/comparison-of.ts";

/** `UPDATE_GOLDEN=1` writes the texts anew, for a reader to judge. */
const isUpdate = process.env.UPDATE_GOLDEN === "1";
const published = new URL("../cases/task-definitions/", import.meta.url);
const folder = new URL("../golden/", import.meta.url);

const [bundled] = await bundledBooks("us-east-1");
/** What changes with every release of prices or of the program is not the reader's concern here. */
const book = { ...bundled, snapshot: "0123456789abcdef" };
const identity = { id: "0123456789abcdef0123456789abcdef", engine: "1.0.0" };

const definitions = readdirSync(published).filter((name) => name.endsWith(".json"));
if (isUpdate) for (const file of definitions) plant(file);
const cases = readdirSync(folder, { withFileTypes: true }).filter(({ name }) =>
  existsSync(new URL(`${name}/input.json`, folder)),
);

test.each(definitions)("the published task definition %s is a golden case, verbatim", (file) => {
  const input = JSON.parse(textAt(`${caseOf(file)}/input.json`));

  expect(input).toEqual(requestFor(file));
});

describe.each(cases.map(({ name }) => name))("%s:", (name) => {
  const text = textOf(JSON.parse(textAt(`${name}/input.json`)));
  if (isUpdate) writeFileSync(new URL(`${name}/output.txt`, folder), text);

  test("the user sees what is in output.txt", () => {
    expect(text).toBe(textAt(`${name}/output.txt`));
  });

  test("no line is wider than 80 columns or ends in a blank", () => {
    const lines = text.split("\n");

    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  test("every option has a total, or a reason that names its field and a way out", () => {
    const { options, readiness } = documentOf(JSON.parse(textAt(`${name}/input.json`)));
    const problems = [...options, ...readiness].flatMap((one) => one.problems);

    expect(options.filter(({ total, problems: found }) => (total === null) !== found.length > 0)).toEqual([]);
    expect(problems.filter(({ path, message }) => path === "" || !wayOut.test(message))).toEqual([]);
  });
});

/** A sentence that tells the reader what to do. */
const wayOut =
  /\b(see|Set|Leave|Remove|Add|Choose|Raise|Lower|Use|Run|Split|Make|Compare|Allow|Load|Name|Shorten)\b|cheapest size/;

function documentOf(request: unknown) {
  return comparisonDocument(comparisonOf(request, book), identity);
}

function textOf(request: unknown): string {
  return comparisonText(documentOf(request), null);
}

function textAt(path: string): string {
  return readFileSync(new URL(path, folder), "utf8");
}

function requestFor(file: string) {
  return { region: "us-east-1", taskDefinitions: [JSON.parse(readFileSync(new URL(file, published), "utf8"))] };
}

/** `nginx_ec2.json` is the case nginx-ec2. */
function caseOf(file: string): string {
  return file
    .replace(/\.json$/, "")
    .replaceAll("_", "-")
    .toLowerCase();
}

function plant(file: string): void {
  const at = new URL(`${caseOf(file)}/`, folder);
  if (!existsSync(at)) mkdirSync(at);
  writeFileSync(new URL("input.json", at), `${JSON.stringify(requestFor(file), null, 2)}\n`);
}
