import { Decimal } from "decimal.js";
import type { WantedProduct } from "./classify.ts";
import { addPrice, type Gathering, refuse } from "./gather-rows.ts";
import type { PriceRow, RefusalReason } from "./price-source.ts";
import type { Dimension, Edition, Lease, Product, Term } from "./product.ts";

export interface PricedProduct {
  readonly product: Product;
  readonly verdict: WantedProduct;
  readonly edition: Edition;
}

/** More digits than any published price has, so that nothing exact is rounded. */
const Exact = Decimal.clone({ precision: 60 });
const hoursPerYear = 8760;
/** As many decimals as the price lists have. */
const publishedDecimals = 10;

/** Adds the term's prices to the gathering, or refuses the whole term by name. */
export function addTerm(gathering: Gathering, priced: PricedProduct, term: Term): void {
  const read = term.lease === null ? onDemand(priced, term) : reserved(priced, term, term.lease);
  if ("rows" in read) for (const row of read.rows) addPrice(gathering, row);
  else {
    const { product, verdict, edition } = priced;
    const sku = term.lease === null ? verdict.sku : (verdict.reserved ?? verdict.sku);
    const name = `${product.service} ${product.attributes.get("usagetype")}`;
    refuse(gathering, {
      ...{ reason: read.reason, message: read.message, name, sku, region: verdict.region.code },
      ...{ id: product.id, source: edition.source },
    });
  }
}

/** A wanted product without any price on demand is no price of zero. */
export function refuseUnpriced(gathering: Gathering, { product, verdict, edition }: PricedProduct): void {
  refuse(gathering, {
    ...{
      reason: "missing-field",
      message: "The list has the product, but no on-demand price for it.",
      sku: verdict.sku,
    },
    ...{ name: `${product.service} ${product.attributes.get("usagetype")}`, region: verdict.region.code },
    ...{ id: product.id, source: edition.source },
  });
}

type Read = { readonly rows: readonly PriceRow[] } | Refused;

interface Refused {
  readonly reason: RefusalReason;
  readonly message: string;
}

interface Rate {
  readonly dimension: Dimension;
  /** In the list's own unit. */
  readonly price: Decimal;
  readonly from: Decimal;
  readonly to: Decimal | null;
}

function onDemand(priced: PricedProduct, term: Term): Read {
  const { verdict } = priced;
  const rates: Rate[] = [];
  for (const dimension of term.dimensions) {
    const rate = readRate(dimension, verdict.region.currency);
    if ("reason" in rate) return rate;
    if (verdict.entry.units[dimension.unit ?? ""] === undefined) return unknownUnit(verdict, dimension);
    rates.push(rate);
  }
  const charged = verdict.entry.countsAboveIncluded ? withoutIncluded(rates) : rates;
  if (charged.length === 0) return { reason: "missing-field", message: "The term has no rate." };
  if (charged.every(({ price }) => price.isZero())) return { reason: "zero-price", message: "The list's price is 0." };
  return { rows: charged.map((rate) => priceRow(priced, term, rate)) };
}

/** What comes without charge is not a tier of ours; what is charged counts from there, and so from 0. */
function withoutIncluded(rates: readonly Rate[]): readonly Rate[] {
  const charged = rates.filter(({ price }) => !price.isZero());
  const [only, ...more] = charged;
  return only === undefined || more.length > 0 ? charged : [{ ...only, from: new Exact(0) }];
}

/** An hour of a reserved term costs its hourly rate and its share of what is paid at the start. */
function reserved(priced: PricedProduct, term: Term, lease: Lease): Read {
  const { verdict } = priced;
  if (verdict.reserved === null) return { reason: "not-wanted", message: "Reserved terms of this SKU are not read." };
  const years = /^([13]) ?yr$/.exec(lease.length)?.[1];
  const option = lease.option.toLowerCase().replaceAll(" ", "-");
  const known = /^(no|partial|all)-upfront$/.test(option) && /^(standard|convertible)$/.test(lease.offeringClass);
  if (years === undefined || !known) {
    return {
      reason: "malformed",
      message: `Unknown reserved term: ${lease.length}, ${lease.option}, ${lease.offeringClass}.`,
    };
  }
  const sku = `${verdict.reserved}/${years}yr/${option}/${lease.offeringClass}`;
  const parts = leaseParts(term, verdict);
  if ("reason" in parts) return parts;
  if ((option !== "no-upfront") !== (parts.upfront !== null)) {
    return {
      reason: "missing-field",
      message: `${lease.option} and ${parts.upfront === null ? "no upfront fee" : "an upfront fee"}.`,
    };
  }
  const leaseHours = Number(years) * hoursPerYear;
  const upfront = parts.upfront?.price ?? new Exact(0);
  const share = upfront.div(leaseHours).toDecimalPlaces(publishedDecimals, Decimal.ROUND_HALF_UP);
  const price = parts.hourly.price.plus(share);
  if (price.isZero()) return { reason: "zero-price", message: "The list's price is 0." };
  const note = upfront.isZero()
    ? null
    : `${plain(parts.hourly.price)} per hour and ${plain(upfront)} at the start, spread over ${leaseHours} hours`;
  return { rows: [{ ...priceRow(priced, term, { ...parts.hourly, price }), sku, note }] };
}

function leaseParts(term: Term, verdict: WantedProduct): { hourly: Rate; upfront: Rate | null } | Refused {
  const rates: Rate[] = [];
  for (const dimension of term.dimensions) {
    const rate = readRate(dimension, verdict.region.currency);
    if ("reason" in rate) return rate;
    if (dimension.unit !== "Quantity" && verdict.entry.units[dimension.unit ?? ""] === undefined) {
      return unknownUnit(verdict, dimension);
    }
    rates.push(rate);
  }
  const [hourly, ...hourlyMore] = rates.filter(({ dimension }) => dimension.unit !== "Quantity");
  const [upfront, ...upfrontMore] = rates.filter(({ dimension }) => dimension.unit === "Quantity");
  if (hourly === undefined) return { reason: "missing-field", message: "The reserved term has no hourly rate." };
  if (hourlyMore.length + upfrontMore.length > 0) {
    return { reason: "ambiguous", message: "The reserved term has several hourly rates or several upfront fees." };
  }
  return { hourly, upfront: upfront ?? null };
}

function readRate(dimension: Dimension, currency: string): Rate | Refused {
  const currencies = Object.keys(dimension.pricePerUnit);
  const text = dimension.pricePerUnit[currency];
  if (currencies.length === 0 || dimension.unit === null) {
    return { reason: "missing-field", message: "A rate has no unit or no price." };
  }
  if (text === undefined) {
    return {
      reason: "currency",
      message: `The region's prices are in ${currency}, this one is in ${currencies.join(", ")}.`,
    };
  }
  const numbers = [text, dimension.beginRange ?? "0", (dimension.endRange ?? "Inf").replace(/^Inf$/, "0")];
  if (!numbers.every((number) => /^\d+(\.\d+)?$/.test(number))) {
    return {
      reason: "malformed",
      message: `Not a price with a range: ${text} from ${dimension.beginRange} to ${dimension.endRange}.`,
    };
  }
  const to = dimension.endRange === null || dimension.endRange === "Inf" ? null : new Exact(dimension.endRange);
  return { dimension, price: new Exact(text), from: new Exact(dimension.beginRange ?? "0"), to };
}

function unknownUnit({ entry }: WantedProduct, { unit }: Dimension): Refused {
  const known = Object.keys(entry.units).join(", ");
  return {
    reason: "unknown-unit",
    message: `The unit "${unit}" is not one of ${known}, so nothing is known of what it counts.`,
  };
}

function priceRow({ verdict, edition }: PricedProduct, term: Term, rate: Rate): PriceRow {
  const factor = new Exact(verdict.entry.units[rate.dimension.unit ?? ""] ?? Number.NaN);
  const converted = factor.eq(1) ? null : `${plain(rate.price)} per ${rate.dimension.unit}`;
  const effective = term.effectiveDate ?? `published ${edition.publicationDate ?? "without a date"}`;
  return {
    kind: "price",
    ...{ region: verdict.region.code, sku: verdict.sku, unit: verdict.entry.unit, currency: verdict.region.currency },
    unitPrice: plain(rate.price.times(factor)),
    tierFrom: plain(rate.from.div(factor)),
    tierTo: rate.to === null ? null : plain(rate.to.div(factor)),
    effectiveDate: effective,
    effectiveFrom: isoDay(term.effectiveDate) ?? isoDay(edition.publicationDate),
    rateCode: rate.dimension.rateCode,
    source: edition.source,
    note: converted,
  };
}

/** The day of an ISO date or instant; null where it is neither. */
export function isoDay(text: string | null): string | null {
  return /^(\d{4}-\d{2}-\d{2})(T|$)/.exec(text ?? "")?.[1] ?? null;
}

/** Without exponent and trailing zeros. */
export function plain(value: Decimal): string {
  return value.toFixed();
}
