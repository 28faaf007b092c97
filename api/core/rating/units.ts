import { Exact } from "../model/exact.ts";
import type { PriceUnit } from "../model/price-book.ts";
import type { UsageUnit } from "../model/usage.ts";

const cpuUnitsPerVcpu = 1024n;
const mibPerGb = 1024n;
const bytesPerGb = 1024n ** 3n;
const secondsPerHour = 3600n;

/** How much metered usage makes one priced unit. GB is 1024 MiB: Fargate's pricing page defines it as 1024³ bytes. */
const conversions: Partial<Record<PriceUnit, { usage: UsageUnit; per: (monthSeconds: bigint) => bigint }>> = {
  "vCPU-Hour": { usage: "cpu-unit-second", per: () => cpuUnitsPerVcpu * secondsPerHour },
  "vCPU-Second": { usage: "cpu-unit-second", per: () => cpuUnitsPerVcpu },
  "GB-Hour": { usage: "MiB-second", per: () => mibPerGb * secondsPerHour },
  "GB-Second": { usage: "MiB-second", per: () => mibPerGb },
  "GB-Month": { usage: "MiB-second", per: (monthSeconds) => mibPerGb * monthSeconds },
  "Instance-Hour": { usage: "instance-second", per: () => secondsPerHour },
  "IOPS-Month": { usage: "IOPS-second", per: (monthSeconds) => monthSeconds },
  "MiBps-Month": { usage: "MiBps-second", per: (monthSeconds) => monthSeconds },
  Hour: { usage: "item-second", per: () => secondsPerHour },
  "LCU-Hour": { usage: "LCU-second", per: () => secondsPerHour },
  "Count-Month": { usage: "item-second", per: (monthSeconds) => monthSeconds },
  GB: { usage: "byte", per: () => bytesPerGb },
  "Requests-1k": { usage: "request", per: () => 1000n },
  "Requests-10k": { usage: "request", per: () => 10_000n },
  "Observations-1M": { usage: "request", per: () => 1_000_000n },
};

/** Usage units in one priced unit; null where the one cannot be turned into the other. */
export function usageUnitsPer(priceUnit: PriceUnit, usageUnit: UsageUnit, monthSeconds: number) {
  const conversion = conversions[priceUnit];
  if (conversion === undefined || conversion.usage !== usageUnit) return null;
  return new Exact(conversion.per(BigInt(monthSeconds)).toString());
}
