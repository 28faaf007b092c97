import type { WhatIf } from "../../core/model/launch-type.ts";
import type { Service } from "../../core/model/workload.ts";
import { named, withServices } from "../plan-changes.ts";

/** Source: ECS developer guide, task-networking-awsvpc (an interface each) and PortMapping.hostPort (dynamic ports count for nothing). */
const interfaceEach: WhatIf = {
  code: "ec2_interface_each",
  text: ({ tasks }) => {
    const balanced = tasks.map(({ service }) => service).filter(takesInterface);
    if (balanced.length === 0) return null;
    return `Each awsvpc task of ${named(balanced.map(({ name }) => name))} takes a network interface of its instance, and a load balancer reaches it by its own address. With bridge and dynamic host ports no interface limits how many fit. Effect: against that.`;
  },
  without: (plan) => withServices(plan, (service) => (takesInterface(service) ? withDynamicPorts(service) : service)),
};

const hostPortEach: WhatIf = {
  code: "ec2_host_ports",
  text: ({ tasks }) => {
    const balanced = tasks.map(({ service }) => service).filter(takesHostPort);
    if (balanced.length === 0) return null;
    return `A fixed hostPort keeps tasks of ${named(balanced.map(({ name }) => name))} on instances of their own. A load balancer also finds dynamic host ports (hostPort 0). Effect: against those.`;
  },
  without: (plan) => withServices(plan, (service) => (takesHostPort(service) ? withDynamicPorts(service) : service)),
};

/** What ports and interfaces of tasks behind load balancers change in what fits on an instance. */
export const portWhatIfs: readonly WhatIf[] = [interfaceEach, hostPortEach];

function takesInterface({ loadBalancers, taskDefinition }: Service): boolean {
  return loadBalancers.length > 0 && taskDefinition.networkMode === "awsvpc";
}

function takesHostPort({ loadBalancers, taskDefinition }: Service): boolean {
  const ports = taskDefinition.containers.flatMap(({ portMappings }) => portMappings);
  const isBridge = taskDefinition.networkMode === null || taskDefinition.networkMode === "bridge";
  return loadBalancers.length > 0 && isBridge && ports.some(({ hostPort }) => (hostPort ?? 0) > 0);
}

function withDynamicPorts(service: Service): Service {
  const { taskDefinition } = service;
  const containers = taskDefinition.containers.map((container) => ({
    ...container,
    portMappings: container.portMappings.map((port) => ({ ...port, hostPort: 0 })),
  }));
  return { ...service, taskDefinition: { ...taskDefinition, networkMode: "bridge", containers } };
}
