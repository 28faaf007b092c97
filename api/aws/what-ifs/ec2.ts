import type { Plan, WhatIf } from "../../core/model/launch-type.ts";
import { defaultZones, rootVolume } from "../ec2/defaults.ts";
import { reservation } from "../ecs-reservation.ts";
import { cheapestSize, neededSize } from "../fargate/size.ts";
import { named, withLaunchType, withServices, withSettings } from "../plan-changes.ts";
import { burstableWhatIfs } from "./burstable.ts";
import { diskAssumed, diskFull } from "./disk.ts";
import { comeAndGo, ec2ScalingWhatIfs } from "./ec2-scaling.ts";
import { portWhatIfs } from "./ports.ts";

const zonesAssumed: WhatIf = {
  code: "ec2_zones",
  text: ({ context }) =>
    context.settings.zones === null
      ? `Every service's tasks are spread evenly over ${defaultZones} zones (cluster.zones). Effect: against one zone.`
      : null,
  without: (plan) => withSettings(plan, { zones: 1 }),
};

const deploymentRoomAssumed: WhatIf = {
  code: "ec2_deployment_room",
  text: ({ context, tasks }) =>
    context.settings.deploymentRoom === null && !comeAndGo({ tasks })
      ? "The fleet keeps room for one rolling deployment at a time, task by task (cluster.deploymentRoom). Effect: against keeping none."
      : null,
  without: (plan) => withSettings(plan, { deploymentRoom: "none" }),
};

const trunkingOff: WhatIf = {
  code: "ec2_awsvpc_trunking",
  text: ({ context, tasks }) => {
    if (context.settings.awsvpcTrunking !== null) return null;
    if (!tasks.some(({ service }) => service.taskDefinition.networkMode === "awsvpc")) return null;
    return "ENI trunking (awsvpcTrunking) is off, as in a new account: each awsvpc task takes a network interface of its own (cluster.awsvpcTrunking). Effect: against trunking on.";
  },
  without: (plan) => withSettings(plan, { awsvpcTrunking: true }),
};

const memoryFitted: WhatIf = {
  code: "ec2_registered_memory",
  text: ({ instances }) =>
    instances.length === 0
      ? null
      : "Instances register less memory than nominal with ECS, as observed or, for most types, as fitted; the fleet shows how much. Effect: against the nominal.",
  without: (plan) => withSettings(plan, { registeredMemory: "nominal" }),
};

const kindsLeftOut: WhatIf = {
  code: "ec2_types_left_out",
  text: ({ context }) =>
    context.settings.allowedKinds.length === 0 && context.settings.instanceTypes === null
      ? "Burstable, flex, previous-generation and bare-metal types are left out, and types whose price is in doubt (cluster.allow). Effect: against allowing the first four."
      : null,
  without: (plan) => withSettings(plan, { allowedKinds: ["burstable", "flex", "previous-generation", "bare-metal"] }),
};

/** ECS counts a missing CPU as 0, so such tasks share what others leave: cheap, and perhaps starved. */
const cpuCountedZero: WhatIf = {
  code: "ec2_cpu_counts_zero",
  text: ({ tasks }) => {
    const without = tasks.filter(({ admission }) => admission.demand.resources.cpu === 0);
    if (without.length === 0) return null;
    return `No CPU is set in ${named(without.map(({ service }) => service.taskDefinition.id))}: ECS counts 0 CPU units when it places them. Effect: against the CPU of the smallest Fargate size that holds them.`;
  },
  without: (plan, context) =>
    withServices(plan, (service) => {
      const task = service.taskDefinition;
      if (reservation(task).cpuUnits > 0) return service;
      const size = cheapestSize(neededSize(task), task, {
        context,
        skuPrefix: `fargate/${task.operatingSystem}/${task.architecture}`,
      });
      return { ...service, taskDefinition: { ...task, cpuUnits: size?.cpuUnits ?? 0 } };
    }),
};

const runsScale: WhatIf = {
  code: "ec2_runs_scale",
  text: ({ tasks }) =>
    tasks.some(({ service }) => service.lifetime.kind === "runs") && !comeAndGo({ tasks })
      ? "Instances that only runs need are there just while the runs last (managed scaling, no warm-up counted). Effect: against keeping them all the time."
      : null,
  // A run is never deployed anew: kept all the time, it still wants no room for that.
  without: (plan) =>
    withServices(plan, (service) =>
      service.lifetime.kind === "runs" ? { ...service, lifetime: { kind: "always" }, maximumPercent: 100 } : service,
    ),
};

const inOrderOfSize: WhatIf = {
  code: "ec2_placement_order",
  text: ({ context, tasks }) => {
    if (comeAndGo({ tasks })) return null;
    return context.settings.capacity === null
      ? "A cluster of their own: tasks are placed one after another as ECS places them, the service with the largest tasks first (unpublished: another order can need another instance)."
      : "Tasks are placed one after another as ECS places them, the service with the largest tasks first (unpublished: another order can need another instance).";
  },
  without: () => null,
};

const spreadByDefault: WhatIf = {
  code: "ec2_spread",
  text: ({ tasks }) => {
    const spread = tasks.filter(({ service }) => service.placementStrategy.length === 0 && !service.daemon);
    if (spread.length === 0) return null;
    return `Without a placement strategy ECS spreads the tasks of ${named(spread.map(({ service }) => service.name))} over zones, then over instances. Effect: against packing them by memory within each zone (binpack).`;
  },
  without: packedWithinZones,
};

/** The same plan with the tasks of services that say nothing packed by memory within each zone. */
export function packedWithinZones(plan: Plan): Plan {
  return withServices(plan, (service) =>
    service.placementStrategy.length > 0 || service.daemon
      ? service
      : { ...service, placementStrategy: packedByMemory },
  );
}

const packedByMemory = [
  { type: "spread", field: "attribute:ecs.availability-zone" },
  { type: "binpack", field: "memory" },
];

const zoneLossSurvived: WhatIf = {
  code: "ec2_zone_loss",
  text: ({ context }) =>
    context.settings.surviveZoneLoss
      ? "Any one zone can be lost and the others hold every task (cluster.surviveZoneLoss). Effect: what surviving it costs."
      : null,
  without: (plan) => withSettings(plan, { surviveZoneLoss: false }),
};

const instancesKeptEmpty: WhatIf = {
  code: "ec2_target_capacity",
  text: ({ context }) =>
    context.settings.targetCapacityPercent === null
      ? null
      : `At most ${context.settings.targetCapacityPercent} % of the instances are in use, the others are kept empty (cluster.targetCapacity). Effect: against 100 %.`,
  without: (plan) => withSettings(plan, { targetCapacityPercent: null }),
};

const spotDiversified: WhatIf = {
  code: "ec2_spot_types",
  text: ({ context }) =>
    context.settings.spotInstanceTypesMin > 1
      ? `Spot instances are of ${context.settings.spotInstanceTypesMin} types in turn, so that one pool can dry up (cluster.spotInstanceTypesMin). Effect: against one type.`
      : null,
  without: (plan) => withSettings(plan, { spotInstanceTypesMin: 1 }),
};

const runningAlready: WhatIf = {
  code: "ec2_occupied",
  text: ({ instances }) => {
    const count = instances.reduce((sum, life) => sum + (life.existing ? life.count : 0), 0);
    if (count === 0) return null;
    return `${count} instances run already (cluster.occupied) and cost the tasks nothing: the total is what they add. Effect: against a cluster of their own.`;
  },
  without: (plan) => withSettings(plan, { capacity: null }),
};

/** Of purchase options that bind for a year. */
export const committedForAYear: WhatIf = {
  code: "ec2_committed",
  text: () =>
    "The rate is paid for every hour of a year, used or not; the period's part of it is shown. Effect: against on demand.",
  without: (plan) =>
    ["ec2-reserved", "ec2-savings-plan"].reduce((changed, id) => withLaunchType(changed, id, "ec2"), plan),
};

const spotPriceHolds: WhatIf = {
  code: "ec2_spot_price_holds",
  text: () =>
    "The Spot price of its date is taken for the whole period, with no interruptions and Spot capacity always there. Effect: against EC2 on demand.",
  without: (plan) => withLaunchType(plan, "ec2-spot", "ec2"),
};

export const ec2WhatIfs: readonly WhatIf[] = [
  zonesAssumed,
  deploymentRoomAssumed,
  trunkingOff,
  memoryFitted,
  diskAssumed("ec2_root_volume", rootVolume, "as the ECS-optimized AL2023 image has"),
  diskFull("ec2_root_volume_full", rootVolume),
  kindsLeftOut,
  ...burstableWhatIfs,
  cpuCountedZero,
  runsScale,
  spreadByDefault,
  inOrderOfSize,
  zoneLossSurvived,
  instancesKeptEmpty,
  runningAlready,
  ...portWhatIfs,
  ...ec2ScalingWhatIfs,
];

export const ec2SpotWhatIfs: readonly WhatIf[] = [...ec2WhatIfs, spotPriceHolds, spotDiversified];
