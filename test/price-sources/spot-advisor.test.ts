import { describe, expect, test } from "vitest";
import type { SourceRow, SpotAdviceRow } from "../../api/price-sources/price-source.ts";
import { spotAdvisor } from "../../api/price-sources/spot-advisor.ts";
import { type Answer, cutShort, inTurn, reply, serve } from "./endpoint.ts";
import { refusals, refusedIn, rowsOf } from "./rows.ts";
import { sample } from "./sample.ts";
import { testClock } from "./test-clock.ts";

const file = sample("spot/spot-advisor-data.json");

async function read(answer: Answer = reply(200, file), regions: readonly string[] = ["us-east-1"]) {
  await using endpoint = await serve(answer);
  const web = { clock: testClock(), fetch: (address: string, init: RequestInit) => fetch(address, init) };
  const source = spotAdvisor(web, `${endpoint.address}/spot-advisor-data.json`);
  return { source, rows: await rowsOf(source, { regions }), calls: endpoint.asked.length };
}

function adviceIn(rows: readonly SourceRow[]): string[] {
  return rows
    .filter((row): row is SpotAdviceRow => row.kind === "spot-advice")
    .map(({ region, instanceType, savingsPercent, interruptionBand }) =>
      [region, instanceType, savingsPercent, interruptionBand].join(" "),
    );
}

describe("the file of the Spot Instance Advisor", () => {
  test("is off by default", async () => {
    expect((await read()).source).toMatchObject({ onByDefault: false, permissions: [] });
  });

  test("gives discount and band of each Linux type of the region, also one that costs 4 % more, and of no other region", async () => {
    expect(adviceIn((await read()).rows)).toEqual([
      "us-east-1 m5.large 58 >20%",
      "us-east-1 m7g.large 63 5-10%",
      "us-east-1 m8gd.large -4 <5%",
    ]);
    expect(adviceIn((await read(reply(200, file), ["eu-west-1", "us-east-1"])).rows)).toHaveLength(4);
  });

  test("is dated by the day on which it is read, since it names none", async () => {
    const { rows } = await read();

    expect(rows[0]).toMatchObject({
      ...{ effectiveDate: "2026-11-23", effectiveFrom: "2026-11-23" },
      source: expect.stringMatching(/spot-advisor-data\.json, read on 2026-11-23$/),
    });
  });

  test.each([
    ["a band that the file does not name", '"r": 4', '"r": 5'],
    ["no discount", '"s": 58,', ""],
    ["a discount that is no whole number", '"s": 58', '"s": "58"'],
    ["a discount of 100 %", '"s": 58', '"s": 100'],
  ])("with %s is refused for that type by name, and read for the others", async (_, from, to) => {
    expect(file).toContain(from);
    const { rows } = await read(reply(200, file.replace(from, to)));

    expect(refusals(rows)).toEqual(["malformed Spot advice on m5.large, Linux"]);
    expect(adviceIn(rows)).toHaveLength(2);
  });

  test("without the region is refused for it by name", async () => {
    const { rows } = await read(reply(200, file), ["ap-south-1"]);

    expect(refusedIn(rows)).toMatchObject([{ reason: "missing-field", region: "ap-south-1" }]);
  });

  test("is read again where it breaks off, and five times is a failure", async () => {
    expect((await read(inTurn(cutShort(300, file), reply(200, file)))).calls).toBe(2);
    await expect(read(cutShort(300, file))).rejects.toMatchObject({ code: "unreadable" });
  });
});
