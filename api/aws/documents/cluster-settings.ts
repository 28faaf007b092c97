import { z } from "zod";
import type { Capacity } from "../../core/model/capacity.ts";
import type { DocumentFormat, Reading } from "../../core/model/document.ts";
import { isObject, kindOf, pathBelow, unknownFields } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import {
  containerInsights,
  controlPlaneTiers,
  instanceKinds,
  type Settings,
  unsetSettings,
} from "../../core/model/settings.ts";
import { blockVolume, volumeOf } from "./block-volume.ts";
import {
  capacityProvider,
  capacityProviderFields,
  capacityProviderOf,
  capacityProviderProblems,
  instanceTypeName,
} from "./capacity-provider.ts";
import { encryptionKey, encryptionKeysOf } from "./encryption-key.ts";
import { choice, field, fieldsOf, flag, listOf, objectOf, problemsOf, readWhole, whole } from "./fields.ts";
import { managedScalingFields } from "./group-growth.ts";
import { instanceRequirements, instanceRequirementsFields } from "./instance-requirements.ts";
import { readOccupied } from "./occupied-instances.ts";
import { memoryBounds } from "./size.ts";

const rootVolumeFields = ["volumeType", "sizeInGiB", "iops", "throughput"] as const;
const kubernetesFields = {
  clusters: whole({ min: 0, max: 1000, unit: "clusters" }),
  extendedSupport: flag(),
  controlPlaneTier: choice(controlPlaneTiers),
  prefixDelegation: flag(),
  customNetworking: flag(),
  efaOnlyInterfaces: whole({ min: 0, max: 32, unit: "interfaces" }),
  coreDnsPods: whole({ min: 0, max: 1000, unit: "pods" }),
};

/** `cluster` of a request: what the user sets about the capacity that tasks are placed on. A format of the contract. */
export const clusterSettingsFormat: DocumentFormat = {
  id: "cluster-settings",
  label: "cluster settings",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html",
  field: "cluster",
  list: false,
  fields: {
    ...{ zones: null, surviveZoneLoss: null, deploymentRoom: null, targetCapacity: null, averageCpuPercent: null },
    ...{ awsvpcTrunking: null, reservedMemoryMiB: null, rootVolume: rootVolumeFields },
    ...{ instanceTypes: null, excludedInstanceTypes: null, allow: null },
    ...{ instanceRequirements: instanceRequirementsFields, spotInstanceTypesMin: null, simplestWithinPercent: null },
    ...{ capacityProviders: null, occupied: null, containerInsights: null, configuration: null },
    kubernetes: Object.keys(kubernetesFields),
  },
  reserved: [],
  recognises: () => false,
  read: readClusterSettings,
  example: {
    zones: 3,
    deploymentRoom: "one-task",
    awsvpcTrunking: true,
    reservedMemoryMiB: 64,
    excludedInstanceTypes: ["m5.large"],
    allow: ["burstable"],
    instanceRequirements: { vCpuCount: { min: 2, max: 16 }, cpuManufacturers: ["amd"] },
    rootVolume: { volumeType: "gp3", sizeInGiB: 50 },
    kubernetes: { prefixDelegation: true },
    capacityProviders: [{ name: "web", instanceTypes: ["m7i.large"], min: 2, max: 10 }],
    occupied: [{ instanceType: "m7i.large", count: 2, cpu: 512, memory: 1024, capacityProvider: "web" }],
  },
};

/** As describe-clusters prints it (botocore ecs 2014-11-13, ClusterConfiguration): of it, the keys that encrypt. */
const configuration = objectOf({
  executeCommandConfiguration: objectOf({ kmsKeyId: encryptionKey() }),
  managedStorageConfiguration: objectOf({
    kmsKeyId: encryptionKey(),
    fargateEphemeralStorageKmsKeyId: encryptionKey(),
  }),
});

const zoneBounds = { min: 1, max: 6, unit: "zones" };
const percent = (min: number, max: number) => whole({ min, max, unit: "percent" });

/** How many, or which. */
const zones = field((value, refuse): { count: number | null; names: readonly string[] | null } => {
  if (!Array.isArray(value)) return { count: readWhole(value, zoneBounds, refuse), names: null };
  const names = [...new Set(value)];
  const areZones = names.every((name) => typeof name === "string" && /^[a-z0-9-]{3,40}$/.test(name));
  if (names.length === 0 || names.length > zoneBounds.max || !areZones) {
    return refuse("not_a_zone", `must be a number of zones, or up to ${zoneBounds.max} names such as us-east-1a`);
  }
  return { count: names.length, names };
});

const clusterSettings = fieldsOf({
  zones,
  surviveZoneLoss: flag(),
  deploymentRoom: choice(["one-task", "maximum-percent", "none"]),
  targetCapacity: percent(1, 100),
  averageCpuPercent: percent(0, 100),
  awsvpcTrunking: flag(),
  reservedMemoryMiB: whole(memoryBounds),
  instanceTypes: listOf(instanceTypeName),
  excludedInstanceTypes: listOf(instanceTypeName),
  allow: listOf(choice(instanceKinds)),
  instanceRequirements,
  spotInstanceTypesMin: whole({ min: 1, max: 10, unit: "types" }),
  simplestWithinPercent: percent(0, 1000),
  rootVolume: blockVolume,
  containerInsights: choice(containerInsights),
  kubernetes: objectOf(kubernetesFields),
  configuration,
});

/** Apart from the settings, so that what is wrong with either is told at once. */
const givenCapacity = fieldsOf({
  capacityProviders: listOf(capacityProvider, 20),
  occupied: listOf(z.unknown(), 5000),
});

function readClusterSettings(value: unknown, path: string): Reading {
  if (!isObject(value)) {
    return {
      documents: [],
      problems: [{ code: "wrong_type", path, message: `cluster must be an object, not ${kindOf(value)}.` }],
    };
  }
  const parsed = clusterSettings.safeParse(value);
  const given = givenCapacity.safeParse(value);
  const { capacity, problems } = given.success
    ? capacityOf(given.data, value, path)
    : { capacity: null, problems: problemsOf(given.error, path) };
  if (!parsed.success) return { documents: [], problems: [...problemsOf(parsed.error, path), ...problems] };
  const { rootVolume, surviveZoneLoss, zones: spread } = parsed.data;
  if (rootVolume !== null && rootVolume.sizeInGiB === null) problems.push(sizeMissing(path));
  if (surviveZoneLoss && spread.count === 1) problems.push(oneZone(path));
  if (problems.length > 0) return { documents: [], problems };
  return { documents: [{ kind: "settings", settings: { ...settingsOf(parsed.data), capacity } }], problems: [] };
}

function sizeMissing(path: string): Problem {
  const message = "sizeInGiB is missing: a root volume is billed by its size.";
  return { code: "required", path: fieldPath(path, "rootVolume.sizeInGiB"), message };
}

function oneZone(path: string): Problem {
  const message = "surviveZoneLoss needs at least two zones: with one, nothing is left.";
  return { code: "conflicting_values", path: fieldPath(path, "surviveZoneLoss"), message };
}

function capacityOf(
  fields: z.output<typeof givenCapacity>,
  value: Readonly<Record<string, unknown>>,
  path: string,
): { capacity: Capacity | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const providers = fields.capacityProviders.flatMap((provider, at) => {
    const below = pathBelow(path, ["capacityProviders", at]);
    if (provider === null) return [];
    const written = Array.isArray(value.capacityProviders) ? value.capacityProviders[at] : {};
    problems.push(...unknownFields(written, below, capacityProviderFields));
    if (isObject(written.managedScaling)) {
      const within = pathBelow(below, ["managedScaling"]);
      problems.push(...unknownFields(written.managedScaling, within, managedScalingFields));
    }
    problems.push(...capacityProviderProblems(provider, below));
    return [capacityProviderOf(provider, below)];
  });
  const names = providers.map(({ name }) => name);
  for (const provider of providers.filter(({ name }, at) => names.indexOf(name) < at)) {
    const message = "Another capacity provider has this name: names are unique.";
    problems.push({ code: "duplicate_capacity_provider", path: fieldPath(provider.path, "name"), message });
  }
  const occupied = fields.occupied.flatMap((one, at) => {
    const read = readOccupied(one, pathBelow(path, ["occupied", at]));
    problems.push(...read.problems);
    return read.instances;
  });
  return { capacity: providers.length + occupied.length === 0 ? null : { providers, occupied }, problems };
}

function settingsOf(fields: z.output<typeof clusterSettings>): Settings {
  const instanceTypes = fields.instanceTypes.filter((name) => name !== null);
  const encryptionKeys = encryptionKeysOf([
    fields.configuration?.executeCommandConfiguration?.kmsKeyId,
    fields.configuration?.managedStorageConfiguration?.kmsKeyId,
    fields.configuration?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId,
  ]);
  return {
    ...unsetSettings,
    ...(encryptionKeys.length > 0 && { encryptionKeys }),
    zones: fields.zones.count,
    zoneNames: fields.zones.names,
    surviveZoneLoss: fields.surviveZoneLoss ?? unsetSettings.surviveZoneLoss,
    deploymentRoom: fields.deploymentRoom,
    targetCapacityPercent: fields.targetCapacity,
    averageCpuPercent: fields.averageCpuPercent,
    awsvpcTrunking: fields.awsvpcTrunking,
    reservedMemoryMiB: fields.reservedMemoryMiB,
    instanceTypes: instanceTypes.length === 0 ? null : instanceTypes,
    excludedInstanceTypes: fields.excludedInstanceTypes.filter((name) => name !== null),
    allowedKinds: fields.allow.filter((kind) => kind !== null),
    requirements: fields.instanceRequirements,
    spotInstanceTypesMin: fields.spotInstanceTypesMin ?? unsetSettings.spotInstanceTypesMin,
    simplestWithinPercent: fields.simplestWithinPercent,
    rootVolume: volumeOf(fields.rootVolume),
    containerInsights: fields.containerInsights ?? unsetSettings.containerInsights,
    kubernetes: fields.kubernetes ?? unsetSettings.kubernetes,
  };
}
