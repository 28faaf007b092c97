/** A product of a price list, from whichever file or call: attribute names in lower case, letters and digits only. */
export interface Product {
  /** The list's own id. */
  readonly id: string;
  readonly service: string;
  /** With `productfamily`; attributes that say nothing are left out. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** One term of a product: a lease or none, and its rates. */
export interface Term {
  readonly effectiveDate: string | null;
  /** Of reserved terms, as the list words it; null: on demand. */
  readonly lease: Lease | null;
  readonly dimensions: readonly Dimension[];
}

export interface Lease {
  readonly length: string;
  readonly option: string;
  readonly offeringClass: string;
}

export interface Dimension {
  readonly rateCode: string | null;
  readonly unit: string | null;
  readonly beginRange: string | null;
  readonly endRange: string | null;
  readonly pricePerUnit: Readonly<Record<string, string>>;
}

/** Which list a row was read from. */
export interface Edition {
  /** For people. */
  readonly source: string;
  readonly publicationDate: string | null;
}

/** The attributes under the names that JSON and CSV files, and old and new services, have in common. */
export function attributesOf(family: unknown, pairs: Iterable<readonly [string, unknown]>): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of pairs) {
    const plain = plainName(name);
    if (typeof value === "string" && value !== "" && !attributes.has(plain)) attributes.set(plain, value);
  }
  if (typeof family === "string" && family !== "") attributes.set("productfamily", family);
  return attributes;
}

/** `Pre Installed S/W` and `preInstalledSw` → `preinstalledsw`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

interface Published {
  /** `AWS Price List API`, or the file's address. */
  readonly list: string;
  readonly service: string;
  readonly publicationDate: string | null;
  readonly version: string | null;
}

/** Its source reads `AWS Price List API, AmazonECS, published 2022-11-21T18:21:30Z (version 20221121182130)`. */
export function editionOf({ list, service, publicationDate, version }: Published): Edition {
  const published = publicationDate === null ? "publication date not stated" : `published ${publicationDate}`;
  const source = `${list}, ${service}, ${published}${version === null ? "" : ` (version ${version})`}`;
  return { source, publicationDate };
}
