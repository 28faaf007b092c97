import { Exact } from "../../api/core/model/exact.ts";
import published from "../cases/focus-columns.json" with { type: "json" };
import type { Row } from "./csv-rows.ts";

interface Rule {
  readonly column: string;
  readonly type: string;
  readonly level: string;
  readonly nulls: boolean;
  readonly format: string;
  readonly introduced: string;
  readonly values?: readonly string[];
}

const formats: Readonly<Record<string, RegExp>> = {
  "Date/Time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  "Decimal (any)": /^-?\d+(\.\d+)?$/,
  "Decimal (non-negative)": /^\d+(\.\d+)?$/,
  Currency: /^[A-Z]{3}$/,
  "Key-Value": /^\{.*\}$/,
};

/** Every fault of rows that claim to be a FOCUS dataset, as sentences; none: it is one. An empty cell is null. */
export function focusFaults(rows: readonly Row[], version: "1.4" | "1.2"): string[] {
  const rules = rulesOf(version);
  const columns = Object.keys(rows[0] ?? {});
  const absent = rules.filter(({ level, column }) => level === "Mandatory" && !columns.includes(column));
  const known = new Set(rules.map(({ column }) => column));
  const foreign = columns.filter((column) => !column.startsWith("x_") && !known.has(column));
  const faults = new Set([
    ...absent.map(({ column }) => `${column} is missing`),
    ...foreign.map((column) => `${column} is no column of ${version}`),
  ]);
  for (const row of rows) for (const fault of rowFaults(row, rules)) faults.add(fault);
  return [...faults];
}

function rulesOf(version: "1.4" | "1.2"): readonly Rule[] {
  if (version === "1.4") return published.columns;
  const provider = { type: "String", level: "Mandatory", nulls: false, format: "Unspecified", introduced: "0.5" };
  return [
    ...published.columns.filter(({ introduced }) => Number(introduced) <= 1.2),
    ...["ProviderName", "PublisherName"].map((column) => ({ ...provider, column })),
  ];
}

function rowFaults(row: Row, rules: readonly Rule[]): string[] {
  const ofCells = rules.flatMap(({ column, nulls, format, values }) => {
    const cell = row[column];
    if (cell === undefined) return [];
    if (cell === "") return nulls ? [] : [`${column} is null`];
    if (values !== undefined && !values.includes(cell)) return [`${column} is ${cell}`];
    return formats[format]?.test(cell) === false ? [`${column} is not as ${format}: ${cell}`] : [];
  });
  return [...ofCells, ...products(row), ...presence(row), ...periods(row), ...commitments(row)];
}

/** Costs are unit prices × quantity, exactly. */
function products(row: Row): string[] {
  return (["List", "Contracted"] as const).flatMap((kind) => {
    const product = new Exact(row[`${kind}UnitPrice`] || "NaN").times(row.PricingQuantity || "NaN");
    return product.equals(row[`${kind}Cost`] || "NaN") ? [] : [`${kind}Cost is not unit price × quantity`];
  });
}

/** What usage and purchases must say (validator's model of 1.2, which 1.4 keeps). */
function presence(row: Row): string[] {
  const needed = [
    "ListUnitPrice",
    "ContractedUnitPrice",
    "PricingQuantity",
    "PricingUnit",
    "PricingCategory",
    "SkuId",
    "SkuPriceId",
  ];
  const absent = needed.filter((column) => !row[column]).map((column) => `${column} is null in usage`);
  const frequency = row.ChargeCategory === "Purchase" && row.ChargeFrequency === "Usage-Based";
  const consumed = (row.ConsumedQuantity === "") !== (row.ChargeCategory === "Purchase");
  return [
    ...absent,
    ...(frequency ? ["a purchase is Usage-Based"] : []),
    ...(consumed ? ["ConsumedQuantity is not that of usage"] : []),
    ...((row.RegionId === "") === (row.RegionName === "") ? [] : ["RegionId without RegionName"]),
  ];
}

function periods(row: Row): string[] {
  const {
    BillingPeriodStart: from = "",
    ChargePeriodStart: start = "",
    ChargePeriodEnd: end = "",
    BillingPeriodEnd: to = "",
  } = row;
  return from <= start && start < end && end <= to ? [] : [`the charge ${start} to ${end} is outside ${from} to ${to}`];
}

function commitments(row: Row): string[] {
  const isCommitted = row.PricingCategory === "Committed";
  const faults = [
    [isCommitted && row.CommitmentDiscountStatus === "", "committed usage without a status"],
    [isCommitted && row.BilledCost !== "0", "usage that a commitment covers is billed"],
    [isCommitted && row.ChargeCategory !== "Usage", "the purchase of a commitment is Committed"],
    [isCommitted && row.CommitmentDiscountId === "", "committed usage without a commitment"],
    [row.CommitmentDiscountId !== "" && row.CommitmentDiscountType === "", "a commitment without a type"],
    [
      row.CommitmentDiscountId !== "" && row.ChargeCategory === "Purchase" && row.EffectiveCost !== "0",
      "a fee has effect",
    ],
  ] as const;
  return faults.filter(([is]) => is).map(([, fault]) => fault);
}
