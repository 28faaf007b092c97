import type { PriceUnit } from "../../core/model/price-book.ts";

/**
 * One SKU of ours and how the price lists name it. In `sku`, `usageType` and the values of `filters` and `attributes` these stand for
 * what they say: `{instanceType}`, `{toRegion}` (its code), `{toPrefix}` (its usage-type prefix), `{region}`, `{location}`.
 */
export interface WantedPrice {
  /** `ec2/linux/{instanceType}`. */
  readonly sku: string;
  readonly unit: PriceUnit;
  /** The price list's units, and what its price is multiplied by to be one in `unit`. A unit that is not here is refused. */
  readonly units: Readonly<Record<string, string>>;
  /** The service code of the price list. */
  readonly service: string;
  /** What GetProducts is asked for, exactly; entries with the same service and filters share their queries. */
  readonly filters: Readonly<Record<string, string>>;
  /** Without the region's prefix, which may or may not stand before it. */
  readonly usageType: string;
  /** What the product must say in each attribute besides; null: nothing at all. Spelling of the names: letters and digits, lower case. */
  readonly attributes: Readonly<Record<string, readonly (string | null)[]>>;
  /** The SKU of its reserved terms, to which the term, the payment option and the class are added. */
  readonly reserved?: string;
  /** The list counts tiers from what is included without charge, in some regions only: the one charged tier is meant from 0 on. */
  readonly countsAboveIncluded?: true;
}

/** The region's own code, by which most services can be filtered. */
export const inRegion = { regionCode: "{region}" } as const;

export const hours = { Hrs: "1", hours: "1", Hours: "1", hour: "1" } as const;
export const gbMonths = { "GB-Mo": "1", "GB-month": "1" } as const;
