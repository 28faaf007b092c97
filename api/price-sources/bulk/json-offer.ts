import { classify } from "../classify.ts";
import { type Gathering, refuse } from "../gather-rows.ts";
import { addTerm, type PricedProduct, refuseUnpriced } from "../gather-terms.ts";
import { readTerms, record, text } from "../list-terms.ts";
import { attributesOf, type Edition, editionOf } from "../product.ts";
import type { Region } from "../regions.ts";
import { SourceFailure } from "../source-failure.ts";
import { type JsonValue, readJsonValues } from "./json-values.ts";

/** An offer file: its bytes, and what it was asked for. */
export interface OfferFile {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly address: string;
  readonly service: string;
  readonly region: Region;
}

const paths = ["$.version", "$.publicationDate", "$.products.*", "$.terms.*.*"];

/**
 * Reads `{version, publicationDate, products: {SKU: …}, terms: {OnDemand: {SKU: …}, Reserved: {SKU: …}}}`. Of the products only the
 * wanted are kept, to be joined with their terms; the file has to have products first, as AWS's have. Failure: `unreadable`.
 */
export async function readJsonOffer(gathering: Gathering, file: OfferFile): Promise<void> {
  const state: State = {
    gathering,
    file,
    wanted: new Map(),
    unpriced: new Set(),
    version: null,
    published: null,
    terms: 0,
    edition: null,
  };
  await readJsonValues(file.chunks, {
    paths,
    skip: ([room, , id]) => room === "terms" && id !== undefined && !state.wanted.has(id),
    take: (found) => take(state, found),
  });
  if (state.terms === 0 && state.wanted.size > 0) {
    throw new SourceFailure(`${file.address} has products and no terms.`, { code: "unreadable" });
  }
  for (const id of state.unpriced) {
    const priced = state.wanted.get(id);
    if (priced !== undefined) refuseUnpriced(gathering, priced);
  }
}

interface State {
  readonly gathering: Gathering;
  readonly file: OfferFile;
  readonly wanted: Map<string, PricedProduct>;
  readonly unpriced: Set<string>;
  version: string | null;
  published: string | null;
  terms: number;
  edition: Edition | null;
}

function take(state: State, { path, value }: JsonValue): void {
  const [room, kindOrId, id] = path;
  if (room === "version") state.version = text(value);
  else if (room === "publicationDate") state.published = text(value);
  else if (room === "products") takeProduct(state, String(kindOrId), record(value));
  else takeTerms(state, String(id), value);
}

function takeProduct(state: State, id: string, value: Readonly<Record<string, unknown>>): void {
  const { file, gathering } = state;
  if (state.terms > 0) throw new SourceFailure(`${file.address} has products after its terms.`, { code: "unreadable" });
  const attributes = attributesOf(value.productFamily, Object.entries(record(value.attributes)));
  const product = { id, service: file.service, attributes };
  const edition = currentEdition(state);
  const verdict = classify(product, file.region);
  if (verdict.wanted) {
    state.wanted.set(id, { product: lean(product), verdict, edition });
    state.unpriced.add(id);
    return;
  }
  const { wanted: _, ...refusal } = verdict;
  refuse(gathering, { ...refusal, region: file.region.code, id, source: edition.source });
}

/** Thirty attributes of a thousand products are megabytes: only the one that names the product is needed from here on. */
function lean(product: PricedProduct["product"]): PricedProduct["product"] {
  return { ...product, attributes: new Map([["usagetype", product.attributes.get("usagetype") ?? ""]]) };
}

function takeTerms(state: State, id: string, value: unknown): void {
  state.terms++;
  const priced = state.wanted.get(id);
  if (priced === undefined) return;
  for (const term of readTerms(value)) {
    if (term.lease === null) state.unpriced.delete(id);
    addTerm(state.gathering, priced, term);
  }
}

/** The same for all rows, so that they share one text. What the file says of itself comes before its products. */
function currentEdition(state: State): Edition {
  const { file, version, published: publicationDate } = state;
  state.edition ??= editionOf({ list: file.address, service: file.service, publicationDate, version });
  return state.edition;
}
