import type { z } from "zod";
import type { PlacementConstraint, PlacementStrategy } from "../../core/model/workload.ts";
import { parseQuery } from "../cluster-query/parse-query.ts";
import { choice, field, listOf, objectOf, readText, refusePlaceholder, text } from "./fields.ts";
import { atMost, quotas } from "./quotas.ts";

/** A cluster query; what survives is its text, which is known to be one. */
const expression = field((value, refuse) => {
  const read = readText(value, quotas.expressionCharacters.value, refuse);
  // What was refused is not text either.
  if (typeof read !== "string" || typeof value !== "string") return read;
  const query = parseQuery(value);
  if (query.ok) return read;
  // Not every placeholder: < and > compare, and capitals may be a value.
  if (/\$\{|\{\{/.test(value)) return refusePlaceholder(refuse);
  return refuse("invalid_expression", `cannot be read ${query.problem.message}`);
});

const constraint = objectOf({ type: choice(["distinctInstance", "memberOf"]), expression });
type ConstraintFields = z.output<typeof constraint>;

/** Of a service or a run (botocore ecs 2014-11-13, PlacementConstraint). */
export const placementConstraints = constraintsOf(constraint.superRefine(checkConstraint));

/** Of a task definition (botocore ecs 2014-11-13, TaskDefinitionPlacementConstraint). */
export const taskPlacementConstraints = constraintsOf(
  constraint.superRefine((fields, context) => {
    if (fields?.type !== "distinctInstance") return checkConstraint(fields, context);
    const message = "must be memberOf in a task definition; distinctInstance goes on the service or the run";
    addProblem(context, { field: "type", code: "constraint_not_allowed", message });
  }),
);

function constraintsOf(item: z.ZodType<ConstraintFields>) {
  return atMost(quotas.placementConstraints, listOf(item)).transform((constraints) =>
    constraints.flatMap((fields): PlacementConstraint[] =>
      fields === null || fields.type === null ? [] : [{ type: fields.type, expression: fields.expression }],
    ),
  );
}

/** Which type goes with an expression and which without. */
function checkConstraint(fields: ConstraintFields, context: z.RefinementCtx): void {
  if (fields === null) return;
  if (fields.type === null && fields.expression !== null) {
    const message = "is missing: an expression goes with memberOf";
    addProblem(context, { field: "type", code: "required", message });
  }
  if (fields.type === "memberOf" && fields.expression === null) {
    const message = "is missing: memberOf says with it which instances are meant";
    addProblem(context, { field: "expression", code: "required", message });
  }
  if (fields.type === "distinctInstance" && fields.expression !== null) {
    const message = "does not go with distinctInstance: leave it out, or make the type memberOf";
    addProblem(context, { field: "expression", code: "constraint_not_allowed", message });
  }
}

function addProblem(context: z.RefinementCtx, at: { field: string; code: string; message: string }): void {
  context.addIssue({ code: "custom", path: [at.field], message: at.message, params: { code: at.code } });
}

/** Of a service or a run, in the order in which they are applied (botocore ecs 2014-11-13, PlacementStrategy). */
export const placementStrategy = atMost(
  quotas.placementStrategies,
  listOf(objectOf({ type: choice(["random", "spread", "binpack"]), field: text() })),
).transform((strategies) =>
  strategies.flatMap((strategy): PlacementStrategy[] =>
    strategy === null || strategy.type === null ? [] : [{ type: strategy.type, field: strategy.field }],
  ),
);
