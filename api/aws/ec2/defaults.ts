import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { VolumeSpecification } from "../../core/model/settings.ts";

/** Zones a cluster spans where the user names no number: a choice of ours, shown with its cost. */
export const defaultZones = 3;

/** As named, or the region's first letters: which they are matters only to constraints that name one. */
export function zoneNames({ book, settings }: Context): readonly string[] {
  if (settings.zoneNames !== null) return settings.zoneNames;
  return Array.from({ length: settings.zones ?? defaultZones }, (_, at) => `${book.region}${"abcdef"[at]}`);
}

/** The ECS-optimized AL2023 image's root volume: 30 GiB gp3 (aws/amazon-ecs-ami@a2532d3 variables.pkr.hcl, al2023.pkr.hcl). */
export function rootVolume(context: Context): VolumeSpecification {
  return diskOf("ecs/root-volume/size-gib", context);
}

/** The disk that the user gives every instance, else gp3 of the size that the limit says. */
export function diskOf(sizeLimit: string, { settings, book }: Context): VolumeSpecification {
  if (settings.rootVolume !== null) return settings.rootVolume;
  return { type: "gp3", sizeGiB: limitOf(book, sizeLimit), iops: null, throughputMiBps: null };
}
