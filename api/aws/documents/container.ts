import type { z } from "zod";
import type { Container, PortMapping } from "../../core/model/workload.ts";
import { choice, field, flag, listOf, objectOf, presence, readWhole, text, whole } from "./fields.ts";
import { credentialsParameter, distinctSecrets, type SecretReference, secretEntry, secretReference } from "./secret.ts";
import { cpuBounds, memoryBounds } from "./size.ts";

const portBounds = { min: 0, max: 65_535, unit: null };

const resourceRequirement = objectOf({
  type: choice(["GPU", "InferenceAccelerator", "NeuronDevice"]),
  value: field((value) => value),
}).transform((requirement, context) => {
  if (requirement === null || requirement.type === "InferenceAccelerator" || requirement.type === null) return 0;
  const refuse = (path: string) => (code: string, message: string) => {
    context.addIssue({ code: "custom", message, path: [path], params: { code } });
    return 0 as never;
  };
  if (requirement.type === "NeuronDevice")
    return refuse("type")("not_supported_yet", "NeuronDevice is not supported yet");
  return readWhole(requirement.value, { min: 0, max: 1000, unit: "GPUs" }, refuse("value")) ?? 0;
});

const portMapping = objectOf({
  containerPort: whole(portBounds),
  hostPort: whole(portBounds),
  protocol: choice(["tcp", "udp"]),
});

/**
 * The fields of a container definition that cost or placement need, and no other: environment, command, entryPoint, dockerLabels,
 * healthCheck and log options are not read at all. Source: botocore ecs 2014-11-13, ContainerDefinition.
 */
export const containerDefinition = objectOf({
  name: text(),
  image: text(),
  essential: flag(),
  cpu: whole(cpuBounds),
  memory: whole(memoryBounds),
  memoryReservation: whole(memoryBounds),
  resourceRequirements: listOf(resourceRequirement),
  portMappings: listOf(portMapping),
  privileged: flag(),
  logConfiguration: objectOf({ logDriver: text(), secretOptions: listOf(secretEntry, 500) }),
  secrets: listOf(secretEntry, 500),
  repositoryCredentials: objectOf({ credentialsParameter }),
  environmentFiles: listOf(presence()),
  links: listOf(presence()),
  linuxParameters: objectOf({
    devices: presence(),
    sharedMemorySize: whole(memoryBounds),
    maxSwap: whole(memoryBounds),
    swappiness: whole({ min: 0, max: 100, unit: "percent" }),
    tmpfs: presence(),
  }),
  ulimits: presence(),
  dockerSecurityOptions: presence(),
  stopTimeout: whole({ min: 0, max: 86_400, unit: "seconds" }),
});

type ContainerDefinition = NonNullable<z.output<typeof containerDefinition>>;

/** The container, and the references of its secrets (to be hashed, or searched for a region, and dropped). */
export function containerOf(
  definition: ContainerDefinition,
  at: { readonly path: string; readonly position: number },
): { container: Container; secretReferences: readonly SecretReference[] } {
  const secretReferences = secretReferencesOf(definition);
  const container: Container = {
    name: definition.name ?? `container-${at.position + 1}`,
    path: at.path,
    image: definition.image,
    essential: definition.essential ?? true,
    // 0 is how describe output prints a size that was left out.
    cpuUnits: definition.cpu || null,
    memoryMiB: definition.memory || null,
    memoryReservationMiB: definition.memoryReservation || null,
    gpus: definition.resourceRequirements.reduce((sum, gpus) => sum + gpus, 0),
    portMappings: definition.portMappings.filter((mapping) => mapping !== null).map(portMappingOf),
    privileged: definition.privileged ?? false,
    logDriver: definition.logConfiguration?.logDriver ?? null,
    secrets: distinctSecrets(secretReferences),
    environmentFiles: definition.environmentFiles.filter(Boolean).length,
    links: definition.links.filter(Boolean).length,
    linuxParameters: linuxParametersOf(definition),
    hasUlimits: definition.ulimits,
    dockerSecurityOptions: definition.dockerSecurityOptions,
    stopTimeoutSeconds: definition.stopTimeout,
  };
  return { container, secretReferences };
}

function portMappingOf(mapping: NonNullable<z.output<typeof portMapping>>): PortMapping {
  return { containerPort: mapping.containerPort, hostPort: mapping.hostPort, protocol: mapping.protocol ?? "tcp" };
}

function secretReferencesOf(definition: ContainerDefinition): SecretReference[] {
  const entries = [...definition.secrets, ...(definition.logConfiguration?.secretOptions ?? [])];
  const credentials = definition.repositoryCredentials?.credentialsParameter ?? null;
  return [
    ...entries.map((entry) => (entry === null ? null : secretReference(entry))),
    credentials === null ? null : { text: credentials, kind: "secrets-manager" as const },
  ].filter((reference) => reference !== null);
}

function linuxParametersOf({ linuxParameters }: ContainerDefinition): string[] {
  if (linuxParameters === null) return [];
  const { devices, sharedMemorySize, maxSwap, swappiness, tmpfs } = linuxParameters;
  const used = { devices, sharedMemorySize: sharedMemorySize || null, maxSwap, swappiness, tmpfs };
  return Object.entries(used)
    .filter(([, value]) => value !== null && value !== false)
    .map(([name]) => name);
}
