/** What a row of a planned bill says, but for who bills: those columns have other names in each version. */
const common = [
  ...["AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency"],
  ...["BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription"],
  ...["ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "CommitmentDiscountCategory", "CommitmentDiscountId"],
  ...["CommitmentDiscountName", "CommitmentDiscountQuantity", "CommitmentDiscountStatus", "CommitmentDiscountType"],
  ...["CommitmentDiscountUnit", "ConsumedQuantity", "ConsumedUnit", "ContractedCost", "ContractedUnitPrice"],
  ...["EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost", "ListUnitPrice", "PricingCategory"],
  ...["PricingQuantity", "PricingUnit", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType"],
  ...["ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId"],
  ...["SubAccountId", "SubAccountName", "Tags"],
] as const;

/** Of our own, after FOCUS's. */
const own = [
  ...["x_ComparisonId", "x_IsEstimated", "x_IsForecast", "x_Owner", "x_PeriodFrom", "x_PriceDate"],
  ...["x_PriceSource", "x_ScenarioId", "x_Service", "x_Spread"],
] as const;

/** FOCUS 1.3 gave two columns other names, and 1.4 has the new ones alone. */
const providers = {
  "1.4": ["HostProviderName", "ServiceProviderName"],
  "1.2": ["ProviderName", "PublisherName"],
} as const;

export type FocusVersion = keyof typeof providers;
export type FocusColumn = (typeof common)[number] | (typeof own)[number] | (typeof providers)[FocusVersion][number];

export function focusColumns(version: FocusVersion): readonly FocusColumn[] {
  return [...[...common, ...providers[version]].sort(), ...own];
}
