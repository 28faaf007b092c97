import type { RefusedRecord, StagedAdvice, StagedPart, StagedPrice, StagedType } from "../../db/staged-part.ts";
import type {
  InstanceTypeRow,
  PriceRow,
  RefusalReason,
  SourceRow,
  SpotAdviceRow,
  SpotRow,
} from "../price-sources/price-source.ts";
import { spotPrices } from "./spot-prices.ts";

/** Refused although it may well be a price of ours: not because it is a decoy or belongs elsewhere. */
const alarming: readonly RefusalReason[] = [
  ...(["ambiguous", "currency", "malformed", "missing-field", "unknown-unit", "zero-price"] as const),
];

/** A part's rows as the data layer takes them, and how many records were passed over as none of ours. */
export function stageable(
  rows: readonly SourceRow[],
  about: Pick<StagedPart, "live" | "covers">,
): { readonly part: StagedPart; readonly passedOver: number } {
  const kinds = Map.groupBy(rows, ({ kind }) => kind) as {
    get<Kind extends SourceRow["kind"]>(kind: Kind): Extract<SourceRow, { kind: Kind }>[] | undefined;
  };
  const refused = kinds.get("refused") ?? [];
  const [doubted, ours] = [false, true].map((is) => refused.filter(({ reason }) => alarming.includes(reason) === is));
  const part = {
    ...about,
    prices: [...(kinds.get("price") ?? []).map(price), ...spot(kinds.get("spot") ?? [])],
    instanceTypes: (kinds.get("instance-type") ?? []).map(instanceType),
    spotAdvice: (kinds.get("spot-advice") ?? []).map(spotAdvice),
    refused: (ours ?? []).map(({ sku, name, message }): RefusedRecord => ({ sku, name, message })),
  };
  return { part, passedOver: (doubted ?? []).reduce((sum, { count }) => sum + count, 0) };
}

function price({ kind: _, region: __, unitPrice, ...row }: PriceRow): StagedPrice {
  return { ...row, price: unitPrice, status: null };
}

function instanceType({ kind: _, region: __, ...row }: InstanceTypeRow): StagedType {
  return row;
}

function spotAdvice({ kind: _, region: __, ...row }: SpotAdviceRow): StagedAdvice {
  return row;
}

/** Each pool's as an observation, and of each type the one that stands for the region. */
function spot(rows: readonly SpotRow[]): StagedPrice[] {
  return [...spotPrices(rows), ...rows.map(observation)];
}

function observation({ sku, unit, unitPrice, currency, observedAt, source, zone, product }: SpotRow): StagedPrice {
  return {
    ...{ sku, unit, price: unitPrice, currency, tierFrom: null, tierTo: null, rateCode: null, source },
    ...{ effectiveDate: observedAt, effectiveFrom: observedAt.slice(0, 10), status: "observed" },
    note: `${zone}, ${product}`,
  };
}
