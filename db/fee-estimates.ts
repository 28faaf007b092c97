import { Exact } from "../api/core/model/exact.ts";
import type { Limit, Price } from "../api/core/model/price-book.ts";
import type { CurrentPrices } from "./prices.ts";

const fees = ["ecs-managed-instances", "eks-auto-mode"];
const onDemand = "ec2/linux/";
/** Where neither is offered, or nothing is known of its fee. */
const otherPartitions = /^(cn|us-gov)-/;

/**
 * Fees for managing instances as the rule has them that fits every published one: a percentage of the on-demand price, less a cut for
 * some families since its day. For types without a published fee. They are estimates, and say so.
 */
export function estimateFees(
  { prices }: CurrentPrices,
  given: { readonly region: string; readonly asOf: string | null; readonly limits: ReadonlyMap<string, Limit> },
): Map<string, Price[]> {
  const estimates = new Map<string, Price[]>();
  if (otherPartitions.test(given.region)) return estimates;
  for (const fee of fees) {
    const percent = given.limits.get(`${fee}/fee-percent-of-on-demand`);
    for (const [sku, known] of percent === undefined ? [] : prices) {
      const type = sku.startsWith(onDemand) ? sku.slice(onDemand.length) : null;
      if (type === null || prices.has(`${fee}/${type}`)) continue;
      const found = given.limits.get(`${fee}/fee-cut-percent/${familyOf(type)}`);
      const cut = found !== undefined && (given.asOf === null || given.asOf >= found.asOf) ? found : null;
      estimates.set(
        `${fee}/${type}`,
        known.map((price) => derive(`${fee}/${type}`, price, { percent: percent as Limit, cut })),
      );
    }
  }
  return estimates;
}

/** The kinds of families that the cut of July 2026 names. */
function familyOf(type: string): string {
  if (/^g/.test(type)) return "g";
  return /^(p\d|trn)/.test(type) ? "p-and-trainium" : "other";
}

function derive(sku: string, price: Price, { percent, cut }: { percent: Limit; cut: Limit | null }): Price {
  const full = price.unitPrice.times(percent.value).div(100);
  const less = cut === null ? "" : ` less ${cut.value} % (${cut.source})`;
  return {
    ...price,
    sku,
    unitPrice: full.times(new Exact(100).minus(cut?.value ?? 0)).div(100),
    source: `Derived, not published: ${percent.value} % of the on-demand price of ${price.unitPrice} (${percent.source})${less}; ${price.source}`,
    rateCode: null,
    estimated: true,
  };
}
