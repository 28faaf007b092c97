import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bundledBooks } from "../bundled-books.ts";
import { causesOf, differenceBetween, differenceOf, keptAnswer } from "./difference-between.ts";

const [virginia, frankfurt] = await bundledBooks("us-east-1", "eu-central-1");
const options = ["fargate", "fargate-spot", "ec2"];

describe("on Fargate,", () => {
  test("twice as many tasks of half a vCPU and 1 GB are $108.12 more, all of it count", () => {
    expect(fargate(web(6), web(12))).toEqual({ count: "108.1203" });
  });

  test("six tasks of twice the size are $108.12 more, all of it shape", () => {
    expect(fargate(web(6), web(6, { cpu: "1024", memory: "2048" }))).toEqual({ shape: "108.1203" });
  });

  test("nine instead of six, of twice the size, are $216.24 more: $135.15 of shape and $81.09 of count", () => {
    expect(fargate(web(6), web(9, { cpu: "1024", memory: "2048" }))).toEqual({
      shape: "135.150375",
      count: "81.090225",
    });
  });

  test("10 % off every price of Fargate is $10.81 less, all of it price", () => {
    const rateCard = { discounts: [{ sku: "fargate/*", percent: "10" }] };

    expect(fargate(web(6), { ...web(6), rateCard })).toEqual({ price: "-10.81203" });
  });

  test("the same in Frankfurt, where prices are others, is price alone", () => {
    const is = keptAnswer({ ...web(6), region: "eu-central-1" }, frankfurt);
    const difference = differenceBetween(keptAnswer(web(6), virginia), is);

    expect(Object.keys(causesOf(differenceOf(difference, "fargate")))).toEqual(["price"]);
    expect(difference.inputs).toContainEqual({ name: "region", was: "us-east-1", is: "eu-central-1" });
  });

  test("six tasks on ARM instead of x86 are $21.62 less, all of it shape", () => {
    const arm = web(6, { runtimePlatform: { cpuArchitecture: "ARM64" } });

    expect(fargate(web(6), arm)).toEqual({ shape: "-21.6153" });
  });

  test("half the hours are $54.06 less, all of it period", () => {
    expect(fargate(web(6), { ...web(6), hours: 365 })).toEqual({ period: "-54.06015" });
  });

  test("twice the tasks in half the hours are as many task-hours: neither count nor period", () => {
    expect(fargate(web(6), { ...web(12), hours: 365 })).toEqual({});
  });

  test("a job that runs as long in half the hours has neither period nor count", () => {
    const job = {
      ...web(0),
      services: undefined,
      runs: [{ taskDefinition: "web", tasks: 5, seconds: 600, times: 30 }],
    };

    expect(fargate(job, { ...job, hours: 365 })).toEqual({});
  });

  test("a service that comes is count, with the logs and the public addresses that come with it", () => {
    const configuration = { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } };
    const api = { ...web(2).services[0], serviceName: "api", networkConfiguration: configuration };
    const both = { ...web(6), services: [...web(6).services, api] };
    const { causes, services } = differenceOf(
      differenceBetween(keptAnswer(web(6), virginia), keptAnswer(both, virginia)),
      "fargate",
    );

    expect(causes.map(({ cause, amount }) => [cause, amount.toFixed()])).toEqual([["count", "43.3401"]]);
    expect(causes[0]?.lines.map(({ sku }) => sku)).toContain("public-ipv4/in-use");
    expect(services).toMatchObject([{ service: "web" }, { service: "api" }]);
  });

  test("5 GB of logs more of a service that logs 5 GB are $2.52 more, all of it usage", () => {
    const logging = web(6, {}, { logConfiguration: { logDriver: "awslogs" } });
    const more = { ...logging, usage: { everyService: { logGB: 10 } } };

    expect(fargate(logging, more)).toEqual({ usage: "2.5225" });
  });

  test("10 % of support on twice as many tasks goes to count as they do", () => {
    const usage = { cluster: { supportPercent: 10 } };

    expect(fargate({ ...web(6), usage }, { ...web(12), usage })).toEqual({ count: "118.93233" });
  });

  test("a service that is scaled instead of always at its number of tasks differs in count, and by its alarms in usage", () => {
    const input = JSON.parse(readFileSync(new URL("../../golden/scaled-web/input.json", import.meta.url), "utf8"));
    const scaled = { ...input, hours: 168, options: ["fargate"] };
    const services = input.services.map(({ scaling: _, load: __, ...service }: Record<string, unknown>) => service);

    const { causes } = optionBetween({ ...scaled, services }, scaled, "fargate");
    expect(causes.map(({ cause }) => cause)).toEqual(["count", "usage"]);
    expect(causes[1]?.lines.map(({ sku }) => sku)).toEqual(["cloudwatch/alarm/standard"]);
  });

  test("a service that moves to Fargate Spot is $73.70 less as configured, all of it launch type", () => {
    const on = (capacityProvider: string) => ({
      ...web(6),
      services: [{ ...web(6).services[0], capacityProviderStrategy: [{ capacityProvider, weight: 1 }] }],
    });

    expect(found(on("FARGATE"), on("FARGATE_SPOT"), "as-configured")).toEqual({ "launch-type": "-73.703421" });
  });
});

describe("on EC2,", () => {
  test("twice as many tasks on instances as full as before are $174.74 more, all of it count", () => {
    expect(found(web(6), web(12), "ec2")).toEqual({ count: "174.735" });
  });

  test("the same tasks on burstable instances are $120.11 less, all of it packing, by instance type", () => {
    const { causes } = optionBetween(web(6), { ...web(6), cluster: { allow: ["burstable"] } }, "ec2");

    expect(causes.map(({ cause }) => cause)).toEqual(["packing"]);
    expect(causes[0]?.lines.map(({ sku, amount }) => [sku, amount.toFixed(2)])).toEqual([
      ["ec2/linux/c6a.large", "-223.38"],
      ["ec2/linux/t3a.small", "96.07"],
      ["ebs/gp3/storage", "7.20"],
    ]);
  });

  test("20 % off the type they run on anyway is price alone", () => {
    const rateCard = { discounts: [{ sku: "ec2/linux/c6a.large", percent: "20" }] };

    expect(found(web(6), { ...web(6), rateCard }, "ec2")).toEqual({ price: "-44.676" });
  });

  test("half the hours are $116.49 less with the room that nobody takes, all of it period", () => {
    expect(found(web(6), { ...web(6), hours: 365 }, "ec2")).toEqual({ period: "-116.49" });
  });

  test("twelve tasks of twice the size, of which instances hold half as many, are $195.54 more, all of it shape", () => {
    const bridged = web(12, { networkMode: "bridge" });
    const large = web(12, { networkMode: "bridge", cpu: "1024", memory: "2048" });

    expect(found(bridged, large, "ec2")).toEqual({ shape: "195.54" });
  });

  test("where network interfaces bind, twice the size is $7.13 of shape, and the fleet with room for it $20.61 of packing", () => {
    expect(found(web(6), web(6, { cpu: "1024", memory: "2048" }), "ec2")).toEqual({
      shape: "7.128745",
      packing: "20.611255",
    });
  });

  test("128 MiB more that fit beside the rest cost nothing, and that is said", () => {
    const { causes, withoutCost } = optionBetween(web(6), web(6, { memory: "1152" }), "ec2");

    expect(causes).toEqual([]);
    expect(withoutCost).toMatchObject([{ service: "web", launchType: "ec2", what: "shape" }]);
  });
});

describe("an option", () => {
  const gpu = [{ type: "GPU", value: "1" }];

  test("that was not feasible, or not asked for, has no difference and says so", () => {
    const difference = differenceBetween(
      keptAnswer({ ...web(6, {}, { resourceRequirements: gpu }), options: ["fargate"] }, virginia),
      keptAnswer({ ...web(6), options: ["fargate", "ec2"] }, virginia),
    );

    expect(difference.options.find(({ id }) => id === "fargate")).toMatchObject({
      ...{ state: { was: "not-feasible", is: "priced" }, causes: [], services: [] },
    });
    expect(difference.options.find(({ id }) => id === "ec2")).toMatchObject({ state: { was: "absent", is: "priced" } });
  });

  test("in the second comparison comes in its order, and the cheapest and recommended of both are told", () => {
    const difference = differenceBetween(
      keptAnswer({ ...web(6), options: ["ec2"] }, virginia),
      keptAnswer({ ...web(6), options: ["fargate"] }, virginia),
    );

    expect(difference.options.map(({ id }) => id)).toEqual(["fargate", "as-configured", "ec2"]);
    expect(difference.cheapest).toEqual({ was: "ec2", is: "fargate" });
    expect(difference.recommended).toEqual({ was: "ec2", is: "fargate" });
  });
});

test("another revision of a task definition is told among what was asked", () => {
  const at = (revision: number) => keptAnswer(web(6, { revision }), virginia);

  expect(differenceBetween(at(3), at(4)).inputs).toEqual([{ name: "taskDefinitions", was: "web:3", is: "web:4" }]);
});

function web(desiredCount: number, definition: object = {}, container: object = {}) {
  return {
    region: "us-east-1",
    options,
    taskDefinitions: [
      {
        ...{ family: "web", networkMode: "awsvpc", cpu: "512", memory: "1024" },
        ...definition,
        containerDefinitions: [{ name: "web", ...container }],
      },
    ],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount }],
  };
}

function optionBetween(was: unknown, is: unknown, id: string) {
  return differenceOf(differenceBetween(keptAnswer(was, virginia), keptAnswer(is, virginia)), id);
}

function found(was: unknown, is: unknown, id: string) {
  return causesOf(optionBetween(was, is, id));
}

function fargate(was: unknown, is: unknown) {
  return found(was, is, "fargate");
}
