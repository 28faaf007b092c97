import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import type { PriceUnit } from "../api/core/model/price-book.ts";

/**
 * What became known at one moment. Later snapshots add rows and never change earlier ones, so what was known at snapshot n is every
 * row with a snapshot number up to n. `id` is a hash of the content: the same content is never loaded twice.
 */
export const snapshot = pgTable("snapshot", {
  number: integer().primaryKey().generatedAlwaysAsIdentity(),
  id: text().notNull().unique(),
  /** Id of the snapshot that was the latest when this one was written; null: the first. */
  parent: text(),
  description: text().notNull(),
  loadedAt: timestamp("loaded_at", { withTimezone: true }).notNull().defaultNow(),
});

const snapshotNumber = () =>
  integer("snapshot")
    .notNull()
    .references(() => snapshot.number);

/** Where facts and prices were read. */
export const source = pgTable(
  "source",
  { snapshot: snapshotNumber(), id: text().notNull(), citation: text().notNull() },
  (table) => [primaryKey({ columns: [table.snapshot, table.id] })],
);

/**
 * One observed unit price; append-only. Valid time is `effectiveFrom` (the earliest day the price is known to have held, null where
 * the source gives none; `effectiveDate` is the source's own wording), knowledge time is `snapshot`.
 */
export const price = pgTable(
  "price",
  {
    /** A snapshot's number; `seed.ts` checks this and `source`, since foreign keys would double the time of loading. */
    snapshot: integer().notNull(),
    /** `global` where the source states one price for all regions. */
    region: text().notNull(),
    sku: text().notNull(),
    unit: text().$type<PriceUnit>().notNull(),
    price: numeric().notNull(),
    currency: text().notNull(),
    effectiveDate: text("effective_date").notNull(),
    effectiveFrom: date("effective_from", { mode: "string" }),
    source: text().notNull(),
    rateCode: text("rate_code"),
    /**
     * Null: competes to be the current price. `withdrawn` competes too, and where it wins the tier has no price from then on. The
     * others are history only: `superseded` (successor unknown), `conflicting`, `observed` (one Spot pool at one moment).
     */
    status: text().$type<"superseded" | "conflicting" | "withdrawn" | "observed">(),
    flag: text(),
    /** In the price's unit; null: from the first. */
    tierFrom: numeric("tier_from"),
    /** Exclusive; null: no end. */
    tierTo: numeric("tier_to"),
    note: text(),
  },
  (table) => [
    index("price_region_sku").on(table.region, table.sku),
    check("price_not_negative", sql`${table.price} >= 0`),
  ],
);

/** The provider's own advice on Spot capacity: a discount, from which an estimate can be derived, not a price. */
export const spotAdvice = pgTable(
  "spot_advice",
  {
    snapshot: snapshotNumber(),
    region: text().notNull(),
    instanceType: text("instance_type").notNull(),
    /** Off the on-demand price, in percent; may be below zero. */
    savingsPercent: integer("savings_percent").notNull(),
    interruptionBand: text("interruption_band").notNull(),
    effectiveDate: text("effective_date").notNull(),
    effectiveFrom: date("effective_from", { mode: "string" }),
    source: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.region, table.instanceType, table.snapshot] })],
);

/** An instance type as its provider describes it; null: the sources do not say. `source` may name several, parted by `;`. */
export const instanceType = pgTable(
  "instance_type",
  {
    snapshot: snapshotNumber(),
    name: text("instance_type").notNull(),
    vcpus: integer(),
    memoryMiB: integer("memory_mib"),
    architecture: text(),
    currentGeneration: boolean("current_generation"),
    burstable: boolean(),
    bareMetal: boolean("bare_metal"),
    hypervisor: text(),
    manufacturer: text(),
    clockGhz: numeric("clock_ghz"),
    cores: integer(),
    threadsPerCore: integer("threads_per_core"),
    gpus: integer(),
    gpuManufacturer: text("gpu_manufacturer"),
    gpuName: text("gpu_name"),
    gpuMemoryMiB: integer("gpu_memory_mib"),
    accelerators: text(),
    networkInterfacesAllCards: integer("network_interfaces_all_cards"),
    /** Of the default network card, the one that tasks get their interfaces from. */
    networkInterfaces: integer("network_interfaces"),
    ipv4PerInterface: integer("ipv4_per_interface"),
    trunking: boolean(),
    branchInterfaces: integer("branch_interfaces"),
    interfaceTasks: integer("interface_tasks"),
    interfaceTasksTrunking: integer("interface_tasks_trunking"),
    networkPerformance: text("network_performance"),
    networkBaselineGbps: numeric("network_baseline_gbps"),
    networkPeakGbps: numeric("network_peak_gbps"),
    instanceStoreGB: numeric("instance_store_gb"),
    instanceStoreDisks: text("instance_store_disks"),
    ebsOptimized: text("ebs_optimized"),
    ebsBaselineMbps: numeric("ebs_baseline_mbps"),
    ebsMaxMbps: numeric("ebs_max_mbps"),
    ebsMaxIops: integer("ebs_max_iops"),
    usageClasses: text("usage_classes"),
    asOf: text("as_of").notNull(),
    source: text().notNull(),
    note: text(),
  },
  (table) => [primaryKey({ columns: [table.name, table.snapshot] })],
);

/** Memory a container agent was seen to register on an instance type; a `lower` bound is not an observation. */
export const registeredMemory = pgTable("registered_memory", {
  snapshot: snapshotNumber(),
  instanceType: text("instance_type").notNull(),
  nominalMiB: integer("nominal_mib").notNull(),
  registeredMiB: integer("registered_mib").notNull(),
  bound: text().$type<"exact" | "lower">().notNull(),
  image: text(),
  status: text().$type<"superseded">(),
  asOf: text("as_of").notNull(),
  source: text().notNull(),
  note: text(),
});

/** One accepted task size; `operatingSystems` parted by `;`. */
export const taskSize = pgTable(
  "task_size",
  {
    snapshot: snapshotNumber(),
    cpuUnits: integer("cpu_units").notNull(),
    memoryMiB: integer("memory_mib").notNull(),
    operatingSystems: text("operating_systems").notNull(),
    asOf: text("as_of").notNull(),
    source: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.cpuUnits, table.memoryMiB, table.snapshot] })],
);

/** A number that rules need: a minimum charge, an included amount, a quota. */
export const limitValue = pgTable(
  "limit_value",
  {
    snapshot: snapshotNumber(),
    key: text().notNull(),
    value: numeric().notNull(),
    unit: text().notNull(),
    asOf: text("as_of").notNull(),
    source: text().notNull(),
    note: text(),
  },
  (table) => [primaryKey({ columns: [table.key, table.snapshot] })],
);

/** What a refresh has read of one part of a source and not yet compared with what is known; gone once it is. */
export const stagedPart = pgTable(
  "staged_part",
  {
    refresh: text().notNull(),
    region: text().notNull(),
    source: text().notNull(),
    part: text().notNull(),
    /** JSON of a `StagedPart`. */
    content: text().notNull(),
    stagedAt: timestamp("staged_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.refresh, table.region, table.source, table.part] })],
);

/**
 * That a region's prices were read and compared, whether or not any had changed: unchanged prices make no new rows, and this says on
 * which day they were confirmed. Append-only.
 */
export const reading = pgTable(
  "reading",
  {
    refresh: text().notNull(),
    region: text().notNull(),
    /** The latest snapshot afterwards. */
    snapshot: snapshotNumber(),
    readOn: date("read_on", { mode: "string" }).notNull(),
    readAt: timestamp("read_at", { withTimezone: true }).notNull().defaultNow(),
    /** JSON of a `Reading`'s rest. */
    content: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.region, table.refresh] })],
);
