import type { z } from "zod";
import type { Problem } from "../../core/model/problem.ts";
import { fieldPath } from "../../core/model/problem.ts";
import type { Architecture } from "../../core/model/workload.ts";
import { encryptedVolume, volumeOf } from "./block-volume.ts";
import { capacityProviderStrategy } from "./capacity-provider-strategy.ts";
import { encryptionKeysOf } from "./encryption-key.ts";
import { choice, flag, listOf, objectOf, text, whole } from "./fields.ts";
import { placementConstraints, placementStrategy } from "./placement.ts";
import { tags } from "./tags.ts";

/** Fields that services and runs share (botocore ecs 2014-11-13, CreateServiceRequest and RunTaskRequest), and the contract's own. */
export const taskGroupFields = {
  taskDefinition: text(),
  launchType: choice(["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]),
  capacityProviderStrategy,
  placementStrategy,
  placementConstraints,
  networkConfiguration: objectOf({
    awsvpcConfiguration: objectOf({ assignPublicIp: choice(["ENABLED", "DISABLED"]) }),
  }),
  architectures: listOf(choice(["X86_64", "ARM64"])),
  interruptible: flag(),
  volumeConfigurations: listOf(objectOf({ managedEBSVolume: encryptedVolume })),
  localDiskGiB: whole({ min: 0, max: 65_536, unit: "GiB" }),
  tags: tags(),
};

type TaskGroupFields = { [Name in keyof typeof taskGroupFields]: z.output<(typeof taskGroupFields)[Name]> };

/** The shared part of a service of the model. */
export function taskGroupOf(fields: TaskGroupFields) {
  const volume = fields.volumeConfigurations.find((one) => one !== null)?.managedEBSVolume ?? null;
  const encryptionKeys = encryptionKeysOf([volume?.kmsKeyId]);
  return {
    launchType: fields.launchType,
    capacityProviderStrategy: fields.capacityProviderStrategy,
    placementStrategy: fields.placementStrategy,
    placementConstraints: fields.placementConstraints,
    assignPublicIp: fields.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === "ENABLED",
    architectures: fields.architectures.filter((one) => one !== null).map(architectureOf),
    interruptible: fields.interruptible ?? false,
    volumeAtLaunch: volumeOf(volume),
    ...(encryptionKeys.length > 0 && { encryptionKeys }),
    localDiskGiB: fields.localDiskGiB ?? 0,
    tags: fields.tags,
  };
}

function architectureOf(architecture: "X86_64" | "ARM64"): Architecture {
  return architecture === "ARM64" ? "arm64" : "x86_64";
}

/** What no single field can tell. */
export function taskGroupProblems(fields: TaskGroupFields, path: string): Problem[] {
  const problems: Problem[] = [];
  if (fields.taskDefinition === null) {
    const message = 'taskDefinition is missing: name one, as "family", "family:revision" or by its ARN.';
    problems.push({ code: "required", path: fieldPath(path, "taskDefinition"), message });
  }
  if (fields.launchType !== null && fields.capacityProviderStrategy.length > 0) {
    const message = "launchType and capacityProviderStrategy exclude each other: leave out the one that does not hold.";
    problems.push({ code: "conflicting_values", path: fieldPath(path, "launchType"), message });
  }
  problems.push(...volumeProblems(fields, path));
  return problems;
}

/** Source: botocore ecs 2014-11-13, TaskDefinition volumes: one volume that is configured at launch, the most. */
function volumeProblems({ volumeConfigurations }: TaskGroupFields, path: string): Problem[] {
  const at = fieldPath(path, "volumeConfigurations");
  if (volumeConfigurations.length > 1) {
    const message = "A task is given one volume at launch, and volumeConfigurations has more: leave one.";
    return [{ code: "too_many", path: at, message }];
  }
  const volume = volumeConfigurations[0]?.managedEBSVolume ?? null;
  if (volume === null || volume.sizeInGiB !== null) return [];
  const message =
    "sizeInGiB is missing: a volume is billed by its size. Made from a snapshot, it is as big as that, unless told.";
  return [{ code: "required", path: `${at}[0].managedEBSVolume.sizeInGiB`, message }];
}
