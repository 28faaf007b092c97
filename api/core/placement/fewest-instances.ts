import type { Resources } from "../model/placement.ts";
import type { Host, InstanceRun, PlaceableTask, Unplaced } from "../model/placement-rules.ts";
import { addInstances, type Cluster, placeTasks } from "./cluster.ts";

/** Instances that are started together, evenly over zones and, where there are several, types. */
export interface InstancePool {
  /** What they are, in turn: a host for each zone and type. At least one. */
  readonly hosts: readonly Host[];
  readonly countMin: number;
  /** Null: as many as needed. */
  readonly countMax: number | null;
}

export interface FewestRequest {
  /** What runs already; its instances count towards no pool. */
  readonly from: Cluster;
  readonly pools: readonly InstancePool[];
  /** Provider: the tasks go on that pool's instances only; null: on any, and the first pool grows for them. */
  readonly tasks: readonly { readonly task: PlaceableTask; readonly count: number; readonly provider: string | null }[];
  readonly daemons: readonly PlaceableTask[];
  /** Tasks on `from` already, whose deployments must find room too. */
  readonly settled: FewestRequest["tasks"];
  /** By service: extra tasks that must find room while it is deployed, one service at a time. */
  readonly room: ReadonlyMap<string, number>;
}

export interface Fewest {
  /** With every task placed, and nothing of what is only there during a deployment. */
  readonly cluster: Cluster;
  /** Instances of each pool. */
  readonly counts: readonly number[];
  /** One pool, and every smaller count was tried: strategies can make more instances hold fewer tasks, so that trying is the proof. */
  readonly proven: boolean;
  /** What finds no place however many instances there are, the first such task if it takes others to tell; empty: all is placed. */
  readonly unplaced: readonly Unplaced[];
}

type Planned = FewestRequest["tasks"][number];

/** So many counts are tried one by one, before the steps double. */
const stepsOneByOne = 32;

/**
 * The fewest instances on which the orchestrator's own placement puts every task: tasks that take the largest share of an instance
 * first, then by name, each service's one after another by its strategies; and then each service's deployment finds room.
 * More instances are tried from a lower bound on.
 */
export function fewestInstances(request: FewestRequest): Fewest {
  const tasks = inOrder(request);
  const misfits = misfitsOf(request);
  if (misfits.length > 0) {
    return {
      cluster: request.from,
      counts: request.pools.map(() => 0),
      proven: false,
      unplaced: misfits,
    };
  }
  const limits = request.pools.map((pool) => pool.countMax ?? mostOf(request, pool));
  let counts = request.pools.map((pool, at) => Math.min(limits[at] ?? 0, lowerBound(request, pool)));
  let tried = attempt(request, tasks, counts);
  for (let steps = 1; tried.wanting !== null; steps++) {
    const { wanting } = tried;
    const at = request.pools.findIndex(
      (pool, place) => (counts[place] ?? 0) < (limits[place] ?? 0) && isFor(request, pool)(wanting),
    );
    if (at < 0) return { cluster: tried.cluster, counts, proven: false, unplaced: tried.unplaced };
    const from = counts[at] ?? 0;
    const step = 2 ** Math.max(0, steps - stepsOneByOne);
    counts = counts.with(at, Math.min(limits[at] ?? 0, from + step));
    tried = attempt(request, tasks, counts);
    if (step > 1 && tried.wanting === null) return fewestBetween(request, tasks, { at, from, counts });
  }
  return { cluster: tried.cluster, counts, proven: request.pools.length === 1, unplaced: [] };
}

/** Tasks that are not even placed on instances with nothing but daemons, one of every host. Whatever looks at content cannot be told yet. */
function misfitsOf(request: FewestRequest): Unplaced[] {
  const cluster = startedOn(
    request,
    request.pools.map(({ hosts }) => hosts.length),
  );
  return request.tasks.flatMap(({ task, count, provider }) => {
    if (count === 0 || task.allowsInstance !== null) return [];
    const { unplaced } = placeTasks(cluster, task, { count: 1, provider });
    return unplaced === null ? [] : [{ ...unplaced, count }];
  });
}

/** Of one pool: `from` is too few, `counts` are enough. By halves, as if more were always better: not a proof. */
function fewestBetween(
  request: FewestRequest,
  tasks: readonly Planned[],
  range: { readonly at: number; readonly from: number; readonly counts: readonly number[] },
): Fewest {
  let tooFew = range.from;
  let enough = range.counts[range.at] ?? 0;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    const { wanting } = attempt(request, tasks, range.counts.with(range.at, middle));
    if (wanting === null) enough = middle;
    else tooFew = middle;
  }
  const counts = range.counts.with(range.at, enough);
  return { cluster: attempt(request, tasks, counts).cluster, counts, proven: false, unplaced: [] };
}

/** Places tasks on so many instances, up to the first for which there is no place, or none during its deployment. */
function attempt(request: FewestRequest, tasks: readonly Planned[], counts: readonly number[]): Attempt {
  let cluster = startedOn(request, counts);
  for (const planned of tasks) {
    const placed = placeTasks(cluster, planned.task, planned);
    cluster = placed.cluster;
    if (placed.unplaced !== null) return { cluster, wanting: planned, unplaced: [placed.unplaced] };
  }
  for (const planned of [...tasks, ...request.settled]) {
    const { task, provider } = planned;
    const extra = placeTasks(cluster, task, { count: request.room.get(task.service) ?? 0, provider });
    if (extra.unplaced !== null) return { cluster, wanting: planned, unplaced: [extra.unplaced] };
  }
  return { cluster, wanting: null, unplaced: [] };
}

interface Attempt {
  readonly cluster: Cluster;
  /** Null: nothing wants for more instances. */
  readonly wanting: Planned | null;
  readonly unplaced: readonly Unplaced[];
}

/** So many more instances of each pool, evenly over its hosts, with daemons only. */
function startedOn({ from, pools, daemons }: FewestRequest, counts: readonly number[]): Cluster {
  let cluster = from;
  for (const [at, { hosts }] of pools.entries()) {
    const count = counts[at] ?? 0;
    for (const [zone, host] of hosts.entries()) {
      const inZone = Math.floor(count / hosts.length) + (zone < count % hosts.length ? 1 : 0);
      cluster = addInstances(cluster, host, { count: inZone, daemons }).cluster;
    }
  }
  return cluster;
}

/** Whether a pool grows for a task. */
function isFor({ pools }: FewestRequest, pool: InstancePool): (planned: Planned) => boolean {
  return ({ provider }) => (provider === null ? pool === pools[0] : pool.hosts[0]?.provider === provider);
}

/** Enough for a task each in any one zone: whatever is not placed on so many has another reason. */
function mostOf(request: FewestRequest, pool: InstancePool): number {
  const tasks = request.tasks.filter(isFor(request, pool));
  const extra = tasks.map(({ task }) => request.room.get(task.service) ?? 0);
  const most = tasks.reduce((sum, { count }) => sum + count, Math.max(0, ...extra));
  return Math.max(pool.countMin, most * pool.hosts.length);
}

/** As if tasks could be poured into what there is and what daemons leave, and one instance for each of those that share none. */
function lowerBound(request: FewestRequest, pool: InstancePool): number {
  const alone = request.pools.length === 1;
  const tasks = request.tasks.filter(({ provider }) => alone || pool.hosts.some((host) => host.provider === provider));
  const apart = tasks.filter(({ task }) => task.distinct || task.demand.exclusive.length > 0);
  const there = request.from.runs.reduce((sum, { count }) => sum + count, 0);
  let bound = Math.max(pool.countMin, ...apart.map(({ count }) => count - there));
  const { runs } = startedOn({ ...request, pools: [pool] }, [pool.hosts.length]);
  const started = runs.filter(({ first }) => first >= request.from.next);
  const left = runs.filter(({ first }) => first < request.from.next);
  for (const name of new Set(tasks.flatMap(({ task }) => Object.keys(task.demand.resources)))) {
    const roomOf = (run: InstanceRun) => run.instance.room[name] ?? 0;
    const wanted =
      tasks.reduce((sum, { task, count }) => sum + (task.demand.resources[name] ?? 0) * count, 0) -
      left.reduce((sum, run) => sum + roomOf(run) * run.count, 0);
    const room = Math.max(0, ...started.map(roomOf));
    if (wanted > 0 && room > 0) bound = Math.max(bound, Math.ceil(wanted / room));
  }
  return bound;
}

/** The largest share of an instance first, then by name: not by the order of the documents, which must not change the bill. */
function inOrder({ tasks, pools }: FewestRequest): Planned[] {
  const capacities = pools.flatMap(({ hosts }) => hosts.map((host) => host.capacity));
  const shares = new Map(tasks.map((planned) => [planned, dominantShare(planned.task, capacities)]));
  const before = (a: string | null, b: string | null) => (a === b ? 0 : (a ?? "") < (b ?? "") ? -1 : 1);
  return [...tasks].sort(
    (a, b) =>
      (shares.get(b) ?? 0) - (shares.get(a) ?? 0) ||
      before(a.task.service, b.task.service) ||
      before(a.provider, b.provider),
  );
}

function dominantShare(task: PlaceableTask, capacities: readonly Resources[]): number {
  const shares = Object.entries(task.demand.resources).map(([name, amount]) => {
    const largest = Math.max(0, ...capacities.map((capacity) => capacity[name] ?? 0));
    return amount === 0 ? 0 : amount / largest;
  });
  return Math.max(0, ...shares);
}
