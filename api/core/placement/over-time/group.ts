import type { InstanceGroup } from "../../model/cluster-over-time.ts";
import type { InstanceLife } from "../../model/placement.ts";
import type { Host } from "../../model/placement-rules.ts";
import type { Choice } from "./choice.ts";
import { Machine } from "./machine.ts";
import { Site } from "./site.ts";
import type { NumberedTask, Work } from "./work.ts";

/** A group before it has any instance. */
export interface GroupPlan extends InstanceGroup {
  /** A host for each zone and type. */
  readonly hosts: readonly { readonly host: Host; readonly zone: number }[];
  readonly purchaseOption: InstanceLife["purchaseOption"];
  /** Where a service's own strategy names no provider. */
  readonly base: number;
  readonly weight: number;
  /** Services that it is chosen for; null: by strategies. */
  readonly takes: ReadonlySet<string> | null;
}

/** The instances of a group. */
export class Group {
  readonly sites: readonly Site[];
  /** All that take its tasks, in the order in which they were started; among them what ran already. */
  machines: Machine[] = [];
  /** One of each type, with daemons only. */
  readonly types: readonly Machine[];
  /** Launched and not ended. */
  count = 0;
  idle = 0;
  readonly #plan: GroupPlan;
  readonly #place: number;
  readonly #work: Work;
  readonly #choice: Choice;
  readonly #starting: { readonly site: Site; readonly seconds: number }[] = [];
  readonly #reserved: Float64Array;
  readonly #capacity: Float64Array;
  /** How many lived from when to when, by site. */
  readonly #lives: Map<string, number>[];

  constructor(plan: GroupPlan, given: { readonly place: number; readonly work: Work; readonly choice: Choice }) {
    this.#plan = plan;
    this.#place = given.place;
    this.#work = given.work;
    this.#choice = given.choice;
    this.sites = plan.hosts.map(({ host, zone }) => new Site(host, { group: given.place, zone }, given.work));
    this.#reserved = new Float64Array(given.work.resources.length);
    this.#capacity = new Float64Array(given.work.resources.length);
    this.#lives = this.sites.map(() => new Map<string, number>());
    this.types = plan.instanceTypes.flatMap((type) => {
      const site = this.sites.find(({ host }) => host.type === type);
      return site === undefined ? [] : [this.#withDaemons(new Machine(site, given.work, { seconds: 0, now: 0 }), 0)];
    });
  }

  launch(count: number, seconds: number): void {
    for (let left = count; left > 0; left--) {
      const site = this.#emptiest();
      site.launched(1);
      this.#starting.push({ site, seconds });
    }
    this.count += count;
  }

  join(count: number, now: number): Machine[] {
    return this.#starting.splice(0, count).map(({ site, seconds }) => {
      const machine = this.#withDaemons(new Machine(site, this.#work, { seconds, now }), now);
      this.machines.push(machine);
      this.idle++;
      for (const [at, tasks] of machine.groups.entries()) this.#choice.count(at, machine, tasks);
      this.#counted(machine, 1);
      return machine;
    });
  }

  /** Keeps count of a task that has come onto an instance, or gone from it. */
  changed(machine: Machine, { amounts, daemon }: NumberedTask, by: 1 | -1): void {
    if (machine.site.group !== this.#place) return;
    for (let at = 0; at < amounts.length; at++) {
      this.#reserved[at] = (this.#reserved[at] as number) + by * (amounts[at] as number);
    }
    if (daemon) return;
    if (by > 0 && machine.busy === 1) this.idle--;
    else if (by < 0 && machine.busy === 0) this.idle++;
  }

  reservedPercent(resource: number): number {
    const whole = this.#capacity[resource] ?? 0;
    return whole === 0 ? Number.NaN : ((this.#reserved[resource] ?? 0) / whole) * 100;
  }

  end(count: number, { idleOnly, seconds }: { readonly idleOnly: boolean; readonly seconds: number }): Machine[] {
    const ended: Machine[] = [];
    while (ended.length < count) {
      const machine = this.#dispensable(idleOnly);
      if (machine === null) break;
      machine.record(seconds);
      this.#counted(machine, -1);
      for (const [at, tasks] of machine.groups.entries()) this.#choice.count(at, machine, -tasks);
      if (machine.busy === 0) this.idle--;
      this.machines.splice(this.machines.indexOf(machine), 1);
      this.count--;
      this.#lived(machine.site, machine.startSeconds, seconds);
      ended.push(machine);
    }
    return ended;
  }

  /** Ends them all; rows of the bill, by zone and type, in order of time. */
  close(seconds: number): InstanceLife[] {
    for (const machine of this.machines)
      if (machine.site.group === this.#place) this.#lived(machine.site, machine.startSeconds, seconds);
    for (const { site, seconds: from } of this.#starting) this.#lived(site, from, seconds);
    return this.sites.flatMap(({ host, zone }, at) =>
      [...(this.#lives[at] ?? [])].map(([key, count]): InstanceLife => {
        const [startSeconds = 0, endSeconds = 0] = key.split(" ").map(Number);
        const { purchaseOption } = this.#plan;
        return {
          ...{
            instanceType: host.type,
            count,
            startSeconds,
            endSeconds,
            zone,
            provider: host.provider,
            purchaseOption,
          },
          ...{ tasks: [], used: {}, capacity: host.capacity, binds: "", spare: false, existing: false },
        };
      }),
    );
  }

  #lived(site: Site, from: number, to: number): void {
    site.ended(to - from);
    if (to === from) return;
    const lives = this.#lives[this.sites.indexOf(site)] as Map<string, number>;
    lives.set(`${from} ${to}`, (lives.get(`${from} ${to}`) ?? 0) + 1);
  }

  /** In the zone with the fewest instances, of the type with the fewest; the first of equals. */
  #emptiest(): Site {
    const inZone = (zone: number) => this.#sum((site) => site.zone === zone);
    const ofType = (type: string) => this.#sum((site) => site.host.type === type);
    const [first, ...others] = this.sites;
    if (first === undefined) throw new Error("A group launches into a zone");
    return others.reduce((least, site) => {
      const fewer = inZone(site.zone) - inZone(least.zone) || ofType(site.host.type) - ofType(least.host.type);
      return fewer < 0 ? site : least;
    }, first);
  }

  #sum(which: (site: Site) => boolean): number {
    return this.sites.reduce((sum, site) => sum + (which(site) ? site.count : 0), 0);
  }

  /** The newest idle one in the zone with the most instances that has any; else, if busy ones may go, the oldest there. */
  #dispensable(idleOnly: boolean): Machine | null {
    const own = this.machines.filter((machine) => machine.site.group === this.#place);
    const idle = own.filter(({ busy }) => busy === 0);
    const candidates = idle.length > 0 || idleOnly ? idle.reverse() : own;
    const inZone = new Map<number, number>();
    for (const { site } of candidates) {
      if (!inZone.has(site.zone))
        inZone.set(
          site.zone,
          this.#sum(({ zone }) => zone === site.zone),
        );
    }
    const most = Math.max(...inZone.values());
    return candidates.find(({ site }) => inZone.get(site.zone) === most) ?? null;
  }

  #withDaemons(machine: Machine, seconds: number): Machine {
    for (const [which, task] of this.#work.tasks.entries()) {
      if (task.daemon && machine.accepts(which, task)) machine.change(which, 1, seconds);
    }
    return machine;
  }

  /** What an instance has, and what daemons and tasks take of it, counts (1) or counts no more (−1). */
  #counted({ site, room }: Machine, by: 1 | -1): void {
    for (let at = 0; at < room.length; at++) {
      const whole = site.capacity[at] as number;
      this.#capacity[at] = (this.#capacity[at] as number) + by * whole;
      this.#reserved[at] = (this.#reserved[at] as number) + by * (whole - (room[at] as number));
    }
  }
}
