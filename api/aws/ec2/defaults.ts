import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { VolumeSpecification } from "../../core/model/settings.ts";

/** Zones a cluster spans where the user names no number: a choice of ours, shown with its cost. */
export const defaultZones = 3;

/** The ECS-optimized AL2023 image's root volume: 30 GiB gp3 (aws/amazon-ecs-ami@a2532d3 variables.pkr.hcl, al2023.pkr.hcl). */
export function rootVolume({ settings, book }: Context): VolumeSpecification {
  if (settings.rootVolume !== null) return settings.rootVolume;
  return { type: "gp3", sizeGiB: limitOf(book, "ecs/root-volume/size-gib"), iops: null, throughputMiBps: null };
}
