import {
  DescribeSavingsPlansOfferingRatesCommand,
  type SavingsPlanOfferingRate,
  SavingsplansClient,
} from "@aws-sdk/client-savingsplans";
import { type AwsConnection, clientOptions } from "./aws-connection.ts";
import { today } from "./clock.ts";
import { settle, startGathering } from "./gather-rows.ts";
import { abortable, readAll } from "./pages.ts";
import type { PriceSource, ReadRequest, SourceRow } from "./price-source.ts";
import { needParts, needRegion, type Region } from "./regions.ts";
import { addPlanRate, type PlanRate } from "./savings-plan-rate.ts";
import { SourceFailure } from "./source-failure.ts";

/** Where the service answers for all regions of the partition. */
const signingRegion = "us-east-1";
const pageSizeMax = 1000;
const planNames: Readonly<Record<string, string>> = {
  Compute: "compute-savings-plan",
  EC2Instance: "ec2-instance-savings-plan",
};
const yearSeconds = 31_536_000;

/** DescribeSavingsPlansOfferingRates. Parts are service codes. The rates have no date: they are dated by the day of the answer. */
export function savingsPlansApi(connection: AwsConnection, pageSize = pageSizeMax): PriceSource {
  const client = new SavingsplansClient(clientOptions(connection, signingRegion));
  const source = {
    id: "savings-plans-api",
    label: "AWS Savings Plans API",
    reference:
      "https://docs.aws.amazon.com/savingsplans/latest/APIReference/API_DescribeSavingsPlansOfferingRates.html",
    permissions: ["savingsplans:DescribeSavingsPlansOfferingRates"],
    onByDefault: true,
    parts: ["AmazonECS", "AmazonEKS", "AmazonEC2"],
    partsOnRequest: [],
  };

  async function* read({ regions, parts, signal }: ReadRequest): AsyncIterable<SourceRow> {
    for (const region of regions.map(needRegion)) {
      if (region.partition === "aws-cn") {
        throw new SourceFailure(`No Savings Plans API is known that answers for ${region.code}.`, {
          code: "region_unknown",
        });
      }
      for (const service of needParts(source, parts)) {
        yield* await readService({ client, connection, region, service, pageSize, signal });
      }
    }
  }

  return { ...source, read };
}

interface ServiceQuery {
  readonly client: SavingsplansClient;
  readonly connection: AwsConnection;
  readonly region: Region;
  readonly service: string;
  readonly pageSize: number;
  readonly signal: AbortSignal | undefined;
}

async function readService({
  client,
  connection,
  region,
  service,
  pageSize,
  signal,
}: ServiceQuery): Promise<Iterable<SourceRow>> {
  const rates = await readAll<SavingsPlanOfferingRate>({
    permission: "savingsplans:DescribeSavingsPlansOfferingRates",
    ...{ about: `Savings Plans rates of ${service} in ${region.code}`, signal },
    ask: async (token) => {
      const command = new DescribeSavingsPlansOfferingRatesCommand({
        ...{ savingsPlanTypes: ["Compute", "EC2Instance"], serviceCodes: [service as "AmazonECS"] },
        ...{ filters: [{ name: "region", values: [region.code] }], maxResults: pageSize, nextToken: token },
      });
      const answer = await client.send(command, abortable(signal));
      return { items: answer.searchResults ?? [], nextToken: answer.nextToken };
    },
  });
  const gathering = startGathering();
  const day = today(connection.clock);
  for (const rate of rates) addPlanRate(gathering, planRate(rate, day), region);
  return settle(gathering);
}

function planRate(rate: SavingsPlanOfferingRate, day: string): PlanRate {
  const offering = rate.savingsPlanOffering;
  const property = (name: string) => rate.properties?.find((each) => each.name === name)?.value ?? null;
  const years = (offering?.durationSeconds ?? 0) / yearSeconds;
  return {
    plan: planNames[offering?.planType ?? ""] ?? null,
    years: years === 0 ? null : String(years),
    option: offering?.paymentOption ?? null,
    ...{ service: rate.serviceCode ?? null, usageType: rate.usageType ?? null, operation: rate.operation || null },
    ...{ instanceType: property("instanceType"), region: property("region") },
    ...{ unit: rate.unit ?? null, price: rate.rate ?? null, currency: offering?.currency ?? null },
    rateCode: offering?.offeringId ?? null,
    ...{ effectiveDate: `as answered on ${day}`, effectiveFrom: day },
    source: `AWS Savings Plans API, DescribeSavingsPlansOfferingRates, answered on ${day}`,
  };
}
