import { z } from "zod";
import type { DocumentFormat, Reading } from "../../core/model/document.ts";
import { isObject, kindOf } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import { instanceKinds, type Settings, unsetSettings, type VolumeSpecification } from "../../core/model/workload.ts";
import { choice, field, flag, listOf, objectOf, problemsOf, whole } from "./fields.ts";
import { memoryBounds } from "./size.ts";

const rootVolumeFields = ["volumeType", "sizeInGiB", "iops", "throughput"] as const;

/** `cluster` of a request: what the user sets about the capacity that tasks are placed on. A format of the contract. */
export const clusterSettingsFormat: DocumentFormat = {
  id: "cluster-settings",
  label: "cluster settings",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html",
  field: "cluster",
  list: false,
  fields: {
    ...{ zones: null, deploymentRoom: null, awsvpcTrunking: null, reservedMemoryMiB: null },
    ...{ instanceTypes: null, excludedInstanceTypes: null, allow: null, rootVolume: rootVolumeFields },
  },
  reserved: ["capacityProviders", "occupied"],
  recognises: () => false,
  read: readClusterSettings,
  example: {
    zones: 3,
    deploymentRoom: "one-task",
    awsvpcTrunking: true,
    reservedMemoryMiB: 64,
    excludedInstanceTypes: ["m5.large"],
    allow: ["burstable"],
    rootVolume: { volumeType: "gp3", sizeInGiB: 50 },
  },
};

const instanceType = field((value, refuse) => {
  if (value === null || value === "") return null;
  if (typeof value === "string" && /^[a-z0-9-]{1,32}\.[a-z0-9-]{1,32}$/.test(value)) return value;
  return refuse("not_an_instance_type", "must hold names of instance types such as m7i.large, without wildcards");
});

const clusterSettings = z.object({
  zones: whole({ min: 1, max: 6, unit: "zones" }),
  deploymentRoom: choice(["one-task", "maximum-percent", "none"]),
  awsvpcTrunking: flag(),
  reservedMemoryMiB: whole(memoryBounds),
  instanceTypes: listOf(instanceType),
  excludedInstanceTypes: listOf(instanceType),
  allow: listOf(choice(instanceKinds)),
  rootVolume: objectOf({
    volumeType: choice(["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"]),
    sizeInGiB: whole({ min: 1, max: 65_536, unit: "GiB" }),
    iops: whole({ min: 1, max: 1_000_000, unit: "IOPS" }),
    throughput: whole({ min: 1, max: 100_000, unit: "MiB/s" }),
  }),
});

function readClusterSettings(value: unknown, path: string): Reading {
  if (!isObject(value)) {
    return {
      documents: [],
      problems: [{ code: "wrong_type", path, message: `cluster must be an object, not ${kindOf(value)}.` }],
    };
  }
  const parsed = clusterSettings.safeParse(value);
  if (!parsed.success) return { documents: [], problems: problemsOf(parsed.error, path) };
  const { rootVolume } = parsed.data;
  if (rootVolume !== null && rootVolume.sizeInGiB === null) return { documents: [], problems: [sizeMissing(path)] };
  return { documents: [{ kind: "settings", settings: settingsOf(parsed.data) }], problems: [] };
}

function sizeMissing(path: string): Problem {
  const message = "sizeInGiB is missing: a root volume is billed by its size.";
  return { code: "required", path: fieldPath(path, "rootVolume.sizeInGiB"), message };
}

function settingsOf(fields: z.output<typeof clusterSettings>): Settings {
  const instanceTypes = fields.instanceTypes.filter((name) => name !== null);
  return {
    ...unsetSettings,
    zones: fields.zones,
    deploymentRoom: fields.deploymentRoom,
    awsvpcTrunking: fields.awsvpcTrunking,
    reservedMemoryMiB: fields.reservedMemoryMiB,
    instanceTypes: instanceTypes.length === 0 ? null : instanceTypes,
    excludedInstanceTypes: fields.excludedInstanceTypes.filter((name) => name !== null),
    allowedKinds: fields.allow.filter((kind) => kind !== null),
    rootVolume: rootVolumeOf(fields.rootVolume),
  };
}

function rootVolumeOf(volume: z.output<typeof clusterSettings>["rootVolume"]): VolumeSpecification | null {
  if (volume === null || volume.sizeInGiB === null) return null;
  const { volumeType, sizeInGiB, iops, throughput } = volume;
  return { type: volumeType ?? "gp3", sizeGiB: sizeInGiB, iops, throughputMiBps: throughput };
}
