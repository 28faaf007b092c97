import type { Decimal } from "decimal.js";
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
    const rules = new Map(families.map((family) => [family, ruleOf(fee, family, given)]));
    for (const [sku, known] of prices) {
      const type = sku.startsWith(onDemand) ? sku.slice(onDemand.length) : null;
      const rule = rules.get(familyOf(type ?? ""));
      if (type === null || rule === null || rule === undefined || prices.has(`${fee}/${type}`)) continue;
      estimates.set(
        `${fee}/${type}`,
        known.map((price) => derive(`${fee}/${type}`, price, rule)),
      );
    }
  }
  return estimates;
}

const families = ["g", "p-and-trainium", "other"] as const;
type Family = (typeof families)[number];

interface Rule {
  readonly share: Decimal;
  /** One text for all prices of the rule: there are thousands. */
  readonly source: string;
}

/** Null: the snapshot has no such rule, or it was not known by then. */
function ruleOf(
  fee: string,
  family: Family,
  { asOf, limits }: { readonly asOf: string | null; readonly limits: ReadonlyMap<string, Limit> },
): Rule | null {
  const percent = limits.get(`${fee}/fee-percent-of-on-demand`);
  if (percent === undefined || (asOf !== null && asOf < percent.asOf)) return null;
  const known = limits.get(`${fee}/fee-cut-percent/${family}`);
  const cut = known !== undefined && (asOf === null || asOf >= known.asOf) ? known : null;
  const less = cut === null ? "" : `, less ${cut.value} % (${cut.source})`;
  return {
    share: percent.value
      .div(100)
      .times(new Exact(100).minus(cut?.value ?? 0))
      .div(100),
    source: `Derived, not published: ${percent.value} % of the on-demand price (${percent.source})${less}`,
  };
}

/** The kinds of families that the cut of July 2026 names. */
function familyOf(type: string): Family {
  if (/^g/.test(type)) return "g";
  return /^(p\d|trn)/.test(type) ? "p-and-trainium" : "other";
}

function derive(sku: string, price: Price, { share, source }: Rule): Price {
  return { ...price, sku, unitPrice: price.unitPrice.times(share), source, rateCode: null, estimated: true };
}
