import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Ec2Connection, ec2Api } from "../../api/price-sources/ec2-api.ts";
import type { SourceRow } from "../../api/price-sources/price-source.ts";
import { type Answer, cutShort, hangUpAfter, inTurn, reply, serve, silence, trickle } from "./endpoint.ts";
import { refusedIn, rowsOf } from "./rows.ts";
import { sample } from "./sample.ts";
import { fakeCredentials, testClock } from "./test-clock.ts";

const xml = (body: string, status = 200) => reply(status, body, "text/xml");
const types = sample("ec2/DescribeInstanceTypes.xml");
const spot = sample("ec2/DescribeSpotPriceHistory.m5.large.xml");

async function read(
  answer: Answer,
  part: string,
  options: Partial<Ec2Connection> = {},
): Promise<{ rows: SourceRow[]; bodies: URLSearchParams[] }> {
  await using endpoint = await serve(answer);
  const source = ec2Api({ clock: testClock(), credentials: fakeCredentials, endpoint: endpoint.address, ...options });
  const rows = await rowsOf(source, { regions: ["us-east-1"], parts: [part] });
  return { rows, bodies: endpoint.asked.map(({ body }) => new URLSearchParams(body)) };
}

/** The answer, `size` items a page. */
function paged(text: string, list: string, size: number): Answer {
  const item = /(<item><instanceType>(?:(?!<item><instanceType>).)*<\/item>)(?=\s*(?:<item><instanceType>|<\/))/gs;
  const items = [...text.matchAll(item)].map(([, each = ""]) => each);
  const root = list === "instanceTypeSet" ? "DescribeInstanceTypesResponse" : "DescribeSpotPriceHistoryResponse";
  return (response, asked) => {
    const at = Number(new URLSearchParams(asked.body).get("NextToken") ?? 0);
    const token = at + size < items.length ? `${at + size}` : "";
    const content = `<${list}>${items.slice(at, at + size).join("")}</${list}><nextToken>${token}</nextToken>`;
    return xml(`<${root} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${root}>`)(response, asked);
  };
}

/** The seed's columns that the API answers, by the row's names. */
const columns: Readonly<Record<string, string>> = {
  ...{ instance_type: "name", vcpus: "vcpus", memory_mib: "memoryMiB", architecture: "architecture" },
  ...{
    current_generation: "currentGeneration",
    burstable: "burstable",
    bare_metal: "bareMetal",
    hypervisor: "hypervisor",
  },
  ...{ manufacturer: "manufacturer", clock_ghz: "clockGhz", cores: "cores", threads_per_core: "threadsPerCore" },
  ...{ gpus: "gpus", gpu_manufacturer: "gpuManufacturer", gpu_name: "gpuName", gpu_memory_mib: "gpuMemoryMiB" },
  ...{ accelerators: "accelerators", network_interfaces_all_cards: "networkInterfacesAllCards" },
  ...{ network_interfaces: "networkInterfaces", ipv4_per_interface: "ipv4PerInterface" },
  ...{ network_performance: "networkPerformance", network_baseline_gbps: "networkBaselineGbps" },
  ...{
    network_peak_gbps: "networkPeakGbps",
    instance_store_gb: "instanceStoreGB",
    instance_store_disks: "instanceStoreDisks",
  },
  ...{ ebs_optimized: "ebsOptimized", ebs_baseline_mbps: "ebsBaselineMbps", ebs_max_mbps: "ebsMaxMbps" },
  ...{ ebs_max_iops: "ebsMaxIops", usage_classes: "usageClasses" },
};

describe("DescribeInstanceTypes", () => {
  test("gives the five types of the sample exactly as the bundled snapshot has them", async () => {
    const { rows } = await read(xml(types), "instance-types");
    const [header = "", ...lines] = readFileSync(
      new URL("../../db/seed/instance-types.csv", import.meta.url),
      "utf8",
    ).split("\n");
    const names = header.split(",");
    const seeded = (type: string) => {
      const fields = lines.find((line) => line.startsWith(`${type},`))?.split(",") ?? [];
      return Object.fromEntries(Object.keys(columns).map((column) => [column, fields[names.indexOf(column)]]));
    };
    const found = rows.map((row) =>
      Object.fromEntries(Object.entries(columns).map(([column, name]) => [column, `${(row as never)[name] ?? ""}`])),
    );

    expect(found.map((each) => each.instance_type)).toEqual([
      "c7g.large",
      "m5.large",
      "m7g.large",
      "m7i.large",
      "t4g.medium",
    ]);
    expect(found).toEqual(found.map((each) => seeded(each.instance_type ?? "")));
  });

  test.each([1, 2, 4, 5])("gives the same rows %d a page, with the size asked for", async (size) => {
    const { rows, bodies } = await read(paged(types, "instanceTypeSet", size), "instance-types", { pageSize: size });

    expect(rows).toEqual((await read(xml(types), "instance-types")).rows);
    expect(bodies).toHaveLength(Math.ceil(5 / size));
    expect(bodies[0]?.get("MaxResults")).toBe(`${size}`);
  });

  test("a type that runs two 64-bit architectures is refused, since it cannot be told which it is", async () => {
    const both = types.replace("<item>x86_64</item>", "<item>x86_64</item><item>arm64</item>");
    const { rows } = await read(xml(both), "instance-types");

    expect(refusedIn(rows)).toMatchObject([{ reason: "missing-field", name: "m5.large" }]);
    expect(rows).toHaveLength(5);
  });

  test("a type that runs 32-bit images besides is a 64-bit type", async () => {
    const both = types.replace("<item>x86_64</item>", "<item>i386</item><item>x86_64</item>");

    expect(refusedIn((await read(xml(both), "instance-types")).rows)).toEqual([]);
  });
});

describe("DescribeSpotPriceHistory", () => {
  test("gives the twelve observations of the sample with zone and time, asked for as of now and for Linux", async () => {
    const { rows, bodies } = await read(xml(spot), "spot-prices");

    expect(rows).toHaveLength(12);
    expect(rows).toContainEqual({
      ...{
        kind: "spot",
        region: "us-east-1",
        sku: "ec2-spot/linux/m5.large",
        instanceType: "m5.large",
        zone: "us-east-1f",
      },
      ...{ product: "Linux/UNIX", unit: "Instance-Hour", unitPrice: "0.0437", currency: "USD" },
      ...{ observedAt: "2021-02-09T01:40:10.000Z" },
      source: "EC2 DescribeSpotPriceHistory in us-east-1, answered on 2026-11-23",
    });
    expect(bodies[0]?.get("StartTime")).toBe("2026-11-23T12:00:00Z");
    expect(bodies[0]?.get("ProductDescription.1")).toBe("Linux/UNIX");
  });

  test("thirty days back are asked for where thirty are wanted", async () => {
    const { bodies } = await read(xml(spot), "spot-prices", { spotDays: 30 });

    expect(bodies[0]?.get("StartTime")).toBe("2026-10-24T12:00:00Z");
  });

  test.each([1, 5, 12])("gives the same rows %d a page", async (size) => {
    const { rows } = await read(paged(spot, "spotPriceHistorySet", size), "spot-prices", { pageSize: size });

    expect(rows).toEqual((await read(xml(spot), "spot-prices")).rows);
  });

  test("Windows, a price that is none and a price of zero are refused by name", async () => {
    const wrong = spot
      .replace("Linux/UNIX", "Windows")
      .replace("<spotPrice>0.042300</spotPrice>", "<spotPrice>?</spotPrice>")
      .replace("<spotPrice>0.038900</spotPrice>", "<spotPrice>0.000000</spotPrice>");
    const refused = refusedIn((await read(xml(wrong), "spot-prices")).rows);

    expect(refused.map(({ name }) => name).sort()).toEqual([
      "Spot m5.large Linux/UNIX",
      "Spot m5.large Linux/UNIX",
      "Spot m5.large Windows",
    ]);
  });
});

describe("what goes wrong on the way", () => {
  const limit = xml(sample("errors/ec2.request-limit-exceeded.http503.xml"), 503);
  const refused = (code: string) =>
    xml(`<Response><Errors><Error><Code>${code}</Code><Message>No.</Message></Error></Errors></Response>`, 403);

  test("two RequestLimitExceeded are waited for", async () => {
    expect((await read(inTurn(limit, limit, xml(spot)), "spot-prices")).rows).toHaveLength(12);
  });

  test.each([
    ["two errors 500", inTurn(xml("<oops/>", 500), xml("<oops/>", 500), xml(spot)), 3],
    ["a connection that dies in the middle", inTurn(hangUpAfter(700, spot), xml(spot)), 2],
    ["an answer that ends in the middle", inTurn(cutShort(700, spot, "text/xml"), xml(spot)), 2],
    ["an answer of 100 bytes at a time", trickle(spot, 100), 1],
  ])("after %s the twelve prices are there", async (_, answer, calls) => {
    const found = await read(answer, "spot-prices");

    expect(found.rows).toHaveLength(12);
    expect(found.bodies).toHaveLength(calls);
  });

  test("who stops the reading of a silent endpoint gets back his own reason", async () => {
    await using endpoint = await serve(silence);
    const stop = new AbortController();
    const source = ec2Api({ clock: testClock(), credentials: fakeCredentials, endpoint: endpoint.address });
    const reading = rowsOf(source, { regions: ["us-east-1"], parts: ["spot-prices"], signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 50);

    await expect(reading).rejects.toThrow("enough");
  });

  test.each([
    ["errors 500", xml("<oops/>", 500), "spot-prices", "provider_error", /Spot prices of us-east-1/],
    ["a session that has ended", refused("ExpiredToken"), "spot-prices", "credentials_missing", /no valid AWS/],
    ["RequestLimitExceeded", limit, "spot-prices", "throttled", /throttles/],
    [
      "UnauthorizedOperation",
      refused("UnauthorizedOperation"),
      "spot-prices",
      "access_denied",
      /ec2:DescribeSpotPriceHistory/,
    ],
    [
      "UnauthorizedOperation",
      refused("UnauthorizedOperation"),
      "instance-types",
      "access_denied",
      /ec2:DescribeInstanceTypes/,
    ],
    ["AuthFailure", refused("AuthFailure"), "instance-types", "credentials_missing", /no valid AWS credentials/],
    ["XML that breaks off", cutShort(700, spot, "text/xml"), "spot-prices", "unreadable", /breaks off/],
  ])("nothing but %s is a failure that says so (%#)", async (_, answer, part, code, message) => {
    const reading = read(answer, part);

    await expect(reading).rejects.toMatchObject({ name: "SourceFailure", code });
    await expect(reading).rejects.toThrow(message);
  });

  test("no type and no price at all give no row", async () => {
    expect((await read(paged("", "instanceTypeSet", 5), "instance-types")).rows).toEqual([]);
  });
});
