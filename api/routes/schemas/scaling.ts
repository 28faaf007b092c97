import { z } from "@hono/zod-openapi";
import { decimal } from "./amounts.ts";

const capacityProvider = z
  .object({
    capacityProvider: z.string().nullable().openapi({ description: "Null: chosen for the tasks." }),
    instanceTypes: z.array(z.string()),
    peak: z.int().openapi({ description: "The most instances at once." }),
    instanceHours: decimal("Of all of them together."),
    launches: z.int().openapi({ description: "After the start of the period." }),
    timeline: z.array(z.array(z.int())).openapi({
      description:
        "Wherever it changes: seconds from the start of the period, instances billed, and of them those that take tasks.",
      example: [
        [0, 3, 3],
        [28800, 4, 3],
        [28920, 4, 4],
      ],
    }),
  })
  .openapi("CapacityProviderScaling");

export const scaling = z.object({ capacityProviders: z.array(capacityProvider) }).openapi({
  description: "Of services that are scaled, and the instances that come and go with them. Null: none are.",
});
