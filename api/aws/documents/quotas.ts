import type { z } from "zod";

interface Quota {
  readonly value: number;
  readonly source: string;
  readonly asOf: string;
}

/** What the API itself refuses to take; the documents are held to the same. */
export const quotas = {
  strategyItems: { value: 20, source: "botocore ecs 2014-11-13, CapacityProviderStrategy", asOf: "2026-08-07" },
  strategyWeight: {
    value: 1000,
    source: "botocore ecs 2014-11-13, CapacityProviderStrategyItemWeight",
    asOf: "2026-08-07",
  },
  strategyBase: {
    value: 100_000,
    source: "botocore ecs 2014-11-13, CapacityProviderStrategyItemBase",
    asOf: "2026-08-07",
  },
  placementStrategies: {
    value: 5,
    source: "botocore ecs 2014-11-13, CreateServiceRequest.placementStrategy",
    asOf: "2026-08-07",
  },
  placementConstraints: {
    value: 10,
    source: "botocore ecs 2014-11-13, CreateServiceRequest.placementConstraints",
    asOf: "2026-08-07",
  },
  expressionCharacters: {
    value: 2000,
    source: "botocore ecs 2014-11-13, PlacementConstraint.expression",
    asOf: "2026-08-07",
  },
  scalingStep: { value: 10_000, source: "botocore ecs 2014-11-13, ManagedScalingStepSize", asOf: "2026-08-07" },
  instanceWarmup: {
    value: 10_000,
    source: "botocore ecs 2014-11-13, ManagedScalingInstanceWarmupPeriod",
    asOf: "2026-08-07",
  },
} as const satisfies Record<string, Quota>;

/** The list, unless it is longer than ECS takes. */
export function atMost<T, I>(quota: Quota, list: z.ZodType<T[], I>) {
  return list.transform((items, context) => {
    if (items.length > quota.value) {
      const message = `has ${items.length} items; at most ${quota.value} are accepted`;
      context.addIssue({ code: "custom", message, params: { code: "too_many" } });
    }
    return items;
  });
}
