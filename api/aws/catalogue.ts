import type { Catalogue } from "../core/model/catalogue.ts";
import { addOns } from "./add-on-catalogue.ts";
import { asConfigured } from "./as-configured.ts";
import { nextInstant } from "./calendar.ts";
import { checkAgainstBook } from "./check.ts";
import { ec2 } from "./launch-types/ec2.ts";
import { ec2Mixed } from "./launch-types/ec2-mixed.ts";
import { ec2Reserved } from "./launch-types/ec2-reserved.ts";
import { ec2SavingsPlan } from "./launch-types/ec2-savings-plan.ts";
import { ec2Spot } from "./launch-types/ec2-spot.ts";
import { ecsAnywhere } from "./launch-types/ecs-anywhere.ts";
import { ecsManagedInstances } from "./launch-types/ecs-managed-instances.ts";
import { eksAuto } from "./launch-types/eks-auto.ts";
import { eksEc2 } from "./launch-types/eks-ec2.ts";
import { eksFargate } from "./launch-types/eks-fargate.ts";
import { fargate } from "./launch-types/fargate.ts";
import { fargateSpot } from "./launch-types/fargate-spot.ts";

/** Everything that can be priced. A launch type or an add-on is one file and its line here. */
export const catalogue: Catalogue = {
  launchTypes: [
    fargate,
    fargateSpot,
    ec2,
    ec2Mixed,
    ec2Spot,
    ec2Reserved,
    ec2SavingsPlan,
    ecsManagedInstances,
    eksFargate,
    eksEc2,
    eksAuto,
    ecsAnywhere,
  ],
  addOns,
  configured: asConfigured,
  check: checkAgainstBook,
  calendar: nextInstant,
};
