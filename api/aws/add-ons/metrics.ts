import { type AddOn, amountOf, onlyIfGiven } from "../../core/model/add-on.ts";
import { decimalFraction } from "../../core/model/fraction.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices } from "../running-services.ts";

const metrics = onlyIfGiven("customMetrics", "a number of metrics");

/** Metrics that a service sends to CloudWatch itself. Each combination of dimensions is one. */
export const metricsAddOn: AddOn = {
  id: "metrics",
  label: "CloudWatch metrics",
  reference: "https://aws.amazon.com/cloudwatch/pricing/",
  shared: true,
  inputs: [metrics],
  meterAll(whole) {
    const { kept } = periodUsage(whole.workload);
    return runningServices(whole).map(({ service }) => {
      const of = { sku: "cloudwatch/custom-metric", service: service.name, description: "CloudWatch custom metrics" };
      return kept(of, decimalFraction(amountOf(whole.workload, metrics, service)));
    });
  },
  example: {
    id: "CWM-1",
    source: "arithmetic of this project: no published example",
    given: "10,500 custom metrics for a month: 10,000 at $0.30, the rest at $0.10",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      usage: { services: { one: { customMetrics: 10_500 } } },
    },
    option: "ec2",
    unitPrices: {},
    lines: { "cloudwatch/custom-metric": "3050.00" },
  },
};
