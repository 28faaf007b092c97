import { z } from "@hono/zod-openapi";
import { usageInputs } from "../../aws/add-on-catalogue.ts";
import type { UsageInput } from "../../core/model/add-on.ts";

const amounts = (of: UsageInput["of"]) =>
  z
    .strictObject(
      Object.fromEntries(
        usageInputs
          .filter((input) => input.of === of)
          .map((input) => [
            input.name,
            z
              .number()
              .min(0)
              .max(input.max)
              .openapi({ description: `${input.unit}; ${input.default} unless told.` }),
          ]),
      ),
    )
    .partial();

/** Quantities that no document tells; each add-on cost says which it needs. */
export const usage = z
  .strictObject({
    services: z.record(z.string(), amounts("service")),
    everyService: amounts("service").openapi({ description: "Of services that do not say." }),
    cluster: amounts("cluster"),
  })
  .partial()
  .openapi("Usage", { description: "What no document tells: traffic, log volume, image sizes." });
