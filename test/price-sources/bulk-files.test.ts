import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bulkFiles } from "../../api/price-sources/bulk-files.ts";
import { services } from "../../api/price-sources/catalogue/catalogue.ts";
import type { SourceRow } from "../../api/price-sources/price-source.ts";
import { type Answer, cutShort, hangUpAfter, inTurn, reply, serve, silence, trickle } from "./endpoint.ts";
import { brief, pricesIn, refusals, refusedIn, rowsOf } from "./rows.ts";
import { sample } from "./sample.ts";
import { testClock } from "./test-clock.ts";

interface Reading {
  readonly service?: string;
  readonly region?: string;
  readonly format?: "json" | "csv";
  readonly clock?: ReturnType<typeof testClock>;
}

/** Answers the region index as AWS does, and the offer as told. */
function offering(offer: Answer, region: string): Answer {
  return (response, asked) => {
    if (!asked.path.endsWith("region_index.json")) return offer(response, asked);
    const currentVersionUrl = "/offers/v1.0/aws/Offer/20260901000000/region/index.json";
    return reply(200, JSON.stringify({ regions: { [region]: { regionCode: region, currentVersionUrl } } }))(
      response,
      asked,
    );
  };
}

async function read(offer: Answer, reading: Reading = {}): Promise<{ rows: SourceRow[]; paths: string[] }> {
  const { service = "AmazonECS", region = "us-east-1", format, clock = testClock() } = reading;
  await using endpoint = await serve(offering(offer, region));
  const source = bulkFiles({ clock, fetch: (address, init) => fetch(address, init), base: endpoint.address, format });
  const rows = await rowsOf(source, { regions: [region], parts: [service] });
  const neutral = rows.map((row) => ({ ...row, source: row.source.replaceAll(endpoint.address, "") }));
  return { rows: neutral, paths: endpoint.asked.map(({ path }) => path) };
}

const ecs = sample("bulk/AmazonECS.us-east-1.offer.json");
const inPieces = (text: string, size: number) => trickle(text, size);

describe("the samples of the bulk files, over HTTP", () => {
  test("AmazonECS of us-east-1 gives the same nine prices and three refusals as the API", async () => {
    const { rows, paths } = await read(reply(200, ecs));

    expect(brief(rows)).toEqual([
      "ecs-anywhere/instance 0.01025 Instance-Hour",
      "fargate/ephemeral-storage 0.000111 GB-Hour",
      "fargate/linux/arm64/memory 0.00356 GB-Hour",
      "fargate/linux/arm64/vcpu 0.03238 vCPU-Hour",
      "fargate/linux/x86_64/memory 0.004445 GB-Hour",
      "fargate/linux/x86_64/vcpu 0.04048 vCPU-Hour",
      "fargate/windows/x86_64/licence 0.046 vCPU-Hour",
      "fargate/windows/x86_64/memory 0.01005 GB-Hour",
      "fargate/windows/x86_64/vcpu 0.09148 vCPU-Hour",
    ]);
    expect(refusedIn(rows).map(({ reason }) => reason)).toEqual(["free-tier", "zero-metering", "zero-metering"]);
    expect(paths).toEqual([
      "/offers/v1.0/aws/AmazonECS/current/region_index.json",
      "/offers/v1.0/aws/Offer/20260901000000/region/index.json",
    ]);
    expect(pricesIn(rows)[0]?.source).toBe(
      "/offers/v1.0/aws/Offer/20260901000000/region/index.json, AmazonECS, published 2022-11-21T18:21:30Z (version 20221121182130)",
    );
  });

  test("AmazonECS of eu-west-1 as CSV: nine prices, $0.000122 for ephemeral storage, and a line that is no rate", async () => {
    const offer = sample("bulk/AmazonECS.eu-west-1.offer.csv");
    const { rows, paths } = await read(reply(200, offer), { region: "eu-west-1", format: "csv" });

    expect(brief(rows)).toHaveLength(9);
    expect(brief(rows)).toContain("fargate/ephemeral-storage 0.000122 GB-Hour");
    expect(refusals(rows)).toEqual([
      "free-tier AmazonECS EU-ECS-Anywhere-Instance-hours-WithFree",
      "malformed AmazonECS",
      "zero-metering AmazonECS EU-ECS-EC2-GB-Hours",
      "zero-metering AmazonECS EU-ECS-EC2-vCPU-Hours",
    ]);
    expect(paths[1]).toMatch(/index\.csv$/);
    expect(pricesIn(rows)[0]).toMatchObject({ effectiveDate: "01/01/2022", effectiveFrom: "2020-12-14" });
  });

  test("AmazonEFS as CSV: the region's rows, with storage classes that do not exist refused by name", async () => {
    const { rows } = await read(reply(200, sample("bulk/AmazonEFS.offer.csv")), {
      ...{ service: "AmazonEFS", region: "eu-west-1", format: "csv" },
    });

    expect(brief(rows)).toEqual([
      "efs/infrequent-access/read 0.011 GB",
      "efs/infrequent-access/storage 0.025 GB-Month",
      "efs/infrequent-access/write 0.011 GB",
      "efs/one-zone-infrequent-access/storage 0.0133 GB-Month",
      "efs/one-zone/storage 0.176 GB-Month",
      "efs/standard/storage 0.33 GB-Month",
    ]);
    expect(refusals(rows).filter((refusal) => refusal.includes("EU-"))).toEqual([
      "attribute-differs AmazonEFS EU-IATimedStorage-ByteHrs",
      "attribute-differs AmazonEFS EU-IATimedStorage-ByteHrs",
    ]);
  });

  test("AmazonEC2 of us-east-2: gp3 is read, bring-your-own-licence refused, and a lease is no on-demand price", async () => {
    const { rows } = await read(reply(200, sample("bulk/AmazonEC2.us-east-2.mixed.json")), {
      ...{ service: "AmazonEC2", region: "us-east-2" },
    });

    expect(brief(rows)).toEqual(["ebs/gp3/storage 0.08 GB-Month"]);
    expect(refusedIn(rows).map(({ reason, sku }) => [reason, sku])).toEqual([
      ["missing-field", "ec2-reserved/linux/m5.large"],
      ["missing-field", "ec2/linux/m5.large"],
      ["other-licence", null],
    ]);
  });

  test("AmazonEC2 of us-east-1: a capacity block at $0.00 is refused beside $32.7726", async () => {
    const { rows } = await read(reply(200, sample("bulk/AmazonEC2.us-east-1.p4d-capacityblock.json")), {
      service: "AmazonEC2",
    });

    expect(brief(rows)).toEqual(["ec2/linux/p4d.24xlarge 32.7726 Instance-Hour"]);
    expect(refusals(rows)).toEqual(["capacity-block AmazonEC2 BoxUsage:*"]);
  });

  test("AmazonEC2 of cn-northwest-1 is read from the Chinese file, in CNY", async () => {
    const { rows, paths } = await read(reply(200, sample("bulk/AmazonEC2.cn-northwest-1.mixed.json")), {
      ...{ service: "AmazonEC2", region: "cn-northwest-1" },
    });

    expect(pricesIn(rows)).toMatchObject([{ sku: "ebs/gp3/storage", unitPrice: "0.5312", currency: "CNY" }]);
    expect(paths[0]).toBe("/offers/v1.0/cn/AmazonEC2/current/region_index.json");
  });

  test("the recorded region index leads to eu-west-1's file, and a region without a file is refused by name", async () => {
    const answer: Answer = (response, asked) =>
      reply(200, asked.path.endsWith("region_index.json") ? sample("bulk/AmazonECS.region_index.json") : ecs)(
        response,
        asked,
      );
    await using endpoint = await serve(answer);
    const source = bulkFiles({
      clock: testClock(),
      fetch: (address, init) => fetch(address, init),
      base: endpoint.address,
    });
    const rows = await rowsOf(source, { regions: ["eu-west-1", "ap-east-2"], parts: ["AmazonECS"] });

    expect(endpoint.asked[1]?.path).toBe("/offers/v1.0/aws/AmazonECS/current/eu-west-1/index.json");
    expect(refusedIn(rows).at(-1)).toMatchObject({ reason: "missing-field", region: "ap-east-2", name: "AmazonECS" });
  });

  test("every service of the catalogue is in the service index of 2026-04-27", () => {
    const { offers } = JSON.parse(sample("bulk/services.2026-04-27.json")) as { offers: object };

    expect(services.filter((service) => !Object.keys(offers).includes(service))).toEqual([]);
  });
});

describe("a file is read", () => {
  test("without AmazonEC2's unless it is asked for by name", async () => {
    await using endpoint = await serve(reply(200, '{"regions":{}}'));
    const source = bulkFiles({
      clock: testClock(),
      fetch: (address, init) => fetch(address, init),
      base: endpoint.address,
    });

    await rowsOf(source, { regions: ["us-east-1"] });

    expect(endpoint.asked.map(({ path }) => path.split("/")[4])).toEqual(
      services.filter((service) => service !== "AmazonEC2"),
    );
  });

  test("to the same rows, however it is cut into pieces and in whatever order its products stand", async () => {
    const whole = (await read(reply(200, ecs))).rows;
    const offer = JSON.parse(ecs) as { products: object; terms: { OnDemand: object } };
    const order = fc.shuffledSubarray(Object.entries(offer.products), {
      minLength: Object.keys(offer.products).length,
    });

    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1000, max: 20_000 }), async (products, size) => {
        const text = JSON.stringify({ ...offer, products: Object.fromEntries(products) });

        expect((await read(inPieces(text, size))).rows).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });

  test("to the same rows a few bytes at a time", async () => {
    expect((await read(inPieces(ecs, 37))).rows).toEqual((await read(reply(200, ecs))).rows);
  });

  test.each([
    ["an error 500", inTurn(reply(503, ""), reply(200, ecs))],
    ["a throttling", inTurn(reply(429, ""), reply(200, ecs))],
    ["a file that breaks off", inTurn(cutShort(5000, ecs), reply(200, ecs))],
    ["a connection that dies in the middle", inTurn(hangUpAfter(5000, ecs), reply(200, ecs))],
  ])("again after %s, without a row twice", async (_, answer) => {
    const { rows, paths } = await read(answer);

    expect(rows).toEqual((await read(reply(200, ecs))).rows);
    expect(paths).toHaveLength(4);
  });

  test.each([
    ["errors 503", reply(503, ""), "provider_error", /status 503/],
    ["files that break off", cutShort(5000, ecs), "unreadable", /breaks off/],
    ["connections that die", hangUpAfter(5000, ecs), "unreachable", /broke/],
    ["text that is no JSON", reply(200, "<html>"), "unreadable", /no JSON/],
    ["terms before products", reply(200, termsFirst()), "unreadable", /products after its terms/],
    [
      "products without terms",
      reply(200, `${ecs.slice(0, ecs.indexOf('"terms"'))}"terms": {}}`),
      "unreadable",
      /no terms/,
    ],
    ["a CSV without column names", reply(200, '"FormatVersion","v1.0"\n'), "unreadable", /column names/],
  ])("five times before %s are a failure", async (what, answer, code, message) => {
    const clock = testClock({ random: 0.5 });
    const reading = read(answer, { clock, format: what.includes("CSV") ? "csv" : "json" });

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ name: "SourceFailure", code });
    expect(clock.slept).toEqual([100, 200, 400, 800]);
  });

  test("once only where it does not exist", async () => {
    const clock = testClock();

    await expect(read(reply(404, ""), { clock })).rejects.toMatchObject({ code: "not_found" });
    expect(clock.slept).toEqual([]);
  });

  test("no longer after a minute of silence", async () => {
    await expect(read(silence, { clock: testClock({ silence: true }) })).rejects.toThrow("nothing for 60 seconds");
  });
});

test("20 MB of AmazonEC2 with 8,162 decoys are read by a process that may use 48 MiB of heap", async () => {
  const script = fileURLToPath(new URL("./measure-refresh.ts", import.meta.url));
  const limits = ["--max-old-space-size=48", "--max-semi-space-size=2"];
  const { stdout } = await promisify(execFile)(process.execPath, [...limits, script, "20", "json"]);

  expect(JSON.parse(stdout)).toMatchObject({ bytes: 20_056_281, rows: 2002, refused: 8162 });
});

function termsFirst(): string {
  const { products, terms, ...rest } = JSON.parse(ecs) as Record<string, unknown>;
  return JSON.stringify({ ...rest, terms, products });
}
