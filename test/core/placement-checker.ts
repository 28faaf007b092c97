import type { InstanceLife } from "../../api/core/model/placement.ts";
import type { InstanceType, PriceBook } from "../../api/core/model/price-book.ts";
import type { Settings } from "../../api/core/model/settings.ts";
import type { Service, TaskDefinition } from "../../api/core/model/workload.ts";

/** A fleet, and what it was asked to hold. */
export interface CheckedFleet {
  readonly fleet: readonly InstanceLife[];
  /** Services that run on it, daemons too. */
  readonly services: readonly Service[];
  readonly settings: Settings;
  readonly book: PriceBook;
  readonly periodSeconds: number;
}

/**
 * Everything that ECS would not have done, in words; empty: the fleet holds. A second reading of the published rules that shares no
 * code with the placement it checks. Sources: aws/amazon-ecs-agent@8dfceca task.go ToHostResources, host_resource_manager.go and
 * README.md; awsdocs/amazon-ecs-developer-guide 2023-06 container-instance-eni.md, ecs_services.md, task-placement.md.
 */
export function faultsOf(checked: CheckedFleet): string[] {
  return [
    ...checked.fleet.flatMap((life) => overLimits(life, checked)),
    ...checked.fleet.flatMap((life) => daemonFaults(life, checked)),
    ...checked.services.filter((service) => !service.daemon).flatMap((service) => placedFaults(service, checked)),
    ...checked.services.flatMap((service) => roomFaults(service, checked)),
  ];
}

function overLimits(life: InstanceLife, checked: CheckedFleet): string[] {
  const type = checked.book.instanceTypes.find((candidate) => candidate.name === life.instanceType);
  if (type === undefined) return [`${life.instanceType} is in no price list of ${checked.book.region}`];
  const faults = fits(contentOf(life, checked), type, checked);
  if (life.count < 1 || !Number.isInteger(life.count)) faults.push(`${life.count} instances`);
  if (life.tasks.length === 0 && !life.spare) faults.push("an instance without tasks that is not kept free on purpose");
  for (const { service } of life.tasks) {
    if (!kindsOf(serviceOf(service, checked)).includes(type.architecture)) {
      faults.push(`${service} runs on ${kindsOf(serviceOf(service, checked))}, ${type.name} is ${type.architecture}`);
    }
  }
  return faults.map((fault) => `${life.instanceType} in zone ${life.zone}: ${fault}`);
}

interface Claim {
  readonly service: Service;
  readonly count: number;
}

function contentOf(life: InstanceLife, checked: CheckedFleet): Claim[] {
  return life.tasks.map(({ service, count }) => ({ service: serviceOf(service, checked), count }));
}

/** Why the tasks cannot all be on one instance of the type. */
function fits(claims: readonly Claim[], type: InstanceType, checked: CheckedFleet): string[] {
  const total = (amount: (task: TaskDefinition) => number) =>
    claims.reduce((sum, { service, count }) => sum + amount(service.taskDefinition) * count, 0);
  const limits: [name: string, used: number, limit: number][] = [
    ["CPU units", total(cpuOf), type.vcpus * 1024],
    ["MiB of memory", total(memoryOf), registered(type, checked)],
    ["GPUs", total(gpusOf), type.gpus],
    ["network interfaces", total((task) => (task.networkMode === "awsvpc" ? 1 : 0)), interfaces(type, checked)],
    // 100 at a time, the agent's own 22, 2375, 2376, 51678 and 51679 among them.
    ["host ports", total((task) => hostPorts(task).length), 100 - 5],
  ];
  const faults = limits
    .filter(([, used, limit]) => used > limit)
    .map(([name, used, limit]) => `${used} of ${limit} ${name}`);
  const ports = claims.flatMap(({ service, count }) =>
    Array.from({ length: count }, () => hostPorts(service.taskDefinition)).flat(),
  );
  if (new Set(ports).size < ports.length) faults.push(`host port claimed twice: ${ports.sort()}`);
  if (ports.some((port) => /^tcp\/(22|2375|2376|51678|51679)$/.test(port))) faults.push("a host port of the agent");
  for (const { service, count } of claims) {
    const alone = service.placementConstraints.some(({ type: kind }) => kind === "distinctInstance");
    if (alone && count > 1) faults.push(`${count} tasks of ${service.name}, which wants distinct instances`);
  }
  return faults;
}

function daemonFaults(life: InstanceLife, checked: CheckedFleet): string[] {
  const architecture = checked.book.instanceTypes.find((type) => type.name === life.instanceType)?.architecture;
  return checked.services
    .filter((service) => service.daemon && architecture !== undefined && kindsOf(service).includes(architecture))
    .map((service) => ({ name: service.name, count: countOn(life, service) }))
    .filter(({ count }) => count !== 1)
    .map(({ name, count }) => `${count} tasks of the daemon ${name} on ${life.instanceType}`);
}

/** Every task once, for its whole life, and evenly over the zones. */
function placedFaults(service: Service, checked: CheckedFleet): string[] {
  const hosts = checked.fleet.filter((life) => countOn(life, service) > 0);
  const perZone = Array.from({ length: checked.settings.zones ?? 3 }, () => 0);
  for (const life of hosts) perZone[life.zone] = (perZone[life.zone] ?? 0) + countOn(life, service) * life.count;
  const placed = perZone.reduce((sum, count) => sum + count, 0);
  const faults = hosts
    .filter((life) => life.startSeconds > 0 || life.endSeconds < endOf(service, checked))
    .map((life) => `${service.name} outlives its ${life.instanceType}`);
  if (placed !== service.tasks) faults.push(`${placed} of ${service.tasks} tasks of ${service.name} are placed`);
  if (Math.max(...perZone) - Math.min(...perZone) > 1)
    faults.push(`${service.name} is spread ${perZone} over the zones`);
  return faults;
}

/** While it is deployed, a service's extra tasks must find room on instances that are there all the time. */
function roomFaults(service: Service, checked: CheckedFleet): string[] {
  const wanted = extraTasks(service, checked.settings);
  const found = checked.fleet
    .filter((life) => life.startSeconds === 0 && life.endSeconds >= endOf(service, checked))
    .map((life) => life.count * moreThatFit(life, service, checked))
    .reduce((sum, count) => sum + count, 0);
  return found >= wanted ? [] : [`a deployment of ${service.name} finds room for ${found} of ${wanted} more tasks`];
}

/** botocore ecs 2014-11-13 DeploymentConfiguration: floor of the maximum, ceiling of the minimum; 200 and 100 unless said. */
function extraTasks(service: Service, settings: Settings): number {
  if (service.daemon || service.lifetime.kind === "runs" || settings.deploymentRoom === "none") return 0;
  const most = Math.floor((service.tasks * (service.maximumPercent ?? 200)) / 100) - service.tasks;
  if (settings.deploymentRoom === "maximum-percent") return Math.max(0, most);
  const least = Math.ceil((service.tasks * (service.minimumHealthyPercent ?? 100)) / 100);
  return least < service.tasks ? 0 : Math.min(1, Math.max(0, most));
}

function moreThatFit(life: InstanceLife, service: Service, checked: CheckedFleet): number {
  const type = checked.book.instanceTypes.find((candidate) => candidate.name === life.instanceType);
  if (type === undefined || !kindsOf(service).includes(type.architecture)) return 0;
  const others = contentOf(life, checked).filter((claim) => claim.service.name !== service.name);
  const own = countOn(life, service);
  let more = 0;
  while (more < 1000 && fits([...others, { service, count: own + more + 1 }], type, checked).length === 0) more++;
  return more;
}

function endOf({ lifetime }: Service, { periodSeconds }: CheckedFleet): number {
  return lifetime.kind === "always" ? periodSeconds : lifetime.seconds * lifetime.times;
}

function countOn(life: InstanceLife, service: Service): number {
  return life.tasks.filter((tasks) => tasks.service === service.name).reduce((sum, { count }) => sum + count, 0);
}

function serviceOf(name: string, { services }: CheckedFleet): Service {
  const service = services.find((candidate) => candidate.name === name);
  if (service === undefined) throw new Error(`${name} is on an instance and was never asked for`);
  return service;
}

function kindsOf(service: Service): readonly string[] {
  return service.architectures.length > 0 ? service.architectures : [service.taskDefinition.architecture];
}

function cpuOf(task: TaskDefinition): number {
  return task.cpuUnits ?? task.containers.reduce((sum, { cpuUnits }) => sum + (cpuUnits ?? 0), 0);
}

function memoryOf(task: TaskDefinition): number {
  const each = task.containers.map(({ memoryReservationMiB, memoryMiB }) => memoryReservationMiB ?? memoryMiB ?? 0);
  return task.memoryMiB ?? each.reduce((sum, memory) => sum + memory, 0);
}

function gpusOf(task: TaskDefinition): number {
  return task.containers.reduce((sum, { gpus }) => sum + gpus, 0);
}

function hostPorts({ networkMode, containers }: TaskDefinition): string[] {
  if (networkMode === "awsvpc" || networkMode === "none") return [];
  return containers
    .flatMap(({ portMappings }) => portMappings)
    .map((port) => ({ ...port, number: networkMode === "host" ? port.containerPort : port.hostPort }))
    .filter(({ number }) => number !== null && number > 0)
    .map(({ protocol, number }) => `${protocol}/${number}`);
}

/** The guide's table, else one interface less than the type has; with trunking another, and the branches. */
function interfaces(type: InstanceType, { settings }: CheckedFleet): number {
  const own = type.networkInterfaces ?? 1;
  const without = type.interfaceTasks ?? own - 1;
  const withTrunk = type.interfaceTasksTrunking ?? (type.branchInterfaces ?? 0) + own - 2;
  return settings.awsvpcTrunking ? Math.max(without, withTrunk) : without;
}

/** Observed, else the least squares fits over what was observed, with a margin of 64 MiB, and 64 MiB more that ARM kernels keep. */
function registered(type: InstanceType, { settings }: CheckedFleet): number {
  const nominal = type.memoryMiB;
  const generation = Number(type.name.match(/\d/)?.[0]);
  const newest = 117.3 + 0.03109 * nominal;
  const fifth = type.name.startsWith("c5") ? 198 + 0.0439 * nominal : 200 + 0.0365 * nominal;
  const lost = type.hypervisor === "xen" ? 89 + nominal / 64 : generation >= 6 ? newest : fifth;
  const fitted = Math.floor(nominal - lost - 64 - (type.architecture === "arm64" ? 64 : 0));
  return (type.registeredMemoryMiB ?? fitted) - (settings.reservedMemoryMiB ?? 0);
}
