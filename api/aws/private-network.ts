import { amountOf, type UsageInput } from "../core/model/add-on.ts";
import type { Context } from "../core/model/launch-type.ts";

export const natGateways: UsageInput = {
  name: "natGateways",
  of: "cluster",
  unit: "a number of NAT gateways",
  max: 100,
  whole: true,
  default: 0,
  text: "No NAT gateway is counted: no document says how tasks without a public address reach registries and AWS's services (usage.cluster.natGateways). Effect: against one in each of 3 zones.",
  against: 3,
};

export const gatewayEndpoint: UsageInput = {
  name: "gatewayEndpointForS3",
  of: "cluster",
  unit: "1: there is a gateway endpoint for S3, by which layers of images in ECR come; 0: there is none",
  max: 1,
  whole: true,
  default: 0,
  text: "No gateway endpoint for S3 is counted, so that images come through the NAT gateways (usage.cluster.gatewayEndpointForS3). Effect: against one, which is free.",
  against: 1,
};

export const interfaceEndpoints: UsageInput = {
  name: "interfaceEndpoints",
  of: "cluster",
  unit: "a number of services of AWS that have an interface endpoint in every zone",
  max: 200,
  whole: true,
  default: 0,
  text: "No interface endpoint is counted (usage.cluster.interfaceEndpoints).",
  against: 0,
};

/** Layers of images in ECR come from S3, and its gateway endpoint goes before a NAT gateway. */
export function pullsThroughNat(context: Context): boolean {
  return amountOf(context, natGateways) > 0 && amountOf(context, gatewayEndpoint) === 0;
}
