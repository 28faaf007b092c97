import type { WantedPrice } from "./wanted-price.ts";
import { gbMonths, hours, inRegion } from "./wanted-price.ts";

const gb = { unit: "GB", units: { GB: "1" } } as const;
const countMonth = { unit: "Count-Month" } as const;
const cloudwatch = { service: "AmazonCloudWatch", filters: inRegion } as const;
const secrets = { service: "AWSSecretsManager", filters: inRegion } as const;
const payload = { productfamily: ["Data Payload"] } as const;

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
];
