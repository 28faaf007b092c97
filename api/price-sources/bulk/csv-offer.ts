import { classify } from "../classify.ts";
import { type Gathering, refuse } from "../gather-rows.ts";
import { addTerm, type PricedProduct, refuseUnpriced } from "../gather-terms.ts";
import { attributesOf, type Dimension, type Edition, editionOf, plainName, type Term } from "../product.ts";
import { SourceFailure } from "../source-failure.ts";
import { readCsvRecords } from "./csv-records.ts";
import type { OfferFile } from "./json-offer.ts";

/**
 * Reads an offer's CSV: lines of metadata, a header that begins with `SKU`, then a line for every rate. Rates of one term need not
 * follow each other. Failure: `unreadable`, also where there is no header.
 */
export async function readCsvOffer(gathering: Gathering, file: OfferFile): Promise<void> {
  const state: State = {
    gathering,
    file,
    meta: new Map(),
    columns: null,
    edition: null,
    products: new Map(),
    terms: new Map(),
  };
  for await (const { line, fields } of readCsvRecords(file.chunks)) {
    if (state.columns !== null) takeRate(state, state.columns, { line, fields });
    else if (plainName(fields[0] ?? "") === "sku") state.columns = fields.map(plainName);
    else state.meta.set(plainName(fields[0] ?? ""), fields[1] ?? "");
  }
  if (state.columns === null)
    throw new SourceFailure(`${file.address} has no line of column names.`, { code: "unreadable" });
  const priced = new Set<string>();
  for (const [key, packed] of state.terms) {
    const product = state.products.get(key.slice(0, key.indexOf(" ")));
    const term = unpack(packed);
    state.terms.delete(key);
    if (product === undefined || term === null) continue;
    if (term.lease === null) priced.add(product.product.id);
    addTerm(gathering, product, term);
  }
  for (const [id, product] of state.products) if (!priced.has(id)) refuseUnpriced(gathering, product);
}

interface State {
  readonly gathering: Gathering;
  readonly file: OfferFile;
  readonly meta: Map<string, string>;
  columns: readonly string[] | null;
  edition: Edition | null;
  /** The wanted. */
  readonly products: Map<string, PricedProduct>;
  /** By product and term: a rate a line, each as JSON of a term with this rate alone. Objects take four times the memory. */
  readonly terms: Map<string, string>;
}

interface Line {
  readonly line: number;
  readonly fields: readonly string[];
}

/** Columns without which a line is no rate. */
const needed = ["sku", "offertermcode", "ratecode", "termtype"];

function takeRate(state: State, columns: readonly string[], { line, fields }: Line): void {
  const pairs = columns.map((name, i) => [name, fields[i] ?? ""] as const);
  const attributes = attributesOf(null, pairs);
  if (!needed.every((name) => attributes.has(name))) {
    refuse(state.gathering, {
      ...{ reason: "malformed", message: "A line of the file is no rate.", name: state.file.service, sku: null },
      ...{ region: state.file.region.code, id: `line ${line}`, source: currentEdition(state).source },
    });
    return;
  }
  const product = productOf(state, attributes);
  if (product === null) return;
  const key = `${attributes.get("sku")} ${attributes.get("offertermcode")}`;
  const seen = state.terms.get(key);
  const packed = JSON.stringify(termOf(attributes));
  state.terms.set(key, seen === undefined ? packed : `${seen}\n${packed}`);
}

/** The first rate's term, with the rates of all. */
function unpack(packed: string): Term | null {
  const terms = packed.split("\n").map((line) => JSON.parse(line) as Term);
  const [first] = terms;
  return first === undefined ? null : { ...first, dimensions: terms.flatMap(({ dimensions }) => dimensions) };
}

function productOf(state: State, attributes: ReadonlyMap<string, string>): PricedProduct | null {
  const id = attributes.get("sku") ?? "";
  const known = state.products.get(id);
  if (known !== undefined) return known;
  const product = { id, service: state.file.service, attributes };
  const verdict = classify(product, state.file.region);
  const edition = currentEdition(state);
  if (verdict.wanted) {
    const usage = new Map([["usagetype", attributes.get("usagetype") ?? ""]]);
    const priced = { product: { ...product, attributes: usage }, verdict, edition };
    state.products.set(id, priced);
    return priced;
  }
  const { wanted: _, ...refusal } = verdict;
  refuse(state.gathering, { ...refusal, region: state.file.region.code, id, source: edition.source });
  return null;
}

function termOf(attributes: ReadonlyMap<string, string>): Term {
  const length = attributes.get("leasecontractlength");
  const lease = {
    ...{ length: length ?? "", option: attributes.get("purchaseoption") ?? "" },
    offeringClass: attributes.get("offeringclass") ?? "",
  };
  return {
    effectiveDate: attributes.get("effectivedate") ?? null,
    lease: length === undefined ? null : lease,
    dimensions: [dimensionOf(attributes)],
  };
}

function dimensionOf(attributes: ReadonlyMap<string, string>): Dimension {
  const currency = attributes.get("currency");
  const price = attributes.get("priceperunit");
  return {
    rateCode: attributes.get("ratecode") ?? null,
    unit: attributes.get("unit") ?? null,
    beginRange: attributes.get("startingrange") ?? null,
    endRange: attributes.get("endingrange") ?? null,
    pricePerUnit: currency === undefined || price === undefined ? {} : { [currency]: price },
  };
}

/** The same for all rows, so that they share one text. */
function currentEdition(state: State): Edition {
  const { file, meta } = state;
  const published = { publicationDate: meta.get("publicationdate") ?? null, version: meta.get("version") ?? null };
  state.edition ??= editionOf({ list: file.address, service: file.service, ...published });
  return state.edition;
}
