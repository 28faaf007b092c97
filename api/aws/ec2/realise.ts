import type { InstanceLife } from "../../core/model/placement.ts";
import type { Realisation } from "../../core/model/realisation.ts";

/** Capacity providers of a cluster, and a strategy's items and weights. Source: botocore ecs 2014-11-13 and its service quotas. */
const providersMax = 20;
const weightMax = 1000;

const evenly = [
  { type: "spread", field: "attribute:ecs.availability-zone" },
  { type: "spread", field: "instanceId" },
];

/**
 * What makes ECS run just this fleet: a capacity provider for the instances with the same tasks on each, as many instances as there are;
 * each service's strategy weighs the providers by the tasks it has on them, and spreads them evenly there.
 */
export function realise(instances: readonly InstanceLife[]): Realisation {
  const alike = Map.groupBy(instances, (life) => JSON.stringify([life.instanceType, sorted(life.tasks)]));
  const seen = new Map<string, number>();
  const providers = [...alike.values()].map((lives) => {
    const { instanceType, tasks } = lives[0] as InstanceLife;
    const number = (seen.get(instanceType) ?? 0) + 1;
    seen.set(instanceType, number);
    const count = lives.reduce((sum, life) => sum + life.count, 0);
    const zones = new Set(lives.map((life) => life.zone)).size;
    return { name: `${instanceType.replace(".", "-")}-${number}`, instanceType, count, zones, tasks };
  });
  const services = [...new Set(providers.flatMap(({ tasks }) => tasks.map(({ service }) => service)))].sort();
  const strategies = services.map((service) => {
    const on = providers.flatMap(({ name, count, tasks }) => {
      const each = tasks.find((task) => task.service === service)?.count ?? 0;
      return each === 0 ? [] : [{ capacityProvider: name, tasks: each * count }];
    });
    const unit = on.reduce((divisor, item) => greatestCommonDivisor(divisor, item.tasks), 0);
    const capacityProviderStrategy = on.map(({ capacityProvider, tasks }) => ({
      capacityProvider,
      weight: tasks / unit,
    }));
    return { service, capacityProviderStrategy, placementStrategy: evenly };
  });
  const weighed = strategies.flatMap(({ capacityProviderStrategy }) =>
    capacityProviderStrategy.map(({ weight }) => weight),
  );
  return {
    capacityProviders: providers.map(({ name, instanceType, count, zones }) => ({ name, instanceType, count, zones })),
    services: strategies,
    obstacles: [
      ...(providers.length > providersMax
        ? [
            `It takes ${providers.length} capacity providers, and a cluster has at most ${providersMax}: part of the services over clusters.`,
          ]
        : []),
      ...(Math.max(0, ...weighed) > weightMax
        ? [`A weight is above ${weightMax}, the largest there is: round the weights, or part the service.`]
        : []),
    ],
  };
}

function sorted(tasks: InstanceLife["tasks"]) {
  return [...tasks].sort((a, b) => (a.service < b.service ? -1 : 1));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
