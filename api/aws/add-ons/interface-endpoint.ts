import { type AddOn, amountOf, type UsageInput, type Whole } from "../../core/model/add-on.ts";
import { decimalFraction, fraction, multiply } from "../../core/model/fraction.ts";
import type { Usage } from "../../core/model/usage.ts";
import { zoneNames } from "../ec2/defaults.ts";
import { gatewayEndpoint, interfaceEndpoints, sharedRow } from "../private-network.ts";
import { inPeriod } from "../traffic.ts";

export const endpointGB: UsageInput = {
  name: "endpointGB",
  of: "cluster",
  unit: "GB a month through interface endpoints",
  max: 1_000_000_000,
  default: 0,
  text: "Nothing goes through the interface endpoints (usage.cluster.endpointGB). Effect: against 100 GB a month.",
  against: 100,
};

const bytesPerGb = 1024n ** 3n;

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
    const bytes = multiply(inPeriod(amountOf(context, endpointGB), whole), fraction(bytesPerGb));
    return [
      hours({ sku: "vpc-endpoint/gateway", description: "Gateway endpoint for S3", endpoints: gateway }, whole),
      ...(endpoints === 0
        ? []
        : [
            hours(
              {
                sku: "vpc-endpoint/interface/hour",
                description: `Interface endpoints in ${zones} zones`,
                endpoints: endpoints * zones,
              },
              whole,
            ),
            sharedRow(
              {
                sku: "vpc-endpoint/interface/data",
                description: "Data through interface endpoints",
                quantity: bytes,
                unit: "byte",
              },
              whole,
            ),
          ]),
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

function hours(
  { sku, description, endpoints }: Pick<Usage, "sku" | "description"> & { readonly endpoints: number },
  whole: Whole,
): Usage {
  const quantity = multiply(decimalFraction(endpoints), fraction(whole.workload.periodSeconds));
  return sharedRow({ sku, description, quantity, unit: "item-second" }, whole);
}
