import { readCsvOffer } from "./bulk/csv-offer.ts";
import { type OfferFile, readJsonOffer } from "./bulk/json-offer.ts";
import { services } from "./catalogue/catalogue.ts";
import { download, downloadJson, type Web, withAttempts } from "./download.ts";
import { refuse, settle, startGathering } from "./gather-rows.ts";
import { record, text } from "./list-terms.ts";
import type { PriceSource, ReadRequest, SourceRow } from "./price-source.ts";
import { needParts, needRegion, type Region } from "./regions.ts";

/** How the bulk files are fetched. */
export interface BulkConnection extends Web {
  /** JSON by default. The CSV of a service is smaller and quicker to read, but its column names change over the years. */
  readonly format?: "json" | "csv" | undefined;
  /** Of a stand-in, for every partition; left out: AWS's own. */
  readonly base?: string | undefined;
}

/** Hundreds of megabytes per region. */
const large = ["AmazonEC2"];

/**
 * AWS's public price list files: no credentials. Parts are service codes; AmazonEC2 is read only where it is asked for. Files are
 * streamed: memory depends on the prices wanted, not on the file's size.
 */
export function bulkFiles(connection: BulkConnection): PriceSource {
  const source = {
    id: "bulk-files",
    label: "AWS price list files",
    reference: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-ppslong.html",
    permissions: [],
    onByDefault: true,
    parts: services,
    partsOnRequest: large,
  };

  async function* read({ regions, parts, signal }: ReadRequest): AsyncIterable<SourceRow> {
    for (const region of regions.map(needRegion)) {
      for (const service of needParts(source, parts)) {
        yield* await withAttempts(connection, signal, () => readOffer(connection, { region, service, signal }));
      }
    }
  }

  return { ...source, read };
}

interface Wanted {
  readonly region: Region;
  readonly service: string;
  readonly signal: AbortSignal | undefined;
}

async function readOffer(
  connection: BulkConnection,
  { region, service, signal }: Wanted,
): Promise<Iterable<SourceRow>> {
  const gathering = startGathering();
  const base = connection.base ?? bases[region.partition] ?? bases.aws;
  const list = `${base}/offers/v1.0/${region.partition === "aws-cn" ? "cn" : "aws"}/${service}/current/region_index.json`;
  const index = record(await downloadJson(connection, list, signal));
  const path = text(record(record(index.regions)[region.code]).currentVersionUrl);
  if (path === null) {
    refuse(gathering, {
      ...{
        reason: "missing-field",
        message: "The service has no price file for the region.",
        name: service,
        sku: null,
      },
      ...{ region: region.code, id: service, source: list },
    });
    return settle(gathering);
  }
  const csv = connection.format === "csv";
  const address = new URL(csv ? path.replace(/\.json$/, ".csv") : path, list).href;
  const file: OfferFile = { chunks: download(connection, address, signal), address, service, region };
  await (csv ? readCsvOffer(gathering, file) : readJsonOffer(gathering, file));
  return settle(gathering);
}

const bases: Readonly<Record<string, string>> & { readonly aws: string } = {
  aws: "https://pricing.us-east-1.amazonaws.com",
  "aws-cn": "https://pricing.cn-north-1.amazonaws.com.cn",
};
