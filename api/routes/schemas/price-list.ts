import { z } from "@hono/zod-openapi";
import type { ListedPrice, PriceList } from "../../../db/price-list.ts";
import { priceUnits } from "../../core/model/price-book.ts";
import type { Same } from "./same.ts";

const decimal = (description: string) => z.string().openapi({ description, format: "decimal", example: "0.04048" });

const listedPrice = z
  .object({
    sku: z.string().openapi({ example: "fargate/linux/x86_64/vcpu" }),
    region: z.string().openapi({ description: "`global` where the source states one price for all regions." }),
    unit: z.enum(priceUnits).openapi({ description: "A GB is 1024 MiB." }),
    unitPrice: decimal("Of one unit, digit for digit as the source has it."),
    currency: z.string().openapi({ example: "USD" }),
    tierFrom: decimal("The part of a month's quantity that this price is for, in the unit: from, inclusive."),
    tierTo: decimal("Exclusive; null: no end.").nullable(),
    effectiveDate: z.string().openapi({ description: "As the source words it." }),
    effectiveFrom: z.string().nullable().openapi({ description: "Earliest day it is known to have held." }),
    confirmedOn: z
      .string()
      .nullable()
      .openapi({ description: "Last day on which its source was read and said the same." }),
    source: z.string(),
    rateCode: z.string().nullable().openapi({ description: "The provider's own id of the rate." }),
    flag: z.string().nullable().openapi({ description: "Why to doubt it." }),
    history: z
      .object({
        low: decimal("The lowest."),
        median: decimal("In the middle."),
        high: decimal("The highest."),
        observations: z.int(),
        since: z.string().nullable(),
      })
      .nullable()
      .openapi({ description: "Of a Spot price: over all observations held. Null: it is none." }),
    interruption: z
      .object({ band: z.string().openapi({ example: "5-10%" }), asOf: z.string() })
      .nullable()
      .openapi({ description: "Of an EC2 Spot price: how often instances of the type were lately taken back." }),
    snapshot: z.string().openapi({ description: "Id of the snapshot that it came with." }),
  })
  .openapi("ListedPrice");

true satisfies Same<z.infer<typeof listedPrice>, ListedPrice>;

/** A page of GET /v1/prices. Fields may be added to it, never changed. */
export const priceList = z
  .object({
    region: z.string(),
    currency: z.string(),
    asOf: z.string().nullable(),
    snapshot: z.string().openapi({ description: "Id of the snapshot that the page is answered from." }),
    prices: z.array(listedPrice),
    next: z.string().nullable().openapi({ description: "`cursor` of the next page; null: this is the last." }),
  })
  .openapi("PriceList");

export interface PricePage extends Omit<PriceList, "last"> {
  readonly next: string | null;
}

true satisfies Same<z.infer<typeof priceList>, PricePage>;
