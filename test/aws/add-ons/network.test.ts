import { describe, expect, test } from "vitest";
import { dataTransferAddOn } from "../../../api/aws/add-ons/data-transfer.ts";
import { interfaceEndpointAddOn } from "../../../api/aws/add-ons/interface-endpoint.ts";
import { natGatewayAddOn } from "../../../api/aws/add-ons/nat-gateway.ts";
import { transitGatewayAddOn } from "../../../api/aws/add-ons/transit-gateway.ts";
import type { AddOn } from "../../../api/core/model/add-on.ts";
import { Exact } from "../../../api/core/model/exact.ts";
import { contextOf } from "../../../api/core/model/launch-type.ts";
import type { PriceBook } from "../../../api/core/model/price-book.ts";
import { rate } from "../../../api/core/rating/rate.ts";
import published from "../../cases/data-transfer.json" with { type: "json" };
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf, workloadOf } from "../../core/comparison-of.ts";
import { aPrice } from "../../core/sample-book.ts";

const known = published.cases.filter(({ region }) => region !== "us-west-2-lax-1");
const regions = await bundledBooks(...known.map(({ region }) => region));
const [book] = await bundledBooks("us-east-1");

const task = {
  ...{ family: "web", cpu: "256", memory: "512", networkMode: "awsvpc" },
  containerDefinitions: [{ name: "web", logConfiguration: { logDriver: "awslogs" } }],
};
const always = {
  region: "us-east-1",
  taskDefinitions: [task],
  services: [{ serviceName: "web", taskDefinition: "web" }],
};

describe("data transfer", () => {
  test.each(known)("$given ($id)", ({ region, usage, lines, total }) => {
    const of = regions.find((candidate) => candidate.region === region);
    const costs = costsOf(dataTransferAddOn, { ...always, region, usage: { services: { web: usage } } }, of);

    expect(costs).toEqual(lines);
    expect(
      Object.values(costs)
        .reduce((sum, cost) => sum.plus(cost), new Exact(0))
        .toFixed(2),
    ).toBe(total);
  });

  test("is there in 27 regions of the golden file; a local zone is no region", () => {
    expect([known.length, published.cases.length]).toEqual([27, 28]);
  });

  test("tiers begin anew each month: 57,000 GB a month for a year cost 12 times $4,809.20, in 3 lines, which is said", () => {
    const usage = { everyService: { internetGB: 57_000 } };
    const asked = { ...always, hours: 8760, usage, options: ["fargate"] };
    const year = optionOf(comparisonOf(asked, book), "fargate");
    const sent = year.charges.filter(({ sku }) => sku === "data-transfer/internet");

    expect(costsOf(dataTransferAddOn, { ...always, hours: 8760, usage }, book)).toEqual({
      "data-transfer/internet": "57710.40",
    });
    expect(sent.map(({ quantity }) => quantity.toFixed())).toEqual(["122880", "491520", "69600"]);
    expect(year.assumptions.find(({ code }) => code === "tiers_by_month")?.text).toMatch(/12 months .* of 730 hours/);
    const month = optionOf(comparisonOf({ ...asked, hours: 744 }, book), "fargate");
    expect(month.assumptions.filter(({ code }) => code === "tiers_by_month")).toEqual([]);
  });

  test("half a month has half of what is given by the month: 50 GB between zones, twice, cost $1.00", () => {
    const request = { ...always, hours: 365, usage: { everyService: { interZoneGB: 100 } } };

    expect(costsOf(dataTransferAddOn, request, book)).toEqual({ "data-transfer/inter-zone": "1.00" });
  });

  test("responses of 20 KB, one a second, through a load balancer on the internet: 48.95 GB cost $4.41", () => {
    const services = [{ serviceName: "web", taskDefinition: "web", loadBalancers: [{ targetGroupArn: "a" }] }];
    const internal = { everyService: { internetFacing: 0 } };

    expect(costsOf(dataTransferAddOn, { ...always, services }, book)).toEqual({ "data-transfer/internet": "4.41" });
    expect(costsOf(dataTransferAddOn, { ...always, services, usage: internal }, book)).toEqual({});
  });
});

describe("NAT gateways", () => {
  test.each([
    ["IC-nat_gateway_test/aws_nat_gateway.nat", 1, 0, "32.85"],
    ["IC-nat_gateway_test/aws_nat_gateway.nat_withUsage", 1, 100, "37.35"],
    ["CALC-NAT-1", 1, 0, "32.85"],
    ["CALC-NAT-2", 3, 100, "103.05"],
  ])("%s: %i for 730 hours with %i GB cost $%s, and $3.65 for each one's public IPv4 address", (_, count, gb, cost) => {
    const usage = { cluster: { natGateways: count, natGB: gb } };
    const costs = costsOf(natGatewayAddOn, { ...always, usage }, book);

    expect(costs["public-ipv4/in-use"]).toBe(new Exact("3.65").times(count).toFixed(2));
    const own = new Exact(costs["nat-gateway/hour"] ?? 0).plus(costs["nat-gateway/data"] ?? 0);
    expect(own.toFixed(2)).toBe(cost);
  });

  test("none is counted unless told, which is said with what one in each of 3 zones would add: $109.50", () => {
    const { charges, assumptions } = optionOf(comparisonOf({ ...always, options: ["fargate"] }, book), "fargate");

    expect(charges.filter(({ sku }) => sku.startsWith("nat-gateway"))).toEqual([]);
    expect(assumptions.find(({ code }) => code === "usage_natGateways")?.effect?.toFixed(2)).toBe("-109.50");
  });

  test("endpoints are named as the cheaper way past 3 gateways with 1,000 GB, and gateways as the cheaper one past 9 endpoints", () => {
    const gateways = otherWay({ natGateways: 3, natGB: 1000 });
    const endpoints = otherWay({ interfaceEndpoints: 9 });

    // 98.55 + 10.95 + 45.00 against 3 × 3 × 7.30 + 10.00
    expect(gateways?.text).toMatch(/cost more than interface endpoints for ecr.api, ecr.dkr, logs in 3 zones.*cheaper/);
    expect(gateways?.effect?.toFixed(2)).toBe("78.80");
    // 27 × 7.30 against 98.55 + 10.95
    expect(endpoints?.text).toMatch(/cost more than a NAT gateway in each of 3 zones.*cheaper/);
    expect(endpoints?.effect?.toFixed(2)).toBe("87.60");
  });

  test("one gateway is named as cheaper than endpoints for three services in three zones", () => {
    expect(otherWay({ natGateways: 1 })?.text).toMatch(/^The NAT gateways are cheaper than interface endpoints/);
    expect(otherWay({ natGateways: 1 })?.effect?.toFixed(2)).toBe("-29.20");
  });

  test("a region without their price refuses by name", async () => {
    const [elsewhere] = await bundledBooks("ap-south-1");
    const request = { ...always, region: "ap-south-1", usage: { cluster: { natGateways: 1 } }, options: ["fargate"] };

    const problems = optionOf(comparisonOf(request, elsewhere), "fargate").problems;
    expect(problems.map(({ code, message }) => [code, message.includes("nat-gateway/hour")])).toContainEqual([
      "price_missing",
      true,
    ]);
  });
});

describe("images through a NAT gateway", () => {
  const runs = {
    ...{ region: "us-east-1", hours: 730, taskDefinitions: [task] },
    runs: [{ taskDefinition: "web", tasks: 4, seconds: 600, times: 1024 }],
    cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
    usage: { cluster: { natGateways: 1 } },
  };
  const gbPulled = (request: object, option: string) =>
    optionOf(comparisonOf({ ...request, options: [option] }, book), option)
      .charges.filter(({ sku }) => sku === "nat-gateway/data")
      .reduce((sum, { quantity }) => sum.plus(quantity), new Exact(0))
      .toFixed();

  test("4 tasks 1,024 times pull 250 MB 4,096 times on Fargate, 1,000 GB, and on EC2 once for each of 2 instances", () => {
    expect(gbPulled(runs, "fargate")).toBe("1000");
    expect(gbPulled(runs, "ec2")).toBe(new Exact(500).div(1024).toFixed());
  });

  test("a gateway endpoint for S3 takes them, free of charge", () => {
    const usage = { cluster: { natGateways: 1, gatewayEndpointForS3: 1 } };
    const { charges } = optionOf(comparisonOf({ ...runs, usage, options: ["fargate"] }, book), "fargate");

    expect(gbPulled({ ...runs, usage }, "fargate")).toBe("0");
    expect(charges.find(({ sku }) => sku === "vpc-endpoint/gateway")?.cost.toFixed()).toBe("0");
  });

  test("a service that is always on pulls nothing in the period", () => {
    expect(gbPulled({ ...always, usage: runs.usage }, "fargate")).toBe("0");
  });
});

describe("interface endpoints", () => {
  test.each([
    ["IC-vpc_endpoint_test/aws_vpc_endpoint.interface", 1, 0, "7.30"],
    ["IC-vpc_endpoint_test/aws_vpc_endpoint.interface_withUsage", 1, 1000, "17.30"],
    ["IC-vpc_endpoint_test/aws_vpc_endpoint.multiple_interfaces", 2, 0, "14.60"],
    ["IC-vpc_endpoint_test/aws_vpc_endpoint.with_dynamic_subnet", 2, 0, "14.60"],
    ["CALC-NAT-2", 3, 100, "22.90"],
  ])("%s: one in %i zones with %i GB costs $%s a month", (_, zones, endpointGB, total) => {
    expect(totalOfEndpoint({ zones, endpointGB }, book)).toBe(total);
  });

  test("7,000,000 GB cost $42,007.30 in tiers of 10⁶ GB (IC-vpc_endpoint_test/aws_vpc_endpoint.interface_withBigUsage)", () => {
    const tiers = [
      ["0.01", 0, 1_000_000],
      ["0.006", 1_000_000, 5_000_000],
      ["0.004", 5_000_000, null],
    ] as const;
    const prices = tiers.map(([price, from, to]) =>
      aPrice("vpc-endpoint/interface/data", price, "GB", {
        tierFrom: new Exact(from),
        tierTo: to === null ? null : new Exact(to),
      }),
    );
    const decimal = { ...book, prices: new Map(book.prices).set("vpc-endpoint/interface/data", prices) };

    expect(totalOfEndpoint({ zones: 1, endpointGB: 7_000_000 }, decimal)).toBe("42007.30");
  });

  test("and $42,687.36 at the price list's own, which are of 2²⁰ GB", () => {
    expect(totalOfEndpoint({ zones: 1, endpointGB: 7_000_000 }, book)).toBe("42687.36");
  });
});

describe("transit gateways", () => {
  test("two attachments and 100 GB through each cost $77.00 a month (CALC-NAT-2), $38.50 in half a one", () => {
    const usage = { cluster: { transitGatewayAttachments: 2, transitGatewayGB: 200 } };

    expect(costsOf(transitGatewayAddOn, { ...always, usage }, book)).toEqual({
      "transit-gateway/attachment": "73.00",
      "transit-gateway/data": "4.00",
    });
    expect(costsOf(transitGatewayAddOn, { ...always, usage, hours: 365 }, book)).toEqual({
      "transit-gateway/attachment": "36.50",
      "transit-gateway/data": "2.00",
    });
  });

  test("none is counted and nothing is said of it unless it is given", () => {
    const { charges, assumptions } = optionOf(comparisonOf({ ...always, options: ["fargate"] }, book), "fargate");

    expect(charges.filter(({ sku }) => sku.startsWith("transit-gateway"))).toEqual([]);
    expect(assumptions.filter(({ code }) => code.startsWith("usage_transit"))).toEqual([]);
  });
});

function otherWay(cluster: object) {
  const request = { ...always, usage: { cluster }, options: ["fargate"] };
  return optionOf(comparisonOf(request, book), "fargate").assumptions.find(({ code }) => code === "nat_or_endpoints");
}

function totalOfEndpoint({ zones, endpointGB }: { zones: number; endpointGB: number }, prices: PriceBook): string {
  const usage = { cluster: { interfaceEndpoints: 1, endpointGB } };
  const costs = costsOf(interfaceEndpointAddOn, { ...always, cluster: { zones }, usage }, prices);
  return Object.values(costs)
    .reduce((sum, cost) => sum.plus(cost), new Exact(0))
    .toFixed(2);
}

/** To the cent, half up, by SKU. */
function costsOf(addOn: AddOn, request: object, prices: PriceBook | undefined): Record<string, string> {
  if (prices === undefined) throw new Error("There is no such price book");
  const workload = workloadOf(request);
  const usages = addOn.meterAll?.({ workload, running: [], requests: new Map() }, contextOf(workload, prices)) ?? [];
  const used = usages.filter(({ quantity }) => quantity.numerator > 0n);
  const { charges, problems } = rate(used, prices, workload.monthSeconds);
  expect(problems).toEqual([]);
  const bySku = Map.groupBy(charges, ({ sku }) => sku);
  return Object.fromEntries(
    [...bySku].map(([sku, of]) => [
      sku,
      of.reduce((sum, { cost }) => sum.plus(cost), new Exact(0)).toFixed(2, Exact.ROUND_HALF_UP),
    ]),
  );
}
