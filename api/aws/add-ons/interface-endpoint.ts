import { type AddOn, amountOf, type UsageInput } from "../../core/model/add-on.ts";
import { decimalFraction } from "../../core/model/fraction.ts";
import { zoneNames } from "../ec2/defaults.ts";
import { periodUsage } from "../period-usage.ts";
import { gatewayEndpoint, interfaceEndpoints } from "../private-network.ts";

export const endpointGB: UsageInput = {
  name: "endpointGB",
  of: "cluster",
  unit: "GB a month through interface endpoints",
  max: 1_000_000_000,
  default: 0,
  text: "Nothing goes through the interface endpoints (usage.cluster.endpointGB). Effect: against 100 GB a month.",
  against: 100,
};

/** Each is there in every zone, and is billed by the hour there; bytes in tiers. The gateway endpoint for S3 costs nothing. */
export const interfaceEndpointAddOn: AddOn = {
  id: "interface-endpoint",
  label: "VPC endpoints",
  reference: "https://aws.amazon.com/privatelink/pricing/",
  inputs: [interfaceEndpoints, endpointGB],
  shared: true,
  meterAll(whole, context) {
    const gateway = amountOf(context, gatewayEndpoint);
    const endpoints = amountOf(context, interfaceEndpoints);
    const zones = zoneNames(context).length;
    const { kept, moved } = periodUsage(whole.workload);
    const gatewayHours = { sku: "vpc-endpoint/gateway", service: null, description: "Gateway endpoint for S3" };
    if (endpoints === 0) return [kept(gatewayHours, decimalFraction(gateway))];
    const description = `Interface endpoints in ${zones} zones`;
    return [
      kept(gatewayHours, decimalFraction(gateway)),
      kept({ sku: "vpc-endpoint/interface/hour", service: null, description }, decimalFraction(endpoints * zones)),
      moved(
        { sku: "vpc-endpoint/interface/data", service: null, description: "Data through interface endpoints" },
        decimalFraction(amountOf(context, endpointGB)),
      ),
    ];
  },
  example: {
    id: "CALC-NAT-2",
    source: "AWS Pricing Calculator transcript (30204444222)",
    given: "one interface endpoint in 3 zones for 730 hours, and 100 GB through it",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      cluster: { zones: 3 },
      usage: { cluster: { interfaceEndpoints: 1, endpointGB: 100 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "vpc-endpoint/interface/hour": "21.90", "vpc-endpoint/interface/data": "1.00" },
  },
};
