import { expect, test } from "vitest";
import { requestsOf } from "../../../api/core/scaling/requests.ts";
import { workloadOf } from "../comparison-of.ts";

const request = (load: object, hours: number, loadBalancers = [{ targetGroupArn: "a" }]) => ({
  ...{ region: "us-east-1", hours, period: { start: "2026-11-02T00:00:00Z" } },
  taskDefinitions: [{ family: "web", cpu: "256", memory: "512", containerDefinitions: [{ name: "web" }] }],
  services: [{ serviceName: "web", taskDefinition: "web", desiredCount: 1, loadBalancers, load }],
});
const inHours = (of: object) => requestsOf(workloadOf(of)).get("web");

test("2 requests a second are 7,200,000 thousandths an hour, and half of that in a last half hour", () => {
  const load = { unit: "requests-per-second", constant: 2 };

  expect(inHours(request(load, 2))).toEqual([7_200_000, 7_200_000]);
  expect(inHours(request(load, 1.5))).toEqual([7_200_000, 3_600_000]);
});

test("hourly values fall in their own hours", () => {
  const daily = Array.from({ length: 24 }, (_, hour) => hour);

  expect(inHours(request({ unit: "requests-per-second", daily, interpolation: "step" }, 3))).toEqual([
    ...[0, 3_600_000, 7_200_000],
  ]);
});

test("without a load balancer, or with a load in vCPU, there are none", () => {
  expect(inHours(request({ unit: "requests-per-second", constant: 2 }, 2, []))).toBeUndefined();
  expect(inHours(request({ unit: "vCPU", constant: 2 }, 2))).toBeUndefined();
});
