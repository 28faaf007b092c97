import type { z } from "zod";
import { pathBelow } from "../../core/model/field.ts";
import type { Container, TaskDefinition, Volume } from "../../core/model/workload.ts";
import { choice, flag, listOf, objectOf, presence, text, whole } from "../documents/fields.ts";
import { claimSpec } from "./claim.ts";
import { cpuQuantity, memoryQuantity } from "./quantity.ts";

const resourceList = objectOf({
  cpu: cpuQuantity(),
  memory: memoryQuantity(),
  "ephemeral-storage": memoryQuantity(),
  "nvidia.com/gpu": whole({ min: 0, max: 1000, unit: "GPUs" }),
});

const port = whole({ min: 0, max: 65_535, unit: null });

const container = objectOf({
  name: text(),
  image: text(),
  restartPolicy: text(),
  resources: objectOf({ requests: resourceList, limits: resourceList }),
  ports: listOf(objectOf({ containerPort: port, hostPort: port, protocol: text() })),
  securityContext: objectOf({ privileged: flag() }),
});

/** What of a pod costs or placement need, and no other: env, command, args, probes and annotations are not read at all. Source: core/v1 PodSpec. */
export const podSpec = objectOf({
  containers: listOf(container, 100),
  initContainers: listOf(container, 100),
  hostNetwork: flag(),
  nodeSelector: objectOf({
    "kubernetes.io/arch": choice(["amd64", "arm64"]),
    "kubernetes.io/os": choice(["linux", "windows"]),
  }),
  affinity: presence(),
  topologySpreadConstraints: presence(),
  volumes: listOf(
    objectOf({
      name: text(),
      emptyDir: objectOf({ medium: text(), sizeLimit: memoryQuantity() }),
      hostPath: presence(),
      persistentVolumeClaim: objectOf({ claimName: text() }),
      ephemeral: objectOf({ volumeClaimTemplate: objectOf({ spec: claimSpec }) }),
    }),
  ),
});

export type PodSpec = NonNullable<z.output<typeof podSpec>>;
type ContainerSpec = NonNullable<PodSpec["containers"][number]>;

/** What a container requests; where it says limits alone those. Memory and storage in MiB. */
interface Requests {
  readonly millicpu: number;
  readonly memoryMiB: number;
  readonly storageMiB: number;
}

/**
 * A pod as a task definition: containers as they are, and the request that the scheduler counts, the larger of what the containers and
 * sidecars ask for together and of what any one init container does.
 */
export function taskDefinitionOf(
  spec: PodSpec,
  named: { readonly family: string; readonly path: string; readonly volumes: readonly Volume[] },
): TaskDefinition {
  const { family, path } = named;
  const init = spec.initContainers.filter((one) => one !== null);
  const running = [...spec.containers.filter((one) => one !== null), ...init.filter(isSidecar)];
  const request = effective(
    running,
    init.filter((one) => !isSidecar(one)),
  );
  const together = sumOf(running.map(requestsOf));
  const hasHostPorts = running.some(({ ports }) => ports.some((one) => (one?.hostPort ?? 0) > 0));
  const architecture = spec.nodeSelector?.["kubernetes.io/arch"] ?? null;
  return {
    ...{ id: family, family, revision: null, path },
    // Task-level sizes only where the containers' do not say it all.
    cpuUnits: request.millicpu > together.millicpu ? cpuUnits(request.millicpu) : null,
    memoryMiB: request.memoryMiB > together.memoryMiB ? request.memoryMiB : null,
    containers: running.map((one, position) => containerOf(one, { path, position })),
    networkMode: spec.hostNetwork ? "host" : hasHostPorts ? "bridge" : "awsvpc",
    operatingSystem: spec.nodeSelector?.["kubernetes.io/os"] ?? "linux",
    operatingSystemFamily: null,
    architecture: architecture === "arm64" ? "arm64" : "x86_64",
    architectureStated: architecture !== null,
    ephemeralStorageGiB: request.storageMiB > 0 ? Math.ceil(request.storageMiB / 1024) : null,
    volumes: named.volumes,
    ...{ compatibilities: [], pidMode: null, ipcMode: null, hasExecutionRole: true, inferenceAccelerators: 0 },
    placementConstraints: [],
    podRequest: { millicpu: request.millicpu, memoryMiB: request.memoryMiB },
  };
}

/** Init containers that go on running. */
function isSidecar({ restartPolicy }: ContainerSpec): boolean {
  return restartPolicy === "Always";
}

function effective(running: readonly ContainerSpec[], init: readonly ContainerSpec[]): Requests {
  const together = sumOf(running.map(requestsOf));
  return init.map(requestsOf).reduce(
    (most, one) => ({
      millicpu: Math.max(most.millicpu, one.millicpu),
      memoryMiB: Math.max(most.memoryMiB, one.memoryMiB),
      storageMiB: Math.max(most.storageMiB, one.storageMiB),
    }),
    together,
  );
}

function sumOf(all: readonly Requests[]): Requests {
  const sum = (of: (one: Requests) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    millicpu: sum(({ millicpu }) => millicpu),
    memoryMiB: sum(({ memoryMiB }) => memoryMiB),
    storageMiB: sum(({ storageMiB }) => storageMiB),
  };
}

/** Of the containers that go on running: what they request together, and may take together; null: one of them has no limit. */
export function runningShares(spec: PodSpec) {
  const running = [...spec.containers, ...spec.initContainers.filter((one) => one !== null && isSidecar(one))];
  const containers = running.filter((one) => one !== null);
  const limit = (name: "cpu" | "memory") => {
    const limits = containers.map(({ resources }) => resources?.limits?.[name] ?? null);
    return limits.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0 as number | null);
  };
  return {
    requests: sumOf(containers.map(requestsOf)),
    limits: { millicpu: limit("cpu"), memoryMiB: limit("memory") },
  };
}

function requestsOf({ resources }: ContainerSpec): Requests {
  const asked = (name: "cpu" | "memory" | "ephemeral-storage") =>
    resources?.requests?.[name] ?? resources?.limits?.[name] ?? 0;
  return { millicpu: asked("cpu"), memoryMiB: asked("memory"), storageMiB: asked("ephemeral-storage") };
}

/** As ECS counts them: whole units, rounded up. */
function cpuUnits(millicpu: number): number {
  return Math.ceil((millicpu * 1024) / 1000);
}

function containerOf(spec: ContainerSpec, at: { path: string; position: number }): Container {
  const { millicpu, memoryMiB } = requestsOf(spec);
  const { requests, limits } = spec.resources ?? { requests: null, limits: null };
  return {
    name: spec.name ?? `container-${at.position + 1}`,
    path: at.path,
    image: spec.image,
    essential: true,
    cpuUnits: cpuUnits(millicpu) || null,
    memoryMiB: limits?.memory || null,
    memoryReservationMiB: memoryMiB || null,
    gpus: limits?.["nvidia.com/gpu"] ?? requests?.["nvidia.com/gpu"] ?? 0,
    portMappings: spec.ports.flatMap((mapping) =>
      mapping === null
        ? []
        : [
            {
              containerPort: mapping.containerPort,
              hostPort: mapping.hostPort,
              protocol: mapping.protocol?.toUpperCase() === "UDP" ? ("udp" as const) : ("tcp" as const),
            },
          ],
    ),
    privileged: spec.securityContext?.privileged ?? false,
    ...{ logDriver: null, secrets: [], environmentFiles: 0, links: 0, linuxParameters: [] },
    ...{ hasUlimits: false, dockerSecurityOptions: false, stopTimeoutSeconds: null },
  };
}

/** Rules of the scheduler that are not followed. */
export function unreadRules({ affinity, topologySpreadConstraints }: PodSpec): string[] {
  return [...(affinity ? ["affinity"] : []), ...(topologySpreadConstraints ? ["topologySpreadConstraints"] : [])];
}

/** Where problems with a pod's template stand. */
export function podPath(path: string, kind: string): string {
  if (kind === "Pod") return pathBelow(path, ["spec"]);
  const job = kind === "CronJob" ? ["jobTemplate", "spec"] : [];
  return pathBelow(path, ["spec", ...job, "template", "spec"]);
}
