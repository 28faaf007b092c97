import type { WhatIf } from "../../core/model/launch-type.ts";
import { named, withLaunchType, withSettings } from "../plan-changes.ts";

/** A task whose size Fargate does not have is priced at the cheapest that holds it. */
export const sizeRaised: WhatIf = {
  code: "fargate_size_raised",
  text: ({ tasks }) => {
    const raised = tasks.flatMap(({ service, admission }) => {
      if (!admission.mendable.some((problem) => problem.code.startsWith("fargate_size"))) return [];
      const { cpu = 0, memory = 0 } = admission.demand.resources;
      return [`${service.taskDefinition.id} (${cpu} CPU units, ${memory} MiB)`];
    });
    if (raised.length === 0) return null;
    return `Fargate has no size just like the task's; priced at the cheapest accepted one that holds it: ${named(raised)}.`;
  },
  without: (plan) => withSettings(plan, { taskSizes: "as-written" }),
};

export const executionRoleAdded: WhatIf = {
  code: "execution_role_added",
  text: ({ tasks }) => {
    const lacking = tasks.filter(({ admission }) =>
      admission.mendable.some((problem) => problem.code === "execution_role_missing"),
    );
    if (lacking.length === 0) return null;
    const ids = named(lacking.map(({ service }) => service.taskDefinition.id));
    return `ECS wants an execution role for ${ids}; priced as if it had one, since a role costs nothing.`;
  },
  without: (plan) => plan,
};

/** Spot prices move and Spot tasks are stopped at two minutes' notice, without fallback to on demand (aws/containers-roadmap#773). */
export const spotPriceHolds: WhatIf = {
  code: "fargate_spot_price_holds",
  text: () =>
    "The Fargate Spot price of its date is taken for the whole period, with no interruptions and Spot capacity always there. Effect: against Fargate on demand.",
  without: (plan) => withLaunchType(plan, "fargate-spot", "fargate"),
};
