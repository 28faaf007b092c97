import type { z } from "zod";
import type { VolumeSpecification } from "../../core/model/settings.ts";
import { encryptionKey } from "./encryption-key.ts";
import { choice, objectOf, whole } from "./fields.ts";

/** A block volume as AWS's documents have it (botocore ecs 2014-11-13, ServiceManagedEBSVolumeConfiguration). */
const blockVolumeFields = {
  volumeType: choice(["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"]),
  sizeInGiB: whole({ min: 1, max: 65_536, unit: "GiB" }),
  iops: whole({ min: 1, max: 1_000_000, unit: "IOPS" }),
  throughput: whole({ min: 1, max: 100_000, unit: "MiB/s" }),
};
export const blockVolume = objectOf(blockVolumeFields);
export const encryptedVolume = objectOf({ ...blockVolumeFields, kmsKeyId: encryptionKey() });

/** Null: there is none, or its size is not said. */
export function volumeOf(volume: z.output<typeof blockVolume>): VolumeSpecification | null {
  if (volume === null || volume.sizeInGiB === null) return null;
  const { volumeType, sizeInGiB, iops, throughput } = volume;
  return { type: volumeType ?? "gp3", sizeGiB: sizeInGiB, iops, throughputMiBps: throughput };
}
