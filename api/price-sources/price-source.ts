import type { PriceUnit } from "../core/model/price-book.ts";

/**
 * One place that prices come from. It reads; what to keep and what to replace is for whoever asked. A source throws a
 * `SourceFailure` when it cannot finish a part, and hands out a part's rows only once it has read the part to its end.
 */
export interface PriceSource {
  readonly id: string;
  readonly label: string;
  /** Where the provider describes the source. */
  readonly reference: string;
  /** Permissions the caller's identity needs; empty: no credentials at all. */
  readonly permissions: readonly string[];
  /** False: read on explicit request only (the source says itself what it may be used for). */
  readonly onByDefault: boolean;
  /** What a region's read may be split into, each part fitting a Workers isolate. */
  readonly parts: readonly string[];
  /** Of these, the ones to be read only where they are asked for by name. */
  readonly partsOnRequest: readonly string[];
  /** Region by region, part by part, in the order asked; within a part in an order that does not depend on the wire's. */
  read(request: ReadRequest): AsyncIterable<SourceRow>;
}

export interface ReadRequest {
  /** AWS's region codes. */
  readonly regions: readonly string[];
  /** Of the source's parts; left out: all but those on request. */
  readonly parts?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type SourceRow = PriceRow | InstanceTypeRow | SpotRow | SpotAdviceRow | RefusedRow;

/** A dated unit price, in the SKU names and units of the bundled snapshot. */
export interface PriceRow {
  readonly kind: "price";
  readonly region: string;
  readonly sku: string;
  readonly unit: PriceUnit;
  /** Decimal, plain notation. */
  readonly unitPrice: string;
  readonly currency: string;
  /** In `unit`: from (inclusive) to (exclusive; null: no end). */
  readonly tierFrom: string;
  readonly tierTo: string | null;
  /** As the source words it. */
  readonly effectiveDate: string;
  /** Earliest day (ISO) on which the price is known to have held. */
  readonly effectiveFrom: string | null;
  /** The provider's own id of the rate. */
  readonly rateCode: string | null;
  /** What was read, with its publication date and version. */
  readonly source: string;
  /** What the price was made from, where it is not the published number itself. */
  readonly note: string | null;
}

/** What one Spot pool cost from a moment on. */
export interface SpotRow {
  readonly kind: "spot";
  readonly region: string;
  readonly sku: string;
  readonly instanceType: string;
  readonly zone: string;
  readonly product: string;
  readonly unit: PriceUnit;
  readonly unitPrice: string;
  readonly currency: string;
  /** ISO instant of the price change. */
  readonly observedAt: string;
  readonly source: string;
}

/** The provider's own advice on a region's Spot capacity of one type: a discount and a band, no price. */
export interface SpotAdviceRow {
  readonly kind: "spot-advice";
  readonly region: string;
  readonly instanceType: string;
  /** Off the on-demand price; may be below zero. */
  readonly savingsPercent: number;
  /** `<5%`. */
  readonly interruptionBand: string;
  readonly effectiveDate: string;
  readonly effectiveFrom: string;
  readonly source: string;
}

/** An instance type as the provider describes it, in the columns of `db/seed/instance-types.csv`; null: not said. */
export interface InstanceTypeRow {
  readonly kind: "instance-type";
  readonly region: string;
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly architecture: string;
  readonly currentGeneration: boolean;
  readonly burstable: boolean;
  readonly bareMetal: boolean;
  readonly hypervisor: string | null;
  readonly manufacturer: string | null;
  readonly clockGhz: string | null;
  readonly cores: number | null;
  readonly threadsPerCore: number | null;
  readonly gpus: number;
  readonly gpuManufacturer: string | null;
  readonly gpuName: string | null;
  readonly gpuMemoryMiB: number | null;
  readonly accelerators: string | null;
  readonly networkInterfacesAllCards: number | null;
  /** Of the default network card. */
  readonly networkInterfaces: number | null;
  readonly ipv4PerInterface: number | null;
  readonly networkPerformance: string | null;
  /** Sum over the network cards. */
  readonly networkBaselineGbps: string | null;
  readonly networkPeakGbps: string | null;
  readonly instanceStoreGB: string | null;
  readonly instanceStoreDisks: string | null;
  readonly ebsOptimized: string | null;
  readonly ebsBaselineMbps: string | null;
  readonly ebsMaxMbps: string | null;
  readonly ebsMaxIops: number | null;
  readonly usageClasses: string | null;
  readonly asOf: string;
  readonly source: string;
}

/** Something a source held that is not taken over, and why. Alike products share a row. */
export interface RefusedRow {
  readonly kind: "refused";
  readonly reason: RefusalReason;
  /** The provider's own name of it; what differs between the products counted is `*`. */
  readonly name: string;
  readonly message: string;
  readonly region: string | null;
  /** The SKU it would have been the price of, where there is one. */
  readonly sku: string | null;
  readonly count: number;
  /** Up to five of the provider's ids, the first in order. */
  readonly examples: readonly string[];
  readonly source: string;
}

/** Looks like a wanted price and is none. */
export type DecoyReason =
  | "capacity-block"
  | "capacity-reservation"
  | "dedicated-tenancy"
  | "free-tier"
  | "local-zone"
  | "other-licence"
  | "other-operating-system"
  | "other-product"
  | "preinstalled-software"
  | "zero-metering";

export type RefusalReason =
  | DecoyReason
  /** A different price for the same SKU and tier. */
  | "ambiguous"
  | "attribute-differs"
  | "currency"
  | "malformed"
  | "missing-field"
  /** No SKU of ours. */
  | "not-wanted"
  | "other-region"
  | "unknown-unit"
  | "zero-price";
