import type { InstanceTypeInfo, SpotPrice } from "@aws-sdk/client-ec2";
import { DescribeInstanceTypesCommand, DescribeSpotPriceHistoryCommand, EC2Client } from "@aws-sdk/client-ec2";
import { type AwsConnection, clientOptions } from "./aws-connection.ts";
import { today } from "./clock.ts";
import { type Gathering, refuse, settle, startGathering } from "./gather-rows.ts";
import { readInstanceType } from "./instance-type.ts";
import { abortable, readAll } from "./pages.ts";
import type { PriceSource, ReadRequest, SourceRow, SpotRow } from "./price-source.ts";
import { needParts, needRegion, type Region } from "./regions.ts";

export interface Ec2Connection extends AwsConnection {
  /** How far back Spot prices are read: 0, the default, for those in force; AWS keeps 90 days. */
  readonly spotDays?: number | undefined;
  /** Instance types or prices per call; left out: as many as sensible. */
  readonly pageSize?: number | undefined;
}

const dayMs = 86_400_000;
const pageSizes = { types: 100, spot: 1000 } as const;
const spotProducts = ["Linux/UNIX", "Linux/UNIX (Amazon VPC)"];

/** The EC2 API of each region: what its instance types are, and what Spot costs per zone and moment. */
export function ec2Api(connection: Ec2Connection): PriceSource {
  const source = {
    id: "ec2-api",
    label: "Amazon EC2 API",
    reference: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html",
    permissions: ["ec2:DescribeInstanceTypes", "ec2:DescribeSpotPriceHistory"],
    onByDefault: true,
    parts: ["instance-types", "spot-prices"],
    partsOnRequest: [],
  };

  async function* read({ regions, parts, signal }: ReadRequest): AsyncIterable<SourceRow> {
    for (const region of regions.map(needRegion)) {
      const call = { client: new EC2Client(clientOptions(connection, region.code)), connection, region, signal };
      for (const part of needParts(source, parts)) {
        yield* part === "instance-types" ? await readTypes(call) : await readSpot(call);
      }
    }
  }

  return { ...source, read };
}

interface RegionCall {
  readonly client: EC2Client;
  readonly connection: Ec2Connection;
  readonly region: Region;
  readonly signal: AbortSignal | undefined;
}

async function readTypes({ client, connection, region, signal }: RegionCall): Promise<Iterable<SourceRow>> {
  const asOf = today(connection.clock);
  const source = `EC2 DescribeInstanceTypes in ${region.code}, answered on ${asOf}`;
  const infos = await readAll<InstanceTypeInfo>({
    ...{ permission: "ec2:DescribeInstanceTypes", about: `the instance types of ${region.code}`, signal },
    ask: async (token) => {
      const command = new DescribeInstanceTypesCommand({
        MaxResults: connection.pageSize ?? pageSizes.types,
        NextToken: token,
      });
      const answer = await client.send(command, abortable(signal));
      return { items: answer.InstanceTypes ?? [], nextToken: answer.NextToken };
    },
  });
  const rows = new Map<string, SourceRow>();
  const gathering = startGathering();
  for (const info of infos) {
    const row = readInstanceType(info, { region: region.code, asOf, source });
    if ("kind" in row) rows.set(row.name, row);
    else refuse(gathering, row);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return [...sorted, ...settle(gathering)];
}

async function readSpot({ client, connection, region, signal }: RegionCall): Promise<Iterable<SourceRow>> {
  const { clock, spotDays = 0 } = connection;
  const source = `EC2 DescribeSpotPriceHistory in ${region.code}, answered on ${today(clock)}`;
  const prices = await readAll<SpotPrice>({
    ...{ permission: "ec2:DescribeSpotPriceHistory", about: `the Spot prices of ${region.code}`, signal },
    ask: async (token) => {
      const command = new DescribeSpotPriceHistoryCommand({
        ...{ ProductDescriptions: spotProducts, StartTime: new Date(clock.nowMs() - spotDays * dayMs) },
        ...{ MaxResults: connection.pageSize ?? pageSizes.spot, NextToken: token },
      });
      const answer = await client.send(command, abortable(signal));
      return { items: answer.SpotPriceHistory ?? [], nextToken: answer.NextToken };
    },
  });
  const rows = new Map<string, SpotRow>();
  const gathering = startGathering();
  for (const price of prices) {
    const row = spotRow(gathering, price, { region, source });
    if (row !== null) rows.set([row.sku, row.zone, row.observedAt, row.product, row.unitPrice].join(" "), row);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return [...sorted, ...settle(gathering)];
}

function spotRow(gathering: Gathering, price: SpotPrice, at: { region: Region; source: string }): SpotRow | null {
  const { InstanceType: instanceType, AvailabilityZone: zone, SpotPrice: text, Timestamp: time } = price;
  const product = price.ProductDescription ?? "";
  const { region, source } = at;
  const complete = instanceType !== undefined && zone !== undefined && text !== undefined && time !== undefined;
  if (!complete || !/^\d+(\.\d+)?$/.test(text) || /^0+(\.0+)?$/.test(text) || !spotProducts.includes(product)) {
    refuse(gathering, {
      ...{ reason: complete ? "malformed" : "missing-field", sku: null, region: region.code, source },
      ...{ name: `Spot ${instanceType ?? "?"} ${product}`, id: zone ?? "?" },
      message: `Not a Spot price of Linux with type, zone and time: ${text} ${zone} ${time?.toISOString()}.`,
    });
    return null;
  }
  return {
    ...{ kind: "spot", region: region.code, sku: `ec2-spot/linux/${instanceType}`, instanceType, zone, product },
    // The API names no currency: it is the one its region is billed in.
    ...{ unit: "Instance-Hour", unitPrice: withoutTrailingZeros(text), currency: region.currency },
    ...{ observedAt: time.toISOString(), source },
  };
}

function withoutTrailingZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
