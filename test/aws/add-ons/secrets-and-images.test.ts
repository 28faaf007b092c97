import { describe, expect, test } from "vitest";
import { costsOf, fargateTask } from "./request.ts";

const secret = (name: string, key = "") => ({
  ...{ name, valueFrom: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-AbCdEf${key}` },
});
const image = (region: string, repository: string) =>
  `123456789012.dkr.ecr.${region}.amazonaws.com/shop/${repository}:1`;

describe("secrets", () => {
  const withSecrets = (family: string, ...secrets: object[]) =>
    fargateTask(family, { containerDefinitions: [{ name: family, secrets }] });
  const request = {
    region: "us-east-1",
    taskDefinitions: [
      withSecrets("web", secret("db", ":user::"), secret("db", ":password::")),
      withSecrets("api", secret("db"), secret("key")),
    ],
    services: ["web", "api"].map((name) => ({ serviceName: name, taskDefinition: name, desiredCount: 1 })),
  };
  const ofSecrets = (service: string) =>
    costsOf(request, "fargate", { service, sku: /^secrets/ })["secrets-manager/secret"];

  test("that two services share are half of each: of $0.80 for two, web pays $0.20 and api $0.60", () => {
    expect([ofSecrets("web"), ofSecrets("api")]).toEqual(["0.20", "0.60"]);
  });

  test("are fetched by each task that starts: 1,000,000 starts with two of them are 2,000,000 calls, $10.00", () => {
    const job = { ...request, services: null, runs: [{ taskDefinition: "api", seconds: 10, times: 1_000_000 }] };

    expect(costsOf(job, "fargate", { service: "api", sku: /^secrets.*requests/ })).toEqual({
      "secrets-manager/requests": "10.00",
    });
  });

  test("in the Parameter Store cost nothing unless they are advanced", () => {
    const parameters = fargateTask("web", {
      containerDefinitions: [{ name: "web", secrets: [{ name: "A", valueFrom: "/a" }] }],
    });
    const standard = { region: "us-east-1", taskDefinitions: [parameters] };
    const advanced = { ...standard, usage: { everyService: { advancedParameterPercent: 100 } } };

    expect(costsOf(standard, "fargate", { service: "web", sku: /^ssm/ })).toEqual({});
    expect(costsOf(advanced, "fargate", { service: "web", sku: /^ssm.advanced-parameter$/ })).toEqual({
      "ssm/advanced-parameter": "0.05",
    });
  });
});

describe("images", () => {
  const withImages = (family: string, ...images: string[]) =>
    fargateTask(family, {
      containerDefinitions: images.map((name, at) => ({ name: `c${at}`, memory: 64, image: name })),
    });

  test("of one repository that two services share are stored once, each paying half; those of Docker Hub are not in ECR", () => {
    const request = {
      region: "us-east-1",
      taskDefinitions: [
        withImages("web", image("us-east-1", "app"), "nginx:1"),
        withImages("api", image("us-east-1", "app")),
      ],
      usage: { services: { web: { imageMB: 2048 }, api: { imageMB: 1024 } }, everyService: { imagesKept: 10 } },
    };
    const storage = (service: string) => costsOf(request, "fargate", { service, sku: /^ecr/ });

    // The app is 1 GB of web's 2: ten versions of it at $0.10.
    expect([storage("web"), storage("api")]).toEqual([
      { "ecr/private/storage": "0.50" },
      { "ecr/private/storage": "0.50" },
    ]);
  });

  describe("from another region", () => {
    const sku = /from/;
    const request = (source: string) => ({
      region: "us-east-1",
      taskDefinitions: [withImages("job", image(source, "job"))],
      runs: [{ taskDefinition: "job", seconds: 60, times: 4096 }],
    });

    test("are pulled at the price of the region they come from at every start of a Fargate task: 1,000 GB", () => {
      const from = (source: string) => costsOf(request(source), "fargate", { service: "job", sku });

      expect(from("us-east-2")).toEqual({ "data-transfer/inter-region/from/us-east-2": "10.00" });
      expect(from("eu-west-1")).toEqual({ "data-transfer/inter-region/from/eu-west-1": "20.00" });
      expect(from("sa-east-1")).toEqual({ "data-transfer/inter-region/from/sa-east-1": "138.00" });
      expect(from("us-east-1")).toEqual({});
    });

    test("are pulled once by an instance, 50 GB of them for $1.00, and not again by what runs as the period begins", () => {
      const large = { ...request("eu-west-1"), usage: { everyService: { imageMB: 51_200 } }, cluster: { zones: 1 } };
      const services = [{ serviceName: "job", taskDefinition: "job", desiredCount: 1 }];

      expect(costsOf(large, "ec2", { service: "job", sku })).toEqual({
        "data-transfer/inter-region/from/eu-west-1": "1.00",
      });
      expect(costsOf({ ...large, runs: null, services }, "ec2", { service: "job", sku })).toEqual({});
    });

    test("of a region without a price are refused by name, where their size is given", () => {
      const sized = { ...request("ap-southeast-9"), usage: { everyService: { imageMB: 100 } } };
      expect(() => costsOf(sized, "fargate", { service: "job", sku })).toThrow(
        "No price for data-transfer/inter-region/from/ap-southeast-9 in us-east-1",
      );
    });
  });
});
