import {
  anyGroup,
  type ClusterOverTime,
  type EndedInstances,
  type InstanceGroup,
  type InstancesOverTime,
  type TasksOfGroup,
} from "../../model/cluster-over-time.ts";
import type { InstanceLife } from "../../model/placement.ts";
import type { PlacementRequest } from "../../model/placement-request.ts";
import type { InstanceRun } from "../../model/placement-rules.ts";
import { randomFrom } from "../draw.ts";
import { Choice } from "./choice.ts";
import { Group, type GroupPlan } from "./group.ts";
import { Machine } from "./machine.ts";
import { neededFor } from "./needed.ts";
import { itemsOf, Shares } from "./shares.ts";
import { Site } from "./site.ts";
import { type NumberedTask, Work } from "./work.ts";

/** Instances one by one, since in time no two of them stay alike: for each task the instances of its group are looked through once. */
export class InstanceByInstance implements ClusterOverTime {
  readonly groups: readonly InstanceGroup[];
  readonly #request: PlacementRequest;
  readonly #work: Work;
  readonly #choice: Choice;
  readonly #groups: readonly Group[];
  /** All that take tasks, in the order in which they were started. */
  #machines: Machine[] = [];
  readonly #services: ReadonlyMap<string, number>;
  readonly #shares: readonly Shares[];
  readonly #occupied: Site[] = [];

  constructor(request: PlacementRequest, plans: readonly GroupPlan[], occupied: readonly InstanceRun[]) {
    const tasks = [...request.tasks.values()];
    this.#request = request;
    this.#work = new Work(tasks, request.daemons);
    this.#choice = new Choice(this.#work, randomFrom(request.seed));
    this.#groups = plans.map((plan, at) => new Group(plan, { place: at, work: this.#work, choice: this.#choice }));
    this.groups = plans;
    this.#services = new Map(tasks.map(({ service }, at) => [service, at]));
    this.#shares = tasks.map((task, at) => new Shares(at, itemsOf(task, plans)));
    for (const run of occupied) this.#occupy(run);
  }

  serviceOf(name: string): number {
    const known = this.#services.get(name);
    if (known === undefined) throw new Error(`${name} is no service of this cluster`);
    return known;
  }

  share(service: number, count: number): readonly TasksOfGroup[] {
    return (this.#shares[service] as Shares).more(count);
  }

  surplus(service: number, count: number): readonly TasksOfGroup[] {
    return (this.#shares[service] as Shares).fewer(count);
  }

  forget(tasks: TasksOfGroup): void {
    (this.#shares[tasks.service] as Shares).forget(tasks);
  }

  place({ service, group, count }: TasksOfGroup, seconds: number): number {
    const machines = this.#machinesOf(group);
    for (let placed = 0; placed < count; placed++) {
      const machine = this.#choice.toPlace(machines, service);
      if (machine === null) return placed;
      this.#change(machine, service, { by: 1, seconds });
    }
    return count;
  }

  stop({ service, group, count }: TasksOfGroup, seconds: number): void {
    const machines = this.#machinesOf(group);
    for (let stopped = 0; stopped < count; stopped++) {
      const machine = this.#choice.toStop(machines, service) ?? this.#choice.toStop(this.#machines, service);
      if (machine === null) return;
      this.#change(machine, service, { by: -1, seconds });
    }
  }

  needed(group: number, waiting: readonly TasksOfGroup[]): number {
    const { machines, types } = this.#groups[group] as Group;
    return neededFor(waiting, { tasks: this.#work.tasks, machines, types });
  }

  count(group: number): number {
    return (this.#groups[group] as Group).count;
  }

  idle(group: number): number {
    return (this.#groups[group] as Group).idle;
  }

  reservedPercent(group: number, resource: string): number {
    return (this.#groups[group] as Group).reservedPercent(this.#work.resources.indexOf(resource));
  }

  launch(group: number, count: number, seconds: number): void {
    (this.#groups[group] as Group).launch(count, seconds);
  }

  join(group: number, count: number, seconds: number): void {
    for (const machine of (this.#groups[group] as Group).join(count, seconds)) this.#machines.push(machine);
  }

  end(group: number, count: number, how: { readonly idleOnly: boolean; readonly seconds: number }): EndedInstances {
    const ended = (this.#groups[group] as Group).end(count, how);
    if (ended.length > 0) this.#machines = this.#machines.filter((machine) => !ended.includes(machine));
    const lost = ended.flatMap(({ tasks, kinds }) =>
      kinds.map((service) => ({ service, group, count: tasks[service] as number })),
    );
    return { count: ended.length, lost: lost.filter(({ service }) => !this.#work.tasks[service]?.daemon) };
  }

  /** Rows of the bill, instances alike that lived together as one, and what became of each kind; nothing may be changed after it. */
  close(): { readonly instances: readonly InstanceLife[]; readonly overTime: readonly InstancesOverTime[] } {
    const { periodSeconds } = this.#request;
    for (const machine of this.#machines) machine.record(periodSeconds);
    for (const site of this.#occupied) for (let left = site.count; left > 0; left--) site.ended(periodSeconds);
    const instances = [
      ...this.#groups.flatMap((group) => group.close(periodSeconds)),
      ...this.#occupied.map((site) => this.#existing(site)),
    ];
    return {
      instances,
      overTime: [...this.#groups.flatMap(({ sites }) => sites), ...this.#occupied].map((site) => site.report()),
    };
  }

  #machinesOf(group: number): readonly Machine[] {
    return group === anyGroup ? this.#machines : (this.#groups[group] as Group).machines;
  }

  #change(machine: Machine, service: number, { by, seconds }: { readonly by: 1 | -1; readonly seconds: number }): void {
    const task = this.#work.tasks[service] as NumberedTask;
    machine.change(service, by, seconds);
    this.#choice.count(task.taskGroup, machine, by);
    if (machine.site.group >= 0) (this.#groups[machine.site.group] as Group).changed(machine, task, by);
  }

  /** Instances that run already take the tasks of their provider, and of groups without one; they count as nobody's. */
  #occupy({ instance, count }: InstanceRun): void {
    const zone = Math.max(0, this.#request.zones.indexOf(instance.host.zone));
    const site = new Site(instance.host, { group: anyGroup, zone }, this.#work);
    site.launched(count);
    this.#occupied.push(site);
    for (let left = count; left > 0; left--) {
      const machine = new Machine(site, this.#work, { seconds: 0, now: 0, from: instance });
      this.#machines.push(machine);
      for (const [at, tasks] of machine.groups.entries()) this.#choice.count(at, machine, tasks);
      for (const [at, { provider }] of this.groups.entries()) {
        if (provider === null || provider === instance.host.provider) this.#groups[at]?.machines.push(machine);
      }
    }
  }

  #existing({ host, zone, peak }: Site): InstanceLife {
    return {
      ...{ instanceType: host.type, count: peak, startSeconds: 0, endSeconds: this.#request.periodSeconds, zone },
      ...{ provider: host.provider, purchaseOption: null, tasks: [], used: {}, capacity: host.capacity, binds: "" },
      ...{ spare: false, existing: true },
    };
  }
}
