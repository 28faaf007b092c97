import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Price, PriceBook } from "../../api/core/model/price-book.ts";
import type { OpenDatabase } from "../../db/database.ts";
import { readPriceBook } from "../../db/price-book.ts";
import { listRegions } from "../../db/regions.ts";
import { price, snapshot, source } from "../../db/schema.ts";
import { engines } from "./engines.ts";

describe.each(engines)("the price book on the $name", ({ open }) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.close());

  async function bookOf(region: string): Promise<PriceBook> {
    const book = await readPriceBook(opened.database, { region });
    if (!book.ok) throw new Error(JSON.stringify(book.problems));
    return book.value;
  }

  async function priceOf(region: string, sku: string): Promise<Price> {
    const prices = (await bookOf(region)).prices.get(sku) ?? [];
    expect(prices, sku).toHaveLength(1);
    return prices[0] as Price;
  }

  test("Fargate x86 in us-east-1 is $0.04048 a vCPU-hour since 2026-09-11, not the same price of 2022", async () => {
    const vcpu = await priceOf("us-east-1", "fargate/linux/x86_64/vcpu");
    expect(vcpu.unitPrice.toString()).toBe("0.04048");
    expect(vcpu).toMatchObject({
      unit: "vCPU-Hour",
      effectiveDate: "2026-09-11",
      effectiveFrom: "2026-09-11",
      flag: null,
    });
    expect(vcpu.source).toMatch(/^AWS price list AmazonECS of 2026-09-11/);
    expect(vcpu).toMatchObject({ estimated: false, rateCode: null, tierTo: null });
    expect(vcpu.tierFrom.toString()).toBe("0");
  });

  test.each([
    ["us-east-1", "us-east-2", "0.01"],
    ["us-east-1", "eu-west-1", "0.02"],
    ["eu-west-1", "us-east-1", "0.02"],
    ["us-west-2", "sa-east-1", "0.138"],
  ])("data that arrives in %s from %s costs $%s a GB, as its sender asks", async (region, source, dollars) => {
    const arriving = await priceOf(region, `data-transfer/inter-region/from/${source}`);
    expect(arriving.unitPrice.toString()).toBe(dollars);
    expect(arriving).toMatchObject({ unit: "GB", flag: null });
  });

  test("nothing arrives in a region from itself, or where another currency is billed", async () => {
    const names = async (region: string) => [...(await bookOf(region)).prices.keys()].filter((sku) => /from/.test(sku));
    expect(await names("us-east-1")).not.toContain("data-transfer/inter-region/from/us-east-1");
    expect(await names("us-east-1")).toHaveLength(26);
    expect(await names("cn-north-1")).toEqual([]);
  });

  test("the x86 Fargate Spot vCPU price of us-east-1 was seen four times, $0.01264355 to $0.01288871, first in 2021", async () => {
    const seen = (await bookOf("us-east-1")).history?.get("fargate-spot/linux/x86_64/vcpu");
    expect([seen?.low, seen?.high].map(String)).toEqual(["0.01264355", "0.01288871"]);
    expect(seen).toMatchObject({ observations: 4, since: "2021-01-10" });
  });

  test("c5.12xlarge Spot instances in af-south-1 were taken back more than 20 % of the time, by the advice of 2025", async () => {
    const interruption = (await bookOf("af-south-1")).interruptions?.get("c5.12xlarge");
    expect(interruption?.band).toBe(">20%");
    expect(interruption?.asOf).toContain("2025");
  });

  test.each([
    ["us-east-1", "fargate/linux/x86_64/memory", "0.004445"],
    ["us-east-1", "fargate/linux/arm64/vcpu", "0.03238"],
    ["us-east-1", "fargate/windows/x86_64/vcpu", "0.046552"],
    ["us-east-1", "fargate/windows/x86_64/memory", "0.00511175"],
    ["us-east-1", "fargate/windows/x86_64/licence", "0.046"],
    ["us-east-1", "fargate/ephemeral-storage", "0.000111"],
    ["us-east-1", "fargate-spot/linux/x86_64/vcpu", "0.01288561"],
    ["us-east-1", "fargate-spot/linux/arm64/memory", "0.00113349"],
    ["ap-south-1", "fargate/linux/x86_64/vcpu", "0.04256"],
    ["sa-east-1", "fargate-spot/linux/x86_64/vcpu", "0.02199254"],
    ["us-east-1", "ec2/linux/m5.large", "0.096"],
    ["us-east-1", "ec2/linux/p4d.24xlarge", "21.957642"],
    ["us-east-1", "ec2/linux/c7i.metal-24xl", "4.284"],
    ["eu-west-1", "ec2/linux/m5.large", "0.107"],
    ["us-east-1", "ec2-spot/linux/m5.large", "0.0418"],
    ["us-east-1", "ebs/gp3/storage", "0.08"],
    ["us-east-1", "ebs/io2/iops/64001-", "0.03185"],
    ["us-east-1", "alb/hour", "0.0225"],
    ["us-east-1", "compute-savings-plan/3yr/no-upfront/fargate/linux/x86_64/memory", "0.00244475"],
    ["us-east-1", "ecs-anywhere/instance", "0.01025"],
  ])("in %s %s is %s, with every digit", async (region, sku, expected) => {
    expect((await priceOf(region, sku)).unitPrice.toString()).toBe(expected);
  });

  test("internet egress from us-east-1 has four tiers of different dates: $0.09, $0.085, $0.07 and $0.05 from 153,600 GB", async () => {
    const tiers = (await bookOf("us-east-1")).prices.get("data-transfer/internet") ?? [];
    expect(tiers.map(({ tierFrom, tierTo, unitPrice }) => `${tierFrom}-${tierTo ?? ""} ${unitPrice}`)).toEqual([
      "0-10240 0.09",
      "10240-51200 0.085",
      "51200-153600 0.07",
      "153600- 0.05",
    ]);
    expect(new Set(tiers.map(({ effectiveFrom }) => effectiveFrom))).toEqual(new Set(["2024-09-25", "2026-09-28"]));
  });

  test("China is priced in CNY and knows nothing of prices in USD", async () => {
    const book = await bookOf("cn-north-1");
    expect(book.currency).toBe("CNY");
    expect(book.prices.has("ecs-anywhere/instance")).toBe(false);
    expect((await priceOf("cn-north-1", "ec2/linux/m5.large")).effectiveDate).toBe("2024-11-06");
    expect((await bookOf("us-east-1")).currency).toBe("USD");
  });

  test("45 bare-metal prices are flagged as likely those of dedicated tenancy: 14 in us-east-1, 28 in GovCloud, 3 in China", async () => {
    const flagged = async (region: string) =>
      [...(await bookOf(region)).prices.values()]
        .flat()
        .filter(({ sku, flag }) => sku.startsWith("ec2/linux/") && flag === "likely-dedicated-tenancy-price").length;
    expect(await flagged("us-east-1")).toBe(14);
    expect((await flagged("us-gov-east-1")) + (await flagged("us-gov-west-1"))).toBe(28);
    expect(await flagged("cn-north-1")).toBe(3);
    expect(await flagged("eu-west-1")).toBe(0);
  });

  test("an unobserved Spot price is derived and says so: c5.xlarge in eu-west-1 is $0.09408, $0.192 less 51 %", async () => {
    const observed = await priceOf("us-east-1", "ec2-spot/linux/c5.xlarge");
    expect(observed).toMatchObject({ estimated: false, effectiveDate: "2026-08-10" });
    const derived = await priceOf("eu-west-1", "ec2-spot/linux/c5.xlarge");
    expect(derived).toMatchObject({ estimated: true, effectiveFrom: "2025-07-28", rateCode: null });
    expect(derived.source).toMatch(
      /^Derived, not published: the on-demand price of 0\.192 USD \(2026-02-07; .* less 51 % \(AWS Spot Instance Advisor/,
    );
    expect(derived.unitPrice.toString()).toBe("0.09408");
  });

  test("a Spot estimate from a doubtful on-demand price is as doubtful", async () => {
    const book = await bookOf("us-east-1");
    for (const [sku, prices] of book.prices) {
      if (!sku.startsWith("ec2-spot/") || !prices[0]?.estimated) continue;
      expect(prices[0].flag, sku).toBe(book.prices.get(sku.replace("ec2-spot/", "ec2/"))?.[0]?.flag);
    }
  });

  test("where a price is not known there is none: no Fargate Spot in eu-central-2, no Windows in eu-west-1, no Spot in China", async () => {
    const has = async (region: string, prefix: string) =>
      [...(await bookOf(region)).prices.keys()].some((sku) => sku.startsWith(prefix));
    expect(await has("eu-central-2", "fargate")).toBe(false);
    expect(await has("ap-southeast-5", "fargate-spot/")).toBe(false);
    expect(await has("eu-west-1", "fargate/windows/")).toBe(false);
    expect(await has("cn-north-1", "ec2-spot/")).toBe(false);
  });

  test("no SKU of any region has two current prices for one tier", async () => {
    const regions = await listRegions(opened.database);
    expect(regions).toHaveLength(35);
    for (const region of regions) {
      for (const [sku, prices] of (await bookOf(region)).prices) {
        const tiers = prices.map(({ tierFrom }) => tierFrom.toString());
        expect(new Set(tiers).size, `${region} ${sku}`).toBe(tiers.length);
      }
    }
  }, 120_000);

  test("the book lists the types priced in its region: 1,345 in us-east-1, among them t3.medium with 3,828 MiB registered", async () => {
    const types = new Map((await bookOf("us-east-1")).instanceTypes.map((type) => [type.name, type]));
    expect(types.size).toBe(1345);
    expect(types.get("t3.medium")).toMatchObject({
      vcpus: 2,
      memoryMiB: 4096,
      registeredMemoryMiB: 3828,
      burstable: true,
    });
    expect(types.get("m5.large")).toMatchObject({
      registeredMemoryMiB: 7680,
      architecture: "x86_64",
      hypervisor: "nitro",
      networkInterfaces: 3,
      branchInterfaces: 9,
      interfaceTasks: 2,
      interfaceTasksTrunking: 10,
      gpus: 0,
    });
    expect(types.get("m6i.large")).toMatchObject({ registeredMemoryMiB: null });
    expect(types.get("g4dn.xlarge")).toMatchObject({ gpus: 1, registeredMemoryMiB: 15731 });
    expect((await bookOf("af-south-1")).instanceTypes.some(({ name }) => name === "m9g.large")).toBe(false);
  });

  test("there are 77 task sizes, three of them with 32 vCPU and 43 for Windows too", async () => {
    const { taskSizes } = await bookOf("eu-west-1");
    expect(taskSizes).toHaveLength(77);
    expect(taskSizes.filter(({ cpuUnits }) => cpuUnits === 32768).map(({ memoryMiB }) => memoryMiB)).toEqual([
      61440, 122880, 249856,
    ]);
    expect(taskSizes.filter(({ operatingSystems }) => operatingSystems.includes("windows"))).toHaveLength(43);
  });

  test.each([
    ["fargate/minimum-seconds/linux", "60"],
    ["fargate/minimum-seconds/windows", "300"],
    ["fargate/ephemeral-storage/included-gib", "20"],
    ["ec2/minimum-seconds", "60"],
    ["ecs/root-volume/size-gib", "30"],
    ["ecs/host-ports-per-instance", "100"],
    ["ecs/registered-memory/default/lost-share", "0.03109"],
    ["ebs/gp3/included-iops", "3000"],
    ["ebs/gp3/included-throughput-mibps", "125"],
  ])("the limit %s is %s and says where from", async (key, expected) => {
    const limit = (await bookOf("us-east-1")).limits.get(key);
    expect(limit?.value.toString()).toBe(expected);
    expect(limit?.source).toMatch(/\w{3}/);
    expect(limit?.asOf).toMatch(/^20\d\d/);
  });

  test("the book of a snapshot and region is one object, however often it is asked for", async () => {
    expect(await bookOf("eu-west-1")).toBe(await bookOf("eu-west-1"));
  });

  test("an unknown region is a problem that names the 35 known ones", async () => {
    const book = await readPriceBook(opened.database, { region: "mars-1" });
    expect(book).toMatchObject({ ok: false, problems: [{ code: "region_unknown", path: "region" }] });
    expect(book.ok ? "" : book.problems[0]?.message).toMatch(/"mars-1".* Known: af-south-1, .*, us-west-2\.$/);
    expect(await readPriceBook(opened.database, { region: "global" })).toMatchObject({ ok: false });
    expect(await readPriceBook(opened.database, { region: "us-east-1", snapshot: "none" })).toMatchObject({
      ok: false,
      problems: [{ code: "snapshot_unknown", path: "snapshot" }],
    });
  });

  test("a later snapshot's prices take the place of earlier ones, and the earlier book stays as it was", async () => {
    const before = await bookOf("us-west-2");
    const [added] = await opened.database
      .insert(snapshot)
      .values({ id: "later", description: "a test" })
      .returning({ number: snapshot.number });
    const number = added?.number ?? 0;
    await opened.database.insert(source).values({ snapshot: number, id: "test", citation: "a test's own source" });
    const row = { snapshot: number, region: "us-west-2", currency: "USD", source: "test" } as const;
    await opened.database.insert(price).values([
      {
        ...row,
        sku: "fargate/linux/x86_64/vcpu",
        unit: "vCPU-Hour",
        price: "0.05",
        effectiveDate: "x",
        effectiveFrom: "2026-11-01",
      },
      {
        ...row,
        sku: "fargate/linux/x86_64/memory",
        unit: "GB-Hour",
        price: "9",
        effectiveDate: "x",
        effectiveFrom: "2020-01-01",
      },
      { ...row, sku: "alb/hour", unit: "Hour", price: "0.0226", effectiveDate: "x", effectiveFrom: "2026-11-01" },
      { ...row, sku: "alb/hour", unit: "Hour", price: "0.0227", effectiveDate: "x", effectiveFrom: "2026-11-01" },
      {
        ...row,
        sku: "ebs/gp3/storage",
        unit: "GB-Month",
        price: "0.09",
        effectiveDate: "x",
        effectiveFrom: "2024-07-18",
      },
      {
        ...row,
        sku: "ebs/gp3/storage",
        unit: "GB-Month",
        price: "0.090",
        effectiveDate: "x",
        effectiveFrom: "2024-07-18",
      },
    ]);
    const after = await bookOf("us-west-2");
    const shown = (book: PriceBook, sku: string) => book.prices.get(sku)?.map(({ unitPrice }) => unitPrice.toString());
    expect(shown(after, "fargate/linux/x86_64/vcpu")).toEqual(["0.05"]);
    expect(after.prices.get("fargate/linux/x86_64/vcpu")?.[0]?.source).toBe("a test's own source");
    expect(shown(after, "fargate/linux/x86_64/memory")).toEqual(["0.004445"]);
    expect(shown(after, "alb/hour")).toEqual(["0.0226", "0.0227"]);
    expect(shown(after, "ebs/gp3/storage")).toEqual(["0.09"]);
    const again = await readPriceBook(opened.database, { region: "us-west-2", snapshot: before.snapshot });
    expect(again.ok && shown(again.value, "fargate/linux/x86_64/vcpu")).toEqual(["0.04048"]);
    expect(after.snapshot).toBe("later");
  });
});
