import { classify } from "./classify.ts";
import { type Gathering, refuse } from "./gather-rows.ts";
import { addTerm, refuseUnpriced } from "./gather-terms.ts";
import { readTerms } from "./list-terms.ts";
import { attributesOf, type Edition, editionOf, type Product } from "./product.ts";
import type { Region } from "./regions.ts";

const list = "AWS Price List API";

/** An element of GetProducts' `PriceList`, as text. */
export interface ListItem {
  readonly item: string;
  /** The region and the service that were asked for. */
  readonly region: Region;
  readonly service: string;
}

interface Decoded {
  readonly product?: { readonly sku?: string; readonly productFamily?: string; readonly attributes?: object };
  readonly serviceCode?: string;
  readonly terms?: { readonly OnDemand?: object; readonly Reserved?: object };
  readonly version?: string;
  readonly publicationDate?: string;
}

/** Adds the item's prices, or why it has none for us. */
export function gatherItem(gathering: Gathering, { item, region, service }: ListItem): void {
  const decoded = decode(item);
  const listed = decoded?.serviceCode ?? service;
  const published = { publicationDate: decoded?.publicationDate ?? null, version: decoded?.version ?? null };
  const edition = editionOf({ list, service: listed, ...published });
  const id = decoded?.product?.sku;
  if (decoded === null || id === undefined) {
    refuse(gathering, {
      ...{
        reason: "malformed",
        message: "An element of the price list is no product.",
        sku: null,
        region: region.code,
      },
      ...{ name: service, id: id ?? item.slice(0, 40), source: edition.source },
    });
    return;
  }
  const attributes = attributesOf(decoded.product?.productFamily, Object.entries(decoded.product?.attributes ?? {}));
  const product: Product = { id, service: listed, attributes };
  gatherProduct(gathering, { product, region, edition, terms: decoded.terms ?? {} });
}

interface WholeProduct {
  readonly product: Product;
  readonly region: Region;
  readonly edition: Edition;
  readonly terms: { readonly OnDemand?: object; readonly Reserved?: object };
}

function gatherProduct(gathering: Gathering, { product, region, edition, terms }: WholeProduct): void {
  const verdict = classify(product, region);
  if (!verdict.wanted) {
    const { wanted: _, ...refusal } = verdict;
    refuse(gathering, { ...refusal, region: region.code, id: product.id, source: edition.source });
    return;
  }
  const priced = { product, verdict, edition };
  const read = [...readTerms(terms.OnDemand), ...readTerms(terms.Reserved)];
  if (!read.some(({ lease }) => lease === null)) refuseUnpriced(gathering, priced);
  for (const term of read) addTerm(gathering, priced, term);
}

function decode(item: string): Decoded | null {
  try {
    const decoded: unknown = JSON.parse(item);
    return typeof decoded === "object" ? decoded : null;
  } catch {
    return null;
  }
}
