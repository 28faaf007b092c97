import { type Answer, type Endpoint, reply, serve } from "../price-sources/endpoint.ts";
import { sample } from "../price-sources/sample.ts";

/**
 * Stands in for the APIs of a region with so many instance types, each priced like m5.large in its sample: on demand and reserved, for
 * Linux and Windows, with Savings Plans rates and Spot prices in six zones. Answers come in pages as large as AWS's.
 */
export function largeAws(types: number): Promise<Endpoint> {
  const names = Array.from({ length: types }, (_, n) => `x${n}.large`);
  return serve((response, { target, body }) => answerTo(names, target, body)(response, { target, body } as never));
}

function answerTo(names: readonly string[], target: string | null, body: string): Answer {
  if (target?.endsWith(".GetProducts")) return reply(200, products(names, JSON.parse(body)));
  if (body.includes("savingsPlanTypes")) return reply(200, plans(names, JSON.parse(body)), "application/json");
  const query = new URLSearchParams(body);
  if (query.get("Action") === "DescribeInstanceTypes") return reply(200, instanceTypes(names, query), "text/xml");
  if (query.get("Action") === "DescribeSpotPriceHistory") return reply(200, spotPrices(names, query), "text/xml");
  return reply(404, "{}");
}

interface ProductsQuery {
  readonly ServiceCode: string;
  readonly NextToken?: string;
  readonly Filters: readonly { readonly Field: string; readonly Value: string }[];
}

const [product = ""] = (JSON.parse(sample("getproducts/AmazonEC2.m5.large.us-east-1.json")) as { PriceList: string[] })
  .PriceList;

function products(names: readonly string[], { ServiceCode, NextToken = "0", Filters }: ProductsQuery): string {
  const system = Filters.find(({ Field }) => Field === "operatingSystem")?.Value;
  if (ServiceCode !== "AmazonEC2" || system === undefined) return sample("getproducts/empty.json");
  const { items, next } = page(names, Number(NextToken), 100);
  const operation = system === "Windows" ? "RunInstances:0002" : "RunInstances";
  const PriceList = items.map((name) =>
    product
      .replaceAll("6C86BEPQVG73ZGGR", `${system}-${name}`)
      .replaceAll("m5.large", name)
      .replace('"operatingSystem":"Linux"', `"operatingSystem":"${system}"`)
      .replace('"operation":"RunInstances"', `"operation":"${operation}"`),
  );
  return JSON.stringify({ FormatVersion: "aws_v1", PriceList, NextToken: next });
}

function plans(names: readonly string[], query: { serviceCodes: string[]; nextToken?: string }): string {
  if (query.serviceCodes[0] !== "AmazonEC2") return JSON.stringify({ searchResults: [] });
  // 24 rates of a type: two plans, two terms, three ways to pay, two systems.
  const { items, next } = page(names, Number(query.nextToken ?? 0), 40);
  const searchResults = items.flatMap((name) =>
    ["Compute", "EC2Instance"].flatMap((planType) =>
      [1, 3].flatMap((years) =>
        ["No Upfront", "Partial Upfront", "All Upfront"].flatMap((paymentOption) =>
          ["Linux/UNIX", "Windows"].map((system) => rate(name, { planType, years, paymentOption, system })),
        ),
      ),
    ),
  );
  return JSON.stringify({ searchResults, nextToken: next });
}

interface Plan {
  readonly planType: string;
  readonly years: number;
  readonly paymentOption: string;
  readonly system: string;
}

function rate(name: string, { planType, years, paymentOption, system }: Plan) {
  const properties = { region: "us-east-1", instanceType: name, productDescription: system, tenancy: "shared" };
  return {
    savingsPlanOffering: {
      ...{ offeringId: `${planType}-${years}-${paymentOption}`, paymentOption, planType, currency: "USD" },
      durationSeconds: years * 31_536_000,
    },
    ...{ rate: "0.0648", unit: "Hrs", productType: "EC2", serviceCode: "AmazonEC2", usageType: `BoxUsage:${name}` },
    operation: system === "Windows" ? "RunInstances:0002" : "RunInstances",
    properties: Object.entries(properties).map(([property, value]) => ({ name: property, value })),
  };
}

const [type = ""] =
  sample("ec2/DescribeInstanceTypes.xml").match(/<item>\s*<instanceType>m5\.large.*?(?=<item>\s*<instanceType>m7g)/s) ??
  [];

function instanceTypes(names: readonly string[], query: URLSearchParams): string {
  const { items, next = "" } = page(names, Number(query.get("NextToken") ?? 0), 100);
  const set = items.map((name) => type.replace("m5.large", name)).join("");
  return xml(
    "DescribeInstanceTypesResponse",
    `<instanceTypeSet>${set}</instanceTypeSet><nextToken>${next}</nextToken>`,
  );
}

function spotPrices(names: readonly string[], query: URLSearchParams): string {
  const { items, next = "" } = page(names, Number(query.get("NextToken") ?? 0), 166);
  const set = items.flatMap((name) =>
    [..."abcdef"].map(
      (zone) =>
        `<item><instanceType>${name}</instanceType><productDescription>Linux/UNIX</productDescription><spotPrice>0.0437</spotPrice>` +
        `<timestamp>2026-11-09T01:40:10.000Z</timestamp><availabilityZone>us-east-1${zone}</availabilityZone></item>`,
    ),
  );
  return xml(
    "DescribeSpotPriceHistoryResponse",
    `<spotPriceHistorySet>${set.join("")}</spotPriceHistorySet><nextToken>${next}</nextToken>`,
  );
}

function xml(root: string, content: string): string {
  return `<${root} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${content}</${root}>`;
}

function page(names: readonly string[], at: number, size: number) {
  const end = at + size;
  return { items: names.slice(at, end), next: end < names.length ? `${end}` : undefined };
}
