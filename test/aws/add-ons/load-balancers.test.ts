import { describe, expect, test } from "vitest";
import { connectionsAndBytes } from "../../../api/aws/capacity-per-request.ts";
import { catalogue } from "../../../api/aws/catalogue.ts";
import type { Charge } from "../../../api/core/model/charge.ts";
import { Exact } from "../../../api/core/model/exact.ts";
import { decimalFraction, multiply } from "../../../api/core/model/fraction.ts";
import { contextOf } from "../../../api/core/model/launch-type.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf, workloadOf } from "../../core/comparison-of.ts";

const [book, ireland] = await bundledBooks("us-east-1", "eu-west-1");

const task = {
  ...{ family: "web", cpu: "256", memory: "512", networkMode: "awsvpc" },
  containerDefinitions: [
    { name: "web", portMappings: [{ containerPort: 80 }, { containerPort: 53, protocol: "udp" }] },
  ],
};
const behind = (...names: readonly object[]) => ({
  region: "us-east-1",
  taskDefinitions: [task],
  services: names.map((loadBalancer, at) => ({
    ...{ serviceName: `s${at}`, taskDefinition: "web", desiredCount: 1 },
    loadBalancers: [loadBalancer],
  })),
});

describe("an Application Load Balancer", () => {
  test("100 new connections a second of 300 s and 10 GB an hour are 4, 10 and 10 capacity units (CALC-ALB-2)", () => {
    const each = { requestsPerSecond: 100, connectionSeconds: 300, requestKB: 0, responseKB: 27.7777777778 };
    const workload = workloadOf({ ...behind({ targetGroupArn: "a" }), usage: { services: { s0: each } } });
    const [service] = workload.services;
    const units = service && connectionsAndBytes(service, "elb/application", contextOf(workload, book));

    const perSecond = units?.map((unit) => multiply(unit, decimalFraction(100)));
    expect(perSecond?.map((unit) => round(unit, 6))).toEqual(["4.000000", "10.000000", "10.000000"]);
  });

  test("takes the dimension that is highest of both services together: 0.4 + 0.6 units of bytes, not 0.8 of connections beside", () => {
    const shared = { targetGroupArn: "a" };
    const usage = {
      everyService: { internetFacing: 0, connectionSeconds: 1, requestKB: 0 },
      services: {
        // 20 new connections a second are 0.8 units; 5.5556 KB each make 0.4.
        s0: { requestsPerSecond: 20, responseKB: 5.5555555556 },
        s1: { requestsPerSecond: 20, requestsPerConnection: 20, responseKB: 8.3333333333 },
      },
    };
    const charges = chargesOf({ ...behind(shared, shared), usage });

    expect(quantities(charges, "alb/lcu", 2)).toEqual({ s0: "292.00", s1: "438.00" });
    expect(quantities(charges, "alb/hour", 2)).toEqual({ s0: "292.00", s1: "438.00" });
    expect(costOf(charges, "alb/lcu")).toBe("5.84");
  });

  test("of two services that are busy by turns, each hour has its own highest dimension", () => {
    const halfDay = (first: number, second: number) => ({
      load: {
        unit: "requests-per-second",
        daily: Array.from({ length: 24 }, (_, hour) => (hour < 12 ? first : second)),
        interpolation: "step",
      },
    });
    const request = behind({ targetGroupArn: "a" }, { targetGroupArn: "a" });
    const services = request.services.map((service, at) => ({
      ...service,
      ...halfDay(at === 0 ? 50 : 0, at === 0 ? 0 : 50),
    }));
    const usage = {
      everyService: { internetFacing: 0, connectionSeconds: 1, requestKB: 0, responseKB: 0 },
      // In the one's hours 2 units of connections, in the other's 0.1 of those and 1.8 of bytes.
      services: { s1: { requestsPerConnection: 20, responseKB: 10 } },
    };
    const charges = chargesOf({ ...request, services, hours: 48, period: { start: "2026-11-02T00:00:00Z" }, usage });

    expect(quantities(charges, "alb/lcu", 3)).toEqual({ s0: "48.000", s1: "43.200" });
  });

  test("has a public IPv4 address in each zone where it is on the internet: 3 for 730 hours cost $10.95, an internal one none", () => {
    const internal = { ...behind({ targetGroupArn: "a" }), usage: { everyService: { internetFacing: 0 } } };

    expect(costOf(chargesOf(behind({ targetGroupArn: "a" })), "public-ipv4/in-use")).toBe("10.95");
    expect(costOf(chargesOf({ ...behind({ targetGroupArn: "a" }), cluster: { zones: 2 } }), "public-ipv4/in-use")).toBe(
      "7.30",
    );
    expect(costOf(chargesOf(internal), "public-ipv4/in-use")).toBe("0.00");
  });

  test("is one for each target group, and one for services that name the same listener or name", () => {
    const rule = (name: string) =>
      `arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/${name}`;
    const onShop = (group: string) => ({
      targetGroupArn: group,
      advancedConfiguration: { productionListenerRule: rule(group) },
    });
    const hoursOf = (...loadBalancers: object[]) => costOf(chargesOf(behind(...loadBalancers)), "alb/hour");

    expect(hoursOf({ targetGroupArn: "a" }, { targetGroupArn: "b" })).toBe("32.85");
    expect(hoursOf({ targetGroupArn: "a" }, { targetGroupArn: "a" })).toBe("16.43");
    expect(hoursOf(onShop("a"), onShop("b"))).toBe("16.43");
    expect(
      hoursOf({ targetGroupArn: "a", loadBalancerName: "x" }, { targetGroupArn: "b", loadBalancerName: "x" }),
    ).toBe("16.43");
  });

  test("is half of one for each of two target groups where the user says so, and none where told to leave them out", () => {
    const two = behind({ targetGroupArn: "a" }, { targetGroupArn: "b" });
    const each = (loadBalancersPerTargetGroup: number) =>
      chargesOf({ ...two, usage: { cluster: { loadBalancersPerTargetGroup } } }).filter(
        ({ sku }) => !/fargate/.test(sku),
      );

    expect(costOf(each(0.5), "alb/hour")).toBe("16.43");
    expect(each(0)).toEqual([]);
  });

  test("is not there for a service without one", () => {
    const { services, ...request } = behind({});

    expect(chargesOf({ ...request, services }).filter(({ sku }) => !/fargate/.test(sku))).toEqual([]);
  });
});

describe("a Network Load Balancer", () => {
  test("5 GB a month over each of TCP, UDP and TLS cost $0.09 exactly and $16.54 with its hours as the calculator rounds (CALC-NLB-1)", () => {
    const { example } = networkExample();
    const charges = optionOf(
      comparisonOf({ ...(example.request as object), options: ["fargate"] }, book),
      "fargate",
    ).charges;
    const units = charges.filter(({ sku }) => sku === "nlb/lcu").map(({ quantity }) => quantity.div(730));

    expect(units.map((each) => each.toFixed(7))).toEqual(["0.0068493", "0.0068493", "0.0068493"]);
    // The calculator rounds the capacity units of UDP and TLS to two decimals, those of TCP not, and each amount to the cent.
    const [tcp, ...others] = units;
    const rounded = others.map((each) => each.toDecimalPlaces(2, Exact.ROUND_HALF_UP));
    const amounts = [tcp ?? new Exact(0), ...rounded].map((each) =>
      each.times("0.006").times(730).toFixed(2, Exact.ROUND_HALF_UP),
    );
    expect(amounts).toEqual(["0.03", "0.04", "0.04"]);
    expect(amounts.reduce((sum, each) => sum.plus(each), new Exact(costOf(charges, "nlb/hour"))).toFixed(2)).toBe(
      "16.54",
    );
  });

  test("is taken for a UDP port, and where the listener says net", () => {
    const listener =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/net/shop/50dc6c495c0c9188/f2f7dc8efc522ab2";
    const charged = (loadBalancer: object) =>
      chargesOf(behind(loadBalancer)).flatMap(({ sku, description }) => (sku === "nlb/lcu" ? [description] : []));

    expect(charged({ targetGroupArn: "a", containerPort: 53 })).toEqual([
      "Capacity units of Network Load Balancers, UDP",
    ]);
    expect(charged({ targetGroupArn: "a", advancedConfiguration: { productionListenerRule: listener } })).toEqual([
      "Capacity units of Network Load Balancers, TCP",
    ]);
    expect(charged({ targetGroupArn: "a", containerPort: 80 })).toEqual([]);
  });

  test("refuses by name in eu-west-1, where no price of it is known, and an Application Load Balancer does not", () => {
    const inIreland = (usage: object) =>
      optionOf(
        comparisonOf({ ...behind({ targetGroupArn: "a" }), region: "eu-west-1", usage, options: ["fargate"] }, ireland),
        "fargate",
      ).problems.map(({ code, message }) => [code, /nlb\/hour in eu-west-1/.test(message)]);

    expect(inIreland({ everyService: { networkLoadBalancer: 1 } })).toContainEqual(["price_missing", true]);
    expect(inIreland({})).toEqual([]);
  });
});

describe("on instances", () => {
  const ec2 = { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] };
  const effectOf = (request: object, code: string) =>
    optionOf(comparisonOf({ ...request, cluster: ec2, options: ["ec2"] }, book), "ec2")
      .assumptions.find((assumption) => assumption.code === code)
      ?.effect?.toFixed(2);
  const tasks = (
    fields: object,
    desiredCount: number,
    loadBalancers = [{ targetGroupArn: "a", containerPort: 80 }],
  ) => ({
    region: "us-east-1",
    taskDefinitions: [fields],
    services: [{ serviceName: "s", taskDefinition: "web", desiredCount, loadBalancers }],
  });

  test("6 small awsvpc tasks need 3 instances of 2 interfaces each, with dynamic host ports 1: two more cost $144.96", () => {
    const small = {
      family: "web",
      networkMode: "awsvpc",
      containerDefinitions: [{ name: "web", cpu: 64, memory: 128 }],
    };

    // 2 × 730 × $0.096 and 2 × 30 GB × $0.08
    expect(effectOf(tasks(small, 6), "ec2_interface_each")).toBe("144.96");
    expect(effectOf(tasks(small, 6, []), "ec2_interface_each")).toBeUndefined();
  });

  test("3 tasks with host port 80 need 3 instances, with dynamic host ports 1", () => {
    const portMappings = [{ containerPort: 80, hostPort: 80 }];
    const fixed = { family: "web", containerDefinitions: [{ name: "web", cpu: 64, memory: 128, portMappings }] };

    expect(effectOf(tasks(fixed, 3), "ec2_host_ports")).toBe("144.96");
  });
});

function networkExample() {
  const addOn = catalogue.addOns.find(({ id }) => id === "network-load-balancer");
  if (addOn === undefined) throw new Error("There is no such add-on");
  return addOn;
}

function chargesOf(request: object): readonly Charge[] {
  const option = optionOf(comparisonOf({ ...request, options: ["fargate"] }, book), "fargate");
  expect(option.problems).toEqual([]);
  return option.charges;
}

function quantities(charges: readonly Charge[], sku: string, decimals: number): Record<string, string> {
  const own = charges.filter((charge) => charge.sku === sku);
  return Object.fromEntries(own.map(({ service, quantity }) => [service, quantity.toFixed(decimals)]));
}

function costOf(charges: readonly Charge[], sku: string): string {
  return charges
    .filter((charge) => charge.sku === sku)
    .reduce((sum, { cost }) => sum.plus(cost), new Exact(0))
    .toFixed(2, Exact.ROUND_HALF_UP);
}

function round({ numerator, denominator }: ReturnType<typeof decimalFraction>, decimals: number): string {
  return new Exact(numerator.toString()).div(denominator.toString()).toFixed(decimals);
}
