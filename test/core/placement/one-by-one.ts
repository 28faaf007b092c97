import type { Host, PlaceableTask } from "../../../api/core/model/placement-rules.ts";

/** One instance, as the reference keeps it. */
export interface Machine {
  readonly id: number;
  readonly host: Host;
  readonly daemons: string[];
  /** Every task on it, one entry each. */
  tasks: PlaceableTask[];
}

/**
 * The reference that the placement engine is measured against: one object for each instance, one task at a time, everything counted
 * anew for every decision. It shares no code with the engine and does not care about time.
 */
export class OneByOne {
  machines: Machine[] = [];
  private nextId = 0;
  private state: number;

  constructor(seed: number) {
    this.state = 1 + (seed % 2147483646);
  }

  start(host: Host, count: number, daemons: readonly PlaceableTask[]): void {
    for (let i = 0; i < count; i++) {
      const machine: Machine = { id: this.nextId++, host, daemons: [], tasks: [] };
      this.machines.push(machine);
      for (const daemon of daemons) {
        if (!this.accepts(machine, daemon, null)) continue;
        machine.tasks.push(daemon);
        machine.daemons.push(daemon.service);
      }
    }
  }

  /** True: it was placed. */
  placeOne(task: PlaceableTask, provider: string | null): boolean {
    let candidates = this.machines.filter((machine) => this.accepts(machine, task, provider));
    for (const ranking of task.rankings) {
      if (ranking.kind === "random") candidates = this.pickOne(candidates);
      else if (ranking.kind === "binpack") candidates = lowest(candidates, (one) => this.left(one, ranking.resource));
      else candidates = lowest(candidates, (one) => this.spreadCount(one, task, ranking.attribute));
    }
    const [chosen] = candidates;
    chosen?.tasks.push(task);
    return chosen !== undefined;
  }

  /** True: one of the service's tasks was stopped. */
  stopOne(task: PlaceableTask): boolean {
    let candidates = this.machines.filter((one) => one.tasks.some(({ service }) => service === task.service));
    for (const ranking of task.rankings) {
      if (ranking.kind === "random") candidates = this.pickOne(candidates);
      else if (ranking.kind === "binpack") candidates = lowest(candidates, (one) => -this.left(one, ranking.resource));
      else candidates = lowest(candidates, (one) => -this.spreadCount(one, task, ranking.attribute));
    }
    const chosen = candidates[candidates.length - 1];
    if (chosen === undefined) return false;
    const at = chosen.tasks.findIndex(({ service }) => service === task.service);
    chosen.tasks = chosen.tasks.filter((_, place) => place !== at);
    return true;
  }

  end(which: (machine: Machine) => boolean, count: number): void {
    for (let i = 0; i < count; i++) {
      const last = this.machines.filter(which).pop();
      this.machines = this.machines.filter((machine) => machine !== last);
    }
  }

  private accepts(machine: Machine, task: PlaceableTask, provider: string | null): boolean {
    const { host, tasks } = machine;
    if (!task.demand.kinds.includes(host.kind)) return false;
    if (provider !== null && host.provider !== provider) return false;
    if (!this.hasRoom(machine, task)) return false;
    if (!task.allowsHost(host)) return false;
    if (task.allowsInstance !== null && !task.allowsInstance(asInstance(machine))) return false;
    for (const ranking of task.rankings) {
      if (ranking.kind === "spread" && ranking.attribute !== null && !(ranking.attribute in host.attributes))
        return false;
    }
    return !(task.distinct && tasks.some(({ group }) => group === task.group));
  }

  private hasRoom(machine: Machine, task: PlaceableTask): boolean {
    for (const [name, amount] of Object.entries(task.demand.resources)) {
      if (amount > 0 && this.left(machine, name) < amount) return false;
    }
    return !machine.tasks.some(({ demand }) => demand.exclusive.some((thing) => task.demand.exclusive.includes(thing)));
  }

  private left(machine: Machine, resource: string): number {
    let left = machine.host.capacity[resource] ?? 0;
    for (const { demand } of machine.tasks) left -= demand.resources[resource] ?? 0;
    return left;
  }

  /** Tasks of the group on instances with the same attribute value, or on the instance. */
  private spreadCount(machine: Machine, task: PlaceableTask, attribute: string | null): number {
    const alike =
      attribute === null
        ? [machine]
        : this.machines.filter((other) => other.host.attributes[attribute] === machine.host.attributes[attribute]);
    return alike.flatMap((one) => one.tasks).filter(({ group }) => group === task.group).length;
  }

  /** Lehmer's generator; nothing is drawn where there is nothing to choose. */
  private pickOne(candidates: Machine[]): Machine[] {
    if (candidates.length < 2) return candidates;
    this.state = Number((BigInt(this.state) * 48271n) % 2147483647n);
    return candidates.slice(this.state % candidates.length, (this.state % candidates.length) + 1);
  }
}

function lowest(machines: Machine[], key: (machine: Machine) => number): Machine[] {
  const keys = machines.map(key);
  return machines.filter((_, at) => keys[at] === Math.min(...keys));
}

function asInstance({ host, tasks, daemons }: Machine) {
  const count = (nameOf: (task: PlaceableTask) => string) => {
    const counts = new Map<string, number>();
    for (const task of tasks) counts.set(nameOf(task), (counts.get(nameOf(task)) ?? 0) + 1);
    return counts;
  };
  return {
    host,
    room: {},
    taken: new Set<string>(),
    tasks: count((one) => one.service),
    groups: count((one) => one.group),
    daemons,
  };
}
