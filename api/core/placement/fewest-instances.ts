import type { Resources } from "../model/placement.ts";
import type { PlaceableTask, Unplaced } from "../model/placement-rules.ts";
import { type Cluster, hasRoomFor, placedOn, placeTasks } from "./cluster.ts";
import { instancesFor, lowerBound, startedOn } from "./fewest-bound.ts";
import type { FewestRequest, InstancePool } from "./fewest-request.ts";
import { unevenTasks } from "./uneven-tasks.ts";

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

/** Of few services, so many counts are tried one by one, before the steps double; of more, steps are as long as what is left to place. */
const stepsOneByOne = 32;
const fewServices = 40;

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
  for (let steps = 1; ; steps++) {
    const [wanting] = tried.left;
    if (wanting === undefined) break;
    const at = request.pools.findIndex(
      (pool, place) => (counts[place] ?? 0) < (limits[place] ?? 0) && isFor(request, pool)(wanting),
    );
    const pool = request.pools[at];
    if (pool === undefined)
      return { cluster: tried.cluster, counts, proven: false, unplaced: [reasonsOf(wanting, tried)] };
    const from = counts[at] ?? 0;
    const isMany = tasks.length > fewServices;
    const step = isMany
      ? Math.max(pool.hosts.length, instancesFor(tried.left, pool))
      : 2 ** Math.max(0, steps - stepsOneByOne);
    counts = counts.with(at, Math.min(limits[at] ?? 0, from + step));
    tried = attempt(request, tasks, counts);
    if (step > 1 && tried.left.length === 0) return fewestBetween(request, tasks, { at, from, counts });
  }
  return { cluster: tried.cluster, counts, proven: request.pools.length === 1, unplaced: [] };
}

/** Without one, where it is placed but not evenly: it lacks instances elsewhere. */
function reasonsOf({ task, count, provider }: Planned, { cluster }: Attempt): Unplaced {
  const { unplaced } = placeTasks(cluster, task, { count, provider });
  return unplaced ?? { service: task.service, count, refusals: [], closest: null };
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
    const { left } = attempt(request, tasks, range.counts.with(range.at, middle));
    if (left.length === 0) enough = middle;
    else tooFew = middle;
  }
  const counts = range.counts.with(range.at, enough);
  return { cluster: attempt(request, tasks, counts).cluster, counts, proven: false, unplaced: [] };
}

/** Places tasks on so many instances, up to the first for which there is no place, or none during its deployment. */
function attempt(request: FewestRequest, tasks: readonly Planned[], counts: readonly number[]): Attempt {
  let cluster = startedOn(request, counts);
  for (const [at, planned] of tasks.entries()) {
    const placed = placedOn(cluster, planned.task, planned);
    cluster = placed.cluster;
    if (placed.left > 0) return { cluster, left: [{ ...planned, count: placed.left }, ...tasks.slice(at + 1)] };
  }
  const uneven = unevenTasks(cluster.runs, tasks, request);
  if (uneven.length > 0) return { cluster, left: uneven };
  const extra = [...tasks, ...request.settled].map((planned) => ({
    ...planned,
    count: request.room.get(planned.task.service) ?? 0,
  }));
  return { cluster, left: extra.filter((planned) => !hasRoomFor(cluster, planned.task, planned)).slice(0, 1) };
}

interface Attempt {
  readonly cluster: Cluster;
  /** What finds no place, or none where an even spread would have it, or none while it is deployed; the first one wants for instances. */
  readonly left: readonly Planned[];
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
  // It takes all there is of something on its instance.
  if (task.distinct || task.demand.exclusive.length > 0) return 1;
  const shares = Object.entries(task.demand.resources).map(([name, amount]) => {
    const largest = Math.max(0, ...capacities.map((capacity) => capacity[name] ?? 0));
    return amount === 0 ? 0 : amount / largest;
  });
  return Math.max(0, ...shares);
}
