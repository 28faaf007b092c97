import { describe, expect, test } from "vitest";
import { fargateSpotFeed } from "../../api/price-sources/fargate-spot-feed.ts";
import { fargateSpotFile } from "../../api/price-sources/fargate-spot-file.ts";
import { reply, serve } from "./endpoint.ts";
import { brief, pricesIn, refusals, refusedIn, rowsOf } from "./rows.ts";
import { sample } from "./sample.ts";
import { testClock } from "./test-clock.ts";

const header = "region,architecture,vcpu_price,memory_price,date,source";
const regions = ["us-east-1", "eu-west-1", "cn-north-1"];

async function readLines(...lines: readonly string[]) {
  return await rowsOf(fargateSpotFile({ name: "spot.csv", text: lines.join("\n") }), { regions });
}

describe("an operator's file of Fargate Spot prices", () => {
  test("a line is two dated prices in the region's currency, with the file and the line named", async () => {
    const rows = await readLines(
      header,
      "us-east-1,x86_64,0.01288871,0.00141527,2026-09-28,pricing page",
      "cn-north-1,arm64,0.1,0.02,2026-09-01,invoice",
    );

    expect(brief(rows)).toEqual([
      "fargate-spot/linux/arm64/memory 0.02 GB-Hour",
      "fargate-spot/linux/arm64/vcpu 0.1 vCPU-Hour",
      "fargate-spot/linux/x86_64/memory 0.00141527 GB-Hour",
      "fargate-spot/linux/x86_64/vcpu 0.01288871 vCPU-Hour",
    ]);
    expect(pricesIn(rows)[0]).toMatchObject({
      ...{
        currency: "CNY",
        effectiveDate: "2026-09-01",
        effectiveFrom: "2026-09-01",
        source: "invoice (spot.csv, line 3)",
      },
    });
  });

  test("every bad line is refused with its number and all that is wrong with it, and the good ones are read", async () => {
    const rows = await readLines(
      header,
      "us-east-1,x86_64,0.0128,0.0014,2026-09-28,page",
      "us-east-9,sparc,free,-1,2026-02-30,",
      "us-east-1,arm64,0.01",
      "eu-west-1,arm64,0,0.001,28.09.2026,page",
      "eu-west-2,arm64,0.01,0.001,2026-09-28,page",
    );

    expect(brief(rows)).toHaveLength(2);
    expect(refusedIn(rows).map(({ name, message }) => `${name}: ${message}`)).toEqual([
      'spot.csv, line 3: No region "us-east-9" is known. "sparc" is neither x86_64 nor arm64. vcpu_price "free" is no price. ' +
        'memory_price "-1" is no price. date "2026-02-30" is no day (YYYY-MM-DD). source is empty.',
      "spot.csv, line 4: 3 fields instead of 6.",
      'spot.csv, line 5: vcpu_price "0" is no price. date "28.09.2026" is no day (YYYY-MM-DD).',
      "spot.csv, line 6: eu-west-2 is not being read.",
    ]);
  });

  test("two lines that contradict each other are both refused", async () => {
    const rows = await readLines(
      header,
      "us-east-1,arm64,0.01,0.001,2026-09-28,a",
      "us-east-1,arm64,0.02,0.001,2026-09-28,b",
    );

    expect(brief(rows)).toEqual(["fargate-spot/linux/arm64/memory 0.001 GB-Hour"]);
    expect(refusals(rows)).toEqual(["ambiguous fargate-spot/linux/arm64/vcpu"]);
  });

  test.each([
    ["no line at all", ""],
    ["other columns", "region,price\nus-east-1,1"],
  ])("a file with %s is refused with the columns it needs", async (_, text) => {
    expect(refusedIn(await readLines(text))).toMatchObject([
      { reason: "malformed", message: `The columns have to be ${header.replaceAll(",", ", ")}.` },
    ]);
  });
});

describe("the feed of AWS's pricing page", () => {
  async function readFeed(file: string, change = (text: string) => text) {
    await using endpoint = await serve(reply(200, change(sample(`spot/${file}`))));
    const source = fargateSpotFeed(
      { clock: testClock(), fetch: (address, init) => fetch(address, init) },
      endpoint.address,
    );
    return { source, rows: await rowsOf(source, { regions: ["us-east-1"] }) };
  }

  test("is off by default", async () => {
    expect((await readFeed("fargate-spot-prices.2019.json")).source.onByDefault).toBe(false);
  });

  test("of 2026-09-28: four prices of us-east-1, dated by the version, and the other region's refused", async () => {
    const { rows } = await readFeed("fargate-spot-prices.2026-09-28.json");

    expect(brief(rows)).toEqual([
      "fargate-spot/linux/arm64/memory 0.00113349 GB-Hour",
      "fargate-spot/linux/arm64/vcpu 0.01030969 vCPU-Hour",
      "fargate-spot/linux/x86_64/memory 0.00141527 GB-Hour",
      "fargate-spot/linux/x86_64/vcpu 0.01288871 vCPU-Hour",
    ]);
    expect(pricesIn(rows).map(({ effectiveFrom }) => effectiveFrom)).toEqual(
      Array.from({ length: 4 }, () => "2026-09-28"),
    );
    expect(refusals(rows)).toEqual(["other-region Fargate Spot GB-Hours", "other-region Fargate Spot vCPU-Hours"]);
  });

  test("of 2019: one price of us-east-1", async () => {
    expect(brief((await readFeed("fargate-spot-prices.2019.json")).rows)).toEqual([
      "fargate-spot/linux/x86_64/vcpu 0.01458 vCPU-Hour",
    ]);
  });

  test.each([
    ["an unknown unit", '"vCPU-Hours"', '"vCPU-Minutes"', "unknown-unit"],
    ["no version", "source:version", "version", "missing-field"],
    ["another currency", '"USD"', '"EUR"', "currency"],
    ["a price that is none", "0.01458", "n/a", "malformed"],
  ])("with %s is refused", async (_, from, to, reason) => {
    const { rows } = await readFeed("fargate-spot-prices.2019.json", (text) => text.replace(from, to));

    expect(pricesIn(rows)).toEqual([]);
    expect(refusedIn(rows).map((row) => row.reason)).toContain(reason);
  });
});
