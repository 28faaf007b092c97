import { describe, expect, test } from "vitest";
import { readDocuments } from "../../../api/aws/documents/read-documents.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf, workloadOf } from "../../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");

const shop = `# a shop
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  template:
    spec:
      nodeSelector: { kubernetes.io/arch: arm64 }
      initContainers:
        - { name: migrate, resources: { requests: { cpu: 2, memory: 64Mi } } }
      containers:
        - name: web
          image: nginx:1
          resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } }
        - { name: proxy, resources: { limits: { cpu: 50m, memory: 64M } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { kind: Deployment, name: web }
  minReplicas: 4
  maxReplicas: 9
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: agent, resources: { requests: { cpu: 10m, memory: 20Mi } } }] } } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, annotations: { stowage/seconds: "300" } }
spec:
  schedule: "0 3 * * *"
  jobTemplate: { spec: { parallelism: 2, completions: 5, template: { spec: { containers: [{ name: report, resources: { requests: { cpu: "1", memory: 1Gi } } }] } } } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  replicas: 2
  volumeClaimTemplates: [{ metadata: { name: data } }]
  template: { spec: { containers: [{ name: db, resources: { requests: { cpu: 1.5, memory: 2Gi } } }] } }
`;

function request(manifests: readonly unknown[], more: object = {}) {
  return { region: "us-east-1", manifests, ...more };
}

function servicesOf(...manifests: unknown[]) {
  return workloadOf(request(manifests)).services;
}

function problemsOf(...manifests: unknown[]): string {
  try {
    workloadOf(request(manifests));
    return "";
  } catch (error) {
    return String(error);
  }
}

/** A Deployment of one container with these requests. */
function deployment(requests: object, spec: object = {}) {
  return {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "one" } },
    spec: { template: { spec: { containers: [{ name: "one", resources: { requests } }], ...spec } } },
  };
}

describe("Kubernetes manifests", () => {
  test("each kind that runs pods is a service: name, pods, daemon, runs", () => {
    const rows = servicesOf(shop).map(({ name, tasks, daemon, lifetime, taskDefinition }) => [
      ...[name, taskDefinition.family, tasks, daemon],
      lifetime.kind === "runs" ? `${lifetime.times} × ${lifetime.seconds} s` : lifetime.kind,
    ]);

    expect(rows).toEqual([
      ["web", "shop/deployment/web", 4, false, "always"],
      ["agent", "daemonset/agent", 1, true, "always"],
      // 31 mornings of 730 hours from a Monday at midnight, 3 rounds of 2 pods each.
      ["report", "cronjob/report", 2, false, "93 × 300 s"],
      ["db", "statefulset/db", 2, false, "always"],
    ]);
  });

  test("a pod requests what its containers do, or its largest init container: 2 vCPU, and 128 MiB and 64 MB as 190 MiB", () => {
    const [web] = servicesOf(shop);

    expect(web?.taskDefinition.podRequest).toEqual({ millicpu: 2000, memoryMiB: 190 });
    expect(web?.taskDefinition).toMatchObject({ architecture: "arm64", cpuUnits: 2048, memoryMiB: null });
    expect(
      web?.taskDefinition.containers.map((one) => [one.cpuUnits, one.memoryReservationMiB, one.memoryMiB]),
    ).toEqual([
      [103, 128, 256],
      [52, 62, 62],
    ]);
  });

  test("sidecars, init containers that go on running, count with the containers (EKSF-3)", () => {
    const container = (cpu: string, more: object = {}) => ({ name: "x", resources: { requests: { cpu } }, ...more });
    const spec = {
      containers: [container("250m")],
      initContainers: [container("100m", { restartPolicy: "Always" }), container("300m")],
    };
    const [one] = servicesOf(deployment({}, spec));

    expect(one?.taskDefinition.podRequest?.millicpu).toBe(350);
  });

  test("what is not priced is listed: a Service, and an autoscaler's range", () => {
    const { assumptions } = workloadOf(request([shop]));

    expect(assumptions.map(({ code, text }) => [code, text])).toEqual(
      expect.arrayContaining([
        ["manifests_not_priced", "Of the manifests these are not priced: 1 Service."],
        [
          "autoscaler_not_played",
          "web: a HorizontalPodAutoscaler keeps it at 4 to 9 pods: 4 are priced all the time, since no load is given (loads).",
        ],
      ]),
    );
    expect(assumptions.map(({ code }) => code)).toContain("volumes_not_priced");
  });

  test("a claim that many nodes write to is a file system, which EKS Fargate mounts; another is a block volume, which it does not", () => {
    const claim = (accessModes: string[]) => ({
      ...{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data" }, spec: { accessModes } },
    });
    const using = deployment(
      { cpu: "250m" },
      { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] },
    );
    const codesOn = (modes: string[]) =>
      optionOf(
        comparisonOf(request([using, claim(modes)], { options: ["eks-fargate"] }), virginia),
        "eks-fargate",
      ).problems.map(({ code }) => code);

    expect(codesOn(["ReadWriteMany"])).toEqual([]);
    expect(codesOn(["ReadWriteOnce"])).toEqual(["volume_unsupported"]);
  });

  test("what a controller made is counted at the controller: a ReplicaSet of a Deployment in a List is left out", () => {
    const owned = {
      ...deployment({}),
      kind: "ReplicaSet",
      metadata: { name: "one-abc", ownerReferences: [{ kind: "Deployment" }] },
    };
    const list = { apiVersion: "v1", kind: "List", items: [deployment({ cpu: 1 }), owned] };

    expect(servicesOf(list).map(({ name }) => name)).toEqual(["one"]);
  });
});

describe("what is wrong with a manifest is told by path and never quoted", () => {
  test.each<[manifest: unknown, said: string]>([
    [
      deployment({ cpu: "5x00" }),
      "manifests[0].spec.template.spec.containers[0].resources.requests.cpu: cpu must be a quantity",
    ],
    [deployment({ cpu: "-1" }), "cpu is less than 0"],
    [
      { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec: { containers: "x" } },
      "manifests[0].spec.containers: containers must be a list",
    ],
    [{ apiVersion: "apps/v1", kind: "Deployment", spec: {} }, "manifests[0].metadata.name: name is missing"],
    [
      { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "x" } },
      "manifests[0].spec.template.spec: containers is missing",
    ],
    ["apiVersion: v1\nkind: [", "Line 2, column 8: this is not YAML"],
    ["a: 1\na: 2", "this is not YAML (duplicate key)"],
    ["x: 1", "apiVersion or kind is missing"],
    [5, "must be an object or YAML text"],
    ["a text", "manifests[0]: A manifest must be an object, not text"],
    [["x: 1", 5], "manifests[0][1]: A manifest must be an object or YAML text, not a number"],
    ["", "There is no manifest here"],
  ])("%j", (manifest, said) => {
    expect(problemsOf(manifest)).toContain(said);
  });

  test("aliases that stand for a billion items are refused at once", () => {
    const levels = Array.from(
      { length: 9 },
      (_, at) => `l${at + 1}: &l${at + 1} [${new Array(10).fill(`*l${at}`).join(", ")}]`,
    );
    const bomb = `apiVersion: v1\nkind: ConfigMap\nl0: &l0 [x, x, x, x, x, x, x, x, x, x]\n${levels.join("\n")}\n`;

    expect(problemsOf(bomb)).toContain("aliases stand for too much");
  });

  test("a text nested a hundred thousand deep is a problem, not a crash", () => {
    expect(problemsOf(`apiVersion: v1\nkind: x\nx: ${"[".repeat(100_000)}`)).toMatch(/YAML/);
  });

  test("no secret of a manifest is in the workload or in a problem", () => {
    const canary = "C4n4ry-hunter2";
    const container = {
      ...{ name: "web", image: "nginx", command: [canary], args: [canary], lifecycle: { postStart: canary } },
      env: [{ name: canary, value: canary }],
      envFrom: [{ secretRef: { name: canary } }],
      livenessProbe: { exec: { command: [canary] } },
    };
    const whole = {
      ...{ apiVersion: "apps/v1", kind: "Deployment" },
      metadata: { name: "web", labels: { [canary]: canary }, annotations: { [canary]: canary } },
      spec: {
        template: {
          metadata: { annotations: { token: canary } },
          spec: { containers: [container], imagePullSecrets: [{ name: canary }] },
        },
      },
    };
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: canary }, data: { password: canary } };
    const odd = { apiVersion: canary, kind: canary };

    expect(JSON.stringify(workloadOf(request([whole, secret, odd])))).not.toContain("hunter2");
    const broken = [
      ...["image", "resources", "ports", "securityContext"].map((name) => ({
        ...container,
        [name]: { [canary]: [canary], requests: canary, privileged: canary },
      })),
      canary,
    ].map((one) => ({
      ...whole,
      spec: { replicas: canary, template: { spec: { containers: [one], hostNetwork: canary } } },
    }));
    for (const one of broken) expect(problemsOf(one)).not.toContain("hunter2");
    for (const text of [`${canary}: [`, `kind: "${canary}`, `a: &${canary} [*${canary}]`, `- ${canary}\n x: *none`]) {
      expect(problemsOf(text)).toMatch(/./);
      expect(problemsOf(text)).not.toContain("hunter2");
    }
  });
});

describe("manifests in files", () => {
  test("YAML is recognised by its name or its beginning, JSON by what is in it, and problems name the file's line", () => {
    const gathered = readDocuments([
      { name: "shop.yaml", text: shop },
      { name: "standard input", text: JSON.stringify(deployment({ cpu: 1 })) },
    ]);

    if (!gathered.ok) throw new Error(JSON.stringify(gathered.problems));
    expect(workloadOf({ region: "us-east-1", ...gathered.value.request }).services.map(({ name }) => name)).toEqual([
      ...["web", "agent", "report", "db", "one"],
    ]);
    expect(gathered.value.origins.get("manifests[1]")).toEqual({ file: "shop.yaml:18", path: "" });
  });
});

describe("should the shop be on EKS? Its manifests priced", () => {
  const options = ["fargate", "ec2", "eks-ec2", "eks-auto", "eks-fargate"];
  const comparison = comparisonOf(request([shop], { options }), virginia);

  test("as configured is EKS on EC2: the control plane, CoreDNS and nodes with 4 web, 2 db and an agent on each", () => {
    const asConfigured = optionOf(comparison, "as-configured");

    expect(asConfigured.total?.toFixed()).toBe(optionOf(comparison, "eks-ec2").total?.toFixed());
    expect(asConfigured.charges.find(({ sku }) => sku === "eks/cluster")?.cost.toFixed()).toBe("73");
    const always = asConfigured.fleet?.filter(({ tasks }) => tasks.some(({ service }) => service !== "report")) ?? [];
    const on = (service: string) =>
      always.reduce(
        (sum, row) => sum + row.count * (row.tasks.find((task) => task.service === service)?.count ?? 0),
        0,
      );
    expect([on("web"), on("db"), on("kube-system/coredns")]).toEqual([4, 2, 2]);
    expect(always.every(({ tasks }) => tasks.some(({ service, count }) => service === "agent" && count === 1))).toBe(
      true,
    );
  });

  test("EKS Fargate and ECS Fargate refuse the daemon by name; ECS on EC2 and Auto Mode run all of it", () => {
    const codesOf = (id: string) => optionOf(comparison, id).problems.map(({ code }) => code);

    expect(codesOf("eks-fargate")).toContain("daemon_unsupported");
    expect(codesOf("fargate")).toContain("daemon_unsupported");
    expect([codesOf("ec2"), codesOf("eks-auto")]).toEqual([[], []]);
  });
});
