import { describe, expect, test } from "vitest";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";

const [virginia, beijing] = await bundledBooks("us-east-1", "cn-north-1");

function web(asked: { task?: object; service?: object; request?: object } = {}) {
  return {
    region: "us-east-1",
    taskDefinitions: [
      { family: "web", containerDefinitions: [{ name: "web", cpu: 512, memory: 1024 }], ...asked.task },
    ],
    services: [
      { serviceName: "web", taskDefinition: "web", desiredCount: 6, launchType: "EXTERNAL", ...asked.service },
    ],
    options: ["fargate"],
    ...asked.request,
  };
}

function configured(asked: object, book = virginia) {
  return optionOf(comparisonOf(asked, book), "as-configured");
}

describe("ECS Anywhere", () => {
  test("tasks cost nothing, each machine $7.48 a month whatever runs on it, and 4 of them $29.93", () => {
    const { total, charges, launchType } = configured(
      web({ request: { usage: { cluster: { externalInstances: 4 } } } }),
    );

    expect(launchType).toBe("ecs-anywhere");
    expect(charges.map(({ sku, quantity }) => [sku, quantity.toFixed()])).toEqual([["ecs-anywhere/instance", "2920"]]);
    expect(total?.toFixed()).toBe("29.93");
  });

  test("how many there are is in no document: one, with its effect of $7.48, and none cost nothing", () => {
    const { assumptions, total } = configured(web());

    expect(total?.toFixed()).toBe("7.4825");
    expect(assumptions.find(({ code }) => code === "usage_externalInstances")?.effect?.toFixed()).toBe("7.4825");
    const none = web({ request: { usage: { cluster: { externalInstances: 0 } } } });
    expect(configured(none).total?.toFixed()).toBe("0");
  });

  test("that the machines themselves are not counted is said, and the option is never the one recommended", () => {
    const { cheapest, recommended, options } = comparisonOf(web({ task: { cpu: "512", memory: "1024" } }), virginia);
    const codes = options.find(({ id }) => id === "as-configured")?.assumptions.map(({ code }) => code);

    expect([cheapest, recommended]).toEqual(["as-configured", null]);
    expect(codes).toEqual(expect.arrayContaining(["external_machines", "external_free_hours"]));
    const onEc2 = comparisonOf(web({ request: { options: ["ec2"] } }), virginia);
    expect([onEc2.cheapest, onEc2.recommended?.option]).toEqual(["as-configured", "ec2"]);
    expect(onEc2.recommended?.reason).toMatch(/as-configured would be USD .* less but does not count the machines/);
  });

  test.each([
    ["awsvpc", { task: { networkMode: "awsvpc" } }, "network_mode_unsupported", "taskDefinitions[0].networkMode"],
    [
      "a load balancer",
      { service: { loadBalancers: [{ targetGroupArn: "a" }] } },
      "load_balancer_unsupported",
      "services[0].loadBalancers",
    ],
    [
      "EFS",
      { task: { volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } }] } },
      "volume_unsupported",
      "taskDefinitions[0].volumes",
    ],
    [
      "EBS volumes",
      { service: { volumeConfigurations: [{ name: "data", managedEBSVolume: { sizeInGiB: 10 } }] } },
      "volume_unsupported",
      "services[0].volumeConfigurations",
    ],
  ])("%s is refused at its field", (_, asked, code, path) => {
    const found = configured(web(asked)).problems.map((problem) => [problem.code, problem.path]);

    expect(found).toContainEqual([code, path]);
  });

  test("asked for by name it is an option of its own, also of tasks that say nothing", () => {
    const asked = web({ service: { launchType: "EC2" }, request: { options: ["ecs-anywhere"] } });

    expect(optionOf(comparisonOf(asked, virginia), "ecs-anywhere").total?.toFixed()).toBe("7.4825");
  });

  test("images do not come through NAT gateways: two of them cost their hours and addresses alone, $73.00", () => {
    const usage = { cluster: { natGateways: 2, externalInstances: 0 } };
    const asked = web({ task: { containerDefinitions: [{ name: "web", image: "web", memory: 512 }] } });
    const runs = [{ taskDefinition: "web", tasks: 10, seconds: 60, times: 100, launchType: "EXTERNAL" }];

    expect(configured({ ...asked, services: undefined, runs, usage }).total?.toFixed(2)).toBe("73.00");
  });

  test("in China, where there is none, the price is missing by name", () => {
    const { problems } = configured(web({ request: { region: "cn-north-1" } }), beijing);

    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ["price_missing", expect.stringContaining("ecs-anywhere/instance in cn-north-1")],
    ]);
  });
});
