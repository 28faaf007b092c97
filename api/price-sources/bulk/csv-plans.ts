import { type Gathering, refuse } from "../gather-rows.ts";
import { text } from "../list-terms.ts";
import { type Edition, editionOf, plainName } from "../product.ts";
import { addPlanRate, effective } from "../savings-plan-rate.ts";
import { SourceFailure } from "../source-failure.ts";
import { readCsvRecords } from "./csv-records.ts";
import type { OfferFile } from "./json-offer.ts";
import { planName } from "./plan-name.ts";

/** Reads a Savings Plans CSV: lines of metadata, a header that begins with `SKU`, then a line for every rate. Failure: `unreadable`. */
export async function readCsvPlans(gathering: Gathering, file: OfferFile): Promise<void> {
  const meta = new Map<string, string>();
  let columns: readonly string[] | null = null;
  let edition: Edition | null = null;
  for await (const { line, fields } of readCsvRecords(file.chunks)) {
    const first = plainName(fields[0] ?? "");
    if (columns === null) {
      if (first === "sku") columns = fields.map(plainName);
      else meta.set(first, fields[1] ?? "");
      continue;
    }
    edition ??= editionFrom(meta, file);
    if (fields.length === columns.length) takeRate(gathering, { file, edition }, new Map(zip(columns, fields)));
    else {
      const message = `A line has ${fields.length} fields instead of ${columns.length}.`;
      refuse(gathering, {
        ...{ reason: "malformed", message, name: file.service, sku: null, region: file.region.code },
        ...{ id: `line ${line}`, source: file.address },
      });
    }
  }
  if (columns === null) throw new SourceFailure(`${file.address} has no line of column names.`, { code: "unreadable" });
}

function editionFrom(meta: ReadonlyMap<string, string>, { address, service }: OfferFile): Edition {
  const published = { publicationDate: meta.get("publicationdate") ?? null, version: meta.get("version") ?? null };
  return editionOf({ list: address, service, ...published });
}

function zip(columns: readonly string[], fields: readonly string[]): (readonly [string, string])[] {
  return columns.map((name, i) => [name, fields[i] ?? ""] as const);
}

function takeRate(
  gathering: Gathering,
  { file, edition }: { readonly file: OfferFile; readonly edition: Edition },
  columns: ReadonlyMap<string, string>,
): void {
  const field = (name: string) => text(columns.get(name));
  addPlanRate(
    gathering,
    {
      plan: planName(field("productfamily")),
      years: field("leasecontractlengthunit") === "year" ? field("leasecontractlength") : null,
      option: field("purchaseoption"),
      service: field("discountedservicecode"),
      usageType: field("discountedusagetype"),
      operation: field("discountedoperation"),
      instanceType: field("discountedinstancetype"),
      region: field("discountedregioncode"),
      ...{ unit: field("unit"), price: field("discountedrate"), currency: field("currency") },
      rateCode: field("ratecode"),
      ...effective(field("effectivedate"), edition.publicationDate),
      source: edition.source,
    },
    file.region,
  );
}
