import type { CapacityProvider, ManagedScaling } from "../../../api/core/model/capacity.ts";
import type { Host, PlaceableTask } from "../../../api/core/model/placement-rules.ts";
import { type Machine, OneByOne } from "../placement/one-by-one.ts";

/** A service whose number of tasks is given: second and number. */
export interface GivenService {
  readonly name: string;
  readonly task: PlaceableTask;
  /** Its capacity provider. */
  readonly provider: string;
  readonly tasks: number;
  readonly steps: readonly (readonly [second: number, tasks: number])[];
  readonly drainSeconds: number;
}

/** Tasks that are there from one second to another. */
export interface GivenTasks {
  readonly name: string;
  readonly task: PlaceableTask;
  readonly provider: string;
  readonly count: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface GivenCase {
  readonly services: readonly GivenService[];
  readonly fixed: readonly GivenTasks[];
  readonly daemons: readonly PlaceableTask[];
  readonly groups: readonly CapacityProvider[];
  readonly zones: readonly string[];
  hostOf(type: string, zone: string, provider: string): Host;
  readonly periodSeconds: number;
}

interface Waiting {
  readonly owner: object;
  readonly name: string;
  readonly task: PlaceableTask;
  readonly provider: string;
  readonly since: number;
}

interface Group {
  readonly provider: CapacityProvider;
  starting: { host: Host; at: number }[];
  low: number;
  high: number;
  warmUntil: number;
}

/**
 * The reference that services on shared instances are measured against: one second after another, one task and one instance at a time,
 * everything counted anew. It shares no code with the simulation, and does not care about time.
 */
export class SecondBySecond {
  /** By provider: second and number of instances, wherever it changes. */
  readonly counts = new Map<string, [number, number][]>();
  /** By service: how long each task waited that waited. */
  readonly waits = new Map<string, number[]>();
  /** By service: task-seconds on instances. */
  readonly taskSeconds = new Map<string, number>();
  /** By type, zone and provider: seconds of instances, launched and not ended. */
  readonly instanceSeconds = new Map<string, number>();
  /** By type, zone, provider, binding resource and service: amounts × seconds. */
  readonly bound = new Map<string, number>();
  /** What each second adds, until something happens. */
  private lasting: [sums: Map<string, number>, key: string, by: number][] = [];
  private readonly cluster = new OneByOne(1);
  private readonly groups: Group[];
  private waiting: Waiting[] = [];
  private leaving: { task: PlaceableTask; at: number }[] = [];
  /** Tasks of each owner that are placed and not told to stop. */
  private readonly running = new Map<object, number>();

  private readonly given: GivenCase;

  constructor(given: GivenCase) {
    this.given = given;
    this.groups = given.groups.map((provider) => ({ provider, starting: [], low: 0, high: 0, warmUntil: 0 }));
    this.settle();
    for (let t = 0; t < given.periodSeconds; t++) {
      if (t === 0 || this.isEventful(t)) this.second(t);
      for (const [sums, key, by] of this.lasting) add(sums, key, by);
    }
    for (const one of this.waiting) this.waited(one, given.periodSeconds);
  }

  private settle(): void {
    for (const group of this.groups) this.launchNow(group, group.provider.countMin);
    for (const fixed of sorted(this.given.fixed)) if (fixed.startSeconds === 0) this.add(fixed, fixed.count, 0);
    for (const service of sorted(this.given.services)) this.add(service, service.tasks, 0);
    for (let grown = true; grown; ) {
      grown = false;
      for (const group of this.groups) {
        const have = this.size(group);
        const { managed } = group.provider.growth;
        const used = have - this.own(group).filter(isIdle).length;
        const mine = this.waiting.filter(({ provider }) => provider === group.provider.name);
        const short = mine.length === 0 ? 0 : this.shortOf(group, mine);
        const needed = short === 0 ? used : have + short;
        const want = this.clamp(group, Math.ceil((100 * needed) / (managed?.targetCapacityPercent ?? 100)));
        if (want <= have) continue;
        this.launchNow(group, want - have);
        grown = true;
      }
      this.retry(0);
    }
  }

  /** In all other seconds everything is as it was. */
  private isEventful(t: number): boolean {
    const starts = this.groups.some(({ starting, provider }) =>
      starting.some(({ at }) => at + provider.growth.instanceStartSeconds <= t),
    );
    const steps = this.given.services.some((service) => service.steps.some(([at]) => at === t));
    return t % 60 === 0 || starts || steps || this.leaving.some(({ at }) => at <= t);
  }

  private second(t: number): void {
    for (const group of this.groups) this.joinGroup(group, t);
    this.leave(t);
    for (const fixed of sorted(this.given.fixed)) if (fixed.endSeconds === t) this.remove(fixed, fixed.count, t, 0);
    for (const fixed of sorted(this.given.fixed)) {
      if (fixed.startSeconds === t && t > 0) this.add(fixed, fixed.count, t);
    }
    this.retry(t);
    for (const service of sorted(this.given.services)) this.step(service, t);
    this.leave(t);
    this.retry(t);
    if (t % 60 === 0) for (const group of this.groups) this.scale(group, t);
    this.account(t);
  }

  private joinGroup(group: Group, t: number): void {
    const due = group.starting.filter(({ at }) => at + group.provider.growth.instanceStartSeconds <= t);
    group.starting = group.starting.filter((one) => !due.includes(one));
    for (const { host } of due) this.cluster.start(host, 1, this.given.daemons);
  }

  private step(service: GivenService, t: number): void {
    for (const [at, count] of service.steps) {
      if (at !== t) continue;
      const now = (this.running.get(service) ?? 0) + this.waiting.filter(({ owner }) => owner === service).length;
      if (count > now) this.add(service, count - now, t);
      else this.remove(service, now - count, t, service.drainSeconds);
    }
  }

  private add(owner: GivenService | GivenTasks, count: number, t: number): void {
    for (let i = 0; i < count; i++) {
      const { name, task, provider } = owner;
      if (this.cluster.placeOne(task, provider)) this.running.set(owner, (this.running.get(owner) ?? 0) + 1);
      else this.waiting.push({ owner, name, task, provider, since: t });
    }
  }

  private remove(owner: GivenService | GivenTasks, count: number, t: number, drainSeconds: number): void {
    for (let i = 0; i < count; i++) {
      const last = this.waiting.findLastIndex((one) => one.owner === owner);
      if (last >= 0) {
        this.waited(this.waiting[last] as Waiting, t);
        this.waiting.splice(last, 1);
      } else if ((this.running.get(owner) ?? 0) > 0) {
        this.running.set(owner, (this.running.get(owner) ?? 0) - 1);
        if (drainSeconds === 0 && !("steps" in owner)) this.cluster.stopOne(owner.task);
        else this.leaving.push({ task: owner.task, at: t + drainSeconds });
      }
    }
  }

  private leave(t: number): void {
    for (const { task } of this.leaving.filter(({ at }) => at <= t)) this.cluster.stopOne(task);
    this.leaving = this.leaving.filter(({ at }) => at > t);
  }

  private retry(t: number): void {
    const still: Waiting[] = [];
    for (const one of this.waiting) {
      if (this.cluster.placeOne(one.task, one.provider)) {
        this.running.set(one.owner, (this.running.get(one.owner) ?? 0) + 1);
        this.waited(one, t);
      } else still.push(one);
    }
    this.waiting = still;
  }

  private waited({ name, since }: Waiting, t: number): void {
    if (t > since) this.waits.set(name, [...(this.waits.get(name) ?? []), t - since]);
  }

  private scale(group: Group, t: number): void {
    const { managed } = group.provider.growth;
    if (managed === null) return;
    const n = this.size(group);
    const mine = this.waiting.filter(({ provider }) => provider === group.provider.name);
    const short = mine.length > 0 ? this.shortOf(group, mine) : 0;
    const m = short > 0 ? n + stepOf(short, managed) : n - this.own(group).filter(isIdle).length;
    const stuck = mine.length > 0 && short === 0;
    // Compared as whole numbers: m / n against target / 100.
    const target = managed.targetCapacityPercent;
    const [left, right] = n === 0 ? [m > 0 ? 200 : 100, target] : [m * 100, n * target];
    group.high = left > right ? group.high + 1 : 0;
    group.low = left < right && !stuck ? group.low + 1 : 0;
    const want = this.clamp(group, n === 0 && m > 0 ? 2 : Math.ceil((m * 100) / target));
    if (left > right && want > n && group.high >= managed.datapointsOut && t >= group.warmUntil) {
      for (let i = n; i < want; i++) group.starting.push({ host: this.nextHost(group), at: t });
      group.warmUntil = t + Math.max(managed.warmupSeconds, group.provider.growth.instanceStartSeconds);
    }
    if (left < right && !stuck && group.low >= managed.datapointsIn) this.shrink(group, n, want);
  }

  private shrink(group: Group, n: number, want: number): void {
    let most = 1;
    while (2 * (most + 1) < n) most++;
    for (let i = 0; i < Math.min(most, n - want); i++) this.endOne(group);
  }

  /** Packs tasks alike one by one onto copies of the group's room, then onto new instances as large as the largest type. */
  private shortOf(group: Group, mine: readonly Waiting[]): number {
    const types = this.typesOf(group).map((host) => this.emptyRoom(host));
    const names = [...new Set(types.flatMap((room) => Object.keys(room)))];
    const extreme = (pick: (...amounts: number[]) => number) =>
      Object.fromEntries(names.map((name) => [name, pick(...types.map((room) => room[name] ?? 0))]));
    const kinds = Map.groupBy(mine, ({ task }) => JSON.stringify([task.demand, task.distinct && task.group]));
    let short = 0;
    for (const alike of kinds.values()) {
      const [{ task }] = alike as [Waiting];
      if (!fits(extreme(Math.min), task, [])) continue;
      const rooms = this.own(group).map((machine) => ({ left: this.room(machine), on: [...machine.tasks] }));
      const fresh: typeof rooms = [];
      for (const _ of alike) {
        let room = [...rooms, ...fresh].find(({ left, on }) => fits(left, task, on));
        if (room === undefined) {
          room = { left: extreme(Math.max), on: [] };
          fresh.push(room);
        }
        for (const [name, amount] of Object.entries(task.demand.resources))
          room.left[name] = (room.left[name] ?? 0) - amount;
        room.on.push(task);
      }
      short = Math.max(short, fresh.length);
    }
    return short;
  }

  private emptyRoom(host: Host): Record<string, number> {
    const alone = new OneByOne(1);
    alone.start(host, 1, this.given.daemons);
    return this.room(alone.machines[0] as Machine);
  }

  private room({ host, tasks }: Machine): Record<string, number> {
    const left: Record<string, number> = { ...host.capacity };
    for (const { demand } of tasks) {
      for (const [name, amount] of Object.entries(demand.resources)) left[name] = (left[name] ?? 0) - amount;
    }
    return left;
  }

  private endOne(group: Group): void {
    const idle = this.own(group).filter(isIdle);
    const inZone = (zone: string) =>
      this.own(group).filter(({ host }) => host.zone === zone).length +
      group.starting.filter(({ host }) => host.zone === zone).length;
    const most = Math.max(...idle.map(({ host }) => inZone(host.zone)));
    const last = idle.findLast(({ host }) => inZone(host.zone) === most);
    this.cluster.machines = this.cluster.machines.filter((machine) => machine !== last);
  }

  private launchNow(group: Group, count: number): void {
    for (let i = 0; i < count; i++) this.cluster.start(this.nextHost(group), 1, this.given.daemons);
  }

  private nextHost(group: Group): Host {
    const { name, instanceTypes } = group.provider;
    const all = [...this.own(group).map(({ host }) => host), ...group.starting.map(({ host }) => host)];
    const fewest = (values: readonly string[], of: (host: Host) => string) => {
      const counts = values.map((value) => all.filter((host) => of(host) === value).length);
      return values[counts.indexOf(Math.min(...counts))] as string;
    };
    const zone = fewest(this.given.zones, (host) => host.zone);
    return this.given.hostOf(
      fewest(instanceTypes, (host) => host.type),
      zone,
      name,
    );
  }

  private typesOf({ provider }: Group): Host[] {
    return provider.instanceTypes.map((type) => this.given.hostOf(type, this.given.zones[0] as string, provider.name));
  }

  private own({ provider }: Group): Machine[] {
    return this.cluster.machines.filter(({ host }) => host.provider === provider.name);
  }

  private size(group: Group): number {
    return this.own(group).length + group.starting.length;
  }

  private clamp({ provider }: Group, count: number): number {
    return Math.max(provider.countMin, Math.min(count, provider.countMax ?? Number.POSITIVE_INFINITY));
  }

  private account(t: number): void {
    this.lasting = [];
    for (const group of this.groups) {
      const { name } = group.provider;
      const timeline = this.counts.get(name) ?? [];
      if (timeline.at(-1)?.[1] !== this.size(group)) timeline.push([t, this.size(group)]);
      this.counts.set(name, timeline);
      for (const { host } of [...this.own(group), ...group.starting])
        this.lasting.push([this.instanceSeconds, keyOf(host), 1]);
    }
    for (const machine of this.cluster.machines) {
      const left = this.room(machine);
      const names = Object.keys(machine.host.capacity).sort();
      const share = (name: string) => 1 - (left[name] ?? 0) / (machine.host.capacity[name] ?? 1);
      const used = (name: string) => (machine.host.capacity[name] ?? 0) - (left[name] ?? 0);
      let binding = names[0] as string;
      for (const name of names) {
        const [a, b] = [
          used(name) * (machine.host.capacity[binding] ?? 1),
          used(binding) * (machine.host.capacity[name] ?? 1),
        ];
        if (a > b) binding = name;
      }
      if (share(binding) === 0) continue;
      for (const { service, demand } of machine.tasks) {
        this.lasting.push([this.bound, `${keyOf(machine.host)} ${binding} ${service}`, demand.resources[binding] ?? 0]);
        this.lasting.push([this.taskSeconds, service, 1]);
      }
    }
  }
}

function stepOf(short: number, { stepMin, stepMax }: ManagedScaling): number {
  if (short < stepMin) return stepMin;
  return short > stepMax ? stepMax : short;
}

function isIdle({ tasks, daemons }: Machine): boolean {
  return tasks.every(({ service }) => daemons.includes(service));
}

function fits(left: Readonly<Record<string, number>>, task: PlaceableTask, on: readonly PlaceableTask[]): boolean {
  for (const [name, amount] of Object.entries(task.demand.resources)) if ((left[name] ?? 0) < amount) return false;
  if (task.distinct && on.some(({ group }) => group === task.group)) return false;
  return !on.some(({ demand }) => demand.exclusive.some((thing) => task.demand.exclusive.includes(thing)));
}

function keyOf({ type, zone, provider }: Host): string {
  return `${type} ${zone} ${provider}`;
}

function add(sums: Map<string, number>, key: string, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}

function sorted<T extends { readonly name: string }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
}
