import { describe, expect, test } from "vitest";
import cases from "../../cases/pod-autoscaling.json" with { type: "json" };
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf, workloadOf } from "../../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");

const cpu = (averageUtilization: number) => ({
  ...{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization } } },
});

/** Pods of 1 vCPU and 1 GiB each, and their autoscaler; an hour of them. */
function request(replicas: number, spec: object, more: object = {}, container: object = {}) {
  const containers = [{ name: "web", resources: { requests: { cpu: "1", memory: "1Gi" } }, ...container }];
  return {
    ...{ region: "us-east-1", hours: 1, options: ["eks-fargate"] },
    manifests: [
      {
        ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "shop" } },
        spec: { replicas, template: { spec: { containers } } },
      },
      {
        ...{
          apiVersion: "autoscaling/v2",
          kind: "HorizontalPodAutoscaler",
          metadata: { name: "web", namespace: "shop" },
        },
        spec: { minReplicas: 1, metrics: [cpu(50)], ...spec, scaleTargetRef: { kind: "Deployment", name: "web" } },
      },
    ],
    ...more,
  };
}

const constant = (vcpu: number) => ({ "deployment/web": { unit: "vCPU", constant: vcpu } });

function scaledOf(asked: object) {
  const { scaling } = optionOf(comparisonOf(asked, virginia), "eks-fargate");
  const [report] = scaling?.services ?? [];
  if (report === undefined) throw new Error("Nothing was scaled");
  return report;
}

/** [second, pods wanted] wherever that changes. */
function wantedOf(asked: object): [second: number, pods: number][] {
  const steps = scaledOf(asked).timeline.map(({ startSeconds, desired }): [number, number] => [startSeconds, desired]);
  return steps.filter(([, desired], at) => at === 0 || desired !== steps[at - 1]?.[1]);
}

const problemsOf = (asked: object): string => {
  try {
    workloadOf(asked);
    return "";
  } catch (error) {
    return String(error);
  }
};

describe("a HorizontalPodAutoscaler under a load that is given", () => {
  test.each(cases.cases)("$given ($id)", ({ pods, max, load, behavior, counts }) => {
    const wanted = wantedOf(request(pods, { maxReplicas: max, behavior }, { loads: constant(load) }));

    expect(wanted.map(([, count]) => count)).toEqual(counts);
  });

  test("decides every 15 seconds, and goes down only once 300 s have passed without a larger proposal", () => {
    const series = [
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(() => 4),
      ...[10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map(() => 1),
    ].map((value, at) => ({ timestamp: `2026-01-05T00:${String(at).padStart(2, "0")}:00Z`, value }));
    const loads = { "deployment/web": { unit: "vCPU", series, periodSeconds: 60, repeat: false } };

    // 4 vCPU on 2 pods at 50 % are 8; at 600 s the load is 1 vCPU, which the decision at 615 s sees: 2. The last 8 was proposed at 600 s.
    expect(wantedOf(request(2, { maxReplicas: 20 }, { loads }))).toEqual([
      [0, 2],
      [15, 6],
      [30, 8],
      [900, 2],
    ]);
  });

  test("the metric is seen in whole percents, within 10 % of the target nothing happens: 55.9 % of 10 pods keep them, 56 % make 12", () => {
    expect(wantedOf(request(10, { maxReplicas: 20 }, { loads: constant(5.59) }))).toEqual([[0, 10]]);
    expect(wantedOf(request(10, { maxReplicas: 20 }, { loads: constant(5.6) }))[1]).toEqual([15, 12]);
    expect(wantedOf(request(10, { maxReplicas: 20 }, { loads: constant(4.5) }))).toEqual([[0, 10]]);
  });

  test("pods that are starting count as idle: 4 at 100 % become 8 once, though for a minute only 4 take the load", () => {
    expect(wantedOf(request(4, { maxReplicas: 100 }, { loads: constant(4) }))).toEqual([
      [0, 4],
      [15, 8],
    ]);
  });

  test("percent is of what the pod requests, not of what Fargate gives it; a limit is the most it can take", () => {
    // Fargate rounds 2.2 vCPU up to 4; 4.4 vCPU on 2 pods are 100 % of their requests.
    const pod = (limits: object) => ({ resources: { requests: { cpu: "2200m", memory: "1Gi" }, limits } });
    const at = (limits: object, vcpu: number) =>
      wantedOf(request(2, { maxReplicas: 100 }, { loads: constant(vcpu) }, pod(limits)))[1]?.[1];

    expect(at({}, 4.4)).toBe(4);
    expect(at({}, 8.8)).toBe(6);
    expect(at({ cpu: "3300m" }, 8.8)).toBe(6);
    expect(at({ cpu: "2200m" }, 8.8)).toBe(4);
  });

  test("of CPU and memory the one that wants more pods counts, and averageValue is of each pod: 10 GiB at 2 GiB each are 5", () => {
    const memory = {
      type: "Resource",
      resource: { name: "memory", target: { type: "AverageValue", averageValue: "2Gi" } },
    };
    const loads = {
      "shop/deployment/web": [
        { unit: "vCPU", constant: 1 },
        { unit: "GiB", constant: 10 },
      ],
    };

    expect(wantedOf(request(2, { maxReplicas: 20, metrics: [cpu(50), memory] }, { loads })).at(-1)).toEqual([15, 5]);
  });

  test("without metrics it is 80 % of CPU; autoscaling/v1 says targetCPUUtilizationPercentage: 4 vCPU are 5 pods, at 40 % 10", () => {
    const last = (spec: object) =>
      wantedOf(request(4, { maxReplicas: 20, ...spec }, { loads: constant(4) })).at(-1)?.[1];

    expect(last({ metrics: null })).toBe(5);
    expect(last({ metrics: null, targetCPUUtilizationPercentage: 40 })).toBe(10);
  });

  test("a pod is billed from when it is wanted: 4 pods for 15 s and 8 for the rest of an hour are 28,740 pod-seconds", () => {
    const asked = request(4, { maxReplicas: 100 }, { loads: constant(4) });

    expect(scaledOf(asked).taskSeconds).toBe(4 * 15 + 8 * 3585);
    // Of 1 vCPU each; EKS Fargate bills 7.9833 pod-hours.
    const charges = optionOf(comparisonOf(asked, virginia), "eks-fargate").charges.filter(
      ({ service }) => service === "shop/web" || service === "web",
    );
    expect(
      charges
        .find(({ sku }) => sku.endsWith("/vcpu"))
        ?.quantity.toDecimalPlaces(6)
        .toFixed(),
    ).toBe("7.983333");
  });

  test("nodes come and go with it: from one node of 2 vCPU to several and no pod without one", () => {
    const asked = request(
      1,
      { maxReplicas: 10 },
      { loads: constant(3), options: ["eks-ec2"], cluster: { zones: 1, instanceTypes: ["m7i.large"] } },
    );
    const option = optionOf(comparisonOf(asked, virginia), "eks-ec2");

    expect(option.problems).toEqual([]);
    // 6 pods at 50 %, one on each node beside kubelet's and the system's part.
    expect(option.scaling?.services[0]?.tasks.peak).toBe(6);
    expect(option.scaling?.capacityProviders[0]?.peak).toBeGreaterThanOrEqual(6);
  });

  test("no alarm is billed for it, and it is told how it is played", () => {
    const { assumptions, charges } = optionOf(
      comparisonOf(request(2, { maxReplicas: 9 }, { loads: constant(3) }), virginia),
      "eks-fargate",
    );
    const codes = assumptions.map(({ code }) => code);

    expect(codes).toContain("autoscaler_played");
    expect(codes).not.toContain("autoscaler_not_played");
    expect(charges.filter(({ sku }) => sku.startsWith("cloudwatch"))).toEqual([]);
  });

  test("a load of a workload without an autoscaler leaves its pods as they are, and tells what goes unmet", () => {
    const [deployment] = request(3, {}).manifests;
    const asked = { ...request(3, {}), manifests: [deployment], loads: constant(4) };

    expect(wantedOf(asked)).toEqual([[0, 3]]);
    expect(scaledOf(asked).unmetSeconds).toBe(3600);
  });

  test("a StatefulSet keeps the claims of the most pods that it had: 3 of 73 GiB from then on, one of them all the time", () => {
    const claim = {
      metadata: { name: "data" },
      spec: { storageClassName: "gp3", accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "73Gi" } } },
    };
    const [deployment, autoscaler] = request(1, {
      maxReplicas: 3,
      behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
    }).manifests;
    const set = { ...deployment, kind: "StatefulSet", spec: { ...deployment?.spec, volumeClaimTemplates: [claim] } };
    const scaler = {
      ...autoscaler,
      spec: { ...autoscaler?.spec, scaleTargetRef: { kind: "StatefulSet", name: "web" } },
    };
    // Three pods in the second hour only: 1 volume for 10 hours, 2 for the 9 hours less 15 seconds from then on.
    const daily = Array.from({ length: 24 }, (_, hour) => (hour === 1 ? 1.5 : 0.1));
    const loads = { "statefulset/web": { unit: "vCPU", daily, interpolation: "step" } };
    const asked = { ...request(1, {}), hours: 10, options: ["eks-ec2"], manifests: [set, scaler], loads };
    const option = optionOf(comparisonOf(asked, virginia), "eks-ec2");
    const gbMonths = option.charges
      .filter(({ sku, service }) => sku === "ebs/gp3/storage" && service !== null)
      .reduce((sum, { quantity }) => sum + quantity.toNumber(), 0);

    expect(option.scaling?.services[0]?.timeline.at(-1)?.desired).toBe(1);
    // 73 GiB for 10 hours are one GB-month; the two others wait a few minutes for their nodes.
    expect(gbMonths).toBeGreaterThan(1 + 2 * 0.88);
    expect(gbMonths).toBeLessThan(1 + 2 * 0.9);
  });
});

describe("loads that cannot be played are problems by their place", () => {
  const [deployment] = request(1, {}).manifests;

  test.each<[what: string, asked: object, said: string]>([
    [
      "no such workload",
      request(1, {}, { loads: { "deployment/api": { unit: "vCPU", constant: 1 } } }),
      "There is shop/deployment/web; a service of services has a load of its own",
    ],
    [
      "the same one twice",
      request(1, {}, { loads: { ...constant(1), "shop/deployment/web": { unit: "vCPU", constant: 2 } } }),
      "shop/deployment/web has two loads",
    ],
    [
      "a name that two namespaces have",
      {
        ...request(1, {}, { loads: constant(1) }),
        manifests: [deployment, { ...deployment, metadata: { name: "web", namespace: "test" } }],
      },
      "could be for shop/deployment/web or test/deployment/web",
    ],
    [
      "a load that says nothing of CPU",
      request(1, {}, { loads: { "deployment/web": { unit: "GiB", constant: 1 } } }),
      "scales on cpu, and the load does not say how much it takes",
    ],
    [
      "a field that no load has",
      request(1, {}, { loads: { "deployment/web": { unit: "vCPU", constnt: 1 } } }),
      "Did you mean constant?",
    ],
    ["what is no object", request(1, {}, { loads: [1] }), "loads must be an object"],
    [
      "a metric from elsewhere",
      request(1, { metrics: [{ type: "External", external: {} }] }, { loads: constant(1) }),
      "manifests[1].spec.metrics: This autoscaler has a metric that does not follow from the load",
    ],
    [
      "pods that request no CPU",
      request(1, {}, { loads: constant(1) }, { resources: { requests: { memory: "1Gi" } } }),
      "its pods request none. Say resources.requests.cpu",
    ],
    [
      "a window of two hours",
      request(1, { behavior: { scaleDown: { stabilizationWindowSeconds: 7200 } } }),
      "stabilizationWindowSeconds must be a whole number of seconds from 0 to 3,600",
    ],
  ])("%s", (_, asked, said) => {
    expect(problemsOf(asked)).toContain(said);
  });

  test("without a load an autoscaler on queues is only noted, as one on CPU is", () => {
    const { assumptions } = workloadOf(request(1, { maxReplicas: 4, metrics: [{ type: "External", external: {} }] }));

    expect(assumptions.map(({ code }) => code)).toContain("autoscaler_not_played");
  });

  test("the name of a load is not repeated where it is none of a workload's", () => {
    const said = problemsOf(request(1, {}, { loads: { "deployment/C4n4ry hunter2": { unit: "vCPU", constant: 1 } } }));

    expect(said).toContain("loads[…]");
    expect(said).not.toContain("hunter2");
  });
});
