import { type AddOn, amountOf, type UsageInput } from "../../core/model/add-on.ts";
import { decimalFraction } from "../../core/model/fraction.ts";
import { periodUsage } from "../period-usage.ts";

const attachments = ofCluster("transitGatewayAttachments", "a number of attachments to transit gateways", 5000);
const transitGB = ofCluster(
  "transitGatewayGB",
  "GB a month sent through transit gateways, over all attachments",
  100_000_000,
);

/** Hours of each attachment and the bytes sent into them. No document tells of any. */
export const transitGatewayAddOn: AddOn = {
  id: "transit-gateway",
  label: "Transit gateways",
  reference: "https://aws.amazon.com/transit-gateway/pricing/",
  inputs: [attachments, transitGB],
  shared: true,
  meterAll({ workload }) {
    const { kept, moved } = periodUsage(workload);
    const row = (kind: string, description: string) => ({ sku: `transit-gateway/${kind}`, service: null, description });
    return [
      kept(row("attachment", "Transit gateway attachments"), decimalFraction(amountOf(workload, attachments))),
      moved(row("data", "Data through transit gateways"), decimalFraction(amountOf(workload, transitGB))),
    ];
  },
  example: {
    id: "CALC-NAT-2",
    source: "AWS Pricing Calculator transcript (30204444222)",
    given: "two attachments for 730 hours at $0.05, and 100 GB sent through each at $0.02: $77.00 in all",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      usage: { cluster: { transitGatewayAttachments: 2, transitGatewayGB: 200 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "transit-gateway/attachment": "73.00", "transit-gateway/data": "4.00" },
  },
};

function ofCluster(name: string, unit: string, max: number): UsageInput {
  return { name, of: "cluster", unit, max, default: 0, against: 0, text: `${name} is not given: none.` };
}
