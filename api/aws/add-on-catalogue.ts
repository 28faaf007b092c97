import type { AddOn, UsageInput } from "../core/model/add-on.ts";
import { instanceCostsAddOn } from "./add-ons/instance-costs.ts";
import { kubernetesControlPlaneAddOn } from "./add-ons/kubernetes-control-plane.ts";
import { publicIpv4AddOn } from "./add-ons/public-ipv4.ts";
import { rootVolumeAddOn } from "./add-ons/root-volume.ts";
import { surplusCreditsAddOn } from "./add-ons/surplus-credits.ts";

/** Every cost that comes with running something. An add-on is one file and its line here. */
export const addOns: readonly AddOn[] = [
  rootVolumeAddOn,
  instanceCostsAddOn,
  surplusCreditsAddOn,
  publicIpv4AddOn,
  kubernetesControlPlaneAddOn,
];

/** What `usage` of a request may say; an input that several add-ons need is the same in all. */
export const usageInputs: readonly UsageInput[] = [...new Set(addOns.flatMap(({ inputs }) => inputs))];
