import type { WantedPrice } from "./wanted-price.ts";
import { gbMonths, hours, inRegion } from "./wanted-price.ts";

const gb = { unit: "GB", units: { GB: "1" } } as const;
const countMonth = { unit: "Count-Month" } as const;
const cloudwatch = { service: "AmazonCloudWatch", filters: inRegion } as const;
const secrets = { service: "AWSSecretsManager", filters: inRegion } as const;
const payload = { productfamily: ["Data Payload"] } as const;

/**
 * Usage types as AWS's guide to CloudWatch's bills tells them apart, with their prices in us-east-2 in public GitHub file 69391335676;
 * units of alarms and GetMetricData by 69263563806. What is not known of a product, such as its family, is not asked of it.
 */
const metrics: readonly WantedPrice[] = [
  ...[
    ["high-resolution", "CW:HighResAlarmMonitorUsage"],
    ["composite", "CW:CompositeAlarmMonitorUsage"],
  ].map(([kind, usageType = ""]) => ({
    ...{ ...cloudwatch, ...countMonth, sku: `cloudwatch/alarm/${kind}`, usageType },
    units: { Alarms: "1" },
    attributes: { productfamily: ["Alarm"] },
  })),
  {
    ...{ ...cloudwatch, ...countMonth, sku: "cloudwatch/container-insights/ecs-enhanced-metric" },
    usageType: "CW:MetricsUsage",
    units: { Metrics: "1" },
    attributes: { productfamily: ["Metric"] },
  },
  {
    ...{ ...cloudwatch, sku: "cloudwatch/container-insights/eks-observations", usageType: "CW:ObservationUsage" },
    ...{ unit: "Observations-1M", units: { Observations: "1000000" }, attributes: {} },
  },
  {
    ...{ ...cloudwatch, sku: "cloudwatch/get-metric-data", usageType: "CW:GMD-Metrics", attributes: {} },
    ...{ unit: "Metrics-1k", units: { Metrics: "1000" } },
  },
  {
    ...{ ...cloudwatch, sku: "cloudwatch/requests", usageType: "CW:Requests", attributes: {} },
    ...{ unit: "Requests-1k", units: { Requests: "1000", Request: "1000" } },
  },
  {
    ...{ ...cloudwatch, sku: "cloudwatch-logs/live-tail", usageType: "Logs-LiveTail", attributes: {} },
    ...{ unit: "Minute", units: { minutes: "1", Minutes: "1", minute: "1", Minute: "1" } },
  },
];

/** Logs, metrics, alarms, secrets and parameters. */
export const operationsPrices: readonly WantedPrice[] = [
  {
    ...{ ...cloudwatch, ...gb, sku: "cloudwatch-logs/ingestion/standard", usageType: "DataProcessing-Bytes" },
    attributes: { ...payload, group: ["Ingested Logs"], operation: ["PutLogEvents"] },
  },
  {
    ...{
      ...cloudwatch,
      ...gb,
      sku: "cloudwatch-logs/ingestion/infrequent-access",
      usageType: "DataProcessingIA-Bytes",
    },
    attributes: { ...payload, group: ["Ingested Logs"], operation: ["PutLogEvents"] },
  },
  {
    ...{ ...cloudwatch, ...gb, sku: "cloudwatch-logs/vended/standard", usageType: "VendedLog-Bytes" },
    attributes: { ...payload, group: ["Ingested Logs"] },
  },
  { ...cloudwatch, ...gb, sku: "cloudwatch-logs/insights", usageType: "DataScanned-Bytes", attributes: payload },
  {
    ...{ ...cloudwatch, sku: "cloudwatch-logs/storage", usageType: "TimedStorage-ByteHrs" },
    unit: "GB-Month",
    units: gbMonths,
    attributes: { productfamily: ["Storage Snapshot"] },
  },
  {
    ...{ ...cloudwatch, ...countMonth, sku: "cloudwatch/custom-metric", usageType: "CW:MetricMonitorUsage" },
    units: { Metrics: "1" },
    attributes: { productfamily: ["Metric"], group: ["Metric"] },
  },
  {
    ...{ ...cloudwatch, ...countMonth, sku: "cloudwatch/alarm/standard", usageType: "CW:AlarmMonitorUsage" },
    units: { Alarms: "1" },
    attributes: { productfamily: ["Alarm"], alarmtype: ["Standard", null] },
  },
  {
    ...{ ...secrets, ...countMonth, sku: "secrets-manager/secret", usageType: "AWSSecretsManager-Secrets" },
    units: { Secrets: "1" },
    attributes: { productfamily: ["Secret"] },
  },
  {
    ...{ ...secrets, sku: "secrets-manager/requests", usageType: "AWSSecretsManagerAPIRequest" },
    unit: "Requests-10k",
    units: { "API Requests": "10000" },
    attributes: { productfamily: ["API Request"] },
  },
  {
    ...{ ...countMonth, sku: "ssm/advanced-parameter", usageType: "PS-Advanced-Param-Tier1", attributes: {} },
    ...{ service: "AWSSystemsManager", filters: inRegion },
    // Published per month, metered per hour of a month of 730.
    units: Object.fromEntries(Object.keys(hours).map((unit) => [unit, "730"])),
  },
  {
    // Of advanced and of higher-throughput parameters alike: infracost/infracost@95ba4f4, ssm_parameter.go.
    ...{ service: "AWSSystemsManager", filters: inRegion, sku: "ssm/advanced-parameter/requests" },
    usageType: "PS-Param-Processed-Tier2",
    unit: "Requests-10k",
    units: { "API Requests": "10000", Requests: "10000" },
    attributes: { productfamily: ["API Request"] },
  },
  ...metrics,
];
