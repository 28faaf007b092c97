import type { Context } from "../../core/model/launch-type.ts";
import type { InstanceLife } from "../../core/model/placement.ts";
import type { Realisation } from "../../core/model/realisation.ts";
import { zoneNames } from "./defaults.ts";

/** Capacity providers of a cluster, and a strategy's items and weights. Source: botocore ecs 2014-11-13 and its service quotas. */
const providersMax = 20;
const weightMax = 1000;

/** All instances of a provider hold the same, so that tasks spread over them alone come out as planned; zones would count others too. */
const evenly = [{ type: "spread", field: "instanceId" }];

/**
 * What makes ECS run just this fleet: a capacity provider for the instances with the same tasks on each, as many instances as there are;
 * each service's strategy weighs the providers by the tasks it has on them, and spreads them evenly there.
 */
export function realise(instances: readonly InstanceLife[], context: Context): Realisation {
  const seen = new Map<string, number>();
  const providers = alike(instances).map(({ life, count, zones }) => {
    const number = (seen.get(life.instanceType) ?? 0) + 1;
    seen.set(life.instanceType, number);
    const names = zones.map((zone) => zoneNames(context)[zone] ?? "");
    return { ...life, name: `${life.instanceType.replace(".", "-")}-${number}`, count, zones: names };
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

/** Instances with the same tasks, over zones with as many of them each: so that they come out even there. */
function alike(instances: readonly InstanceLife[]) {
  const groups = Map.groupBy(instances, (life) => JSON.stringify([life.instanceType, sorted(life.tasks)]));
  return [...groups.values()].flatMap((lives) => {
    const inZones = Map.groupBy(lives, ({ zone }) => zone);
    const counts = [...inZones].map(([zone, own]) => ({ zone, count: own.reduce((sum, { count }) => sum + count, 0) }));
    return [...Map.groupBy(counts, ({ count }) => count)].map(([count, same]) => ({
      life: lives[0] as InstanceLife,
      count: count * same.length,
      zones: same.map(({ zone }) => zone).sort((a, b) => a - b),
    }));
  });
}

function sorted(tasks: InstanceLife["tasks"]) {
  return [...tasks].sort((a, b) => (a.service < b.service ? -1 : 1));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
