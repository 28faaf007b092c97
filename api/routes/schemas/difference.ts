import { z } from "@hono/zod-openapi";
import { causes } from "../../core/model/difference.ts";
import type { DifferenceDocument } from "../../present/difference-json.ts";
import { decimal, money } from "./amounts.ts";
import type { Same } from "./same.ts";

const sides = <Schema extends z.ZodType>(of: Schema) => z.object({ was: of, is: of });

const line = z
  .object({
    service: z.string().nullable().openapi({ description: "Null: shared by services." }),
    launchType: z.string().nullable(),
    sku: z.string().nullable().openapi({ description: "Null: a service's part of instances of whatever SKUs." }),
    description: z.string(),
    unit: z.string().openapi({ description: "Of `measured`.", example: "Task-Hour" }),
    measured: sides(decimal("What changed.")).nullable().openapi({ description: "Null: nothing to set side by side." }),
    amount: money("As shown: lines always add up to their cause, causes to the difference."),
    amountExact: decimal("To 12 decimals."),
  })
  .openapi("DifferenceLine");

const cause = z
  .object({
    cause: z.enum(causes).openapi({
      description:
        "price: another unit price of the same SKU. count: other task-hours, by services that came or went, counts or scaling. shape: a task takes other amounts, or is of another architecture or operating system. launch-type: tasks went from one launch type to another. packing: what instances cost more or less beyond those: other types, other idle room. period: other hours are priced. usage: quantities that come with the whole, and what an old comparison does not explain. Factors are taken apart at the mean of the two sides, so that swapping the two turns every exact amount's sign.",
    }),
    amount: money("As shown."),
    amountExact: decimal("To 12 decimals."),
    lines: z.array(line).openapi({ description: "The largest first." }),
  })
  .openapi("Cause");

const option = z
  .object({
    id: z.string().openapi({ example: "fargate" }),
    label: z.string(),
    state: sides(z.enum(["priced", "not-feasible", "absent"])),
    total: sides(money("Null where it is not priced.").nullable()),
    difference: money("Of the shown totals; null where one of them is not priced.").nullable(),
    differenceExact: decimal("Unrounded.").nullable(),
    causes: z.array(cause).openapi({ description: "They sum to the difference, the largest first." }),
    services: z
      .array(
        z.object({
          service: z.string().nullable().openapi({ description: "Null: paid for, used by nobody." }),
          was: money("Of its allocation."),
          is: money("Of its allocation."),
          difference: money("They sum to the option's."),
        }),
      )
      .openapi({ description: "Whose cost changed." }),
    withoutCost: z
      .array(
        z.object({
          service: z.string(),
          launchType: z.string(),
          what: z.enum(["count", "shape"]),
          was: z.string(),
          is: z.string(),
        }),
      )
      .openapi({ description: "Tasks of another size or number, which cost what they did." }),
  })
  .openapi("OptionDifference");

/** What lies between two answers, as `present/difference-json.ts` writes it. Fields may be added to it, never changed. */
export const difference = z
  .object({
    was: z.string().openapi({ description: "The first comparison's id." }),
    is: z.string().openapi({ description: "The second one's." }),
    currency: z.string().openapi({ example: "USD" }),
    inputs: z
      .array(z.object({ name: z.string(), was: z.string(), is: z.string() }))
      .openapi({ description: "What was asked or taken differently: region, hours, prices, taskDefinitions, engine." }),
    cheapest: sides(z.string().nullable()),
    recommended: sides(z.string().nullable()),
    options: z.array(option),
  })
  .openapi("Difference");

true satisfies Same<z.infer<typeof difference>, DifferenceDocument>;
