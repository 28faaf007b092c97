import type { CapacityProvider, GroupGrowth, ManagedScaling } from "../../../api/core/model/capacity.ts";
import { Exact } from "../../../api/core/model/exact.ts";
import type { HostType, TaskDemand } from "../../../api/core/model/placement.ts";
import type { ServiceTask } from "../../../api/core/model/placement-rules.ts";
import type { Calendar, CapacityProviderReport, ScalingReport } from "../../../api/core/model/scaling.ts";
import type { Service } from "../../../api/core/model/workload.ts";
import { placeOverTime } from "../../../api/core/placement/place-over-time.ts";
import { simulate } from "../../../api/core/scaling/simulate.ts";
import { aPlacementRequest, aServiceTask } from "../placement/sample-request.ts";
import { aService, aWorkload } from "../sample-workload.ts";
import { aLifetime, aScaling } from "./scaled-service.ts";

/** AWS's defaults. */
export function managed(fields: Partial<ManagedScaling> = {}): ManagedScaling {
  return {
    ...{
      targetCapacityPercent: 100,
      stepMin: 1,
      stepMax: 10_000,
      warmupSeconds: 300,
      datapointsOut: 1,
      datapointsIn: 15,
    },
    ...fields,
  };
}

/** Instances that take tasks two minutes after their launch. */
export function aGroup(fields: Partial<CapacityProvider> = {}, growth: Partial<GroupGrowth> = {}): CapacityProvider {
  return {
    ...{ name: "own", path: "cluster.capacityProviders[0]", instanceTypes: ["large"], countMin: 0, countMax: null },
    ...{ zones: null, purchaseOption: "on-demand", targetCapacityPercent: null, weight: 1, base: 0, attributes: {} },
    growth: { instanceStartSeconds: 120, managed: managed(), policies: [], busyProtected: true, ...growth },
    ...fields,
  };
}

/** A service without load whose number of tasks is set at these seconds: [[60, 4]] sets 4 after a minute. */
export function stepping(
  tasks: number,
  ...steps: readonly (readonly [second: number, tasks: number])[]
): Partial<Service> {
  const scheduledActions = steps.map(([second, count]) => ({
    ...{ name: `at ${second}`, min: count, max: count },
    schedule: { expression: `${second}`, timeZone: "UTC", startSeconds: null, endSeconds: null },
  }));
  return { tasks, lifetime: aLifetime({ scaling: aScaling({ max: 1000, scheduledActions }) }) };
}

const atSeconds: Calendar = ({ expression }, from) => (Number(expression) >= from ? Number(expression) : null);

export function aHostType(fields: Partial<HostType> & Pick<HostType, "name">): HostType {
  return {
    ...{
      kind: "x86",
      capacity: { cpu: 3000, memory: 3000 },
      costPerHour: new Exact(1),
      roughCostPerHour: 1,
      estimated: false,
    },
    ...fields,
  };
}

export interface Shared {
  readonly services: Readonly<Record<string, Partial<Service>>>;
  /** Tasks of 1,000 CPU units and MiB, three on a large instance, but for what is said here. */
  readonly tasks?: Readonly<Record<string, Partial<ServiceTask>>>;
  readonly groups?: readonly CapacityProvider[];
  readonly types?: readonly HostType[];
  readonly zones?: readonly string[];
  readonly daemons?: readonly string[];
  readonly periodSeconds?: number;
  readonly calendar?: Calendar;
}

/** Services played out on shared instances, for two hours. */
export function playedOn(shared: Shared) {
  const { groups = [aGroup()], zones = ["a"], periodSeconds = 7200, daemons = [] } = shared;
  const names = Object.keys(shared.services);
  const usual: TaskDemand = { resources: { cpu: 1000, memory: 1000 }, exclusive: [], kinds: ["x86"] };
  const tasks = [...names, ...daemons].map((service) => {
    const fields: Partial<ServiceTask> = { group: service, rankings: [], ...shared.tasks?.[service] };
    return aServiceTask(service, fields.demand ?? usual, fields);
  });
  const request = aPlacementRequest({
    tasks: new Map(tasks.map((task) => [task.service, task])),
    hostTypes: shared.types ?? [aHostType({ name: "large" })],
    capacity: { providers: groups, occupied: [] },
    ...{ zones, daemons, periodSeconds },
  });
  const ways = placeOverTime(request, { most: 1, livesToFit: () => ({ peaks: [], means: [] }) });
  if (!ways.ok) throw new Error(ways.problems.map(({ message }) => message).join("\n"));
  const cluster = (ways.value[0] as (typeof ways.value)[number]).begin();
  const services = names.map((name) => aService({ name, ...shared.services[name] }));
  const workload = aWorkload(services, { periodSeconds, period: { startSeconds: 0, timeZone: "UTC" } });
  const capacityOf = () => ({ cpuUnits: 1000, memoryMiB: 1000 });
  const simulated = simulate(workload, { capacityOf, calendar: shared.calendar ?? atSeconds, cluster });
  return { ...simulated, ...cluster.close(), request };
}

/** [second, instances] wherever the number of the first group's instances changes. */
export function instancesOf(
  { capacityProviders }: { capacityProviders: readonly CapacityProviderReport[] },
  group = 0,
) {
  const timeline = capacityProviders[group]?.timeline ?? [];
  return timeline
    .map(({ startSeconds, instances }): [number, number] => [startSeconds, instances])
    .filter(([, count], at, all) => at === 0 || count !== all[at - 1]?.[1]);
}

export function reportOf({ reports }: { reports: readonly ScalingReport[] }, service: string): ScalingReport {
  return reports.find((report) => report.service === service) as ScalingReport;
}
