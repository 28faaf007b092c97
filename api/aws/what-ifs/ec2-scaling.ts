import type { CapacityProvider, GroupGrowth, ManagedScaling } from "../../core/model/capacity.ts";
import type { WhatIf, WhatIfFacts } from "../../core/model/launch-type.ts";
import { chosenGrowth } from "../ec2/growth.ts";
import { named } from "../plan-changes.ts";

/** Whether instances come and go with tasks, so that what is assumed of a fleet that stays is not. */
export function comeAndGo({ tasks }: Pick<WhatIfFacts, "tasks">): boolean {
  return tasks.some(({ service }) => service.lifetime.kind === "scaled");
}

/** A sentence about the groups of which something holds; null: there are none such, or nothing scales. */
function of(
  facts: WhatIfFacts,
  isMeant: (growth: GroupGrowth, provider: CapacityProvider | null) => boolean,
  sentence: (whose: string, growth: GroupGrowth) => string,
): string | null {
  if (!comeAndGo(facts)) return null;
  const { settings } = facts.context;
  const given = settings.capacity?.providers ?? [];
  const groups: { growth: GroupGrowth; provider: CapacityProvider | null }[] =
    given.length === 0
      ? [{ growth: chosenGrowth(settings), provider: null }]
      : given.map((provider) => ({ growth: provider.growth, provider }));
  const meant = groups.filter(({ growth, provider }) => isMeant(growth, provider));
  const alike = Map.groupBy(meant, ({ growth }) => sentence("", growth));
  const sentences = [...alike.values()].map((same) => {
    const names = same.flatMap(({ provider }) => provider?.name ?? []);
    return sentence(names.length === 0 ? "" : ` of ${named(names)}`, (same[0] as (typeof same)[number]).growth);
  });
  return sentences.length === 0 ? null : sentences.join(" ");
}

const isOpen = (provider: CapacityProvider | null) => provider === null || provider.countMin !== provider.countMax;

const typeChosen: WhatIf = {
  code: "ec2_group_chosen",
  text: (facts) =>
    of(
      facts,
      (_, provider) => provider === null,
      () =>
        "One group with managed scaling, from no instance up, is taken for all tasks of an architecture: of up to four types that are played out, the cheapest under which load goes unmet for at most 1 % of the period longer than under the best (cluster.capacityProviders sets others).",
    ),
  without: () => null,
};

const managedModelled: WhatIf = {
  code: "ec2_managed_scaling",
  text: (facts) =>
    of(
      facts,
      ({ managed }, provider) => managed !== null && isOpen(provider),
      (whose, { managed }) => {
        const { datapointsOut, datapointsIn, warmupSeconds, targetCapacityPercent } = managed as ManagedScaling;
        return `Managed scaling${whose} is modelled on what AWS has told of it: each minute M / N is M instances needed over N there are, and there are to be ceil(M × 100 / ${targetCapacityPercent}), from none two; out after ${datapointsOut} such minute above the target and ${warmupSeconds} s after the last launch, in after ${datapointsIn} below it, by less than half in a minute (managedScaling).`;
      },
    ),
  without: () => null,
};

const neededModelled: WhatIf = {
  code: "ec2_instances_needed",
  text: (facts) =>
    of(
      facts,
      ({ managed }, provider) => managed !== null && isOpen(provider),
      () =>
        "Of constraints only distinctInstance counts for the instances that waiting tasks need, of several kinds of tasks the one that needs most, and tasks larger than a group's smallest type ask for none; how ECS puts kinds together is not published.",
    ),
  without: () => null,
};

const instanceStart: WhatIf = {
  code: "ec2_instance_start",
  text: (facts) =>
    of(
      facts,
      (_, provider) => isOpen(provider),
      (whose, { instanceStartSeconds }) =>
        `An instance${whose} takes tasks ${instanceStartSeconds} s after its launch, and is billed from the launch (capacityProviders[].instanceStartSeconds).`,
    ),
  without: () => null,
};

const zonesBalanced: WhatIf = {
  code: "ec2_zone_balance",
  text: (facts) =>
    of(
      facts,
      (_, provider) => isOpen(provider),
      () =>
        "A new instance goes to the zone with the fewest of its group, and one is ended in the zone with the most that has an idle one, the newest first; zones are not evened out otherwise.",
    ),
  without: () => null,
};

const idleFirst: WhatIf = {
  code: "ec2_idle_first",
  text: (facts) =>
    of(
      facts,
      ({ managed, busyProtected }, provider) => managed !== null && !busyProtected && isOpen(provider),
      (whose) =>
        `Managed termination protection${whose} is off, so that the group may end instances with tasks on them: idle ones are taken to go first (managedTerminationProtection).`,
    ),
  without: () => null,
};

const policiesModelled: WhatIf = {
  code: "ec2_group_policies",
  text: (facts) =>
    of(
      facts,
      ({ policies }) => policies.length > 0,
      (whose) =>
        `The number of instances${whose} follows what tasks reserve, by the same alarms as services (3 datapoints out, 15 below 0.9 of the target in), whether tasks wait or not; an instance ends with its tasks, idle ones first, and these wait for another.`,
    ),
  without: () => null,
};

const settledStart: WhatIf = {
  code: "ec2_settled_start",
  text: (facts) =>
    of(
      facts,
      () => true,
      () =>
        "The period begins with as many instances as what runs then needs, all of them taking tasks. Services are played in the order of their names.",
    ),
  without: () => null,
};

const waitingForEver: WhatIf = {
  code: "ec2_tasks_wait",
  text: (facts) =>
    of(
      facts,
      () => true,
      () =>
        "Tasks that find no instance wait as long as they are wanted, oldest first. ECS stops a task that waits for more than 10 to 30 minutes, or is beyond the hundredth of its cluster, and starts another in its place.",
    ),
  without: () => null,
};

/** What holds where instances come and go with the tasks of scaled services. */
export const ec2ScalingWhatIfs: readonly WhatIf[] = [
  typeChosen,
  managedModelled,
  neededModelled,
  instanceStart,
  zonesBalanced,
  idleFirst,
  policiesModelled,
  settledStart,
  waitingForEver,
];
