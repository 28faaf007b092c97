import type { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";

const [book, frankfurt] = await bundledBooks("us-east-1", "eu-central-1");

describe("the effect of an assumption is the total less that of a request that says otherwise:", () => {
  test.each<[code: string, option: string, without: Request]>([
    ["ec2_zones", "ec2", { ...plain(), cluster: { zones: 1 } }],
    ["ec2_deployment_room", "ec2", { ...plain(), cluster: { deploymentRoom: "none" } }],
    ["ec2_awsvpc_trunking", "ec2", { ...plain(), cluster: { awsvpcTrunking: true } }],
    [
      "ec2_types_left_out",
      "ec2",
      { ...plain(), cluster: { allow: ["burstable", "flex", "previous-generation", "bare-metal"] } },
    ],
    ["ec2_zones", "ec2-spot", { ...plain(), cluster: { zones: 1 } }],
    [
      "ec2_types_left_out",
      "ec2-spot",
      { ...plain(), cluster: { allow: ["burstable", "flex", "previous-generation", "bare-metal"] } },
    ],
    ["architecture_default", "fargate", plain({ runtimePlatform: { cpuArchitecture: "ARM64" } })],
    ["architecture_default", "ec2", plain({ runtimePlatform: { cpuArchitecture: "ARM64" } })],
  ])("%s on %s", (code, option, without) => {
    const effect = effectOf(code, plain(), option);

    expect(effect?.toFixed()).toBe(totalOf(plain(), option).minus(totalOf(without, option)).toFixed());
    expect(assumptionsOf(without, option)).not.toContain(code);
  });

  test.each([
    ["fargate_spot_price_holds", "fargate-spot", "fargate"],
    ["ec2_spot_price_holds", "ec2-spot", "ec2"],
  ])("%s: against the same on demand, and so below $0", (code, option, onDemand) => {
    const effect = effectOf(code, plain(), option);

    expect(effect?.toFixed()).toBe(totalOf(plain(), option).minus(totalOf(plain(), onDemand)).toFixed());
    expect(effect?.isNegative()).toBe(true);
  });

  test("service_assumed is the whole total, where every service is", () => {
    expect(effectOf("service_assumed", plain(), "fargate")?.toFixed()).toBe(totalOf(plain(), "fargate").toFixed());
    expect(effectOf("service_assumed", plain(), "ec2")?.toFixed()).toBe(totalOf(plain(), "ec2").toFixed());
  });

  test("desired_count_assumed is what the service adds to the others'", () => {
    const silent = { ...plain(), services: [{ serviceName: "a", taskDefinition: "web" }, aService("b", 3)] };
    const others = { ...plain(), services: [aService("b", 3)] };

    const effect = effectOf("desired_count_assumed", silent, "fargate");

    expect(effect?.toFixed()).toBe(totalOf(silent, "fargate").minus(totalOf(others, "fargate")).toFixed());
  });

  test("ec2_root_volume is what the volumes' lines cost: 30 GiB an instance at $0.08", () => {
    const { charges, fleet } = optionOf(comparisonOf(plain(), book), "ec2");
    const volumes = charges.filter(({ sku }) => sku === "ebs/gp3/storage");
    const instances = fleet?.reduce((sum, { count }) => sum + count, 0) ?? 0;

    expect(volumes.map(({ cost }) => cost.toFixed())).toEqual([String(2.4 * instances)]);
    expect(effectOf("ec2_root_volume", plain(), "ec2")?.toFixed()).toBe(String(2.4 * instances));
  });

  test("ec2_cpu_counts_zero is against the CPU of the smallest Fargate size that holds the task: 3,000 MiB need 512", () => {
    const onBridge = { networkMode: "bridge", cpu: null, memory: null };
    const silent = plain({ ...onBridge, containerDefinitions: [{ name: "web", memory: 3000 }] });
    const stated = plain({ ...onBridge, containerDefinitions: [{ name: "web", cpu: 512, memory: 3000 }] });

    const effect = effectOf("ec2_cpu_counts_zero", many(silent), "ec2");

    expect(effect?.toFixed()).toBe(
      totalOf(many(silent), "ec2")
        .minus(totalOf(many(stated), "ec2"))
        .toFixed(),
    );
    expect(effect?.isNegative()).toBe(true);
    expect(assumptionsOf(many(stated), "ec2")).not.toContain("ec2_cpu_counts_zero");
  });

  test("ec2_registered_memory is against nominal memory: 4 tasks of 2,000 MiB do not fit one m5.large of 8,192", () => {
    const cluster = { instanceTypes: ["m5.large"], zones: 1, deploymentRoom: "none" };
    const request = many({ ...plain({ networkMode: "bridge", cpu: "128", memory: "2000" }), cluster }, 4);

    expect(
      optionOf(comparisonOf(request, book), "ec2").fleet?.map(({ count, tasks }) => [count, tasks[0]?.count]),
    ).toEqual([[2, 2]]);
    // Half of two instances at $0.096 and 30 GiB at $0.08.
    expect(effectOf("ec2_registered_memory", request, "ec2")?.toFixed()).toBe("72.48");
  });

  test("ec2_runs_scale is against instances that are there all the time: 1 h of 730", () => {
    const { services: _, ...request } = many(plain());
    const runs = [{ taskDefinition: "web", tasks: 1, seconds: 3600, times: 1 }];

    const effect = effectOf("ec2_runs_scale", { ...request, runs }, "ec2");
    const always = totalOf({ ...plain(), cluster: { deploymentRoom: "none" } }, "ec2");

    expect(effect?.toFixed(9)).toBe(
      totalOf({ ...request, runs }, "ec2")
        .minus(always)
        .toFixed(9),
    );
  });

  test("fargate_size_raised is against the size as written", () => {
    // 512 MiB more, at $0.004445 a GB and hour.
    expect(effectOf("fargate_size_raised", plain({ cpu: "512", memory: "512" }), "fargate")?.toFixed()).toBe(
      "1.622425",
    );
  });

  test("execution_role_added is $0.00, and tax cannot be told", () => {
    const request = plain({ containerDefinitions: [{ name: "web", logConfiguration: { logDriver: "awslogs" } }] });

    expect(effectOf("execution_role_added", request, "fargate")?.toFixed()).toBe("0");
    expect(effectOf("tax_excluded", request, "fargate")).toBeNull();
  });
});

describe("an assumption", () => {
  test("is not made where the request says it all", () => {
    const said = many({
      ...plain({ runtimePlatform: { cpuArchitecture: "X86_64" } }),
      cluster: {
        ...{ zones: 2, deploymentRoom: "one-task", awsvpcTrunking: false, allow: ["burstable"] },
        averageCpuPercent: 5,
        rootVolume: { sizeInGiB: 40 },
      },
      usage: {
        cluster: { supportPercent: 0, publicIpv4PerInstance: 0, detailedMonitoringMetrics: 0, natGateways: 0 },
        everyService: { internetGB: 0, interZoneGB: 0 },
      },
    });

    expect(assumptionsOf(said, "fargate")).toEqual(["tax_excluded"]);
    expect(assumptionsOf(said, "ec2").sort()).toEqual([
      ...["ec2_placement_order", "ec2_registered_memory", "ec2_spread", "tax_excluded"],
    ]);
  });

  test("of the same code is made once, though two launch types make it", () => {
    const capacityProviderStrategy = [
      { capacityProvider: "FARGATE", base: 1, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ];
    const split = { ...plain(), services: [{ ...aService("web", 4), capacityProviderStrategy }] };

    const codes = assumptionsOf(split, "as-configured");

    expect(codes.filter((code) => code === "tax_excluded")).toHaveLength(1);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("about ARM is not made for Windows, which runs on x86 alone", () => {
    const windows = {
      cpu: "1024",
      memory: "2048",
      runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
    };

    expect(assumptionsOf(plain(windows), "fargate")).not.toContain("architecture_default");
  });

  test("that a price of no certain date still holds names the price: ARM in eu-central-1", () => {
    const request = { ...plain({ runtimePlatform: { cpuArchitecture: "ARM64" } }), region: "eu-central-1" };

    const { assumptions } = optionOf(comparisonOf(request, frankfurt), "fargate");

    const vague = assumptions.filter(({ code }) => code === "price_date_vague");
    expect(vague.map(({ text }) => /price of (\S+) has no certain date/.exec(text)?.[1])).toEqual([
      "fargate/linux/arm64/vcpu",
      "fargate/linux/arm64/memory",
    ]);
  });
});

interface Request {
  readonly region: string;
  readonly taskDefinitions: readonly object[];
  readonly services?: readonly object[];
  readonly runs?: readonly object[];
  readonly cluster?: object;
  readonly usage?: object;
}

/** One task definition of 0.5 vCPU and 1 GB in awsvpc mode that does not say its architecture, and no service. */
function plain(fields: object = {}): Request {
  const sizes = { cpu: "512", memory: "1024", networkMode: "awsvpc" };
  return {
    region: "us-east-1",
    taskDefinitions: [{ family: "web", ...sizes, containerDefinitions: [{ name: "web" }], ...fields }],
  };
}

function many(request: Request, desiredCount = 20): Request {
  return { ...request, services: [aService("web", desiredCount)] };
}

function aService(serviceName: string, desiredCount: number) {
  return { serviceName, taskDefinition: "web", desiredCount };
}

function effectOf(code: string, request: Request, option: string): Decimal | null | undefined {
  const made = optionOf(comparisonOf(request, book), option).assumptions.filter(
    (assumption) => assumption.code === code,
  );
  expect(made).toHaveLength(1);
  return made[0]?.effect;
}

function assumptionsOf(request: Request, option: string): string[] {
  return optionOf(comparisonOf(request, book), option).assumptions.map(({ code }) => code);
}

function totalOf(request: Request, option: string): Decimal {
  const { total, problems } = optionOf(comparisonOf(request, book), option);
  if (total === null) throw new Error(problems.map(({ message }) => message).join(" "));
  return total;
}
