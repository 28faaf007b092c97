import fc from "fast-check";
import { expect, test } from "vitest";
import type { Estimate } from "../../../api/core/model/comparison.ts";
import { bundledBooks } from "../../core/bundled-books.ts";
import { comparisonOf, optionOf } from "../../core/comparison-of.ts";

const [virginia] = await bundledBooks("us-east-1");

const tasks = fc.array(
  fc.record({
    cpu: fc.constantFrom(64, 256, 500, 1024, 2000),
    memory: fc.constantFrom(128, 512, 1900, 4096),
    desiredCount: fc.integer({ min: 1, max: 14 }),
    networkMode: fc.constantFrom("bridge", "awsvpc"),
  }),
  { minLength: 1, maxLength: 5 },
);

test("ECS itself, given the capacity providers and strategies of the cheapest mix, fills 40 fleets just so", () => {
  fc.assert(
    fc.property(tasks, fc.constantFrom(1, 2, 3), fc.constantFrom("none", "one-task"), (all, zones, deploymentRoom) => {
      const request = {
        region: "us-east-1",
        taskDefinitions: all.map(({ cpu, memory, networkMode }, at) => ({
          ...{ family: `task-${at}`, networkMode },
          containerDefinitions: [{ name: "one", cpu, memory }],
        })),
        services: all.map(({ desiredCount }, at) => ({
          ...{ serviceName: `task-${at}`, taskDefinition: `task-${at}`, desiredCount },
        })),
        cluster: { zones, deploymentRoom, awsvpcTrunking: true },
      };
      const mix = optionOf(comparisonOf({ ...request, options: ["ec2-mixed"] }, virginia), "ec2-mixed");
      const how = mix.realisation;
      fc.pre(how !== null && how.obstacles.length === 0);

      const services = request.services.map((service) => {
        const strategies = how?.services.find(({ service: name }) => name === service.serviceName);
        const { capacityProviderStrategy, placementStrategy } = strategies ?? {};
        return { ...service, capacityProviderStrategy, placementStrategy };
      });
      const capacityProviders = how?.capacityProviders.map(({ name, instanceType, count, zones: names }) => ({
        ...{ name, instanceTypes: [instanceType], count, zones: names },
      }));
      const cluster = { ...request.cluster, deploymentRoom: "none", capacityProviders };
      const own = optionOf(comparisonOf({ ...request, services, cluster, options: ["ec2"] }, virginia), "ec2");

      expect(own.problems).toEqual([]);
      expect(contentsOf(own)).toEqual(contentsOf(mix));
      expect(own.total?.toFixed(6)).toBe(mix.total?.toFixed(6));
    }),
    { seed: 7, numRuns: 40 },
  );
});

/** How many instances of which type hold what, in which zone. */
function contentsOf({ fleet }: Estimate): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { instanceType, zone, tasks: on, count } of fleet ?? []) {
    const key = JSON.stringify([instanceType, zone, on.map((task) => `${task.service} ${task.count}`).sort()]);
    counts[key] = (counts[key] ?? 0) + count;
  }
  return counts;
}
