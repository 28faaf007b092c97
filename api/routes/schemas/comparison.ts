import { z } from "@hono/zod-openapi";
import { priceUnits } from "../../core/model/price-book.ts";
import type { ComparisonDocument } from "../../present/json.ts";
import { decimal, money } from "./amounts.ts";
import { existing, fleetRow, packing, realisation } from "./fleet.ts";
import { problem } from "./problem.ts";
import type { Same } from "./same.ts";
import { scaling } from "./scaling.ts";

const lineItem = z
  .object({
    service: z.string().nullable().openapi({ description: "Null: shared by services." }),
    launchType: z.string().nullable().openapi({
      description: "Id of the launch type that bills it; null: it comes with the whole of what runs.",
    }),
    sku: z.string().openapi({ example: "fargate/linux/x86_64/vcpu" }),
    description: z.string(),
    quantity: decimal("In the unit.").openapi({ example: "2920" }),
    unit: z.enum(priceUnits),
    unitPrice: decimal("Of one unit.").openapi({ example: "0.04048" }),
    listUnitPrice: decimal("The published price of one unit; another one only with a rate card."),
    cost: money("As shown: shown costs always add up to the shown total."),
    listCost: money("At the published price."),
    costExact: decimal("Quantity × unit price, to 12 decimals."),
    estimated: z.boolean().openapi({ description: "The price is derived, not published." }),
    price: z.object({
      source: z.string(),
      effectiveDate: z.string().openapi({ description: "As the source words it." }),
      rateCode: z.string().nullable(),
    }),
    startSeconds: z
      .number()
      .openapi({ description: "When in the period its usage begins, in seconds from its start." }),
    endSeconds: z.number().openapi({ description: "When it has ended." }),
  })
  .openapi("LineItem");

const tasks = z
  .object({
    service: z.string(),
    launchType: z.string(),
    taskHours: decimal("Of all of them in the period.").openapi({ example: "4380" }),
    resources: z
      .record(z.string(), z.number())
      .openapi({ description: "Of one task: what it is billed for, or reserves." }),
    kinds: z.array(z.string()).openapi({ description: "Architectures it runs on." }),
    instanceCost: decimal("Of what the instances cost, the part that they take; null: they are billed themselves.")
      .nullable()
      .openapi({ example: "174.735" }),
  })
  .openapi("Tasks", { description: "What a service came to on a launch type." });

const assumption = z
  .object({
    code: z.string(),
    text: z.string(),
    effect: money("What it adds to the total; null where no amount can be told.").nullable(),
  })
  .openapi("Assumption");

const option = z
  .object({
    id: z.string().openapi({ example: "fargate" }),
    label: z.string(),
    launchType: z.string(),
    purchaseOption: z.enum(["on-demand", "spot", "reserved", "savings-plan", "mixed"]),
    feasible: z.boolean().openapi({ description: "False: `problems` says why, and how to mend it." }),
    total: money("Null where the option is not feasible.").nullable(),
    totalExact: decimal("Unrounded.").nullable(),
    range: z
      .object({
        low: money("At the lowest Spot prices held."),
        median: money("At the median ones."),
        high: money("At the highest ones."),
        observations: z.int().openapi({ description: "Prices held of the SKU with the most of them." }),
        since: z.string().nullable().openapi({ description: "Day of the first of them." }),
      })
      .nullable()
      .openapi({ description: "Where Spot prices are in the total; null: they are not." }),
    listTotal: money("At published prices; the same as total without a rate card.").nullable(),
    totalOnceMended: money("Of an option that is not feasible, once its problems are mended.").nullable(),
    difference: money("To the cheapest option.").nullable(),
    runs: z
      .array(z.object({ service: z.string(), launchType: z.string(), share: z.string() }))
      .openapi({ description: "Where each service runs; a share below 1 is a split of its tasks." }),
    tasks: z.array(tasks),
    lineItems: z.array(lineItem),
    allocation: z
      .array(z.object({ service: z.string().nullable(), cost: money("Sums to the total.") }))
      .openapi({ description: "Whose cost it is; service null: paid for, used by nobody." }),
    fleet: z.array(fleetRow).nullable().openapi({ description: "Null where no instances are run." }),
    existing: existing.nullable(),
    packing: packing.nullable(),
    realisation: realisation.nullable(),
    scaling: scaling.nullable(),
    assumptions: z.array(assumption),
    problems: z.array(problem),
  })
  .openapi("Option");

const readiness = z
  .object({
    taskDefinition: z.string().openapi({ example: "web:41" }),
    launchType: z.string(),
    accepted: z.boolean(),
    problems: z.array(problem),
    nearest: z
      .object({
        cpuUnits: z.number(),
        memoryMiB: z.number(),
        cost: money("Of one task for the whole period.").nullable(),
      })
      .nullable()
      .openapi({ description: "The cheapest accepted size that holds it; null where size is not what is billed." }),
  })
  .openapi("Readiness", { description: "Whether a launch type would accept a task definition as it is written." });

/** The answer, as `present/json.ts` writes it. Fields may be added to it, never changed. */
export const comparison = z
  .object({
    id: z
      .string()
      .openapi({ description: "A hash of all that decides the answer: same question, same prices, same id." }),
    region: z.string().openapi({ example: "us-east-1" }),
    hours: decimal("The priced period.").openapi({ example: "730" }),
    period: z
      .object({
        start: z.iso.datetime(),
        timeZone: z.string(),
        assumed: z.boolean().openapi({ description: "Nobody said when it begins." }),
      })
      .nullable()
      .openapi({ description: "When the period is; null: nobody said, and no amount depends on that." }),
    currency: z.string().openapi({ example: "USD" }),
    engine: z.string().openapi({ description: "The version of the calculation." }),
    prices: z.object({ snapshot: z.string(), oldest: z.string().nullable(), newest: z.string().nullable() }),
    baseline: z.string().nullable().openapi({ description: "The option that the documents themselves ask for." }),
    cheapest: z.string().nullable(),
    recommended: z.object({ option: z.string(), reason: z.string() }).nullable(),
    flips: z
      .array(
        z.object({
          input: z.string().openapi({ example: "logGB" }),
          unit: z.string(),
          default: z.number(),
          amount: z.number(),
          direction: z.enum(["above", "below"]),
          cheapest: z.string(),
        }),
      )
      .openapi({
        description: "Quantities that were not given and from which on another option would be the cheapest.",
      }),
    options: z.array(option).openapi({ description: "Feasible ones first, by total." }),
    readiness: z.array(readiness),
    tags: z
      .array(z.object({ service: z.string(), tags: z.record(z.string(), z.string()) }))
      .readonly()
      .openapi({ description: "Of services that have any." }),
  })
  .openapi("Comparison", { description: "Amounts and quantities are decimal strings, amounts in `currency`." });

true satisfies Same<z.infer<typeof comparison>, ComparisonDocument>;
