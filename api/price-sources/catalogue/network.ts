import type { WantedPrice } from "./wanted-price.ts";
import { hours, inRegion } from "./wanted-price.ts";

const hour = { unit: "Hour", units: hours } as const;
const lcuHour = { unit: "LCU-Hour", units: { "LCU-Hrs": "1" } } as const;
const gb = { unit: "GB", units: { GB: "1", GigaBytes: "1" } } as const;
const elb = { service: "AWSELB", filters: inRegion } as const;
const application = { productfamily: ["Load Balancer-Application"], operation: ["LoadBalancing:Application"] } as const;
const network = { productfamily: ["Load Balancer-Network"], operation: ["LoadBalancing:Network"] } as const;
const nat = {
  service: "AmazonEC2",
  filters: { ...inRegion, productFamily: "NAT Gateway", operation: "NatGateway" },
  attributes: { productfamily: ["NAT Gateway"], operation: ["NatGateway"] },
} as const;
const address = {
  service: "AmazonVPC",
  filters: { ...inRegion, group: "VPCPublicIPv4Address" },
  attributes: { group: ["VPCPublicIPv4Address"] },
} as const;
const endpoint = {
  service: "AmazonVPC",
  filters: { ...inRegion, productFamily: "VpcEndpoint" },
  attributes: { productfamily: ["VpcEndpoint"] },
} as const;

/** Every kind of attachment has the same usage types (the catalogue of public GitHub file 58385639648, group and unit of 66039489456). */
const attachment = {
  service: "AmazonVPC",
  filters: { ...inRegion, group: "AWSTransitGateway" },
  attributes: { group: ["AWSTransitGateway"], operation: ["TransitGatewayVPC"] },
} as const;

/** These products have no region of their own, only where the data goes from and to. */
function transfer(type: string) {
  const attributes = { productfamily: ["Data Transfer"], transfertype: [type] };
  return {
    ...{ ...gb, service: "AWSDataTransfer", attributes },
    filters: { productFamily: "Data Transfer", transferType: type, fromLocation: "{location}" },
  };
}

/** Load balancers, NAT and transit gateways, public addresses, interface endpoints and data transfer. */
export const networkPrices: readonly WantedPrice[] = [
  { ...elb, ...hour, sku: "alb/hour", usageType: "LoadBalancerUsage", attributes: application },
  { ...elb, ...lcuHour, sku: "alb/lcu", usageType: "LCUUsage", attributes: application },
  { ...elb, ...hour, sku: "nlb/hour", usageType: "LoadBalancerUsage", attributes: network },
  { ...elb, ...lcuHour, sku: "nlb/lcu", usageType: "LCUUsage", attributes: network },
  { ...nat, ...hour, sku: "nat-gateway/hour", usageType: "NatGateway-Hours" },
  { ...nat, ...gb, sku: "nat-gateway/data", usageType: "NatGateway-Bytes" },
  {
    ...{ ...nat, sku: "nat-gateway/provisioned-bandwidth", unit: "Gbps-Hour", units: { "Gbps-hrs": "1" } },
    // With its unit in the list of 2026-08-17 (public GitHub files 62054060430 and 69085590018).
    usageType: "NatGateway-Prvd-Gbps",
  },
  { ...address, ...hour, sku: "public-ipv4/in-use", usageType: "PublicIPv4:InUseAddress" },
  { ...address, ...hour, sku: "public-ipv4/idle", usageType: "PublicIPv4:IdleAddress" },
  { ...endpoint, ...hour, sku: "vpc-endpoint/interface/hour", usageType: "VpcEndpoint-Hours" },
  { ...endpoint, ...gb, sku: "vpc-endpoint/interface/data", usageType: "VpcEndpoint-Bytes" },
  { ...attachment, ...hour, sku: "transit-gateway/attachment", usageType: "TransitGateway-Hours" },
  { ...attachment, ...gb, sku: "transit-gateway/data", usageType: "TransitGateway-Bytes" },
  { ...transfer("AWS Outbound"), sku: "data-transfer/internet", usageType: "DataTransfer-Out-Bytes" },
  // In each direction.
  { ...transfer("IntraRegion"), sku: "data-transfer/inter-zone", usageType: "DataTransfer-Regional-Bytes" },
  {
    ...{ ...transfer("InterRegion Outbound"), sku: "data-transfer/inter-region/{toRegion}" },
    usageType: "{toPrefix}AWS-Out-Bytes",
  },
];
