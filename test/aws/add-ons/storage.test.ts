import { describe, expect, test } from "vitest";
import { checkAgainstBook } from "../../../api/aws/check.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf, workloadOf } from "../../core/comparison-of.ts";
import { assumptionsOf, costsOf, fargateTask } from "./request.ts";

const [book] = await bundledBooks("us-east-1");

const volume = (managedEBSVolume: object) => ({ volumeConfigurations: [{ name: "data", managedEBSVolume }] });
const atLaunch = { volumes: [{ name: "data", configuredAtLaunch: true }] };

describe("volumes at launch", () => {
  const request = (configured: object) => ({
    region: "us-east-1",
    taskDefinitions: [fargateTask("web", atLaunch)],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 3, ...configured }],
  });

  test("three tasks with 100 GiB of gp3, 4,000 IOPS and 225 MiB/s each cost $24, $15 and $12 a month, wherever they run", () => {
    const configured = request(volume({ sizeInGiB: 100, iops: 4000, throughput: 225 }));

    for (const option of ["fargate", "ec2"]) {
      expect(costsOf(configured, option, { service: "web", sku: /^ebs/ })).toEqual({
        "ebs/gp3/storage": "24.00",
        "ebs/gp3/iops": "15.00",
        "ebs/gp3/throughput": "12.00",
      });
    }
  });

  test("of tasks split between Fargate and Fargate Spot cost no more than of all together", () => {
    const capacityProviderStrategy = ["FARGATE", "FARGATE_SPOT"].map((capacityProvider) => ({
      ...{ capacityProvider, weight: 1 },
    }));
    const configured = request({ ...volume({ sizeInGiB: 100 }), capacityProviderStrategy });

    expect(costsOf(configured, "as-configured", { service: "web", sku: /^ebs/ })).toEqual({
      "ebs/gp3/storage": "24.00",
    });
  });

  test("of which nothing says how big they are are an assumption", () => {
    expect(assumptionsOf(request({}), "fargate")).toContain("volume_at_launch_unknown");
    expect(assumptionsOf(request(volume({ sizeInGiB: 100 })), "fargate")).not.toContain("volume_at_launch_unknown");
  });

  test("of type standard are refused on Fargate, and of any type for daemons", () => {
    const standard = comparisonOf(request(volume({ volumeType: "standard", sizeInGiB: 10 })), book);
    expect(optionOf(standard, "fargate").problems.map(({ code }) => code)).toEqual(["volume_type_unsupported"]);
    expect(optionOf(standard, "ec2").problems).toEqual([]);
    const daemon = comparisonOf(request({ ...volume({ sizeInGiB: 10 }), schedulingStrategy: "DAEMON" }), book);
    expect(optionOf(daemon, "ec2").problems.map(({ code }) => code)).toContain("volume_unsupported");
  });

  test.each([
    ["st1", 124, 1],
    ["st1", 125, 0],
    ["gp3", 16_384, 0],
    ["gp3", 16_385, 1],
    ["io2", 3, 1],
  ])("%s of %i GiB: %i problems", (volumeType, sizeInGiB, problems) => {
    const workload = workloadOf(request(volume({ volumeType, sizeInGiB })));

    expect(checkAgainstBook(workload, book).map(({ code }) => code)).toEqual(
      new Array(problems).fill("volume_size_out_of_range"),
    );
  });
});

describe("EFS", () => {
  const request = (usage: object) => ({
    region: "us-east-1",
    taskDefinitions: [
      fargateTask("web", { volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } }] }),
      fargateTask("plain"),
    ],
    usage: { everyService: usage },
  });

  test("is 10 GB at $0.30 of each service that mounts one and says nothing, and nothing of others", () => {
    expect(costsOf(request({}), "fargate", { service: "web", sku: /^efs/ })).toEqual({
      "efs/standard/storage": "3.00",
    });
    expect(costsOf(request({}), "fargate", { service: "plain", sku: /^efs/ })).toEqual({});
    expect(assumptionsOf(request({}), "fargate")).toContain("usage_efsReadGB");
  });

  test("costs reading and writing in Elastic mode, and not where throughput is provisioned", () => {
    const traffic = { efsReadGB: 100, efsWriteGB: 50 };

    expect(costsOf(request(traffic), "fargate", { service: "web", sku: /^efs.elastic/ })).toEqual({
      ...{ "efs/elastic/read": "3.00", "efs/elastic/write": "3.00" },
    });
    expect(
      costsOf(request({ ...traffic, efsProvisionedMiBps: 1.5 }), "fargate", { service: "web", sku: /^efs.(ela|pro)/ }),
    ).toEqual({
      "efs/provisioned-throughput": "6.00",
    });
  });
});

describe("bind mounts", () => {
  const request = (service: object, ephemeralStorage?: object) => ({
    region: "us-east-1",
    taskDefinitions: [fargateTask("web", { volumes: [{ name: "scratch" }], ephemeralStorage })],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 2, ...service }],
    cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
  });
  const instances = (service: object) => {
    const { fleet } = optionOf(comparisonOf(request(service), book), "ec2");
    return fleet?.reduce((sum, { count }) => sum + count, 0);
  };

  test("cost nothing; that they take no room on instances is an assumption until localDiskGiB says how much", () => {
    expect(assumptionsOf(request({}), "ec2")).toContain("local_volumes");
    expect(assumptionsOf(request({}), "fargate")).not.toContain("local_volumes");
    expect(assumptionsOf(request({ localDiskGiB: 10 }), "ec2")).not.toContain("local_volumes");
  });

  test("of 20 GiB a task take two root volumes of 30 GiB, and of 31 GiB none holds them", () => {
    expect([instances({ localDiskGiB: 15 }), instances({ localDiskGiB: 20 })]).toEqual([1, 2]);
    const refused = optionOf(comparisonOf(request({ localDiskGiB: 31 }), book), "ec2");
    expect(refused.problems.length).toBeGreaterThan(0);
  });

  test("and 12 GiB of images beside 25 GiB of them are 7 GiB more than the root volume holds: one of 37 GiB costs $0.56", () => {
    const usage = { everyService: { imageMB: 12_288 } };
    const told = (asked: object, option = "ec2") =>
      optionOf(comparisonOf({ ...asked, options: [option] }, book), option).assumptions.find(({ code }) =>
        code.endsWith("_full"),
      );
    const one = { ...request({ localDiskGiB: 25, desiredCount: 1 }), usage };

    expect(told(one)?.text).toMatch(
      /^The root volume of 30 GiB .* \(m5.large\) 25 GiB of bind .* 12 GiB of images .* 37 GiB/,
    );
    expect(told(one)?.effect?.toFixed(2)).toBe("-0.56");
    expect(told({ ...one, cluster: { ...one.cluster, rootVolume: { sizeInGiB: 37 } } })).toBeUndefined();
    expect(told(request({ localDiskGiB: 25, desiredCount: 1 }))).toBeUndefined();
  });

  test("of two services with one image, that is on the disk once; with two, twice", () => {
    const services = ["a", "b"].map((serviceName) => ({ serviceName, taskDefinition: serviceName }));
    const told = (images: readonly string[]) => {
      const taskDefinitions = images.map((image, at) =>
        fargateTask("ab"[at] ?? "", { containerDefinitions: [{ name: "one", image }] }),
      );
      const asked = { ...request({}), taskDefinitions, services, usage: { everyService: { imageMB: 20_480 } } };
      const { assumptions } = optionOf(comparisonOf({ ...asked, options: ["ec2"] }, book), "ec2");
      return assumptions.filter(({ code }) => code === "ec2_root_volume_full").map(({ text }) => text);
    };

    expect(told(["shop", "shop"])).toEqual([]);
    expect(told(["shop", "till"])).toEqual([expect.stringMatching(/ 0 GiB of bind .* 40 GiB of images .* 40 GiB/)]);
  });

  test("of 25 GiB are more than the 20 GiB of a Fargate task, and fit 30", () => {
    const problemsWith = (ephemeralStorage?: object) =>
      optionOf(comparisonOf(request({ localDiskGiB: 25 }, ephemeralStorage), book), "fargate").problems;

    expect(problemsWith().map(({ code }) => code)).toEqual(["ephemeral_storage_full"]);
    expect(problemsWith({ sizeInGiB: 30 })).toEqual([]);
  });
});
