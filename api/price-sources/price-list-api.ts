import { GetProductsCommand, PricingClient } from "@aws-sdk/client-pricing";
import { type AwsConnection, clientOptions, holdUp } from "./aws-connection.ts";
import { services, wantedByService } from "./catalogue/catalogue.ts";
import type { Gathering } from "./gather-rows.ts";
import { settle, startGathering } from "./gather-rows.ts";
import { gatherItem } from "./list-item.ts";
import { abortable, readAll } from "./pages.ts";
import type { PriceSource, ReadRequest, SourceRow } from "./price-source.ts";
import { needParts, needRegion, type Region } from "./regions.ts";
import { type TokenBucket, tokenBucket } from "./token-bucket.ts";

/** What AWS allows per operation, account and region of the endpoint. */
const allowance = { capacity: 10, perSecond: 5 } as const;
const pageSizeMax = 100;

/**
 * AWS's Price List Query API: on-demand and reserved prices of every SKU in the catalogue. Parts are service codes. One bucket holds
 * all reads of a source value, so make one value per process.
 */
export function priceListApi(connection: AwsConnection, pageSize = pageSizeMax): PriceSource {
  const clients = new Map<string, PricingClient>();
  const source = {
    id: "price-list-api",
    label: "AWS Price List API",
    reference: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html",
    permissions: ["pricing:GetProducts"],
    onByDefault: true,
    parts: services,
    partsOnRequest: [],
  };

  function clientFor({ pricingRegion }: Region): PricingClient {
    const known = clients.get(pricingRegion);
    if (known !== undefined) return known;
    const client = heldUp(connection, pricingRegion, tokenBucket(allowance, connection.clock));
    clients.set(pricingRegion, client);
    return client;
  }

  async function* read(request: ReadRequest): AsyncIterable<SourceRow> {
    for (const region of request.regions.map(needRegion)) {
      for (const service of needParts(source, request.parts)) {
        const query = { client: clientFor(region), region, service, pageSize, signal: request.signal };
        yield* await readService(query);
      }
    }
  }

  return { ...source, read };
}

interface ServiceQuery {
  readonly client: PricingClient;
  readonly region: Region;
  readonly service: string;
  readonly pageSize: number;
  readonly signal: AbortSignal | undefined;
}

async function readService(query: ServiceQuery): Promise<Iterable<SourceRow>> {
  const gathering = startGathering();
  for (const filters of queriesOf(query.service)) await readQuery(query, filters, gathering);
  return settle(gathering);
}

/** The service's entries ask for these filters, each combination once. */
function queriesOf(service: string): Readonly<Record<string, string>>[] {
  const all = (wantedByService.get(service) ?? []).map(({ filters }) => JSON.stringify(filters));
  return [...new Set(all)].map((filters) => JSON.parse(filters) as Record<string, string>);
}

async function readQuery(
  query: ServiceQuery,
  filters: Readonly<Record<string, string>>,
  into: Gathering,
): Promise<void> {
  const { client, region, service, signal } = query;
  const items = await readAll<string>({
    ...{ permission: "pricing:GetProducts", about: `${service} in ${region.code}`, signal },
    ask: async (token) => {
      const answer = await client.send(
        new GetProductsCommand({
          ...{ ServiceCode: service, FormatVersion: "aws_v1", MaxResults: query.pageSize, NextToken: token },
          Filters: Object.entries(filters).map(([field, value]) => ({
            ...{ Type: "TERM_MATCH" as const, Field: field },
            Value: value.replace("{region}", region.code).replace("{location}", region.location),
          })),
        }),
        abortable(signal),
      );
      // The SDK hands out String objects, whose type is anything.
      return { items: (answer.PriceList ?? []).map((item: unknown) => String(item)), nextToken: answer.NextToken };
    },
  });
  for (const item of items) gatherItem(into, { item, region, service });
}

function heldUp(connection: AwsConnection, region: string, bucket: TokenBucket): PricingClient {
  const client = new PricingClient(clientOptions(connection, region));
  holdUp(client, bucket);
  return client;
}
