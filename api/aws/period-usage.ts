import { type Fraction, fraction, multiply } from "../core/model/fraction.ts";
import type { Usage } from "../core/model/usage.ts";
import type { Workload } from "../core/model/workload.ts";

const mibPerGib = 1024;
const bytesPerGib = 1024 ** 3;

type Of = Pick<Usage, "sku" | "service" | "description">;

/** Usage of the whole period at an even rate. GB are 1024³ bytes. */
export function periodUsage({ periodSeconds, monthSeconds }: Pick<Workload, "periodSeconds" | "monthSeconds">) {
  const row = (of: Of, quantity: Fraction, unit: Usage["unit"]): Usage => ({
    ...of,
    quantity,
    unit,
    startSeconds: 0,
    endSeconds: periodSeconds,
  });
  const month = fraction(periodSeconds, monthSeconds);
  return {
    /** GB that are there for the whole period. */
    stored: (of: Of, gb: Fraction) => row(of, multiply(gb, fraction(mibPerGib * periodSeconds)), "MiB-second"),
    /** MiB/s that are there for the whole period. */
    throughput: (of: Of, mibps: Fraction) => row(of, multiply(mibps, fraction(periodSeconds)), "MiBps-second"),
    /** GB a month that are read, written or sent. */
    moved: (of: Of, gbAMonth: Fraction) => row(of, multiply(multiply(gbAMonth, month), fraction(bytesPerGib)), "byte"),
    /** Things that are there for the whole period. */
    kept: (of: Of, count: Fraction) => row(of, multiply(count, fraction(periodSeconds)), "item-second"),
    /** Things by the seconds a month that they are there, all together. */
    lasting: (of: Of, secondsAMonth: Fraction) => row(of, multiply(secondsAMonth, month), "item-second"),
    /** In the period. */
    bytes: (of: Of, count: Fraction) => row(of, count, "byte"),
    /** In the period. */
    requests: (of: Of, count: Fraction) => row(of, count, "request"),
  };
}
