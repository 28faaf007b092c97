import { alwaysOn } from "../../api/core/model/always-on.ts";
import { unsetSettings } from "../../api/core/model/settings.ts";
import type { Container, Service, TaskDefinition, Workload } from "../../api/core/model/workload.ts";

/** A container of 256 CPU units and 512 MiB that asks for nothing else. */
export function aContainer(fields: Partial<Container> = {}): Container {
  return {
    name: "app",
    path: "taskDefinitions[0].containerDefinitions[0]",
    image: "nginx",
    essential: true,
    cpuUnits: 256,
    memoryMiB: 512,
    memoryReservationMiB: null,
    gpus: 0,
    portMappings: [],
    privileged: false,
    logDriver: null,
    secrets: [],
    environmentFiles: 0,
    links: 0,
    linuxParameters: [],
    hasUlimits: false,
    dockerSecurityOptions: false,
    stopTimeoutSeconds: null,
    ...fields,
  };
}

/** A task of one such container, 256 CPU units and 512 MiB, network mode awsvpc, Linux on x86. */
export function aTask(fields: Partial<TaskDefinition> = {}): TaskDefinition {
  return {
    id: "web:1",
    family: "web",
    revision: 1,
    path: "taskDefinitions[0]",
    cpuUnits: 256,
    memoryMiB: 512,
    containers: [aContainer()],
    networkMode: "awsvpc",
    operatingSystem: "linux",
    operatingSystemFamily: "LINUX",
    architecture: "x86_64",
    architectureStated: true,
    ephemeralStorageGiB: null,
    volumes: [],
    compatibilities: [],
    pidMode: null,
    ipcMode: null,
    hasExecutionRole: true,
    inferenceAccelerators: 0,
    placementConstraints: [],
    ...fields,
  };
}

/** One such task, always on. */
export function aService(fields: Partial<Service> = {}): Service {
  return {
    name: "web",
    path: "services[0]",
    taskDefinition: aTask(),
    ...alwaysOn,
    ...fields,
  };
}

/** The services for 730 hours in us-east-1, nothing said about the cluster. */
export function aWorkload(services: readonly Service[], fields: Partial<Workload> = {}): Workload {
  return {
    region: "us-east-1",
    periodSeconds: 730 * 3600,
    period: null,
    monthSeconds: 730 * 3600,
    asOf: null,
    snapshot: null,
    taskDefinitions: [...new Set(services.map((service) => service.taskDefinition))],
    services,
    settings: unsetSettings,
    effort: "standard",
    seed: 1,
    simulations: 1,
    usage: { services: [], everyService: {}, cluster: {} },
    rateCard: null,
    options: null,
    assumptions: [],
    ...fields,
  };
}
