import { describe, expect, test } from "vitest";
import { checkAgainstBook } from "../../../api/aws/check.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf, workloadOf } from "../../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");

function claim(name: string, spec: object, storage = "100Gi") {
  return {
    ...{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name } },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } }, ...spec },
  };
}

function storageClass(name: string, provisioner: string, more: object = {}) {
  return { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name }, provisioner, ...more };
}

const containers = [{ name: "one", resources: { requests: { cpu: "250m", memory: "256Mi" } } }];

/** A Deployment whose pods mount these volumes. */
function deployment(name: string, volumes: readonly object[], replicas = 1) {
  return {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name } },
    spec: { replicas, template: { spec: { containers, volumes } } },
  };
}

function statefulSet(templates: readonly object[], replicas = 3) {
  return {
    ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db" } },
    spec: { replicas, volumeClaimTemplates: templates, template: { spec: { containers } } },
  };
}

const mounting = (...names: string[]) =>
  names.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));

function requestOf(manifests: readonly unknown[], more: object = {}) {
  return { region: "us-east-1", manifests, options: ["eks-ec2", "eks-fargate", "fargate", "ec2"], ...more };
}

function option(manifests: readonly unknown[], id = "eks-ec2", more: object = {}) {
  return optionOf(comparisonOf(requestOf(manifests, more), virginia), id);
}

/** Lines of volumes and file systems that are nobody's root, in cents. */
function storageOf(...given: Parameters<typeof option>) {
  return option(...given)
    .charges.filter(({ sku, service }) => /^(ebs|efs)/.test(sku) && service !== null)
    .map(({ service, sku, cost }) => `${service} ${sku} ${cost.toDecimalPlaces(2).toFixed(2)}`);
}

const codesOf = (manifests: readonly unknown[], id: string) => option(manifests, id).problems.map(({ code }) => code);
const notesOf = (manifests: readonly unknown[]) =>
  workloadOf(requestOf(manifests)).assumptions.map(({ code, text }) => `${code}: ${text}`);

describe("volumes of PersistentVolumeClaims", () => {
  test("three replicas of a StatefulSet with 50 GiB of gp3 each: 150 GB-months, $12.00", () => {
    const manifests = [statefulSet([claim("data", { storageClassName: "gp3" }, "50Gi")])];

    expect(storageOf(manifests)).toEqual(["db ebs/gp3/storage 12.00"]);
    expect(notesOf(manifests).filter((note) => /not_priced|class_assumed/.test(note))).toEqual([]);
  });

  test("one of 100 GiB that a Deployment mounts is $10.00 of gp2, once, whatever its replicas", () => {
    const manifests = [deployment("web", mounting("data"), 3), claim("data", { storageClassName: "gp2" })];

    expect(storageOf(manifests)).toEqual(["web ebs/gp2/storage 10.00"]);
  });

  test("one that two Deployments and a CronJob share is one volume, a third of its $8.00 for each", () => {
    const job = {
      ...{ apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "report" } },
      spec: {
        schedule: "0 3 * * *",
        jobTemplate: { spec: { template: { spec: { containers, volumes: mounting("data") } } } },
      },
    };
    const [web, api] = ["web", "api"].map((name) => deployment(name, mounting("data", "data")));
    const charges = option([web, api, job, claim("data", { storageClassName: "gp3" })]).charges.filter(
      ({ sku, service }) => sku === "ebs/gp3/storage" && service !== null,
    );

    expect(charges.map(({ service }) => service)).toEqual(["web", "api", "report"]);
    expect(charges.reduce((sum, { quantity }) => sum + quantity.toNumber(), 0)).toBeCloseTo(100, 9);
    expect(charges[0]?.cost.toDecimalPlaces(4).toFixed()).toBe("2.6667");
  });

  test("a class says type, IOPS and throughput: 2,000 GiB with 10,000 IOPS and 500 MiB/s as in AWS-EBS-1, a month of it", () => {
    const parameters = { type: "gp3", iops: "10000", throughput: "500", encrypted: "true" };
    const manifests = [
      storageClass("fast", "ebs.csi.aws.com", { parameters }),
      deployment("web", mounting("data")),
      claim("data", { storageClassName: "fast" }, "2000Gi"),
    ];

    // 60 times the $2.667 and $0.583 of its 12 hours of a 30-day month; AWS's example takes $0.06 for a MiB/s, us-east-1 $0.04.
    expect(storageOf(manifests)).toEqual([
      "web ebs/gp3/storage 160.00",
      "web ebs/gp3/iops 35.00",
      "web ebs/gp3/throughput 15.00",
    ]);
  });

  test("iopsPerGB goes by the size, and no further than the type: 50 IOPS of each of 100 GiB of io1 are 5,000, of 10,000 GiB 64,000", () => {
    const fast = storageClass("fast", "ebs.csi.aws.com", { parameters: { type: "io1", iopsPerGB: "50" } });
    const iops = (storage: string) =>
      option([
        fast,
        deployment("web", mounting("data")),
        claim("data", { storageClassName: "fast" }, storage),
      ]).charges.find(({ sku }) => sku === "ebs/io1/iops")?.quantity;

    expect([iops("100Gi")?.toFixed(), iops("10000Gi")?.toFixed()]).toEqual(["5000", "64000"]);
  });

  test("sizes are whole GiB, rounded up: 1.5 GB and 500 MiB are 2 and 1", () => {
    const sizes = ["1500M", "500Mi"].map((storage) => {
      const [service] = workloadOf(
        requestOf([statefulSet([claim("data", { storageClassName: "gp3" }, storage)])]),
      ).services;
      return service?.claims?.[0]?.volume?.sizeGiB;
    });

    expect(sizes).toEqual([2, 1]);
  });

  test("no class named: the default that a manifest defines, else gp3 as an assumption", () => {
    const manifests = [statefulSet([claim("data", {})])];
    const byDefault = {
      metadata: { name: "cold", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    };
    const cold = storageClass("cold", "ebs.csi.eks.amazonaws.com", { ...byDefault, parameters: { type: "sc1" } });

    expect(notesOf(manifests)).toContain(
      "claim_class_assumed: db: no class is named by its claims data, and no manifest has a default: each is taken to be an EBS volume of type gp3.",
    );
    expect(storageOf(manifests)).toEqual(["db ebs/gp3/storage 24.00"]);
    const said = statefulSet([claim("data", {}, "130Gi")]);
    expect(notesOf([said, cold]).filter((note) => /assumed/.test(note))).toEqual([]);
    expect(storageOf([said, cold])).toEqual(["db ebs/sc1/storage 5.85"]);
  });

  test("a generic ephemeral volume is there with its pod: 1,100 jobs of half an hour with 73 GiB each are 55 GB-months", () => {
    const volume = {
      name: "scratch",
      ephemeral: { volumeClaimTemplate: claim("scratch", { storageClassName: "gp3" }, "73Gi") },
    };
    const job = {
      ...{ apiVersion: "batch/v1", kind: "CronJob" },
      metadata: { name: "report", annotations: { "stowage/seconds": "1800" } },
      spec: {
        schedule: "0,20 0-17 * * *",
        jobTemplate: { spec: { template: { spec: { containers, volumes: [volume] } } } },
      },
    };
    const hours = option([job]).charges.find(({ sku, service }) => sku === "ebs/gp3/storage" && service === "report");

    // 36 on each of 30 days, and 20 in the first 10 hours of another; 550 of 730 hours.
    expect(hours?.quantity.toFixed()).toBe("55");
  });

  test("what is not priced is told by its name and why: a class of neither EBS nor EFS, no manifest, no size; and what no pod uses", () => {
    const manifests = [
      storageClass("ceph", "rook-ceph.rbd.csi.ceph.com", { parameters: { type: "replicated" } }),
      deployment("web", mounting("shared", "lost", "vague")),
      claim("shared", { storageClassName: "ceph" }),
      claim("vague", { storageClassName: "gp3", resources: {} }),
      claim("spare", { storageClassName: "gp3" }),
      deployment("off", mounting("spare"), 0),
    ];

    expect(notesOf(manifests).filter((note) => /not_priced/.test(note))).toEqual([
      "claims_not_priced: The storage of 1 PersistentVolumeClaim that no pod uses is not priced.",
      "volumes_not_priced: web: the storage of its claims is not priced: shared (its class is neither of EBS nor of EFS), lost (no manifest defines it), vague (it does not say its size).",
    ]);
    expect(storageOf(manifests)).toEqual([]);
  });

  test("of a size that the type does not have are a problem at their place: st1 begins at 125 GiB", () => {
    const cold = storageClass("cold", "ebs.csi.aws.com", { parameters: { type: "st1" } });
    const workload = workloadOf(
      requestOf([
        cold,
        claim("data", { storageClassName: "cold" }),
        ...["a", "b"].map((one) => deployment(one, mounting("data"))),
      ]),
    );

    expect(checkAgainstBook(workload, virginia)).toEqual([
      {
        code: "volume_size_out_of_range",
        path: "manifests[1].spec.resources.requests.storage",
        message: "storage is 100 GiB; a st1 volume has 125 to 16384 GiB. Choose a size in between, or another type.",
      },
    ]);
  });

  test("an io2 class without IOPS and a type that EBS has not are problems by path, without the value", () => {
    const problems = (parameters: object) => () =>
      workloadOf(requestOf([storageClass("fast", "ebs.csi.aws.com", { parameters }), deployment("web", [])]));

    expect(problems({ type: "io2" })).toThrow("manifests[0].parameters.iops: iops is missing");
    expect(problems({ type: "hunter2" })).toThrow("manifests[0].parameters.type: type must be one of gp2, gp3");
    expect(problems({ type: "hunter2" })).not.toThrow("hunter2");
  });
});

describe("file systems of PersistentVolumeClaims", () => {
  const shared = claim("files", { storageClassName: "efs-sc", accessModes: ["ReadWriteMany"] });
  const efs = storageClass("efs-sc", "efs.csi.aws.com", { parameters: { provisioningMode: "efs-ap" } });

  test("100 GiB of EFS that two Deployments share are $30.00 once, on nodes and on EKS Fargate", () => {
    const manifests = [efs, shared, deployment("web", mounting("files"), 4), deployment("api", mounting("files"))];

    for (const id of ["eks-ec2", "eks-fargate", "fargate"]) {
      expect(storageOf(manifests, id)).toEqual(["web efs/standard/storage 15.00", "api efs/standard/storage 15.00"]);
      expect(codesOf(manifests, id)).toEqual([]);
    }
  });

  test("what the user says is kept in them counts instead: 10 GB are $3.00", () => {
    const usage = { services: { web: { efsStandardGB: 10 } } };

    expect(storageOf([efs, shared, deployment("web", mounting("files"))], "eks-ec2", { usage })).toEqual([
      "web efs/standard/storage 3.00",
    ]);
  });

  test("a claim of many nodes that names no class is taken to be EFS", () => {
    const manifests = [claim("files", { accessModes: ["ReadWriteMany"] }), deployment("web", mounting("files"))];

    expect(storageOf(manifests)).toEqual(["web efs/standard/storage 30.00"]);
    expect(notesOf(manifests).join()).toContain("is taken to be an EFS file system");
  });
});

describe("what cannot mount a claim says so by name", () => {
  const once = [deployment("web", mounting("data")), claim("data", { storageClassName: "gp3" })];

  test("EKS Fargate mounts no EBS; nodes and ECS do", () => {
    expect(codesOf(once, "eks-fargate")).toEqual(["volume_unsupported"]);
    expect(codesOf([statefulSet([claim("data", {})])], "eks-fargate")).toEqual(["volume_unsupported"]);
    for (const id of ["eks-ec2", "fargate", "ec2"]) expect(codesOf(once, id)).toEqual([]);
  });

  test("EBS is on one node at a time: ReadWriteMany of gp3 is refused on nodes, raw io2 is not", () => {
    const many = (more: object) => [
      storageClass("io2", "ebs.csi.aws.com", { parameters: { type: "io2", iops: 100 } }),
      deployment("web", mounting("data")),
      claim("data", { accessModes: ["ReadWriteMany"], ...more }),
    ];

    const { problems } = option(many({ storageClassName: "gp3" }));
    expect(problems).toEqual([
      {
        code: "volume_unsupported",
        path: "manifests[2].spec.accessModes",
        message:
          "web claims default/data on EBS for many nodes at once, and EBS mounts a volume on one. Claim it ReadWriteOnce, or of a class of efs.csi.aws.com.",
      },
    ]);
    expect(codesOf(many({ storageClassName: "io2", volumeMode: "Block" }), "eks-ec2")).toEqual([]);
    expect(codesOf(many({ storageClassName: "io2" }), "eks-ec2")).toEqual(["volume_unsupported"]);
  });

  test("ECS gives each task one volume of its own: neither two of them, nor one for three tasks", () => {
    const two = [statefulSet([claim("data", {}), claim("log", {})])];
    const three = [deployment("web", mounting("data"), 3), claim("data", { storageClassName: "gp3" })];

    for (const id of ["fargate", "ec2"]) {
      expect(codesOf(two, id)).toEqual(["volume_unsupported"]);
      expect(codesOf(three, id)).toEqual(["volume_unsupported"]);
    }
    expect(codesOf(two, "eks-ec2")).toEqual([]);
  });
});

describe("emptyDir", () => {
  test("costs nothing and takes what it may fill of a node's disk: 6 GiB each, 2 pods on each node of 20 GiB, of which pods have 17", () => {
    const manifests = [deployment("web", [{ name: "scratch", emptyDir: { sizeLimit: "6Gi" } }], 6)];
    const { fleet } = option(manifests, "eks-ec2", { cluster: { zones: 1, deploymentRoom: "none" } });

    expect(storageOf(manifests)).toEqual([]);
    expect(fleet?.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  test("in memory takes none of it, and what a pod asks for of the disk holds it", () => {
    const disk = (volume: object, requests: object = {}) => {
      const one = deployment("web", [{ name: "scratch", emptyDir: volume }]);
      one.spec.template.spec.containers = [
        { name: "one", resources: { requests: { cpu: "1", memory: "1Gi", ...requests } } },
      ];
      return workloadOf(requestOf([one])).services[0]?.localDiskGiB;
    };

    expect(disk({ sizeLimit: "6Gi" })).toBe(6);
    expect(disk({ sizeLimit: "6Gi", medium: "Memory" })).toBe(0);
    expect(disk({ sizeLimit: "6Gi" }, { "ephemeral-storage": "4Gi" })).toBe(2);
    expect(disk({ sizeLimit: "6Gi" }, { "ephemeral-storage": "8Gi" })).toBe(0);
  });
});
