import type { Decimal } from "decimal.js";
import type { PriceUnit } from "../core/model/price-book.ts";
import { type Cell, digits } from "./csv-table.ts";
import type { FocusColumn } from "./focus-columns.ts";
import type { FocusPeriod } from "./focus-period.ts";
import { focusServiceOf } from "./focus-services.ts";
import { instantText } from "./instant-text.ts";
import type { ComparisonDocument, OptionDocument } from "./json.ts";
import { ownerOf, tagsOf } from "./owner.ts";
import type { Spread } from "./usage-over-time.ts";

type LineItem = OptionDocument["lineItems"][number];

export interface Bill {
  readonly document: ComparisonDocument;
  readonly option: OptionDocument;
  readonly period: FocusPeriod;
  readonly columns: readonly FocusColumn[];
}

/** What of a line item falls in one stretch of time. Times in seconds since 1970. */
interface Charged {
  readonly chargeStart: number;
  readonly chargeEnd: number;
  readonly monthStart: number;
  readonly monthEnd: number;
  readonly quantity: Decimal;
  readonly cost: Decimal;
  readonly spread: Spread;
}

type FocusRow = Partial<Record<FocusColumn, Cell>>;

/**
 * How a line item is billed: as usage; what a commitment covers, as the commitment's fee, which is what is billed, and as the usage that
 * it covers, which is what has the effect.
 */
export function focusRows(line: LineItem, bill: Bill): ((charged: Charged) => FocusRow)[] {
  const commitment = commitmentOf(line, bill.document);
  const fixed = { ...whoBills(line), ...whatIsBilled(line, bill) };
  const row = (more: (charged: Charged) => FocusRow) => (charged: Charged) => ({
    ...fixed,
    ...when(charged),
    ...amounts(line, charged),
    x_Spread: charged.spread,
    ...more(charged),
  });
  if (commitment === null) return [row(() => ({}))];
  const none = digits("0");
  return [
    row((charged) => ({
      ...commitment(charged),
      ...{ ChargeCategory: "Purchase", ChargeFrequency: "Recurring", EffectiveCost: none, PricingCategory: "Standard" },
      ...{ ConsumedQuantity: null, ConsumedUnit: null },
    })),
    row((charged) => ({ ...commitment(charged), BilledCost: none, CommitmentDiscountStatus: "Used" })),
  ];
}

export function focusCells(row: FocusRow, { columns }: Bill): readonly Cell[] {
  return columns.map((column) => row[column] ?? null);
}

function whoBills({ sku }: LineItem): FocusRow {
  const who = sku.startsWith("own/") ? "Own organisation" : "AWS";
  return {
    ...{ HostProviderName: who, ServiceProviderName: who, ProviderName: who, PublisherName: who },
    // Nobody has issued an invoice: it is who would.
    InvoiceIssuerName: who,
    BillingAccountId: "forecast",
  };
}

function whatIsBilled(line: LineItem, { document, option, period }: Bill): FocusRow {
  const { service, sku, price } = line;
  const { name, category, subcategory } = focusServiceOf(sku) ?? unknownService;
  const region = sku.startsWith("own/") ? null : document.region;
  const tags = tagsOf(service, document);
  return {
    ...{ BillingCurrency: document.currency, ChargeCategory: "Usage", ChargeFrequency: "Usage-Based" },
    ...{ ChargeDescription: line.description, RegionId: region, RegionName: region },
    ...{ ServiceName: name, ServiceCategory: category, ServiceSubcategory: subcategory },
    ...{ SkuId: sku, SkuMeter: line.description, SkuPriceId: price.rateCode ?? sku },
    ...{ PricingCategory: pricingCategoryOf(sku), PricingUnit: pricingUnits[line.unit] ?? document.currency },
    Tags: tags && JSON.stringify(tags),
    ...{ x_ComparisonId: document.id, x_ScenarioId: option.id, x_IsForecast: true },
    ...{ x_Service: service, x_Owner: ownerOf(service, document), x_PeriodFrom: period.from },
    ...{ x_IsEstimated: line.estimated, x_PriceDate: price.effectiveDate, x_PriceSource: price.source },
  };
}

const unknownService = { name: "Other", category: "Other", subcategory: "Other (Other)" };

function when({ chargeStart, chargeEnd, monthStart, monthEnd }: Charged): FocusRow {
  return {
    ...{ ChargePeriodStart: instantText(chargeStart), ChargePeriodEnd: instantText(chargeEnd) },
    ...{ BillingPeriodStart: instantText(monthStart), BillingPeriodEnd: instantText(monthEnd) },
  };
}

/** Products are exact; what is billed is what the comparison says, to 12 decimals, so that it adds up to its total. */
function amounts({ unit, unitPrice, listUnitPrice }: LineItem, { quantity, cost }: Charged): FocusRow {
  const used = digits(quantity.toFixed());
  const [billed, times] = [digits(cost.toFixed()), (price: string) => digits(quantity.times(price).toFixed())];
  return {
    ...{ BilledCost: billed, EffectiveCost: billed, PricingQuantity: used, ConsumedQuantity: used },
    ...{ ListUnitPrice: digits(listUnitPrice), ListCost: times(listUnitPrice) },
    ...{ ContractedUnitPrice: digits(unitPrice), ContractedCost: times(unitPrice) },
    ConsumedUnit: pricingUnits[unit] ?? null,
  };
}

function pricingCategoryOf(sku: string): string {
  if (commitments.some(({ begins }) => sku.startsWith(begins))) return "Committed";
  return sku.startsWith("fargate-spot/") || sku.startsWith("ec2-spot/") ? "Dynamic" : "Standard";
}

const commitments = [
  { begins: "ec2-reserved/", category: "Usage", type: "Reserved Instance" },
  { begins: "ec2-instance-savings-plan/", category: "Spend", type: "EC2 Instance Savings Plan" },
  { begins: "compute-savings-plan/", category: "Spend", type: "Compute Savings Plan" },
] as const;

/** What covers a line item, of which there is none yet: its id is one for this comparison. */
function commitmentOf({ sku, unit }: LineItem, { id, currency }: ComparisonDocument) {
  const found = commitments.find(({ begins }) => sku.startsWith(begins));
  if (found === undefined) return null;
  const { category, type } = found;
  const [unitName, amount] = category === "Spend" ? [currency, "cost"] : [pricingUnits[unit] ?? currency, "quantity"];
  return (charged: Charged): FocusRow => ({
    ...{ CommitmentDiscountId: `planned/${id}/${sku}`, CommitmentDiscountName: `Planned ${type}` },
    ...{ CommitmentDiscountCategory: category, CommitmentDiscountType: type, CommitmentDiscountUnit: unitName },
    CommitmentDiscountQuantity: digits(charged[amount as "cost" | "quantity"].toFixed()),
  });
}

/** As FOCUS writes units; what is left out is counted in money. */
const pricingUnits: Partial<Record<PriceUnit, string>> = {
  "vCPU-Hour": "vCPU-Hours",
  "vCPU-Second": "vCPU-Seconds",
  "GB-Hour": "GB-Hours",
  "GB-Second": "GB-Seconds",
  "Instance-Hour": "Hours",
  "GB-Month": "GB-Months",
  "IOPS-Month": "IOPS-Months",
  "MiBps-Month": "MiBps-Months",
  Hour: "Hours",
  Minute: "Minutes",
  "LCU-Hour": "LCU-Hours",
  "Gbps-Hour": "Gbps-Hours",
  GB: "GB",
  "Count-Month": "Count-Months",
  "Requests-1k": "1000 Requests",
  "Requests-10k": "10000 Requests",
  "Metrics-1k": "1000 Metrics",
  "Observations-1M": "1000000 Observations",
};
