import { readCsvPlans } from "./bulk/csv-plans.ts";
import { readJsonPlans } from "./bulk/json-plans.ts";
import type { BulkConnection } from "./bulk-files.ts";
import { download, downloadJson, withAttempts } from "./download.ts";
import { refuse, settle, startGathering } from "./gather-rows.ts";
import { record, text } from "./list-terms.ts";
import type { PriceSource, ReadRequest, SourceRow } from "./price-source.ts";
import { needParts, needRegion, type Region } from "./regions.ts";

const base = "https://pricing.us-east-1.amazonaws.com";
const offer = "AWSComputeSavingsPlan";

/** The public Savings Plans files: no credentials. One part, the plans for compute; a region's file takes up to hundreds of megabytes. */
export function savingsPlansFiles(connection: BulkConnection): PriceSource {
  const source = {
    id: "savings-plans-files",
    label: "AWS Savings Plans price files",
    reference:
      "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-fetching-savings-plan.html",
    permissions: [],
    onByDefault: true,
    parts: [offer],
    partsOnRequest: [],
  };

  async function* read({ regions, parts, signal }: ReadRequest): AsyncIterable<SourceRow> {
    for (const region of regions.map(needRegion)) {
      for (const _ of needParts(source, parts)) {
        yield* await withAttempts(connection, signal, () => readRegion(connection, region, signal));
      }
    }
  }

  return { ...source, read };
}

async function readRegion(
  connection: BulkConnection,
  region: Region,
  signal: AbortSignal | undefined,
): Promise<Iterable<SourceRow>> {
  const gathering = startGathering();
  const list = `${connection.base ?? base}/savingsPlan/v1.0/aws/${offer}/current/region_index.json`;
  const { regions } = record(await downloadJson(connection, list, signal));
  const entries = Array.isArray(regions) ? regions.map(record) : [];
  const path = text(entries.find(({ regionCode }) => regionCode === region.code)?.versionUrl);
  if (path === null) {
    refuse(gathering, {
      ...{ reason: "missing-field", message: "There is no Savings Plans file for the region.", name: offer, sku: null },
      ...{ region: region.code, id: offer, source: list },
    });
    return settle(gathering);
  }
  const csv = connection.format === "csv";
  const address = new URL(csv ? path.replace(/\.json$/, ".csv") : path, list).href;
  const file = { chunks: download(connection, address, signal), address, service: offer, region };
  await (csv ? readCsvPlans(gathering, file) : readJsonPlans(gathering, file));
  return settle(gathering);
}
