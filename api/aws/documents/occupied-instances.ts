import type { z } from "zod";
import type { OccupiedInstances } from "../../core/model/capacity.ts";
import { isObject, unknownFields } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import { attributes, instanceTypeName, providerName, zoneName } from "./capacity-provider.ts";
import { field, fieldsOf, listOf, problemsOf, text, whole } from "./fields.ts";
import { memoryBounds } from "./size.ts";

const amount = whole(memoryBounds);
const hostPort = field((value, refuse) => {
  const said = typeof value === "number" ? `tcp/${value}` : value;
  if (typeof said === "string" && /^(tcp|udp)\/\d{1,5}$/.test(said)) return said;
  return refuse("not_a_port", "must hold host ports such as 80 or udp/53");
});

const ownShape = {
  instanceType: instanceTypeName,
  count: whole({ min: 1, max: 100_000, unit: "instances" }),
  zone: zoneName,
  capacityProvider: providerName,
  cpu: amount,
  memory: amount,
  gpu: amount,
  networkInterfaces: amount,
  hostPorts: listOf(hostPort),
  runningTasks: amount,
  taskGroups: listOf(text(300)),
  attributes,
};

const own = fieldsOf(ownShape);

/** One resource of a container instance. Source: botocore ecs 2014-11-13, Resource. */
const resource = fieldsOf({ name: text(64), integerValue: amount, stringSetValue: listOf(text(64), 1000) });

/** Source: botocore ecs 2014-11-13, ContainerInstance. */
const described = fieldsOf({
  registeredResources: listOf(resource),
  remainingResources: listOf(resource),
  attributes: listOf(fieldsOf({ name: text(128), value: text(256) }), 1000),
  runningTasksCount: amount,
  capacityProviderName: text(255),
});

/**
 * `cluster.occupied[]`: instances that run already, in our own words or as `aws ecs describe-container-instances` prints one; with what
 * is taken on each of them.
 */
export function readOccupied(value: unknown, path: string): { instances: OccupiedInstances[]; problems: Problem[] } {
  if (isObject(value) && "registeredResources" in value) return readDescribed(value, path);
  const unknown = isObject(value) ? unknownFields(value, path, Object.keys(ownShape)) : [];
  const parsed = own.safeParse(value);
  if (!parsed.success) return { instances: [], problems: [...unknown, ...problemsOf(parsed.error, path)] };
  const fields = parsed.data;
  if (fields.instanceType === null) return { instances: [], problems: [...unknown, typeMissing(path)] };
  const instances: OccupiedInstances = {
    path,
    instanceType: fields.instanceType,
    count: fields.count ?? 1,
    zone: fields.zone,
    provider: fields.capacityProvider,
    used: {
      cpu: fields.cpu ?? 0,
      memory: fields.memory ?? 0,
      gpu: fields.gpu ?? 0,
      "network-interface": fields.networkInterfaces ?? 0,
      "host-port": fields.hostPorts.length,
    },
    exclusive: fields.hostPorts,
    capacity: null,
    taskGroups: fields.taskGroups.filter((group) => group !== null),
    runningTasks: fields.runningTasks ?? 0,
    attributes: fields.attributes,
  };
  return { instances: [instances], problems: unknown };
}

function typeMissing(path: string): Problem {
  const message =
    "instanceType is missing: say which type is running (or paste its describe-container-instances output).";
  return { code: "required", path: fieldPath(path, "instanceType"), message };
}

function readDescribed(value: object, path: string): { instances: OccupiedInstances[]; problems: Problem[] } {
  const parsed = described.safeParse(value);
  if (!parsed.success) return { instances: [], problems: problemsOf(parsed.error, path) };
  const fields = parsed.data;
  const given = fields.attributes.flatMap((one) => (one?.name ? [[one.name, one.value ?? ""] as const] : []));
  const known = new Map(given);
  const instanceType = known.get("ecs.instance-type");
  if (instanceType === undefined) return { instances: [], problems: [typeMissing(path)] };
  const registered = amounts(fields.registeredResources);
  const remaining = amounts(fields.remainingResources);
  const names = ["cpu", "memory"] as const;
  const ports = portsOf(fields.remainingResources).filter(
    (port) => !portsOf(fields.registeredResources).includes(port),
  );
  const instances: OccupiedInstances = {
    path,
    instanceType,
    count: 1,
    zone: known.get("ecs.availability-zone") ?? null,
    provider: fields.capacityProviderName,
    used: {
      ...Object.fromEntries(names.map((name) => [name, (registered[name] ?? 0) - (remaining[name] ?? 0)])),
      "host-port": ports.length,
    },
    exclusive: ports,
    capacity: Object.fromEntries(names.map((name) => [name, registered[name] ?? 0])),
    taskGroups: [],
    runningTasks: fields.runningTasksCount ?? 0,
    attributes: Object.fromEntries(given.filter(([name]) => !/^(ecs|com\.amazonaws)\./.test(name))),
  };
  return { instances: [instances], problems: [] };
}

type Resources = z.output<typeof described>["registeredResources"];

function amounts(resources: Resources): Record<string, number> {
  return Object.fromEntries(
    resources.flatMap((one) => (one?.name ? [[one.name.toLowerCase(), one.integerValue ?? 0]] : [])),
  );
}

function portsOf(resources: Resources): string[] {
  return resources.flatMap((one) => {
    const protocol = one?.name === "PORTS" ? "tcp" : one?.name === "PORTS_UDP" ? "udp" : null;
    return protocol === null ? [] : (one?.stringSetValue ?? []).map((port) => `${protocol}/${port}`);
  });
}
