import type { Decimal } from "decimal.js";

/** What the user pays instead of the published prices. Patterns are SKUs or instance types with `*` for any run of characters. */
export interface RateCard {
  /** Of several that match an SKU the last one listed applies: general ones first, exceptions after them. */
  readonly discounts: readonly { readonly path: string; readonly sku: string; readonly percent: Decimal }[];
  /** Agreed unit prices, in the published price's unit; they go before discounts. */
  readonly prices: readonly { readonly path: string; readonly sku: string; readonly unitPrice: Decimal }[];
  readonly instanceCosts: readonly InstanceCost[];
}

/** What every instance of some types costs besides: a licence, an agent. */
export interface InstanceCost {
  readonly path: string;
  readonly label: string;
  readonly instanceTypes: string;
  readonly perHour: Decimal;
}

/** The SKU of such a cost. */
export function instanceCostSku({ label }: Pick<InstanceCost, "label">): string {
  return `own/instance/${label}`;
}

/** Whether a text is of a pattern's form. Linear in both: patterns come from users. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  if (parts.length === 0) return pattern === text;
  const last = parts.pop() ?? "";
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
