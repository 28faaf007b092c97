import { describe, expect, test } from "vitest";
import { codeOf, filesIn } from "./repository.ts";

/** Product names that the calculation must not know. Words such as `awsvpc` are the documents' own and no product. */
const products = new Set([
  ..."aws amazon fargate ec2 ecs eks ecr ebs efs fsx s3 iam kms sns sqs rds elb alb nlb".split(" "),
  ..."lambda cloudwatch cloudformation dynamodb route53 graviton bottlerocket eventbridge".split(" "),
]);

/** The model keeps the kind of a volume in the document's own word; what to make of it is decided in api/aws. */
const keptFromDocuments = ["efs", "fsx", "s3"].map((kind) => `api/core/model/workload.ts: ${kind}`);

/** Words of identifiers and strings: `ec2SpotPrice` is ec2, spot, price. */
function wordsOf(code: string): string[] {
  return code
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

function offences(folders: readonly string[], find: (code: string) => readonly string[]): string[] {
  const files = folders.flatMap((folder) => filesIn(folder)).filter((file) => file.endsWith(".ts"));
  if (files.length === 0) throw new Error(`no TypeScript in ${folders.join(", ")}`);
  return files.flatMap((file) => find(codeOf(file)).map((found) => `${file}: ${found}`));
}

describe("the calculation", () => {
  test("names no AWS product outside comments", () => {
    const named = offences(["api/core"], (code) => wordsOf(code).filter((word) => products.has(word)));

    expect(named.filter((word) => !keptFromDocuments.includes(word))).toEqual([]);
  });

  test("and what AWS is read no clock and roll no dice", () => {
    const impure = /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bTemporal\.Now\b/g;

    expect(offences(["api/core", "api/aws"], (code) => code.match(impure) ?? [])).toEqual([]);
  });
});

test("no money goes through a float in the calculation, in what AWS is or in the database", () => {
  const rounding = /\bparseFloat\b|\.toFixed\b|\.toPrecision\b/g;

  expect(offences(["api/core", "api/aws", "db"], (code) => code.match(rounding) ?? [])).toEqual([]);
});

test("imports are plain: Biome reads neither the type import(…) nor an import whose address is put together", () => {
  const hidden = /(?<!await )\bimport\([^)]*\)|\bimport\(\s*[^"\s][^)]*\)|\bimport\.meta\.resolve\b/g;

  expect(offences(["api", "db", "scripts"], (code) => code.match(hidden) ?? [])).toEqual([]);
});

test("words are found wherever they hide", () => {
  expect(wordsOf('const ec2SpotPrice = AWSRegion["us-ecs"] + fargate_size')).toEqual(
    expect.arrayContaining(["ec2", "aws", "ecs", "fargate"]),
  );
});
