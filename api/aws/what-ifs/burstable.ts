import type { WhatIf, WhatIfFacts } from "../../core/model/launch-type.ts";
import { baselinePercent, burstableNamed, isStandardByDefault } from "../ec2/burstable.ts";
import { named, withSettings } from "../plan-changes.ts";

const useAtBaseline: WhatIf = {
  code: "ec2_burstable_use",
  text: (facts) => {
    if (facts.context.settings.averageCpuPercent !== null) return null;
    const charged = burstableIn(facts).filter(({ name }) => !isStandardByDefault(name));
    if (charged.length === 0) return null;
    return `The average CPU use of ${named(charged.map(({ name }) => name))} is taken to be at or below the baseline, so that no surplus credits are charged (cluster.averageCpuPercent). Effect: against 100 %, on the instances that are then cheapest.`;
  },
  without: (plan) => withSettings(plan, { averageCpuPercent: 100 }),
};

const heldToBaseline: WhatIf = {
  code: "ec2_burstable_standard",
  text: (facts) => {
    const average = facts.context.settings.averageCpuPercent;
    const held = burstableIn(facts).filter(
      (type) => isStandardByDefault(type.name) && (average === null || average > baselinePercent(type, facts.context)),
    );
    if (held.length === 0) return null;
    return `${named(held.map(({ name }) => name))} run in standard mode, the default of T2: slowed down to the baseline when their CPU credits are spent, and never charged for more.`;
  },
  without: () => null,
};

/** The burstable types of instances that are paid for. */
function burstableIn({ instances, context }: WhatIfFacts) {
  const types = new Set(instances.filter(({ existing }) => !existing).map(({ instanceType }) => instanceType));
  return [...types].flatMap((name) => burstableNamed(name, context) ?? []);
}

export const burstableWhatIfs: readonly WhatIf[] = [useAtBaseline, heldToBaseline];
