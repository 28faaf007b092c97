import type { ConfiguredAssignments } from "../core/model/catalogue.ts";
import { add, type Fraction, fraction, multiply, one, zero } from "../core/model/fraction.ts";
import { fieldPath, type Problem } from "../core/model/problem.ts";
import type { CapacityProviderStrategyItem, Service, Workload } from "../core/model/workload.ts";
import { named } from "./plan-changes.ts";
import { refusal } from "./task-rules.ts";

/** Launch types as ECS names them, and ours. */
const launchTypes: Record<string, string> = {
  ...{ FARGATE: "fargate", EC2: "ec2" },
  MANAGED_INSTANCES: "ecs-managed-instances",
  EXTERNAL: "ecs-anywhere",
  // Of Kubernetes manifests, which name none.
  KUBERNETES: "eks-ec2",
};
/** ECS's own capacity providers; every other name is the user's Auto Scaling group. */
const providers: Record<string, string> = { FARGATE: "fargate", FARGATE_SPOT: "fargate-spot" };

/** Where one service runs, or why that cannot be said; and what had to be assumed for it. */
interface Reading {
  readonly service: string;
  readonly shares: ReadonlyMap<string, Fraction>;
  readonly problems: readonly Problem[];
  /** Neither a launch type nor a strategy was given. */
  readonly silent: boolean;
  /** Capacity providers taken to be Auto Scaling groups. */
  readonly groups: readonly string[];
}

/**
 * Where the services' own launchType or capacityProviderStrategy puts them. Without either: Fargate where the task definition requires
 * it alone, else EC2, the API's default.
 */
export function asConfigured(workload: Workload): ConfiguredAssignments {
  const readings = workload.services.map((service) =>
    service.capacityProviderStrategy.length > 0 ? byStrategy(service) : byLaunchType(service),
  );
  return {
    assignments: readings.flatMap(({ service, shares }) =>
      [...shares].map(([launchType, share]) => ({ service, launchType, share })),
    ),
    problems: readings.flatMap((reading) => reading.problems),
    assumptions: assumptionsOf(readings),
  };
}

function byLaunchType(service: Service): Reading {
  const launchType = (service.launchType && launchTypes[service.launchType]) ?? silentLaunchType(service);
  return {
    ...{ service: service.name, silent: service.launchType === null, groups: [], problems: [] },
    shares: new Map([[launchType, one]]),
  };
}

function silentLaunchType(service: Service): string {
  const { compatibilities } = service.taskDefinition;
  const [only] = compatibilities;
  return (compatibilities.length === 1 && only !== undefined ? launchTypes[only] : undefined) ?? "ec2";
}

/** Expected share of the service's tasks per launch type: the base first, the rest by weight. */
function byStrategy(service: Service): Reading {
  const items = service.capacityProviderStrategy;
  const groups = items.map((item) => item.capacityProvider).filter((name) => providers[name] === undefined);
  const reading = { service: service.name, silent: false, groups };
  if (groups.length > 0 && groups.length < items.length) {
    const message = `${service.name} mixes Fargate and Auto Scaling group capacity providers, which one strategy cannot hold. Split the service.`;
    const path = fieldPath(service.path, "capacityProviderStrategy");
    return { ...reading, shares: new Map(), problems: [refusal("capacity_providers_mixed", path, message)] };
  }
  const shares = new Map<string, Fraction>();
  for (const item of items) {
    const launchType = providers[item.capacityProvider] ?? "ec2";
    const share = add(shares.get(launchType) ?? zero, shareOf(item, items, service.tasks));
    if (share.numerator > 0n) shares.set(launchType, share);
  }
  return { ...reading, shares, problems: [] };
}

function shareOf(
  item: CapacityProviderStrategyItem,
  items: readonly CapacityProviderStrategyItem[],
  tasks: number,
): Fraction {
  const weights = items.reduce((total, { weight }) => total + weight, 0);
  if (tasks === 0) return fraction(item.weight, Math.max(1, weights));
  const base = Math.min(
    tasks,
    items.reduce((total, other) => total + other.base, 0),
  );
  const own = fraction(Math.min(tasks, item.base), tasks);
  // With every weight 0 only the base can be placed; parsing refuses that strategy, so weights is above 0 here.
  return add(own, multiply(fraction(tasks - base, tasks), fraction(item.weight, Math.max(1, weights))));
}

/** By launch type: what is said where a task definition allows no other. */
const onlyCompatibilities = {
  fargate: "Fargate, the only one",
  "ecs-managed-instances": "Managed Instances, the only ones",
  "ecs-anywhere": "external instances, the only ones",
};

type AssumptionText = [code: string, names: readonly string[], text: (names: string) => string];

function assumptionsOf(readings: readonly Reading[]) {
  const silentOn = (launchType: string) =>
    readings.filter((reading) => reading.silent && reading.shares.has(launchType)).map((reading) => reading.service);
  const groups = readings.flatMap((reading) => reading.groups);
  const split = readings.filter((reading) => reading.shares.size > 1).map((reading) => reading.service);
  const texts: AssumptionText[] = [
    ...Object.entries(onlyCompatibilities).map(
      ([id, only]): AssumptionText => [
        "launch_type_from_compatibilities",
        silentOn(id),
        (names) =>
          `Neither launchType nor a capacity provider strategy is given for ${names}: ${only} requiresCompatibilities names.`,
      ],
    ),
    [
      "launch_type_default",
      silentOn("ec2"),
      (names) => `Neither launchType nor a capacity provider strategy is given for ${names}: EC2, the API's default.`,
    ],
    [
      "capacity_provider_on_demand",
      groups,
      (names) =>
        `Capacity provider ${names}: taken to be an Auto Scaling group of on-demand instances of the cheapest type.`,
    ],
    [
      "capacity_provider_share",
      split,
      (names) =>
        `The tasks of ${names} are split over capacity providers as expected: the base, then by weight, in fractions of a task.`,
    ],
  ];
  return texts
    .filter(([, names]) => names.length > 0)
    .map(([code, names, text]) => ({ code, text: text(named(names)) }));
}
