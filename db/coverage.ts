import { and, isNull, ne, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { everywhere } from "./prices.ts";
import { price, spotAdvice } from "./schema.ts";

/** What is priced in a region, and how old the oldest of those prices is. */
export interface RegionCoverage {
  readonly region: string;
  readonly currency: string;
  readonly fargate: Readonly<Record<FargateKind, Coverage | null>>;
  /** Instance types with an on-demand price. */
  readonly ec2: Coverage | null;
  /** Instance types with an observed Spot price. */
  readonly ec2Spot: Coverage | null;
  /** Further ones for which a Spot price can only be derived from the provider's advice. */
  readonly ec2SpotEstimated: Coverage | null;
}

export interface Coverage {
  readonly count: number;
  /** The oldest day among the current prices; null: a source gives no day. */
  readonly oldest: string | null;
}

const fargateSkus = {
  x86: ["fargate/linux/x86_64/vcpu", "fargate/linux/x86_64/memory"],
  arm: ["fargate/linux/arm64/vcpu", "fargate/linux/arm64/memory"],
  windows: ["fargate/windows/x86_64/vcpu", "fargate/windows/x86_64/memory", "fargate/windows/x86_64/licence"],
  spot: ["fargate-spot/linux/x86_64/vcpu", "fargate-spot/linux/x86_64/memory"],
  spotArm: ["fargate-spot/linux/arm64/vcpu", "fargate-spot/linux/arm64/memory"],
} as const;

type FargateKind = keyof typeof fargateSkus;

const onDemand = "ec2/linux/";
const spot = "ec2-spot/linux/";

/** Coverage by region, by the regions' names, as known at the latest snapshot. */
export async function readCoverage(database: Database): Promise<RegionCoverage[]> {
  const dates = new Map<string, RegionDates>();
  for (const row of await currentDates(database)) {
    const known = dates.get(row.region) ?? { currency: row.currency, bySku: new Map() };
    known.bySku.set(row.sku, row.effectiveFrom);
    dates.set(row.region, known);
  }
  const advice = await adviceDates(database);
  return [...dates]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, known]) => coverageOf(region, known, advice.get(region) ?? new Map()));
}

/** By SKU, the day since which its current price is known to hold. */
type Dates = Map<string, string | null>;

interface RegionDates {
  readonly currency: string;
  readonly bySku: Dates;
}

async function currentDates(database: Database) {
  return await database
    .select({
      region: price.region,
      sku: price.sku,
      currency: sql<string>`min(${price.currency})`,
      effectiveFrom: sql<string | null>`max(${price.effectiveFrom})::text`,
    })
    .from(price)
    .where(
      and(
        isNull(price.status),
        ne(price.region, everywhere),
        sql`${price.sku} ~ '^(fargate|fargate-spot|ec2|ec2-spot)/'`,
      ),
    )
    .groupBy(price.region, price.sku);
}

async function adviceDates(database: Database): Promise<Map<string, Dates>> {
  const rows = await database.select().from(spotAdvice);
  const byRegion = new Map<string, Dates>();
  for (const row of rows) {
    const known: Dates = byRegion.get(row.region) ?? new Map();
    known.set(row.instanceType, row.effectiveFrom);
    byRegion.set(row.region, known);
  }
  return byRegion;
}

function coverageOf(region: string, { currency, bySku }: RegionDates, advice: Dates): RegionCoverage {
  const fargate = Object.entries(fargateSkus).map(([kind, skus]) => [kind, allOf(skus, bySku)]);
  const estimated = [...advice].filter(([type]) => bySku.has(onDemand + type) && !bySku.has(spot + type));
  return {
    region,
    currency,
    fargate: Object.fromEntries(fargate) as RegionCoverage["fargate"],
    ec2: oldestOf(startingWith(onDemand, bySku)),
    ec2Spot: oldestOf(startingWith(spot, bySku)),
    ec2SpotEstimated: oldestOf(estimated.map(([, date]) => date)),
  };
}

/** Nothing can be priced with some of the meters alone. */
function allOf(skus: readonly string[], bySku: Dates): Coverage | null {
  const dates = skus.flatMap((sku) => (bySku.has(sku) ? [bySku.get(sku) ?? null] : []));
  return dates.length === skus.length ? oldestOf(dates) : null;
}

function startingWith(prefix: string, bySku: Dates): (string | null)[] {
  return [...bySku].flatMap(([sku, date]) => (sku.startsWith(prefix) ? [date] : []));
}

function oldestOf(dates: readonly (string | null)[]): Coverage | null {
  if (dates.length === 0) return null;
  const [oldest = null] = dates.toSorted((a, b) => (a ?? "").localeCompare(b ?? ""));
  return { count: dates.length, oldest };
}
