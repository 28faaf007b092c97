import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { registeredMemoryMiB } from "../../../api/aws/ec2/registered-memory.ts";
import { pending } from "../../../api/aws/eks/admit.ts";
import { maxPods } from "../../../api/aws/eks/max-pods.ts";
import { kubeReserved, nodeCapacity } from "../../../api/aws/eks/node.ts";
import { unsetUsage } from "../../../api/core/model/add-on.ts";
import { type KubernetesSettings, unsetSettings } from "../../../api/core/model/settings.ts";
import nodes from "../../cases/eks-nodes.json" with { type: "json" };
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";
import { anInstanceType } from "../../core/sample-book.ts";

const [virginia] = await bundledBooks("us-east-1");

function withKubernetes(kubernetes: Partial<KubernetesSettings>) {
  const settings = { ...unsetSettings, kubernetes: { ...unsetSettings.kubernetes, ...kubernetes } };
  return { book: virginia, settings, usage: unsetUsage };
}

const plain = withKubernetes({});

function typeNamed(name: string) {
  const type = virginia.instanceTypes.find((candidate) => candidate.name === name);
  if (type === undefined) throw new Error(`The bundled book has no ${name}`);
  return type;
}

// As in the bundled data, wherever those types are offered.
const seed = readFileSync(new URL("../../../db/seed/instance-types.csv", import.meta.url), "utf8").split("\n");
const [header = "", ...rows] = seed.map((line) => line.split(","));
const column = (name: string) => (header as string[]).indexOf(name);
const known = rows
  .map((row) => ({
    name: row[0] ?? "",
    networkInterfaces: Number(row[column("network_interfaces")]),
    ipv4PerInterface: Number(row[column("ipv4_per_interface")]),
    vcpus: Number(row[column("vcpus")]),
  }))
  .filter((row) => row.networkInterfaces > 0 && row.name in nodes.maxPods);

describe("pods per node", () => {
  test("1,374 of the 1,384 types that nodeadm knows have interfaces and addresses in the bundled data", () => {
    expect([Object.keys(nodes.maxPods).length, known.length]).toEqual([1384, 1374]);
  });

  test.each(known)("of $name are as nodeadm has them", ({ name, ...interfaces }) => {
    const pods = maxPods(anInstanceType({ name, ...interfaces }), "ec2", plain);

    expect(pods).toBe((nodes.maxPods as Record<string, number>)[name]);
  });

  test.each(nodes.cases)("of $type with $settings are $pods ($id)", ({ type, settings, pods }) => {
    expect(maxPods(typeNamed(type), "ec2", withKubernetes(settings))).toBe(pods);
  });

  test.each(nodes.interfaces)(
    "with $networkInterfaces interfaces of $ipv4PerInterface addresses are $pods ($id)",
    ({ pods, ...interfaces }) => {
      expect(maxPods(anInstanceType(interfaces), "ec2", plain)).toBe(pods);
    },
  );

  test.each(nodes.autoMode)("of $type in Auto Mode are $pods ($id)", ({ type, pods }) => {
    expect(maxPods(typeNamed(type), "auto", plain)).toBe(pods);
  });

  test("of a type whose interfaces are not known are 110, as nodeadm falls back", () => {
    expect(maxPods(anInstanceType({ networkInterfaces: null }), "ec2", plain)).toBe(110);
  });
});

describe("what kubelet keeps", () => {
  test.each(nodes.kubeReservedCpu)("of $vcpus vCPUs is $millicpu m", ({ vcpus, millicpu }) => {
    expect(kubeReserved(vcpus, 0, plain).millicpu).toBe(millicpu);
  });

  test.each(nodes.kubeReserved)("of $vcpus vCPUs with $pods pods ($id)", ({ vcpus, pods, millicpu, memoryMiB }) => {
    expect(kubeReserved(vcpus, pods, plain)).toEqual({ millicpu, memoryMiB });
  });

  test("of every type that nodeadm knows is 6 % of a core, 1 % of the next, 0.5 % of two and 0.25 % of the others, and 255 MiB with 11 for each pod", () => {
    for (const { name, vcpus } of known) {
      const pods = (nodes.maxPods as Record<string, number>)[name] ?? 0;
      // In ten-thousandths of a core, one core after another.
      const shares = Array.from({ length: vcpus }, (_, core) =>
        core === 0 ? 600 : core === 1 ? 100 : core < 4 ? 50 : 25,
      );
      const millicpu = Math.floor(shares.reduce((sum, share) => sum + share, 0) / 10);

      expect([name, kubeReserved(vcpus, pods, plain)]).toEqual([name, { millicpu, memoryMiB: 255 + 11 * pods }]);
    }
  });
});

describe("what pods can have of a node", () => {
  test("m5.large: 2,000 m less 70 for kubelet, 50 for aws-node and 100 for kube-proxy; 27 pods beside those two", () => {
    // The system sees 7,680 MiB; kubelet keeps 255 + 11 × 29 = 574 and evicts at 100.
    expect(nodeCapacity(typeNamed("m5.large"), "ec2", plain)).toMatchObject({ millicpu: 1780, memory: 7006, pods: 27 });
  });

  test("the same in Auto Mode, where the system's parts are no pods: 1,930 m and 110 pods, for which 1,465 MiB are kept", () => {
    expect(nodeCapacity(typeNamed("m5.large"), "auto", plain)).toMatchObject({
      millicpu: 1930,
      memory: 6115,
      pods: 110,
    });
  });

  test.each(nodes.systemMemory)(
    "a system with $nominalMiB MiB sees $seenMiB by published rows; of $type $takenMiB are taken, as ECS registers, 3 % off at most ($id)",
    ({ type, takenMiB, seenMiB, nominalMiB }) => {
      const { memory = 0, pods = 0 } = nodeCapacity(typeNamed(type), "ec2", plain);

      // The rows name sizes, not types: what is taken of the very type goes before them. Two system pods are among its pods.
      expect(memory).toBe(takenMiB - (255 + 11 * (pods + 2)) - 100);
      expect(typeNamed(type).memoryMiB).toBe(nominalMiB);
      expect(Math.abs(takenMiB - seenMiB)).toBeLessThan(0.03 * seenMiB);
    },
  );

  test("Karpenter's estimate, 7.5 % less than nominal, is below what systems see from 4 GiB on, and above it with 2 GiB", () => {
    const below = nodes.systemMemory.map(({ nominalMiB, seenMiB }) => [nominalMiB, nominalMiB * 0.925 < seenMiB]);

    expect(below.sort()).toEqual([
      [16_384, true],
      [2048, false],
      [4096, true],
      [8192, true],
    ]);
  });

  test.each(virginia.instanceTypes.map(({ name }) => name))(
    "%s gives pods what its system sees less kubelet's part, eviction and the system's pods, and never below 0",
    (name) => {
      const type = typeNamed(name);
      const seen = registeredMemoryMiB(type, plain);
      for (const kind of ["ec2", "auto"] as const) {
        const most = maxPods(type, kind, plain);
        const { millicpu = -1, memory = -1, pods = -1 } = nodeCapacity(type, kind, plain);
        const reserved = kubeReserved(type.vcpus, most, plain);
        expect(millicpu).toBe(Math.max(0, type.vcpus * 1000 - reserved.millicpu - (kind === "ec2" ? 150 : 0)));
        expect(memory).toBe(Math.max(0, seen - (255 + 11 * most) - 100));
        expect(memory).toBeLessThan(type.memoryMiB);
        expect(pods).toBe(most - (kind === "ec2" ? 2 : 0));
        expect(pods).toBeGreaterThan(0);
      }
    },
  );
});

/** Pods of 500 m and 1 GiB, one zone, no room for deployments. */
function web(desiredCount: number, cluster: object = {}, options: readonly string[] = ["eks-ec2", "eks-auto", "ec2"]) {
  return {
    region: "us-east-1",
    taskDefinitions: [
      { family: "web", networkMode: "awsvpc", containerDefinitions: [{ name: "web", cpu: 512, memory: 1024 }] },
    ],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount }],
    cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m7i.large"], ...cluster },
    options,
  };
}

const instancesOf = (option: ReturnType<typeof optionOf>) => option.fleet?.reduce((sum, { count }) => sum + count, 0);

describe("EKS on nodes beside ECS on EC2", () => {
  test("12 pods of 500 m: 3 on each m7i.large, and CoreDNS beside them, 4 nodes; ECS puts 2 on each for its interfaces, 6", () => {
    const comparison = comparisonOf(web(12), virginia);

    expect(instancesOf(optionOf(comparison, "eks-ec2"))).toBe(4);
    expect(instancesOf(optionOf(comparison, "eks-auto"))).toBe(4);
    expect(instancesOf(optionOf(comparison, "ec2"))).toBe(6);
  });

  test("a node has 20 GiB of disk, in Auto Mode 80: 80 and 320 GB-months", () => {
    const comparison = comparisonOf(web(12), virginia);
    const disk = (id: string) => optionOf(comparison, id).charges.find(({ sku }) => sku === "ebs/gp3/storage");

    expect(disk("eks-ec2")?.quantity.toFixed()).toBe("80");
    expect(disk("eks-auto")?.quantity.toFixed()).toBe("320");
  });

  test("60 pods of 10 m find no place on 2 m7i.large for want of addresses: 3, but 1 with prefix delegation", () => {
    const small = (kubernetes: object) => ({
      ...web(60, { kubernetes }, ["eks-ec2"]),
      taskDefinitions: [{ family: "web", containerDefinitions: [{ name: "web", cpu: 10, memory: 16 }] }],
    });

    const without = optionOf(comparisonOf(small({}), virginia), "eks-ec2");
    expect(instancesOf(without)).toBe(3);
    expect(without.fleet?.[0]?.binds).toBe("pods");
    expect(instancesOf(optionOf(comparisonOf(small({ prefixDelegation: true }), virginia), "eks-ec2"))).toBe(1);
  });

  test("CPU is counted in thousandths of a vCPU: 17 pods of 100 CPU units, 98 m each, and 2 of CoreDNS take 1,866 of 1,780 m, two nodes", () => {
    const tenth = {
      ...web(17, {}, ["eks-ec2"]),
      taskDefinitions: [{ family: "web", containerDefinitions: [{ name: "web", cpu: 100, memory: 64 }] }],
    };

    const { fleet } = optionOf(comparisonOf(tenth, virginia), "eks-ec2");
    expect(fleet?.reduce((sum, { used, count }) => sum + (used.millicpu ?? 0) * count, 0)).toBe(17 * 98 + 200);
    expect(fleet?.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });

  test("a pod larger than the types that may be chosen is a problem by its service's name", () => {
    const huge = {
      ...web(1, {}, ["eks-ec2"]),
      taskDefinitions: [{ family: "web", containerDefinitions: [{ name: "web", cpu: 4096, memory: 1024 }] }],
    };

    const { problems } = optionOf(comparisonOf(huge, virginia), "eks-ec2");
    expect(problems).toEqual([{ code: "no_instance_type", path: "", message: expect.stringMatching(/\bweb\b/) }]);
  });

  test("pods that stay pending are told in the scheduler's words, with the nearest node", () => {
    const host = {
      type: "m7i.large",
      kind: "x86_64",
      zone: "us-east-1a",
      provider: null,
      attributes: {},
      capacity: {},
    };
    const refusals = [
      { because: "resource", name: "pods" },
      { because: "resource", name: "memory" },
      { because: "exclusive", name: "tcp/80" },
    ] as const;

    const { message } = pending({ service: "web", count: 2, refusals: [], closest: { host, refusals } }, "services[0]");
    expect(message).toBe(
      "Of web 2 pods stay pending: on the nearest, a m7i.large: too many pods, insufficient memory, no free ports (tcp/80). Make the pod smaller, loosen its constraints or allow larger types.",
    );
  });

  test("pods that ask for 6 GiB of ephemeral storage: 2 on each node of 20 GiB, of which pods have 17; 9 on one of 80", () => {
    const resources = { requests: { cpu: "10m", memory: "16Mi", "ephemeral-storage": "6Gi" } };
    const template = { spec: { containers: [{ name: "one", resources }] } };
    const manifest = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "one" },
      spec: { replicas: 9, template },
    };
    const { cluster, options } = web(0);
    const comparison = comparisonOf({ region: "us-east-1", manifests: [manifest], cluster, options }, virginia);

    expect(instancesOf(optionOf(comparison, "eks-ec2"))).toBe(5);
    expect(instancesOf(optionOf(comparison, "eks-auto"))).toBe(1);
  });

  test("mixed never holds EKS, nor Managed Instances", () => {
    const options = ["mixed", "eks-ec2", "eks-auto", "eks-fargate", "ecs-managed-instances"];
    const { runs } = optionOf(comparisonOf(web(2, { kubernetes: { clusters: 0 } }, options), virginia), "mixed");

    expect(runs.map(({ launchType }) => launchType).filter((id) => /^(eks|ecs)/.test(id))).toEqual([]);
  });
});
