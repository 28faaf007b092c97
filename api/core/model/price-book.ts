import type { Decimal } from "decimal.js";
import type { InstanceCost } from "./rate-card.ts";
import type { Architecture } from "./workload.ts";

/** Units that prices are quoted in; `GB` is 1024 MiB throughout, as AWS bills it. */
export const priceUnits = [
  "vCPU-Hour",
  "vCPU-Second",
  "GB-Hour",
  "GB-Second",
  "Instance-Hour",
  "GB-Month",
  "IOPS-Month",
  "MiBps-Month",
  "Hour",
  "Minute",
  "LCU-Hour",
  "Gbps-Hour",
  "GB",
  /** One of what the SKU names (a metric, an alarm, a secret) kept for a month. */
  "Count-Month",
  "Requests-1k",
  "Requests-10k",
  "Metrics-1k",
  "Observations-1M",
  /** Of money: what a percentage is taken of. */
  "Charges",
] as const;
export type PriceUnit = (typeof priceUnits)[number];

/** One dated unit price. */
export interface Price {
  readonly sku: string;
  readonly unit: PriceUnit;
  readonly unitPrice: Decimal;
  /** The published price, where a rate card makes `unitPrice` another. */
  readonly listUnitPrice?: Decimal;
  /** The part of the SKU's quantity this price is for, in its unit: from (inclusive) to (exclusive; null: no end). Untiered: 0 to null. */
  readonly tierFrom: Decimal;
  readonly tierTo: Decimal | null;
  readonly source: string;
  /** The provider's own id of the rate, where known. */
  readonly rateCode: string | null;
  /** As the source words it: a date, or "2026 (undated)". */
  readonly effectiveDate: string;
  /** Earliest day (ISO) on which the price is known to have held; null where the source gives no day at all. */
  readonly effectiveFrom: string | null;
  /** Derived, not published: shown as an estimate and never recommended. */
  readonly estimated: boolean;
  /** Why to doubt it, where there is a reason (`likely-dedicated-tenancy-price`). */
  readonly flag: string | null;
}

/** An instance type as its provider describes it. */
export interface InstanceType {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly architecture: Architecture;
  readonly gpus: number;
  /** Local disks together; null: none, or not known. */
  readonly instanceStoreGB: number | null;
  readonly burstable: boolean;
  readonly bareMetal: boolean;
  readonly currentGeneration: boolean;
  readonly hypervisor: string | null;
  readonly manufacturer: string | null;
  /** Memory a container agent was seen to register; null: not observed. */
  readonly registeredMemoryMiB: number | null;
  /** Network interfaces of the default card; null: not known. */
  readonly networkInterfaces: number | null;
  /** Private IPv4 addresses that one of them has; null: not known. */
  readonly ipv4PerInterface: number | null;
  readonly branchInterfaces: number | null;
  /** The provider's own table of tasks with an interface each, without and with trunking; null: not in the table. */
  readonly interfaceTasks: number | null;
  readonly interfaceTasksTrunking: number | null;
  readonly source: string;
}

/** One accepted task size. */
export interface TaskSize {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
  readonly operatingSystems: readonly ("linux" | "windows")[];
  readonly source: string;
}

/** A number from the outside world that rules need: a minimum charge, an included amount, a quota. */
export interface Limit {
  readonly key: string;
  readonly value: Decimal;
  readonly unit: string;
  readonly source: string;
  readonly asOf: string;
}

/** What a price that moves was, over the observations held. */
export interface PriceHistory {
  readonly low: Decimal;
  readonly median: Decimal;
  readonly high: Decimal;
  readonly observations: number;
  /** Day of the first one (ISO); null: not known. */
  readonly since: string | null;
}

/** How often Spot instances of a type were lately taken back: a band such as `<5%`, and as of when. */
export interface Interruption {
  readonly band: string;
  readonly asOf: string;
}

/** All that one region's answer needs from outside, as one snapshot had it. */
export interface PriceBook {
  readonly region: string;
  readonly currency: string;
  readonly snapshot: string;
  /** By SKU; its tiers where it has any. Two prices for the same tier are a problem by name. */
  readonly prices: ReadonlyMap<string, readonly Price[]>;
  readonly instanceTypes: readonly InstanceType[];
  readonly taskSizes: readonly TaskSize[];
  readonly limits: ReadonlyMap<string, Limit>;
  /** Of prices that move, by SKU. */
  readonly history?: ReadonlyMap<string, PriceHistory>;
  /** By instance type. */
  readonly interruptions?: ReadonlyMap<string, Interruption>;
  /** Costs that a rate card puts on instances. */
  readonly instanceCosts?: readonly InstanceCost[];
}
