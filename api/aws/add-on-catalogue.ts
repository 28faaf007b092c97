import type { AddOn, UsageInput } from "../core/model/add-on.ts";
import { applicationLoadBalancerAddOn } from "./add-ons/application-load-balancer.ts";
import { awsSupportAddOn } from "./add-ons/aws-support.ts";
import { classicLoadBalancerAddOn } from "./add-ons/classic-load-balancer.ts";
import { containerInsightsAddOn } from "./add-ons/container-insights.ts";
import { dataTransferAddOn } from "./add-ons/data-transfer.ts";
import { detailedMonitoringAddOn } from "./add-ons/detailed-monitoring.ts";
import { encryptionKeysAddOn } from "./add-ons/encryption-keys.ts";
import { environmentFilesAddOn } from "./add-ons/environment-files.ts";
import { externalInstancesAddOn } from "./add-ons/external-instances.ts";
import { fileSystemsAddOn } from "./add-ons/file-systems.ts";
import { imagePullsAddOn } from "./add-ons/image-pulls.ts";
import { imageStorageAddOn } from "./add-ons/image-storage.ts";
import { imageTransferAddOn } from "./add-ons/image-transfer.ts";
import { instanceCostsAddOn } from "./add-ons/instance-costs.ts";
import { interfaceEndpointAddOn } from "./add-ons/interface-endpoint.ts";
import { kubernetesControlPlaneAddOn } from "./add-ons/kubernetes-control-plane.ts";
import { logsAddOn } from "./add-ons/logs.ts";
import { managedVolumesAddOn } from "./add-ons/managed-volumes.ts";
import { metricsAddOn } from "./add-ons/metrics.ts";
import { natGatewayAddOn } from "./add-ons/nat-gateway.ts";
import { networkLoadBalancerAddOn } from "./add-ons/network-load-balancer.ts";
import { parametersAddOn } from "./add-ons/parameters.ts";
import { publicIpv4AddOn } from "./add-ons/public-ipv4.ts";
import { rootVolumeAddOn } from "./add-ons/root-volume.ts";
import { scalingAlarmsAddOn } from "./add-ons/scaling-alarms.ts";
import { secretsAddOn } from "./add-ons/secrets.ts";
import { snapshotsAddOn } from "./add-ons/snapshots.ts";
import { staffAddOn } from "./add-ons/staff.ts";
import { surplusCreditsAddOn } from "./add-ons/surplus-credits.ts";
import { transitGatewayAddOn } from "./add-ons/transit-gateway.ts";

/** Every cost that comes with running something. An add-on is one file and its line here. */
export const addOns: readonly AddOn[] = [
  rootVolumeAddOn,
  instanceCostsAddOn,
  surplusCreditsAddOn,
  publicIpv4AddOn,
  managedVolumesAddOn,
  snapshotsAddOn,
  fileSystemsAddOn,
  logsAddOn,
  containerInsightsAddOn,
  metricsAddOn,
  detailedMonitoringAddOn,
  scalingAlarmsAddOn,
  secretsAddOn,
  parametersAddOn,
  environmentFilesAddOn,
  encryptionKeysAddOn,
  imageStorageAddOn,
  imageTransferAddOn,
  applicationLoadBalancerAddOn,
  networkLoadBalancerAddOn,
  classicLoadBalancerAddOn,
  imagePullsAddOn,
  natGatewayAddOn,
  interfaceEndpointAddOn,
  transitGatewayAddOn,
  dataTransferAddOn,
  staffAddOn,
  awsSupportAddOn,
  kubernetesControlPlaneAddOn,
  externalInstancesAddOn,
];

/** What `usage` of a request may say; an input that several add-ons need is the same in all. */
export const usageInputs: readonly UsageInput[] = [...new Set(addOns.flatMap(({ inputs }) => inputs))];
