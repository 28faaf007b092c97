import type { Context, WhatIf } from "../../core/model/launch-type.ts";
import type { VolumeSpecification } from "../../core/model/settings.ts";
import { named, withLaunchType } from "../plan-changes.ts";
import { anyWhatIfs } from "./any-launch-type.ts";
import { diskAssumed, diskFull } from "./disk.ts";
import { ec2WhatIfs } from "./ec2.ts";

const notManaged = ["ec2_root_volume", "ec2_root_volume_full", "ec2_occupied", "ec2_group_chosen"];

const feeOnTop: WhatIf = {
  code: "managed_instances_fee",
  text: () =>
    "The fee follows the type's on-demand price: 12 %, less for G, P and Trainium types since July 2026; it is derived where none is published. Effect: against EC2 instances that nobody manages.",
  without: (plan) => withLaunchType(plan, "ecs-managed-instances", "ec2"),
};

const typesChosen: WhatIf = {
  code: "managed_instances_types",
  text: ({ instances }) =>
    instances.length === 0
      ? null
      : "How ECS chooses types for Managed Instances is not published: the one that makes the tasks cheapest is taken. Instances are replaced about every 14 days; the minutes in which the old and the new one run side by side are not counted.",
  without: () => null,
};

const capacityIgnored: WhatIf = {
  code: "managed_instances_own_capacity",
  text: ({ context }) =>
    context.settings.capacity === null
      ? null
      : "The capacity that cluster describes is that of EC2: Managed Instances are chosen beside it.",
  without: () => null,
};

const networkModeMended: WhatIf = {
  code: "managed_instances_network_mode",
  text: ({ tasks }) => {
    const mended = tasks.filter(({ admission }) =>
      admission.mendable.some(({ code }) => code === "network_mode_unsupported"),
    );
    if (mended.length === 0) return null;
    return `Managed Instances run no bridge networks: priced with network mode awsvpc: ${named(mended.map(({ service }) => service.taskDefinition.id))}.`;
  },
  without: () => null,
};

export function managedInstancesWhatIfs(disk: (context: Context) => VolumeSpecification): readonly WhatIf[] {
  return [
    ...anyWhatIfs,
    ...ec2WhatIfs.filter(({ code }) => !notManaged.includes(code)),
    diskAssumed("managed_instances_data_volume", disk, "the default of Managed Instances"),
    diskFull("managed_instances_data_volume_full", disk),
    feeOnTop,
    typesChosen,
    capacityIgnored,
    networkModeMended,
  ];
}
