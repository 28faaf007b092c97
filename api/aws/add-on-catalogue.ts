import type { AddOn, UsageInput } from "../core/model/add-on.ts";
import { applicationLoadBalancerAddOn } from "./add-ons/application-load-balancer.ts";
import { classicLoadBalancerAddOn } from "./add-ons/classic-load-balancer.ts";
import { dataTransferAddOn } from "./add-ons/data-transfer.ts";
import { imagePullsAddOn } from "./add-ons/image-pulls.ts";
import { instanceCostsAddOn } from "./add-ons/instance-costs.ts";
import { interfaceEndpointAddOn } from "./add-ons/interface-endpoint.ts";
import { natGatewayAddOn } from "./add-ons/nat-gateway.ts";
import { networkLoadBalancerAddOn } from "./add-ons/network-load-balancer.ts";
import { publicIpv4AddOn } from "./add-ons/public-ipv4.ts";
import { rootVolumeAddOn } from "./add-ons/root-volume.ts";
import { surplusCreditsAddOn } from "./add-ons/surplus-credits.ts";

/** Every cost that comes with running something. An add-on is one file and its line here. */
export const addOns: readonly AddOn[] = [
  rootVolumeAddOn,
  instanceCostsAddOn,
  surplusCreditsAddOn,
  publicIpv4AddOn,
  applicationLoadBalancerAddOn,
  networkLoadBalancerAddOn,
  classicLoadBalancerAddOn,
  imagePullsAddOn,
  natGatewayAddOn,
  interfaceEndpointAddOn,
  dataTransferAddOn,
];

/** What `usage` of a request may say; an input that several add-ons need is the same in all. */
export const usageInputs: readonly UsageInput[] = [...new Set(addOns.flatMap(({ inputs }) => inputs))];
