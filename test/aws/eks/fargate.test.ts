import { describe, expect, test } from "vitest";
import { podSize } from "../../../api/aws/eks/fargate.ts";
import { unsetUsage } from "../../../api/core/model/add-on.ts";
import { Exact } from "../../../api/core/model/exact.ts";
import { unsetSettings } from "../../../api/core/model/settings.ts";
import sizes from "../../cases/eks-pod-sizes.json" with { type: "json" };
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const [virginia, ohio] = await bundledBooks("us-east-1", "us-east-2");

test.each(sizes.cases)("$given ($id)", ({ millicpu, memoryMiB, cpuUnits, provisionedMiB }) => {
  const context = { book: virginia, settings: unsetSettings, usage: unsetUsage };

  expect(podSize({ millicpu, memoryMiB }, context)).toEqual({ cpuUnits, memoryMiB: provisionedMiB });
});

test("16 vCPU are the most a pod gets, though ECS tasks have sizes of 32", () => {
  const context = { book: virginia, settings: unsetSettings, usage: unsetUsage };

  expect(podSize({ millicpu: 16_000, memoryMiB: 32_512 }, context)).toEqual({ cpuUnits: 16_384, memoryMiB: 32_768 });
  expect(podSize({ millicpu: 16_001, memoryMiB: 32_512 }, context)).toBeNull();
});

/** One task of 1 vCPU and 2 GB on Fargate, and whatever else. */
function web(cluster: object = {}, task: object = {}) {
  return {
    region: "us-east-1",
    taskDefinitions: [
      {
        family: "web",
        cpu: "1024",
        memory: "2048",
        networkMode: "awsvpc",
        containerDefinitions: [{ name: "web" }],
        ...task,
      },
    ],
    options: ["fargate", "eks-fargate"],
    cluster,
  };
}

/** A pod by itself. */
function onePod(cpu: string, memory: string) {
  const containers = [{ name: "web", resources: { requests: { cpu, memory } } }];
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec: { containers } };
}

function eksFargate(request: object) {
  return optionOf(comparisonOf(request, virginia), "eks-fargate");
}

describe("EKS Fargate beside ECS on Fargate", () => {
  test("1 vCPU and 2 GB cost $36.04 on ECS; on EKS they take 3 GB, two CoreDNS pods of 0.25 vCPU and 0.5 GB, and $73.00", () => {
    const comparison = comparisonOf(web(), virginia);

    expect(optionOf(comparison, "fargate").total?.toDecimalPlaces(2).toFixed()).toBe("36.04");
    const rows = optionOf(comparison, "eks-fargate").charges.map(({ service, sku, quantity }) => [
      ...[service, sku, quantity.toFixed()],
    ]);
    expect(rows).toEqual([
      ["web", "eks-fargate/linux/x86_64/vcpu", "730"],
      ["web", "eks-fargate/linux/x86_64/memory", "2190"],
      ["kube-system/coredns", "eks-fargate/linux/x86_64/vcpu", "365"],
      ["kube-system/coredns", "eks-fargate/linux/x86_64/memory", "730"],
      [null, "eks/cluster", "730"],
    ]);
  });

  test("the cluster's control plane is told as $73.00, extended support as $365.00 more, CoreDNS as what its pods cost", () => {
    const { assumptions } = eksFargate(web());
    const effectOf = (code: string) => assumptions.find((one) => one.code === code)?.effect?.toFixed();

    expect(effectOf("eks_control_plane")).toBe("73");
    expect(effectOf("eks_standard_support")).toBe("-365");
    expect(effectOf("eks_coredns")).toBe("18.02005");
  });

  test("billed is the size that is provisioned, not the request: 0.25 vCPU and 0.5 GB are 0.25 vCPU and 1 GB (EKSF-7)", () => {
    const rows = eksFargate(web({}, { cpu: "256", memory: "512" })).charges.filter(({ service }) => service === "web");

    expect(rows.map(({ quantity }) => quantity.toFixed())).toEqual(["182.5", "730"]);
  });

  // Infracost's default pod has 1 GB and 3.24: 1 vCPU begins at 2 GB, and such a pod is provisioned with that.
  test("a pod of 1 vCPU and 1 GB with Kubernetes' part is no size: it costs $29.55 and, for 2 GB, $6.49, twice Infracost's $3.24 (EKSF-8)", () => {
    const pod = {
      ...web({ kubernetes: { coreDnsPods: 0 } }),
      taskDefinitions: undefined,
      manifests: [onePod("1", "768Mi")],
    };
    const costs = eksFargate(pod).charges.filter(({ service }) => service === "web");

    expect(costs.map(({ cost }) => cost.toDecimalPlaces(2, Exact.ROUND_HALF_UP).toFixed(2))).toEqual(["29.55", "6.49"]);
  });

  test("a cluster that is there already costs nothing more", () => {
    const option = eksFargate(web({ kubernetes: { clusters: 0, coreDnsPods: 0 } }));

    expect(option.charges.map(({ sku }) => sku)).toEqual([
      "eks-fargate/linux/x86_64/vcpu",
      "eks-fargate/linux/x86_64/memory",
    ]);
  });

  test("of 100 GiB of ephemeral storage 80 are billed, and that AWS provisions 115 is said (EKSF-7)", () => {
    const option = eksFargate(web({}, { ephemeralStorage: { sizeInGiB: 100 } }));

    expect(option.charges.find(({ sku }) => sku === "fargate/ephemeral-storage")?.quantity.toFixed()).toBe("58400");
    expect(option.assumptions.find(({ code }) => code === "eks_fargate_storage")?.text).toContain("115 GiB for 100");
  });

  test("what it cannot run is refused by name: ARM64, GPUs, host networks, daemons", () => {
    const codesOf = (task: object, service: object = {}) => {
      const services = [{ serviceName: "web", taskDefinition: "web", desiredCount: 1, ...service }];
      return eksFargate({ ...web({}, task), services }).problems.map(({ code }) => code);
    };

    expect(codesOf({ runtimePlatform: { cpuArchitecture: "ARM64" } })).toEqual(["architecture_unsupported"]);
    expect(codesOf({ networkMode: "host" })).toEqual(["network_mode_unsupported"]);
    expect(codesOf({}, { schedulingStrategy: "DAEMON" })).toEqual(["daemon_unsupported"]);
    const gpu = { name: "web", resourceRequirements: [{ type: "GPU", value: "1" }] };
    expect(codesOf({ containerDefinitions: [gpu] })).toEqual(["gpu_unsupported"]);
  });

  test("no EKS price is known in us-east-2: that is a problem by the names of the prices, not a total", () => {
    const option = optionOf(comparisonOf({ ...web(), region: "us-east-2" }, ohio), "eks-fargate");

    expect(option.total).toBeNull();
    expect(option.problems.map(({ code }) => code)).toContain("price_missing");
    expect(option.problems.map(({ message }) => message).join(" ")).toContain("eks/cluster in us-east-2");
  });
});
