import type { z } from "zod";
import type { DocumentFormat, Reading } from "../../core/model/document.ts";
import { Exact } from "../../core/model/exact.ts";
import { isBlank, isObject, kindOf, pathBelow } from "../../core/model/field.ts";
import type { RateCard } from "../../core/model/rate-card.ts";
import { field, fieldsOf, listOf, objectOf, problemsOf, text } from "./fields.ts";

/** `rateCard` of a request: what the user pays instead of the published prices. A format of the contract. */
export const rateCardFormat: DocumentFormat = {
  id: "rate-card",
  label: "a rate card",
  reference: "https://docs.aws.amazon.com/cost-management/latest/userguide/ce-what-is.html",
  field: "rateCard",
  list: false,
  fields: { discounts: null, prices: null, instanceCosts: null },
  reserved: [],
  recognises: () => false,
  read: readRateCard,
  example: {
    discounts: [{ sku: "ec2/linux/*", percent: "12.5" }],
    prices: [{ sku: "fargate/linux/x86_64/vcpu", unitPrice: "0.03" }],
    instanceCosts: [{ label: "agent", instanceTypes: "*", perHour: "0.01" }],
  },
};

const pattern = field((value, refuse) => {
  if (typeof value === "string" && /^[\w.*/ -]{1,128}$/.test(value)) return value;
  return refuse("not_a_pattern", "must be a SKU or a pattern such as ec2/linux/*");
});

const typePattern = field((value, refuse) => {
  if (isBlank(value)) return "*";
  if (typeof value === "string" && /^[a-z0-9.*-]{1,64}$/.test(value)) return value;
  return refuse("not_a_pattern", "must be an instance type or a pattern such as m7g.*");
});

const amount = field((value, refuse) => {
  const digits = String(value).trim();
  const isDecimal = (typeof value === "number" || typeof value === "string") && /^\d{1,9}(\.\d{1,15})?$/.test(digits);
  return isDecimal ? new Exact(digits) : refuse("not_an_amount", 'must be an amount of at least 0, such as "0.03"');
});

const percent = field((value, refuse) => {
  const digits = String(value).trim();
  const isDecimal = (typeof value === "number" || typeof value === "string") && /^\d{1,3}(\.\d{1,6})?$/.test(digits);
  if (isDecimal && new Exact(digits).lte(100)) return new Exact(digits);
  return refuse("not_a_percentage", "must be a percentage from 0 to 100");
});

const rateCard = fieldsOf({
  discounts: listOf(objectOf({ sku: pattern, percent })),
  prices: listOf(objectOf({ sku: pattern, unitPrice: amount })),
  instanceCosts: listOf(objectOf({ label: text(64), instanceTypes: typePattern, perHour: amount })),
});

function readRateCard(value: unknown, path: string): Reading {
  if (!isObject(value)) {
    const message = `rateCard must be an object, not ${kindOf(value)}.`;
    return { documents: [], problems: [{ code: "wrong_type", path, message }] };
  }
  const parsed = rateCard.safeParse(value);
  if (!parsed.success) return { documents: [], problems: problemsOf(parsed.error, path) };
  return { documents: [{ kind: "rate-card", rateCard: rateCardOf(parsed.data, path) }], problems: [] };
}

function rateCardOf(fields: z.output<typeof rateCard>, path: string): RateCard {
  const placed = <T extends object>(name: string, entries: readonly (T | null)[]) =>
    entries.flatMap((entry, at) => (entry === null ? [] : [{ ...entry, path: pathBelow(path, [name, at]) }]));
  return {
    discounts: placed("discounts", fields.discounts),
    prices: placed("prices", fields.prices),
    instanceCosts: placed("instanceCosts", fields.instanceCosts).map((entry, at) => ({
      ...entry,
      label: entry.label ?? `cost ${at + 1}`,
    })),
  };
}
