import { z } from "@hono/zod-openapi";
import { decimal, money } from "./amounts.ts";

const resources = z.record(z.string(), z.number());

export const fleetRow = z
  .object({
    instanceType: z.string().openapi({ example: "m7i.large" }),
    count: z.int(),
    hours: decimal("Of each one."),
    tasks: z.array(z.object({ service: z.string(), count: z.int() })).openapi({ description: "On each one." }),
    used: resources,
    capacity: resources,
    binds: z.string().nullable().openapi({ description: "The resource of which the largest share is used." }),
    zones: z.int().openapi({ description: "Over how many zones they are spread." }),
    spare: z.boolean().openapi({ description: "Holds no task: kept free." }),
    capacityProvider: z.string().nullable().openapi({ description: "Of the request, where it names any." }),
    existing: z.boolean().openapi({ description: "Runs already: no cost of the tasks." }),
    cost: money("Of all of them for their hours, with what comes with an instance."),
    stranded: money("The part of it for which nothing of the binding resource is used."),
    interruption: z
      .object({ band: z.string().openapi({ example: "5-10%" }), asOf: z.string() })
      .nullable()
      .openapi({
        description: "How often Spot instances of the type were lately taken back; null: not Spot, or not known.",
      }),
  })
  .openapi("FleetRow");

export const existing = z.object({ instances: z.int(), cost: money("For the period; no part of the total.") }).openapi({
  description: "What runs already (cluster.occupied): with it the cluster costs total + cost. Null: nothing does.",
});

export const packing = z
  .object({
    lowerBound: decimal("No fleet that holds the tasks costs less for the period."),
    gap: decimal("Of the total over the bound, in percent."),
    proven: z.boolean().openapi({ description: "The fleet is the cheapest there is." }),
    work: z.object({ pivots: z.int(), nodes: z.int(), iterations: z.int() }),
    prices: z.array(z.object({ service: z.string(), perHour: decimal("Of one task.") })).openapi({
      description: "They prove the bound: no instance holds tasks dearer, at these prices, than it costs.",
    }),
    resourcePrices: z.record(z.string(), decimal("Of one more unit for an hour.")).openapi({
      description: "What a unit of a resource is worth, were tasks a fluid: CPU units, MiB, network interfaces …",
    }),
  })
  .openapi("Packing", { description: "Null where the cheapest set of instances was not searched for." });

export const realisation = z
  .object({
    capacityProviders: z.array(
      z.object({ name: z.string(), instanceType: z.string(), count: z.int(), zones: z.int() }),
    ),
    services: z.array(
      z.object({
        service: z.string(),
        capacityProviderStrategy: z.array(z.object({ capacityProvider: z.string(), weight: z.int() })),
        placementStrategy: z.array(z.object({ type: z.string(), field: z.string() })),
      }),
    ),
    obstacles: z.array(z.string()).openapi({ description: "Why ECS would not take it as it is." }),
  })
  .openapi("Realisation", { description: "What makes ECS run this fleet. Null where it does so by itself." });
