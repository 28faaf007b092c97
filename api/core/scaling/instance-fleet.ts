import type { ClusterOverTime, InstanceGroup, TasksOfGroup } from "../model/cluster-over-time.ts";
import type { CapacityProviderReport, InstanceStep } from "../model/scaling.ts";
import { Schedule } from "./schedule.ts";

/** How many instances there are, group by group, and when those that were launched take tasks. */
export class InstanceFleet {
  readonly cluster: ClusterOverTime;
  readonly #starting = new Schedule<{ readonly group: number; readonly count: number }>();
  readonly #ready: number[];
  readonly #timelines: InstanceStep[][];
  readonly #launches: number[];

  readonly #lost: (lost: readonly TasksOfGroup[], t: number) => void;

  /** `lost` is told of tasks that end with their instances. */
  constructor(cluster: ClusterOverTime, lost: (lost: readonly TasksOfGroup[], t: number) => void) {
    this.cluster = cluster;
    this.#lost = lost;
    this.#ready = cluster.groups.map(() => 0);
    this.#launches = cluster.groups.map(() => 0);
    this.#timelines = cluster.groups.map(() => [{ startSeconds: 0, instances: 0, ready: 0 }]);
  }

  groupAt(group: number): InstanceGroup {
    return this.cluster.groups[group] as InstanceGroup;
  }

  /** The number nearest to it that the group may have. */
  within(group: number, count: number): number {
    const { countMin, countMax } = this.groupAt(group);
    return Math.max(countMin, Math.min(count, countMax ?? count));
  }

  /** When the next ones take tasks; Infinity: none is starting. */
  get next(): number {
    return this.#starting.next;
  }

  launch(group: number, count: number, t: number): void {
    this.cluster.launch(group, count, t);
    this.#launches[group] = (this.#launches[group] ?? 0) + count;
    this.#starting.put(t + this.groupAt(group).growth.instanceStartSeconds, { group, count });
    this.#note(group, t);
  }

  /** Instances that have long been there when the period begins. */
  begin(group: number, count: number): void {
    this.cluster.launch(group, count, 0);
    this.#join(group, count, 0);
  }

  /** Lets those join whose start is over; says whether there are any. */
  join(t: number): boolean {
    let joined = false;
    for (let next = this.#starting.take(t); next !== null; next = this.#starting.take(t)) {
      this.#join(next.group, next.count, t);
      joined = true;
    }
    return joined;
  }

  end(group: number, count: number, how: { readonly idleOnly: boolean; readonly seconds: number }): void {
    const ended = this.cluster.end(group, count, how);
    this.#ready[group] = (this.#ready[group] ?? 0) - ended.count;
    this.#note(group, how.seconds);
    if (ended.lost.length > 0) this.#lost(ended.lost, how.seconds);
  }

  reports(periodSeconds: number): CapacityProviderReport[] {
    return this.cluster.groups.map(({ provider, instanceTypes }, group) => {
      const timeline = this.#timelines[group] ?? [];
      const area = timeline.reduce((sum, { startSeconds, instances }, at) => {
        return sum + instances * ((timeline[at + 1]?.startSeconds ?? periodSeconds) - startSeconds);
      }, 0);
      const peak = timeline.reduce((most, { instances }) => Math.max(most, instances), 0);
      const launches = this.#launches[group] ?? 0;
      return { provider, instanceTypes, periodSeconds, timeline, peak, instanceSeconds: area, launches };
    });
  }

  #join(group: number, count: number, t: number): void {
    this.cluster.join(group, count, t);
    this.#ready[group] = (this.#ready[group] ?? 0) + count;
    this.#note(group, t);
  }

  #note(group: number, startSeconds: number): void {
    const timeline = this.#timelines[group] as InstanceStep[];
    if (timeline.at(-1)?.startSeconds === startSeconds) timeline.pop();
    timeline.push({ startSeconds, instances: this.cluster.count(group), ready: this.#ready[group] ?? 0 });
  }
}
