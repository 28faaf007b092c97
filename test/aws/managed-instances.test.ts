import { describe, expect, test } from "vitest";
import { bundledBooks } from "../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../core/comparison-of.ts";

const [virginia, beijing] = await bundledBooks("us-east-1", "cn-north-1");
const id = "ecs-managed-instances";

function web(networkMode: string, asked: object = {}) {
  return {
    region: "us-east-1",
    taskDefinitions: [{ family: "web", networkMode, containerDefinitions: [{ name: "web", cpu: 512, memory: 1024 }] }],
    services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 6 }],
    options: [id, "ec2"],
    ...asked,
  };
}

describe("ECS Managed Instances", () => {
  test("a derived fee is an estimate, so that the option is never the recommended one, however cheap", () => {
    const services = [{ taskDefinition: "web", desiredCount: 6, launchType: "MANAGED_INSTANCES" }];
    const asked = web("awsvpc", { services, options: [id], cluster: { instanceTypes: ["m7i.large"] } });
    const comparison = comparisonOf(asked, virginia);

    const option = optionOf(comparison, id);
    const fee = option.charges.find(({ sku }) => sku === `${id}/m7i.large`);
    expect([fee?.price.unitPrice.toString(), fee?.price.estimated]).toEqual(["0.012096", true]);
    expect([comparison.cheapest, comparison.recommended]).toEqual([id, null]);
  });

  test("the fee is told as what managing costs: against the same tasks on EC2", () => {
    const comparison = comparisonOf(web("awsvpc", { cluster: { instanceTypes: ["c6a.2xlarge"] } }), virginia);

    const option = optionOf(comparison, id);
    const effect = option.assumptions.find(({ code }) => code === "managed_instances_fee")?.effect;
    expect(effect?.toFixed()).toBe(option.total?.minus(optionOf(comparison, "ec2").total ?? 0).toFixed());
    expect(effect?.gt(0)).toBe(true);
  });

  test("80 GiB of disk each unless told: 3 instances have 240 GB-months of gp3", () => {
    const option = optionOf(comparisonOf(web("awsvpc", { cluster: { instanceTypes: ["c6a.2xlarge"] } }), virginia), id);

    expect(option.fleet?.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(option.charges.find(({ sku }) => sku === "ebs/gp3/storage")?.quantity.toFixed()).toBe("240");
  });

  test("a task in bridge mode is priced with awsvpc, and that is said; host mode stays", () => {
    const codes = (networkMode: string) =>
      optionOf(comparisonOf(web(networkMode), virginia), id).assumptions.map(({ code }) => code);

    expect(codes("bridge")).toContain("managed_instances_network_mode");
    expect(codes("host")).not.toContain("managed_instances_network_mode");
  });

  test("is not among the options unless asked for, and has no types where no fee is known", () => {
    const { options, ...silent } = web("awsvpc");
    expect(comparisonOf(silent, virginia).options.map((option) => option.id)).not.toContain(id);

    const inChina = optionOf(comparisonOf(web("awsvpc", { region: "cn-north-1" }), beijing), id);
    expect(inChina.total).toBeNull();
    expect(inChina.problems).toContainEqual({
      ...{ code: "price_missing", path: "" },
      message: expect.stringContaining("ecs-managed-instances/"),
    });
  });
});
