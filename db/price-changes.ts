import type { PriceInForce } from "./prices.ts";
import type { price } from "./schema.ts";
import type { StagedPart, StagedPrice } from "./staged-part.ts";

/** What is compared: a region's prices in force with what was read of its sources. */
export interface RegionReading {
  readonly region: string;
  /** With withdrawn ones. */
  readonly inForce: readonly PriceInForce[];
  /** Of the SKUs in parts that are not live, every price that competes. */
  readonly history: readonly HistoricPrice[];
  readonly parts: readonly StagedPart[];
  /** The day of the reading (ISO). */
  readonly today: string;
  /** How many times its old self a price may become, or fall to what part of it. */
  readonly maxRatio: string;
}

export type HistoricPrice = Pick<PriceInForce, "sku" | "tierFrom" | "price" | "effectiveFrom">;

/** A row to add; `source` is the whole citation. */
export type NewPrice = Omit<typeof price.$inferInsert, "snapshot">;

/** What a reading comes to. Counts are of SKU tiers, `vanished` of SKUs. */
export interface PriceChanges {
  readonly additions: NewPrice[];
  readonly counts: ChangeCounts;
  readonly moves: PriceMove[];
  readonly refusals: KeptBack[];
}

export interface ChangeCounts {
  new: number;
  changed: number;
  unchanged: number;
  /** Of the unchanged: those whose old price was undated, in doubt or said of an earlier day by who tells of days, and is none of it any more. */
  confirmed: number;
  vanished: number;
}

/** A price that has become another. */
export interface PriceMove {
  readonly region: string;
  readonly sku: string;
  readonly tierFrom: string;
  readonly unit: string;
  readonly currency: string;
  readonly before: string;
  readonly after: string;
  /** Of the price before, to one decimal; null: it was 0. */
  readonly percent: string | null;
}

export type KeptBackCode =
  | "vanished"
  | "two_prices"
  | "unknown_unit"
  | "unit_changed"
  | "currency_changed"
  | "jump"
  | "not_yet_in_force"
  | "refused_record";

/** Why the old price of an SKU, or the lack of one, stays as it is. */
export interface KeptBack {
  readonly code: KeptBackCode;
  readonly region: string;
  /** Null: a record of which nobody can tell what it prices. */
  readonly sku: string | null;
  readonly message: string;
}

/** One SKU: what is held of it and what was read. */
export interface SkuReading {
  readonly sku: string;
  /** In force, with withdrawn tiers. */
  readonly held: readonly PriceInForce[];
  readonly read: readonly ReadPrice[];
  readonly reading: RegionReading;
}

export interface ReadPrice extends StagedPrice {
  /** In force on the day of the reading, by its source's word. */
  readonly live: boolean;
}
