import type { Gathering } from "../gather-rows.ts";
import { record, text } from "../list-terms.ts";
import { type Edition, editionOf } from "../product.ts";
import { addPlanRate, effective } from "../savings-plan-rate.ts";
import { SourceFailure } from "../source-failure.ts";
import type { OfferFile } from "./json-offer.ts";
import { type JsonValue, readJsonValues } from "./json-values.ts";
import { planName } from "./plan-name.ts";

const paths = ["$.version", "$.publicationDate", "$.products.*", "$.terms.savingsPlan.*.rates.*"];

/** Reads a Savings Plans file: products are plans, terms hold their rates. Plans have to come first, as in AWS's. Failure: `unreadable`. */
export async function readJsonPlans(gathering: Gathering, file: OfferFile): Promise<void> {
  const state: State = { gathering, file, plans: new Map(), version: null, published: null, edition: null };
  await readJsonValues(file.chunks, paths, (found) => take(state, found));
}

interface State {
  readonly gathering: Gathering;
  readonly file: OfferFile;
  readonly plans: Map<string, Readonly<Record<string, unknown>>>;
  version: string | null;
  published: string | null;
  edition: Edition | null;
}

function take(state: State, { path, value, around }: JsonValue): void {
  if (path[0] === "version") state.version = text(value);
  else if (path[0] === "publicationDate") state.published = text(value);
  else if (path[0] === "products") state.plans.set(text(record(value).sku) ?? "", record(value));
  // Root, terms, savingsPlan, the plan's terms, its rates.
  else takeRate(state, record(value), record(around.at(-2)));
}

function takeRate(
  state: State,
  rate: Readonly<Record<string, unknown>>,
  term: Readonly<Record<string, unknown>>,
): void {
  const { file, version, published } = state;
  state.edition ??= editionOf({ list: file.address, service: file.service, publicationDate: published, version });
  const plan = state.plans.get(text(term.sku) ?? "");
  if (plan === undefined)
    throw new SourceFailure(`${file.address} has rates of a plan it does not describe before.`, { code: "unreadable" });
  const attributes = record(plan.attributes);
  const discounted = record(rate.discountedRate);
  addPlanRate(
    state.gathering,
    {
      plan: planName(text(plan.productFamily)),
      years: /^([13]) ?yr$/.exec(text(attributes.purchaseTerm) ?? "")?.[1] ?? null,
      option: text(attributes.purchaseOption),
      service: text(rate.discountedServiceCode),
      usageType: text(rate.discountedUsageType),
      operation: text(rate.discountedOperation),
      instanceType: text(rate.discountedInstanceType),
      region: text(rate.discountedRegionCode),
      unit: text(rate.unit),
      price: text(discounted.price),
      currency: text(discounted.currency),
      rateCode: text(rate.rateCode),
      ...effective(text(term.effectiveDate), published),
      source: state.edition.source,
    },
    file.region,
  );
}
