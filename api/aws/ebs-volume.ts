import { fraction } from "../core/model/fraction.ts";
import { limitOf } from "../core/model/limits.ts";
import type { PriceBook } from "../core/model/price-book.ts";
import type { VolumeSpecification } from "../core/model/settings.ts";
import type { Usage } from "../core/model/usage.ts";

const mibPerGib = 1024;

export interface VolumeLife {
  readonly count: number;
  readonly service: string | null;
  /** What they are for, in the line's text: "root volumes". */
  readonly purpose: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Provisioned storage, and IOPS and throughput where the type charges them: gp3 above its baseline, io1 all, io2 in tiers of each
 * volume (never pooled over volumes). Source: aws.amazon.com/ebs/pricing, cases AWS-EBS-1 to AWS-EBS-6.
 */
export function meterVolumes(volume: VolumeSpecification, life: VolumeLife, book: PriceBook): Usage[] {
  const seconds = BigInt(life.endSeconds - life.startSeconds) * BigInt(life.count);
  const usage = (meter: string, amount: number, unit: Usage["unit"]): Usage => ({
    sku: `ebs/${volume.type}/${meter}`,
    service: life.service,
    description: `EBS ${volume.type} ${meter.split("/")[0] === "iops" ? "IOPS" : meter}, ${life.purpose}`,
    quantity: fraction(BigInt(amount) * seconds),
    unit,
    startSeconds: life.startSeconds,
    endSeconds: life.endSeconds,
  });
  const throughput =
    volume.type === "gp3" ? aboveBaseline(volume.throughputMiBps, "included-throughput-mibps", book) : 0;
  return [
    usage("storage", volume.sizeGiB * mibPerGib, "MiB-second"),
    ...iopsOf(volume, book).map(({ meter, iops }) => usage(meter, iops, "IOPS-second")),
    usage("throughput", throughput, "MiBps-second"),
  ];
}

function iopsOf(volume: VolumeSpecification, book: PriceBook): { meter: string; iops: number }[] {
  const iops = volume.iops ?? 0;
  if (volume.type === "gp3") return [{ meter: "iops", iops: aboveBaseline(volume.iops, "included-iops", book) }];
  if (volume.type === "io1") return [{ meter: "iops", iops }];
  if (volume.type !== "io2" || iops === 0) return [];
  const tiers = io2Tiers(book);
  return tiers.length === 0
    ? [{ meter: "iops", iops }]
    : tiers.map(({ meter, from, to }) => ({ meter, iops: Math.max(0, Math.min(iops, to) - from) }));
}

/** `ebs/io2/iops/32001-64000`: each tier of a volume's IOPS is an SKU of its own, named by the first and last IOPS it prices. */
function io2Tiers(book: PriceBook): { meter: string; from: number; to: number }[] {
  return [...book.prices.keys()].flatMap((sku) => {
    const bounds = /^ebs\/io2\/(iops\/(\d+)-(\d*))$/.exec(sku);
    if (bounds === null) return [];
    const [, meter = "", first, last] = bounds;
    return [{ meter, from: Math.max(0, Number(first) - 1), to: last ? Number(last) : Number.MAX_SAFE_INTEGER }];
  });
}

function aboveBaseline(amount: number | null, baseline: string, book: PriceBook): number {
  return Math.max(0, (amount ?? 0) - limitOf(book, `ebs/gp3/${baseline}`));
}
