import { z } from "@hono/zod-openapi";

const decimalOrNumber = z.union([z.string(), z.number()]);

/** Documents only: reading the format checks it. */
export const rateCard = z
  .object({
    discounts: z
      .array(z.object({ sku: z.string().openapi({ example: "ec2/linux/*" }), percent: decimalOrNumber }))
      .optional()
      .openapi({
        description: "Off the published price, by SKU or pattern; of several that match the last one applies.",
      }),
    prices: z
      .array(z.object({ sku: z.string(), unitPrice: decimalOrNumber }))
      .optional()
      .openapi({ description: "Agreed unit prices, in the published price's unit; they go before discounts." }),
    instanceCosts: z
      .array(z.object({ label: z.string(), instanceTypes: z.string().optional(), perHour: decimalOrNumber }))
      .optional()
      .openapi({ description: "What each instance costs besides: licences, agents." }),
  })
  .openapi("RateCard", { description: "What you pay instead of the published prices." });
