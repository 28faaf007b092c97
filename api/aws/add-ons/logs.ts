import { type AddOn, amountOf, onlyIfGiven, type UsageInput } from "../../core/model/add-on.ts";
import { decimalFraction, fraction, multiply } from "../../core/model/fraction.ts";
import type { Service } from "../../core/model/workload.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices } from "../running-services.ts";

const ingested: UsageInput = {
  name: "logGB",
  of: "service",
  unit: "GB a month",
  max: 1_000_000,
  default: 5,
  text: "How much is logged is in no document: each service with the awslogs driver is taken to send 5 GB a month (usage.services, everyService: logGB). Effect: against none.",
  against: 0,
};

const retention: UsageInput = {
  name: "logRetentionMonths",
  of: "service",
  unit: "months",
  max: 120,
  default: 1,
  text: "Logs are taken to be kept for 1 month (logRetentionMonths); log groups that say nothing keep them for ever. Effect: against 12 months.",
  against: 12,
};

const storedPercent: UsageInput = {
  name: "logStoredPercent",
  of: "cluster",
  unit: "percent of what is ingested",
  max: 100,
  default: 15,
  text: "Of what is logged 15 % is stored, since it is compressed, as AWS's calculator has it (usage.cluster.logStoredPercent). Effect: against all of it.",
  against: 100,
};

const queried = onlyIfGiven("logQueriedGB", "GB a month that Logs Insights scans");

/**
 * CloudWatch Logs of the awslogs driver: what comes in, and what is kept: in any month, that month's and those before it, as long as they
 * are retained.
 */
export const logsAddOn: AddOn = {
  id: "logs",
  label: "CloudWatch Logs",
  reference: "https://aws.amazon.com/cloudwatch/pricing/",
  shared: true,
  inputs: [ingested, retention, storedPercent, queried],
  meterAll(whole) {
    const { workload } = whole;
    const { moved, stored } = periodUsage(workload);
    const kept = multiply(decimalFraction(amountOf(workload, storedPercent)), fraction(1, 100));
    return runningServices(whole)
      .filter(({ service }) => hasAwslogs(service))
      .flatMap(({ service }) => {
        const amount = (input: UsageInput) => decimalFraction(amountOf(workload, input, service));
        const of = (meter: string, description: string) => ({
          ...{ sku: `cloudwatch-logs/${meter}`, service: service.name },
          description: `CloudWatch Logs, ${description}`,
        });
        return [
          moved(of("ingestion/standard", "ingestion"), amount(ingested)),
          stored(of("storage", "storage"), multiply(multiply(amount(ingested), amount(retention)), kept)),
          moved(of("insights", "queries"), amount(queried)),
        ];
      });
  },
  example: {
    id: "CALC-CWL-1",
    source: "AWS Pricing Calculator transcript (15056961557, us-east-1)",
    given: "5 GB of logs in a month, kept for a month",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        {
          ...{ family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", executionRoleArn: "role" },
          containerDefinitions: [{ name: "one", logConfiguration: { logDriver: "awslogs" } }],
        },
      ],
      usage: { everyService: { logGB: 5, logRetentionMonths: 1 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "cloudwatch-logs/ingestion/standard": "2.50", "cloudwatch-logs/storage": "0.0225" },
  },
};

function hasAwslogs({ taskDefinition }: Service): boolean {
  return taskDefinition.containers.some(({ logDriver }) => logDriver === "awslogs");
}
