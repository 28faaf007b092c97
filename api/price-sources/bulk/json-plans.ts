import type { Gathering } from "../gather-rows.ts";
import { record, text } from "../list-terms.ts";
import { type Edition, editionOf } from "../product.ts";
import { addPlanRate, effective } from "../savings-plan-rate.ts";
import { SourceFailure } from "../source-failure.ts";
import type { OfferFile } from "./json-offer.ts";
import { type JsonValue, readJsonValues } from "./json-values.ts";
import { planName } from "./plan-name.ts";

const terms = "$.terms.savingsPlan.*";
const paths = [
  "$.version",
  "$.publicationDate",
  "$.products.*",
  `${terms}.sku`,
  `${terms}.effectiveDate`,
  `${terms}.rates.*`,
];

/**
 * Reads a Savings Plans file: products are plans, and terms hold their rates. Plans have to come before terms, and what a term says of
 * itself before its rates, as in AWS's files. Failure: `unreadable`.
 */
export async function readJsonPlans(gathering: Gathering, file: OfferFile): Promise<void> {
  const state: State = {
    gathering,
    file,
    plans: new Map(),
    version: null,
    published: null,
    edition: null,
    term: { index: null, sku: null, effectiveDate: null },
  };
  await readJsonValues(file.chunks, { paths, take: (found) => take(state, found) });
}

interface State {
  readonly gathering: Gathering;
  readonly file: OfferFile;
  readonly plans: Map<string, Readonly<Record<string, unknown>>>;
  version: string | null;
  published: string | null;
  edition: Edition | null;
  /** The terms that are being read: which of the list, of what plan, since when. */
  term: { readonly index: unknown; sku: string | null; effectiveDate: string | null };
}

function take(state: State, { path, value }: JsonValue): void {
  const [room, , index, field] = path;
  if (room === "version") state.version = text(value);
  else if (room === "publicationDate") state.published = text(value);
  else if (room === "products") state.plans.set(text(record(value).sku) ?? "", record(value));
  else {
    if (state.term.index !== index) state.term = { index, sku: null, effectiveDate: null };
    if (field === "sku") state.term.sku = text(value);
    else if (field === "effectiveDate") state.term.effectiveDate = text(value);
    else takeRate(state, record(value));
  }
}

function takeRate(state: State, rate: Readonly<Record<string, unknown>>): void {
  const { file, version, published, term } = state;
  state.edition ??= editionOf({ list: file.address, service: file.service, publicationDate: published, version });
  const plan = state.plans.get(term.sku ?? "");
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
      ...effective(term.effectiveDate, published),
      source: state.edition.source,
    },
    file.region,
  );
}
