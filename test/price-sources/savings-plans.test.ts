import { describe, expect, test } from "vitest";
import type { PriceSource, SourceRow } from "../../api/price-sources/price-source.ts";
import { savingsPlansApi } from "../../api/price-sources/savings-plans-api.ts";
import { savingsPlansFiles } from "../../api/price-sources/savings-plans-files.ts";
import { type Answer, cutShort, hangUpAfter, inTurn, reply, serve, trickle } from "./endpoint.ts";
import { brief, pricesIn, refusals, refusedIn, rowsOf } from "./rows.ts";
import { sample } from "./sample.ts";
import { fakeCredentials, testClock } from "./test-clock.ts";

const throttling = reply(429, JSON.stringify({ __type: "ThrottlingException", message: "Slow down." }));
const answered = sample("savingsplans/DescribeSavingsPlansOfferingRates.json");

async function readApi(
  answer: Answer,
  region = "us-east-1",
  pageSize?: number,
): Promise<{ rows: SourceRow[]; bodies: object[] }> {
  await using endpoint = await serve(answer);
  const connection = { clock: testClock(), credentials: fakeCredentials, endpoint: endpoint.address };
  const source: PriceSource = savingsPlansApi(connection, pageSize);
  const rows = await rowsOf(source, { regions: [region], parts: ["AmazonECS"] });
  return { rows, bodies: endpoint.asked.map(({ body }) => JSON.parse(body) as object) };
}

async function readFile(
  file: string,
  region: string,
  offer = reply(200, sample(`savingsplans/${file}`)),
): Promise<SourceRow[]> {
  const list = JSON.stringify({
    regions: [{ regionCode: region, versionUrl: `/savingsPlan/v1.0/aws/1/${region}/index.json` }],
  });
  await using endpoint = await serve((response, asked) =>
    asked.path.endsWith("region_index.json") ? reply(200, list)(response, asked) : offer(response, asked),
  );
  const format = file.endsWith("csv") ? "csv" : "json";
  const web = { clock: testClock(), fetch: (address: string, init: { signal: AbortSignal }) => fetch(address, init) };
  return await rowsOf(savingsPlansFiles({ ...web, base: endpoint.address, format }), { regions: [region] });
}

describe("DescribeSavingsPlansOfferingRates, through the SDK's own client", () => {
  test("gives the three Fargate rates of us-east-1, dated by the day of the answer, and refuses Tokyo's", async () => {
    const { rows, bodies } = await readApi(reply(200, answered, "application/json"));

    expect(brief(rows)).toEqual([
      "compute-savings-plan/1yr/no-upfront/fargate/linux/x86_64/memory 0.003556 GB-Hour",
      "compute-savings-plan/1yr/no-upfront/fargate/linux/x86_64/vcpu 0.032384 vCPU-Hour",
      "compute-savings-plan/3yr/no-upfront/fargate/linux/x86_64/vcpu 0.022264 vCPU-Hour",
    ]);
    expect(pricesIn(rows)[0]).toMatchObject({
      effectiveDate: "as answered on 2026-11-23",
      effectiveFrom: "2026-11-23",
    });
    expect(refusals(rows)).toEqual(["other-region AmazonEC2 APN1-BoxUsage:*"]);
    expect(bodies).toEqual([
      {
        ...{ savingsPlanTypes: ["Compute", "EC2Instance"], serviceCodes: ["AmazonECS"], maxResults: 1000 },
        filters: [{ name: "region", values: ["us-east-1"] }],
      },
    ]);
  });

  test("Tokyo's Windows rate is $0.349 for c5.xlarge, one year all upfront", async () => {
    const { rows } = await readApi(reply(200, answered, "application/json"), "ap-northeast-1");

    expect(brief(rows)).toEqual(["compute-savings-plan/1yr/all-upfront/ec2/windows/c5.xlarge 0.349 Instance-Hour"]);
  });

  test.each([1, 2, 3])("gives the same rows %d a page", async (size) => {
    const all = (JSON.parse(answered) as { searchResults: object[] }).searchResults;
    const answer: Answer = (response, asked) => {
      const at = Number((JSON.parse(asked.body) as { nextToken?: string }).nextToken ?? 0);
      const nextToken = at + size < all.length ? `${at + size}` : "";
      return reply(200, JSON.stringify({ searchResults: all.slice(at, at + size), nextToken }))(response, asked);
    };

    expect((await readApi(answer, "us-east-1", size)).rows).toEqual((await readApi(reply(200, answered))).rows);
  });

  test.each([
    ["AccessDenied", "AccessDeniedException", 403, "access_denied", /savingsplans:DescribeSavingsPlansOfferingRates/],
    ["throttling", "ThrottlingException", 429, "throttled", /throttles/],
    ["errors 500", "InternalServerException", 500, "provider_error", /AmazonECS in us-east-1/],
    ["a session that has ended", "ExpiredTokenException", 403, "credentials_missing", /no valid AWS credentials/],
  ])("nothing but %s is a failure that says so", async (_, type, status, code, message) => {
    const reading = readApi(reply(status, JSON.stringify({ __type: type, message: "No." })));

    await expect(reading).rejects.toMatchObject({ name: "SourceFailure", code });
    await expect(reading).rejects.toThrow(message);
  });

  test.each([
    ["two throttlings", inTurn(throttling, throttling, reply(200, answered)), 3],
    ["an error 500", inTurn(reply(500, "{}"), reply(200, answered)), 2],
    ["an answer that ends in the middle", inTurn(cutShort(400, answered), reply(200, answered)), 2],
    ["a connection that dies in the middle", inTurn(hangUpAfter(400, answered), reply(200, answered)), 2],
    ["an answer of 50 bytes at a time", trickle(answered, 50), 1],
  ])("after %s the three rates are there", async (_, answer, calls) => {
    const { rows, bodies } = await readApi(answer);

    expect(brief(rows)).toHaveLength(3);
    expect(bodies).toHaveLength(calls);
  });

  test("China is refused by name: no Savings Plans API is known to answer for it", async () => {
    await expect(readApi(reply(200, answered), "cn-north-1")).rejects.toThrow(/answers for cn-north-1/);
  });
});

describe("the Savings Plans files, over HTTP", () => {
  test("us-east-1: eleven Fargate rates, as the bundled snapshot has them", async () => {
    expect(brief(await readFile("AWSComputeSavingsPlan.us-east-1.json", "us-east-1"))).toEqual([
      "compute-savings-plan/1yr/all-upfront/fargate/linux/x86_64/vcpu 0.0295504 vCPU-Hour",
      "compute-savings-plan/1yr/no-upfront/fargate/linux/arm64/memory 0.0028 GB-Hour",
      "compute-savings-plan/1yr/no-upfront/fargate/linux/arm64/vcpu 0.0255 vCPU-Hour",
      "compute-savings-plan/1yr/no-upfront/fargate/linux/x86_64/memory 0.003556 GB-Hour",
      "compute-savings-plan/1yr/no-upfront/fargate/linux/x86_64/vcpu 0.032384 vCPU-Hour",
      "compute-savings-plan/3yr/all-upfront/fargate/linux/arm64/vcpu 0.01587 vCPU-Hour",
      "compute-savings-plan/3yr/all-upfront/fargate/linux/x86_64/vcpu 0.0194304 vCPU-Hour",
      "compute-savings-plan/3yr/no-upfront/fargate/linux/arm64/memory 0.00192 GB-Hour",
      "compute-savings-plan/3yr/no-upfront/fargate/linux/arm64/vcpu 0.01749 vCPU-Hour",
      "compute-savings-plan/3yr/no-upfront/fargate/linux/x86_64/memory 0.00244475 GB-Hour",
      "compute-savings-plan/3yr/no-upfront/fargate/linux/x86_64/vcpu 0.022264 vCPU-Hour",
    ]);
  });

  test("Tokyo: six Windows rates of c5.xlarge, from 0.361 to 0.299", async () => {
    expect(brief(await readFile("AWSComputeSavingsPlan.ap-northeast-1.json", "ap-northeast-1"))).toEqual([
      "compute-savings-plan/1yr/all-upfront/ec2/windows/c5.xlarge 0.349 Instance-Hour",
      "compute-savings-plan/1yr/no-upfront/ec2/windows/c5.xlarge 0.361 Instance-Hour",
      "compute-savings-plan/1yr/partial-upfront/ec2/windows/c5.xlarge 0.352 Instance-Hour",
      "compute-savings-plan/3yr/all-upfront/ec2/windows/c5.xlarge 0.299 Instance-Hour",
      "compute-savings-plan/3yr/no-upfront/ec2/windows/c5.xlarge 0.31 Instance-Hour",
      "compute-savings-plan/3yr/partial-upfront/ec2/windows/c5.xlarge 0.301 Instance-Hour",
    ]);
  });

  test("eu-west-1 of 2020, made faulty by its source: three rates, every other one refused by its reason", async () => {
    const rows = await readFile("AWSComputeSavingsPlan.eu-west-1.ligoj.json", "eu-west-1");

    expect(brief(rows)).toEqual([
      "compute-savings-plan/1yr/all-upfront/fargate/linux/x86_64/vcpu 0.0315744 vCPU-Hour",
      "compute-savings-plan/3yr/no-upfront/fargate/linux/x86_64/memory 0.002667 GB-Hour",
      "compute-savings-plan/3yr/no-upfront/fargate/linux/x86_64/vcpu 0.024288 vCPU-Hour",
    ]);
    expect(pricesIn(rows)[0]).toMatchObject({
      effectiveDate: "published 2020-02-20T22:03:00Z",
      effectiveFrom: "2020-02-20",
    });
    expect(new Set(refusals(rows))).toEqual(
      new Set([
        "capacity-reservation AmazonEC2 EUW1-UnusedDed:c1.medium",
        "capacity-reservation AmazonEC2 EUW3-Unused:c1.medium",
        "dedicated-tenancy AmazonEC2 EUW1-DedicatedUsage:c1.medium",
        "missing-field AmazonEC2 EUW1-BoxUsage:*",
        "not-wanted AWSLambda EU-Lambda-GB-Second",
        "not-wanted AWSLambda EU-Lambda-Provisioned-Concurrency",
        "not-wanted AWSLambda EU-Lambda-Provisioned-GB-Second",
        "not-wanted AWSLambda EU-Request",
        "not-wanted AmazonIGNORE IGNORE-GB-Hours",
        "not-wanted AmazonIGNORE IGNORE:perCPU",
      ]),
    );
  });

  test("Taipei as CSV: both rows are decoys, dedicated and unused", async () => {
    const rows = await readFile("AWSComputeSavingsPlan.ap-east-2.csv", "ap-east-2");

    expect(pricesIn(rows)).toEqual([]);
    expect(refusals(rows)).toEqual([
      "capacity-reservation AmazonEC2 APE2-UnusedDed:*",
      "dedicated-tenancy AmazonEC2 APE2-DedicatedUsage:*",
    ]);
  });

  test("a CSV row of shared Linux is an EC2 Instance Savings Plan rate, and a short line is refused", async () => {
    const csv = sample("savingsplans/AWSComputeSavingsPlan.ap-east-2.csv")
      .replace("APE2-DedicatedUsage:r7g.medium,RunInstances:0010", "APE2-BoxUsage:r7g.medium,RunInstances")
      .concat("short,line\n");
    const rows = await readFile("AWSComputeSavingsPlan.ap-east-2.csv", "ap-east-2", reply(200, csv));

    expect(brief(rows)).toEqual([
      "ec2-instance-savings-plan/3yr/partial-upfront/ec2/linux/r7g.medium 0.0425 Instance-Hour",
    ]);
    expect(refusedIn(rows).map(({ reason }) => reason)).toEqual(["capacity-reservation", "malformed"]);
  });

  test("the recorded list of regions leads to eu-west-1's file, and a region without one is refused by name", async () => {
    const list = sample("savingsplans/AWSComputeSavingsPlan.region_index.json");
    const file = sample("savingsplans/AWSComputeSavingsPlan.eu-west-1.ligoj.json");
    await using endpoint = await serve((response, asked) =>
      reply(200, asked.path.endsWith("region_index.json") ? list : file)(response, asked),
    );
    const source = savingsPlansFiles({
      clock: testClock(),
      fetch: (address, init) => fetch(address, init),
      base: endpoint.address,
    });
    const rows = await rowsOf(source, { regions: ["eu-west-1", "sa-east-1"] });

    expect(endpoint.asked[1]?.path).toBe("/savingsPlan/v1.0/aws/AWSComputeSavingsPlan/current/eu-west-1/index.json");
    expect(pricesIn(rows)).toHaveLength(3);
    expect(refusedIn(rows).at(-1)).toMatchObject({ reason: "missing-field", region: "sa-east-1" });
  });

  test("the same rows after a file that broke off, and a few bytes at a time", async () => {
    const file = "AWSComputeSavingsPlan.us-east-1.json";
    const text = sample(`savingsplans/${file}`);
    const prices = brief(await readFile(file, "us-east-1"));

    expect(brief(await readFile(file, "us-east-1", inTurn(cutShort(4000, text), reply(200, text))))).toEqual(prices);
    expect(brief(await readFile(file, "us-east-1", trickle(text, 61)))).toEqual(prices);
  });
});
