import { Decimal } from "decimal.js";
import { candidates, wantedProduct } from "./classify.ts";
import { addPrice, type Gathering, refuse } from "./gather-rows.ts";
import { isoDay, plain } from "./gather-terms.ts";
import type { RefusalReason } from "./price-source.ts";
import type { Region } from "./regions.ts";

/** A Savings Plans rate as the API and the files have in common; null: not said. */
export interface PlanRate {
  /** `compute-savings-plan` or `ec2-instance-savings-plan`; null: a plan that is not read. */
  readonly plan: string | null;
  readonly years: string | null;
  /** `No Upfront`. */
  readonly option: string | null;
  readonly service: string | null;
  readonly usageType: string | null;
  readonly operation: string | null;
  readonly instanceType: string | null;
  readonly region: string | null;
  readonly unit: string | null;
  readonly price: string | null;
  readonly currency: string | null;
  readonly rateCode: string | null;
  readonly effectiveDate: string;
  readonly effectiveFrom: string | null;
  readonly source: string;
}

/** Adds the rate under `compute-savings-plan/1yr/no-upfront/` and the SKU it takes the place of, or refuses it by name. */
export function addPlanRate(gathering: Gathering, rate: PlanRate, region: Region): void {
  const read = readRate(rate, region);
  const { source, rateCode } = rate;
  if ("reason" in read) {
    refuse(gathering, {
      ...read,
      name: nameOf(rate),
      region: region.code,
      id: rateCode ?? rate.usageType ?? "?",
      source,
    });
    return;
  }
  addPrice(gathering, {
    ...{ kind: "price", region: region.code, sku: read.sku, unit: read.unit, unitPrice: read.price },
    ...{ currency: region.currency, tierFrom: "0", tierTo: null },
    ...{ effectiveDate: rate.effectiveDate, effectiveFrom: rate.effectiveFrom, rateCode, source, note: null },
  });
}

function readRate(rate: PlanRate, region: Region) {
  const { plan, years, service, usageType, unit, price, currency } = rate;
  const decoy = decoyOf(usageType ?? "");
  if (decoy !== null) return refusal(decoy, "Not an instance or task that runs under shared tenancy.");
  if (service !== null && !["AmazonECS", "AmazonEKS", "AmazonEC2"].includes(service)) {
    return refusal("not-wanted", `Rates of ${service} are not read.`);
  }
  if (plan === null) return refusal("not-wanted", "Rates of this kind of plan are not read.");
  const missing = Object.entries({ years, option: rate.option, service, usageType, unit, price, currency })
    .flatMap(([name, value]) => (value === null ? [name] : []))
    .join(", ");
  if (service === null || usageType === null || unit === null || price === null || missing !== "") {
    return refusal("missing-field", `The rate does not say: ${missing}.`);
  }
  if ((rate.region ?? region.code) !== region.code)
    return refusal("other-region", `The rate belongs to ${rate.region}.`);
  const option = rate.option?.toLowerCase().replaceAll(" ", "-");
  if (!/^[13]$/.test(years ?? "") || !/^(no|partial|all)-upfront$/.test(option ?? "")) {
    return refusal("malformed", `Unknown plan: ${years} years, ${rate.option}.`);
  }
  const found = onDemandSku(rate, { service, usageType, region });
  if ("reason" in found) return found;
  const checked = readPrice({ unit, price, currency }, found, region);
  return "reason" in checked ? checked : { ...checked, sku: `${plan}/${years}yr/${option}/${found.sku}` };
}

function decoyOf(usageType: string): RefusalReason | null {
  if (/(^|-)Unused/.test(usageType)) return "capacity-reservation";
  return /(^|-)(Dedicated|HostBoxUsage|HostUsage)/.test(usageType) ? "dedicated-tenancy" : null;
}

interface Found {
  readonly sku: string;
  readonly unit: ReturnType<typeof candidates>[number]["unit"];
  readonly units: Readonly<Record<string, string>>;
}

/** The one entry with this usage type and operation. The rates say nothing of the product besides. */
function onDemandSku(
  rate: PlanRate,
  { service, usageType, region }: { service: string; usageType: string; region: Region },
) {
  const attributes = new Map([["usagetype", usageType]]);
  if (rate.operation !== null) attributes.set("operation", rate.operation);
  const instanceType = rate.instanceType ?? /BoxUsage:(.+)$/.exec(usageType)?.[1];
  if (instanceType !== undefined) attributes.set("instancetype", instanceType);
  const product = { id: rate.rateCode ?? usageType, service, attributes };
  const named = candidates(product, region);
  if (named.length === 0) return refusal("not-wanted", "No SKU is priced by this usage type.");
  const fitting = named.filter(
    ({ attributes: { operation } }) => operation?.includes(rate.operation) ?? rate.operation === null,
  );
  const [entry] = fitting;
  if (entry === undefined || fitting.length > 1) {
    return refusal("other-operating-system", `The operation "${rate.operation ?? ""}" is that of no SKU.`);
  }
  const verdict = wantedProduct(product, entry, region);
  return verdict.wanted
    ? ({ sku: verdict.sku, unit: entry.unit, units: entry.units } satisfies Found)
    : refusal(verdict.reason, verdict.message);
}

function readPrice(
  { unit, price, currency }: { unit: string; price: string; currency: string | null },
  found: Found,
  region: Region,
) {
  const factor = found.units[unit];
  if (factor === undefined)
    return refusal("unknown-unit", `The unit "${unit}" is not one of ${Object.keys(found.units).join(", ")}.`);
  if (currency !== region.currency) {
    return refusal("currency", `The region's prices are in ${region.currency}, this one is in ${currency}.`);
  }
  if (!/^\d+(\.\d+)?$/.test(price)) return refusal("malformed", `Not a price: ${price}.`);
  const unitPrice = new Decimal(price).times(factor);
  if (unitPrice.isZero()) return refusal("zero-price", "The rate is 0.");
  return { unit: found.unit, price: plain(unitPrice) };
}

function refusal(reason: RefusalReason, message: string) {
  return { reason, message, sku: null };
}

function nameOf({ service, usageType, instanceType }: PlanRate): string {
  const type = instanceType ?? /BoxUsage:(.+)$/.exec(usageType ?? "")?.[1];
  return `${service ?? "(no service)"} ${type ? usageType?.replace(type, "*") : (usageType ?? "(no usage type)")}`;
}

/** Day and wording of a date that may be missing: then the publication's, on which the rate held. */
export function effective(date: string | null, published: string | null) {
  return {
    effectiveDate: date ?? `published ${published ?? "without a date"}`,
    effectiveFrom: isoDay(date) ?? isoDay(published),
  };
}
