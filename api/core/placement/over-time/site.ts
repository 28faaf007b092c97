import type { InstancesOverTime } from "../../model/cluster-over-time.ts";
import type { Host } from "../../model/placement-rules.ts";
import type { Work } from "./work.ts";

/** What is on an instance: room by resource, tasks by service, and the services of which there are any. */
interface Content {
  readonly room: Float64Array;
  readonly tasks: Uint32Array;
  readonly kinds: readonly number[];
}

/** A host as a place for instances of one group, and what has become of those there. */
export class Site {
  readonly host: Host;
  /** Place of its group; −1: what runs already. */
  readonly group: number;
  readonly zone: number;
  /** By resource, as `Work` numbers them. */
  readonly capacity: Float64Array;
  /** By attribute, as `Work` numbers them and their values. */
  readonly values: Int32Array;
  /** By task: 1 where its rules let it on instances of the host. */
  readonly open: Uint8Array;
  /** Launched and not ended, those that are starting too. */
  count = 0;
  peak = 0;
  instanceSeconds = 0;
  readonly #usedSeconds: Float64Array;
  /** Amounts × seconds by binding resource and task. */
  readonly #boundSeconds: Float64Array;
  readonly #work: Work;

  constructor(host: Host, where: { readonly group: number; readonly zone: number }, work: Work) {
    this.host = host;
    this.group = where.group;
    this.zone = where.zone;
    this.#work = work;
    this.capacity = Float64Array.from(work.resources, (name) => host.capacity[name] ?? 0);
    this.values = Int32Array.from(work.attributes, (name, at) => work.valueOf(at, host.attributes[name]));
    this.open = Uint8Array.from(work.tasks, (task) => (task.allows(host) ? 1 : 0));
    this.#usedSeconds = new Float64Array(work.resources.length);
    this.#boundSeconds = new Float64Array(work.resources.length * work.tasks.length);
  }

  launched(count: number): void {
    this.count += count;
    this.peak = Math.max(this.peak, this.count);
  }

  ended(seconds: number): void {
    this.count--;
    this.instanceSeconds += seconds;
  }

  /** Adds what has been on an instance for so many seconds. All are whole numbers below 2^53, so that nothing is lost. */
  record({ room, tasks, kinds }: Content, seconds: number): void {
    const { capacity } = this;
    let binding = 0;
    let largest = -1;
    for (let at = 0; at < capacity.length; at++) {
      const whole = capacity[at] as number;
      const used = whole - (room[at] as number);
      this.#usedSeconds[at] = (this.#usedSeconds[at] as number) + used * seconds;
      const share = used / (whole || 1);
      if (share <= largest) continue;
      largest = share;
      binding = at;
    }
    const all = this.#work.tasks;
    const from = binding * all.length;
    for (let at = 0; at < kinds.length; at++) {
      const which = kinds[at] as number;
      const amount = (all[which]?.amounts[binding] as number) * (tasks[which] as number);
      this.#boundSeconds[from + which] = (this.#boundSeconds[from + which] as number) + amount * seconds;
    }
  }

  report(): InstancesOverTime {
    const { resources, tasks } = this.#work;
    return {
      instanceType: this.host.type,
      zone: this.zone,
      provider: this.host.provider,
      existing: this.group < 0,
      capacity: this.host.capacity,
      peak: this.peak,
      instanceSeconds: this.instanceSeconds,
      usedSeconds: Object.fromEntries(resources.map((name, at) => [name, this.#usedSeconds[at] ?? 0])),
      boundSeconds: resources.flatMap((resource, at) =>
        tasks.flatMap(({ service }, which) => {
          const amountSeconds = this.#boundSeconds[at * tasks.length + which] ?? 0;
          return amountSeconds === 0 ? [] : [{ resource, service, amountSeconds }];
        }),
      ),
    };
  }
}
