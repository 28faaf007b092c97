import type { PlacementConstraint, PlacementStrategy } from "../../core/model/workload.ts";
import { choice, listOf, objectOf, text } from "./fields.ts";
import { atMost, quotas } from "./quotas.ts";

/** Of a task definition, a service or a run (botocore ecs 2014-11-13, PlacementConstraint). */
export const placementConstraints = atMost(
  quotas.placementConstraints,
  listOf(
    objectOf({ type: choice(["distinctInstance", "memberOf"]), expression: text(quotas.expressionCharacters.value) }),
  ),
).transform((constraints) =>
  constraints.flatMap((constraint): PlacementConstraint[] =>
    constraint === null || constraint.type === null
      ? []
      : [{ type: constraint.type, expression: constraint.expression }],
  ),
);

/** Of a service or a run, in the order in which they are applied (botocore ecs 2014-11-13, PlacementStrategy). */
export const placementStrategy = atMost(
  quotas.placementStrategies,
  listOf(objectOf({ type: choice(["random", "spread", "binpack"]), field: text() })),
).transform((strategies) =>
  strategies.flatMap((strategy): PlacementStrategy[] =>
    strategy === null || strategy.type === null ? [] : [{ type: strategy.type, field: strategy.field }],
  ),
);
