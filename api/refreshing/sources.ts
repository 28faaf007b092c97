import type { AwsConnection } from "../price-sources/aws-connection.ts";
import { bulkFiles } from "../price-sources/bulk-files.ts";
import type { Clock } from "../price-sources/clock.ts";
import { ec2Api } from "../price-sources/ec2-api.ts";
import { fargateSpotFeed } from "../price-sources/fargate-spot-feed.ts";
import { fargateSpotFile, type OperatorsFile } from "../price-sources/fargate-spot-file.ts";
import { priceListApi } from "../price-sources/price-list-api.ts";
import type { PriceSource } from "../price-sources/price-source.ts";
import { savingsPlansApi } from "../price-sources/savings-plans-api.ts";
import { savingsPlansFiles } from "../price-sources/savings-plans-files.ts";
import { spotAdvisor } from "../price-sources/spot-advisor.ts";

/** How the sources reach the world. */
export interface Outside {
  readonly clock: Clock;
  /** Left out: the SDK's default chain. */
  readonly credentials?: AwsConnection["credentials"];
  /** Of a stand-in for AWS, APIs and files alike; left out: AWS itself. */
  readonly endpoint?: string | undefined;
  /** For `fargate-spot-file` alone. */
  readonly file?: OperatorsFile | undefined;
}

/** What people call the sources. */
export const sourceNames = [
  "api",
  "bulk",
  "ec2",
  "savings-plans",
  "savings-plans-files",
  "fargate-spot-file",
  "fargate-spot-feed",
  "spot-advisor",
] as const;
export type SourceName = (typeof sourceNames)[number];

/** Sources that need no AWS credentials. */
export const publicSources: readonly SourceName[] = ["bulk", "savings-plans-files"];

export function isSourceName(name: string): name is SourceName {
  return (sourceNames as readonly string[]).includes(name);
}

export function openSource(name: SourceName, { clock, credentials, endpoint, file }: Outside): PriceSource {
  const aws = { clock, credentials, endpoint };
  const web = { clock, base: endpoint, fetch: (address: string, init: RequestInit) => fetch(address, init) };
  switch (name) {
    case "api":
      return priceListApi(aws);
    case "bulk":
      return bulkFiles(web);
    case "ec2":
      return ec2Api(aws);
    case "savings-plans":
      return savingsPlansApi(aws);
    case "savings-plans-files":
      return savingsPlansFiles(web);
    case "fargate-spot-feed":
      return fargateSpotFeed(web, endpoint && `${endpoint}/fargate-spot-prices.json`);
    case "spot-advisor":
      return spotAdvisor(web, endpoint && `${endpoint}/spot-advisor-data.json`);
    case "fargate-spot-file":
      return fargateSpotFile(file ?? { name: "no file", text: "" });
  }
}
