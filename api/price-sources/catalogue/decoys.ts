import type { DecoyReason } from "../price-source.ts";

/** Products that look like a wanted one in all but one attribute; names as in `WantedPrice.attributes`. */
export interface Decoy {
  /** Left out: any. */
  readonly service?: string;
  readonly attribute: string;
  readonly is: RegExp;
  readonly reason: DecoyReason;
}

const ec2 = { service: "AmazonEC2" } as const;
const elb = { service: "AWSELB" } as const;

/** The first that applies gives the reason. */
export const decoys: readonly Decoy[] = [
  { attribute: "locationtype", is: /^AWS (Local Zone|Wavelength Zone|Outposts)$/, reason: "local-zone" },
  { attribute: "fromlocationtype", is: /^AWS (Local Zone|Wavelength Zone|Outposts)$/, reason: "local-zone" },
  { attribute: "tolocationtype", is: /^AWS (Local Zone|Wavelength Zone|Outposts)$/, reason: "local-zone" },
  { ...ec2, attribute: "marketoption", is: /^(?!OnDemand$)/, reason: "capacity-block" },
  { ...ec2, attribute: "operation", is: /:CB$/, reason: "capacity-block" },
  { ...ec2, attribute: "capacitystatus", is: /CapacityReservation$/, reason: "capacity-reservation" },
  { ...ec2, attribute: "tenancy", is: /^(Dedicated|Host|Reserved)$/, reason: "dedicated-tenancy" },
  { ...ec2, attribute: "capacitystatus", is: /^AllocatedHost$/, reason: "dedicated-tenancy" },
  { ...ec2, attribute: "operatingsystem", is: /^(?!(Linux|Windows|NA)$)/, reason: "other-operating-system" },
  { ...ec2, attribute: "preinstalledsw", is: /^(?!NA$)/, reason: "preinstalled-software" },
  { ...ec2, attribute: "licensemodel", is: /^(?!(No License required|NA)$)/, reason: "other-licence" },
  { ...ec2, attribute: "usagetype", is: /NatGateway-Prvd-Bytes$/, reason: "zero-metering" },
  { ...ec2, attribute: "operation", is: /^RegionalNatGateway$/, reason: "other-product" },
  { service: "AmazonECS", attribute: "productfamily", is: /^Compute Metering$/, reason: "zero-metering" },
  { service: "AmazonECS", attribute: "usagetype", is: /Instance-hours-WithFree$/, reason: "free-tier" },
  { ...elb, attribute: "usagetype", is: /TS-LoadBalancerUsage$/, reason: "other-product" },
  { ...elb, attribute: "usagetype", is: /ReservedLCUUsage$|IdleProvisionedLBCapacity$/, reason: "other-product" },
  { ...elb, attribute: "usagetype", is: /Outposts-/, reason: "local-zone" },
  { ...elb, attribute: "operation", is: /^LoadBalancing$/, reason: "other-product" },
  { service: "AWSDataTransfer", attribute: "usagetype", is: /^Global-/, reason: "free-tier" },
  { service: "AmazonVPC", attribute: "usagetype", is: /PublicIPv4:ContiguousBlock$/, reason: "other-product" },
  { service: "AmazonEFS", attribute: "throughputclass", is: /^Included$/, reason: "zero-metering" },
];
