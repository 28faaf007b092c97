import { wantedByService } from "./catalogue/catalogue.ts";
import { decoys } from "./catalogue/decoys.ts";
import type { WantedPrice } from "./catalogue/wanted-price.ts";
import type { RefusalReason } from "./price-source.ts";
import type { Product } from "./product.ts";
import { findLocation, findRegion, type Region } from "./regions.ts";

/** What a product is to us: the price of one SKU, or nothing, by name. */
export type Verdict = WantedProduct | RefusedProduct;

export interface WantedProduct {
  readonly wanted: true;
  readonly entry: WantedPrice;
  readonly region: Region;
  readonly sku: string;
  /** Of its reserved terms, before the term; null: none are read. */
  readonly reserved: string | null;
}

export interface RefusedProduct {
  readonly wanted: false;
  readonly reason: RefusalReason;
  readonly name: string;
  readonly message: string;
  readonly sku: string | null;
}

/** Decides by region, decoys, usage type and attributes, in this order. `asked` is the region that is being read. */
export function classify(product: Product, asked: Region): Verdict {
  const decoy = decoyOf(product);
  if (decoy !== null) return decoy;
  const region = regionOf(product);
  if (region === null)
    return refused(product, "other-region", `The product names no region that is known: ${placeOf(product)}.`);
  if (region.code !== asked.code) return refused(product, "other-region", `The product belongs to ${region.code}.`);
  const named = candidates(product, region);
  if (named.length === 0) return refused(product, "not-wanted", "No SKU is priced by this usage type.");
  const fitting = named.filter((entry) => differing(product, entry) === null);
  const [entry] = fitting;
  if (entry === undefined) return nearMiss(product, named);
  if (fitting.length > 1) {
    const skus = fitting.map((each) => each.sku).join(", ");
    return refused(product, "ambiguous", `The catalogue takes it for several SKUs: ${skus}.`);
  }
  return wantedProduct(product, entry, region);
}

/** An attribute that the product does not have makes no decoy of it. */
function decoyOf(product: Product): RefusedProduct | null {
  for (const { service, attribute, is, reason } of decoys) {
    const value = product.attributes.get(attribute);
    const applies = (service === undefined || service === product.service) && value !== undefined && is.test(value);
    if (applies) return refused(product, reason, `${attribute} is ${generalised(product, value)}`);
  }
  return null;
}

/** The entries whose usage type this is, in the product's region. */
export function candidates(product: Product, region: Region): readonly WantedPrice[] {
  const usageType = product.attributes.get("usagetype");
  if (usageType === undefined) return [];
  return (wantedByService.get(product.service) ?? []).filter((entry) => {
    if (!usageType.endsWith(tail(entry.usageType))) return false;
    const suffix = fill(entry.usageType, product, region);
    return suffix !== null && (usageType === suffix || usageType === region.usageTypePrefix + suffix);
  });
}

export function wantedProduct(product: Product, entry: WantedPrice, region: Region): Verdict {
  const sku = fill(entry.sku, product, region);
  const reserved = entry.reserved === undefined ? null : fill(entry.reserved, product, region);
  if (sku === null) return refused(product, "missing-field", `It lacks an attribute that names ${entry.sku}.`);
  return { wanted: true, entry, region, sku, reserved };
}

function regionOf(product: Product): Region | null {
  const { attributes } = product;
  const code = attributes.get("regioncode") ?? attributes.get("fromregioncode");
  if (code !== undefined) return findRegion(code);
  return findLocation(attributes.get("location") ?? attributes.get("fromlocation") ?? "");
}

function placeOf({ attributes }: Product): string {
  const names = ["regioncode", "fromregioncode", "location", "fromlocation"];
  return names.flatMap((name) => attributes.get(name) ?? []).join(", ") || "none at all";
}

/** Null where the product does not say what a placeholder stands for. */
function fill(template: string, product: Product, region: Region): string | null {
  let complete = true;
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = placeholder(name, product, region);
    complete &&= value !== undefined;
    return value ?? "";
  });
  return complete ? filled : null;
}

function placeholder(name: string, { attributes }: Product, region: Region): string | undefined {
  const to = findRegion(attributes.get("toregioncode") ?? "") ?? findLocation(attributes.get("tolocation") ?? "");
  const values: Readonly<Record<string, string | undefined>> = {
    instanceType: attributes.get("instancetype"),
    toRegion: to?.code,
    toPrefix: to?.usageTypePrefix,
    region: region.code,
    location: region.location,
  };
  return values[name];
}

/** What comes after the last placeholder: cheap to compare before anything is filled in. */
function tail(template: string): string {
  return template.slice(template.lastIndexOf("}") + 1);
}

/** The first attribute in which the product is not what the entry wants; null: none. */
function differing(product: Product, entry: WantedPrice): string | null {
  const found = Object.entries(entry.attributes).find(
    ([name, values]) => !values.includes(product.attributes.get(name) ?? null),
  );
  return found?.[0] ?? null;
}

function nearMiss(product: Product, named: readonly WantedPrice[]): RefusedProduct {
  const reasons = named.map((entry) => {
    const name = differing(product, entry) ?? "";
    const wanted = (entry.attributes[name] ?? []).map((value) => value ?? "nothing").join(" or ");
    return `for ${entry.sku} ${name} has to be ${wanted} and is ${product.attributes.get(name) ?? "nothing"}`;
  });
  return refused(product, "attribute-differs", reasons.join("; "));
}

function refused(product: Product, reason: RefusalReason, message: string): RefusedProduct {
  return { wanted: false, reason, name: nameOf(product), message, sku: null };
}

/** `AmazonEC2 UnusedBox:*`, so that what differs in the instance type only is counted together. */
function nameOf(product: Product): string {
  return `${product.service} ${generalised(product, product.attributes.get("usagetype") ?? "(no usage type)")}`;
}

function generalised({ attributes }: Product, value: string): string {
  const instanceType = attributes.get("instancetype");
  return instanceType === undefined ? value : value.replace(instanceType, "*");
}
