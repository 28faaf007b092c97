import type { ManagedScaling } from "../model/capacity.ts";
import type { ClusterOverTime } from "../model/cluster-over-time.ts";
import type { ScalingMetric } from "../model/scaling.ts";
import type { InstanceFleet } from "./instance-fleet.ts";
import { Scaler } from "./scaler.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** What changes the number of a group's instances. */
export interface GroupScaling {
  /** Asked at every minute that is played. */
  minute(t: number): void;
  /** Something may have changed between two minutes. */
  stir(): void;
  /** Nothing will happen, however many minutes pass, until instances or tasks change. */
  readonly quiet: boolean;
}

/** From none, two are launched: the metric is 200 then. Source: ECS developer guide 2023-06, cluster-auto-scaling.md. */
const firstInstances = 2;

/**
 * Instances after the tasks that wait for them. Each minute, N being the instances and M those needed, the metric is M / N × 100: M is N less
 * the idle ones, or, while waiting tasks need any, N plus those (within the steps). Without any instance it is 100, or 200 if some are needed;
 * while tasks wait that more instances would not help, it is at least the target. Above the target for `datapointsOut` minutes, with no
 * instance launched within the warm-up or starting: there are to be ceil(M × 100 / target), from none two. Below it for `datapointsIn` minutes:
 * the same, but less than half of them go in one minute (one may always), and of those that run tasks none.
 */
class ManagedGroup implements GroupScaling {
  quiet = false;
  readonly #group: number;
  readonly #managed: ManagedScaling;
  readonly #fleet: InstanceFleet;
  readonly #cluster: ClusterOverTime;
  readonly #line: WaitingLine;
  #above = 0;
  #below = 0;
  #warmUntil = 0;

  constructor(group: number, managed: ManagedScaling, given: { fleet: InstanceFleet; line: WaitingLine }) {
    this.#group = group;
    this.#managed = managed;
    this.#fleet = given.fleet;
    this.#cluster = given.fleet.cluster;
    this.#line = given.line;
  }

  minute(t: number): void {
    const count = this.#cluster.count(this.#group);
    const { targetCapacityPercent: target } = this.#managed;
    const { needed, stuck } = this.#needed(count);
    const ratio = count === 0 ? 100 * (needed > 0 ? firstInstances : 1) : (needed * 100) / count;
    const percent = stuck ? Math.max(ratio, target) : ratio;
    this.#above = percent > target ? this.#above + 1 : 0;
    this.#below = percent < target ? this.#below + 1 : 0;
    const proportional = count === 0 && needed > 0 ? firstInstances : Math.ceil((needed * 100) / target);
    const wanted = this.#fleet.within(this.#group, proportional);
    const out = percent > target && wanted > count;
    const less = percent < target && wanted < count;
    if (out && this.#above >= this.#managed.datapointsOut && t >= this.#warmUntil) {
      this.#fleet.launch(this.#group, wanted - count, t);
      const { instanceStartSeconds } = this.#fleet.groupAt(this.#group).growth;
      this.#warmUntil = t + Math.max(this.#managed.warmupSeconds, instanceStartSeconds);
    } else if (less && this.#below >= this.#managed.datapointsIn) {
      const most = Math.max(1, Math.ceil(count / 2) - 1);
      this.#fleet.end(this.#group, Math.min(most, count - wanted), { idleOnly: true, seconds: t });
    }
    this.quiet = !out && (percent >= target || (!less && this.#below >= this.#managed.datapointsIn));
  }

  stir(): void {
    this.quiet = false;
  }

  #needed(count: number): { readonly needed: number; readonly stuck: boolean } {
    const waiting = this.#line.of(this.#group);
    const more = waiting.length === 0 ? 0 : this.#cluster.needed(this.#group, waiting);
    if (more === 0) return { needed: count - this.#cluster.idle(this.#group), stuck: waiting.length > 0 };
    const { stepMin, stepMax } = this.#managed;
    return { needed: count + (more < stepMin ? stepMin : Math.min(more, stepMax)), stuck: false };
  }
}

/**
 * Instances after policies of the group on what tasks reserve of them, by the rules by which services are scaled (see Scaler), each minute:
 * whether tasks wait, or what runs where, is nothing to them, so that instances end with tasks on them.
 */
class PolicyGroup implements GroupScaling {
  readonly quiet = false;
  readonly #group: number;
  readonly #fleet: InstanceFleet;
  readonly #scaler: Scaler;

  constructor(group: number, fleet: InstanceFleet) {
    const { countMin, countMax, growth } = fleet.groupAt(group);
    this.#group = group;
    this.#fleet = fleet;
    const suspended = { in: false, out: false, scheduled: true };
    const max = countMax ?? Number.MAX_SAFE_INTEGER;
    const scaling = { min: countMin, max, suspended, policies: growth.policies, scheduledActions: [] };
    this.#scaler = new Scaler(scaling, fleet.cluster.count(group), slotSeconds);
  }

  stir(): void {
    // It is never quiet.
  }

  minute(t: number): void {
    const { cluster } = this.#fleet;
    const count = cluster.count(this.#group);
    this.#scaler.decide(t, count, false);
    const { desired } = this.#scaler;
    const { busyProtected: idleOnly } = this.#fleet.groupAt(this.#group).growth;
    if (desired > count) this.#fleet.launch(this.#group, desired - count, t);
    else if (desired < count) this.#fleet.end(this.#group, count - desired, { idleOnly, seconds: t });
    for (const watch of this.#scaler.watches) {
      watch.value = cluster.reservedPercent(this.#group, resourceOf(watch.metric));
      watch.add(cluster.count(this.#group));
    }
  }
}

const slotSeconds = 60;

function resourceOf({ kind }: ScalingMetric): string {
  return kind === "memory" ? "memory" : "cpu";
}

/** Of each group, in their order. */
export function groupScalings(fleet: InstanceFleet, line: WaitingLine): GroupScaling[] {
  return fleet.cluster.groups.map(({ growth }, group) => {
    if (growth.policies.length > 0) return new PolicyGroup(group, fleet);
    if (growth.managed !== null) return new ManagedGroup(group, growth.managed, { fleet, line });
    return { quiet: true, minute: () => undefined, stir: () => undefined };
  });
}
