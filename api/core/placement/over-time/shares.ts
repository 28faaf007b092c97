import { anyGroup, type TasksOfGroup } from "../../model/cluster-over-time.ts";
import type { ServiceTask } from "../../model/placement-rules.ts";
import { splitByWeights } from "../../model/split-by-weights.ts";
import type { GroupPlan } from "./group.ts";

interface Item {
  readonly group: number;
  readonly base: number;
  readonly weight: number;
}

/** Of one service: how many of its tasks are for which group, as its strategy has it of the number that there are to be. */
export class Shares {
  readonly #service: number;
  readonly #items: readonly Item[];
  readonly #counts: number[];

  constructor(service: number, items: readonly Item[]) {
    this.#service = service;
    this.#items = items;
    this.#counts = items.map(() => 0);
  }

  more(count: number): TasksOfGroup[] {
    return this.#moved(count, 1);
  }

  fewer(count: number): TasksOfGroup[] {
    return this.#moved(count, -1);
  }

  forget({ group, count }: TasksOfGroup): void {
    const at = this.#items.findIndex((item) => item.group === group);
    this.#counts[at] = (this.#counts[at] ?? 0) - count;
  }

  /** What is furthest from its share comes first, so that no task has to move from group to group. */
  #moved(count: number, by: 1 | -1): TasksOfGroup[] {
    const counts = this.#counts;
    const [only] = this.#items;
    if (this.#items.length === 1 && only !== undefined) {
      counts[0] = (counts[0] as number) + by * count;
      return [{ service: this.#service, group: only.group, count }];
    }
    const sum = counts.reduce((whole, one) => whole + one, 0);
    const wanted = splitByWeights(sum + by * count, this.#items);
    const off = this.#items.map((_, at) => ({ at, by: by * ((wanted[at] ?? 0) - (counts[at] ?? 0)) }));
    off.sort((a, b) => b.by - a.by || a.at - b.at);
    let left = count;
    return off.flatMap(({ at, by: apart }): TasksOfGroup[] => {
      const moved = Math.min(left, Math.max(0, apart));
      left -= moved;
      counts[at] = (counts[at] ?? 0) + by * moved;
      return moved === 0 ? [] : [{ service: this.#service, group: this.#items[at]?.group ?? anyGroup, count: moved }];
    });
  }
}

/** The group chosen for the task; else its own strategy's, where that names any, else all by their weights; or whatever there is. */
export function itemsOf({ service, providers }: ServiceTask, groups: readonly GroupPlan[]): Item[] {
  const own = groups.findIndex(({ takes }) => takes?.has(service));
  if (own >= 0) return [{ group: own, base: 0, weight: 1 }];
  if (providers === "any") return [{ group: anyGroup, base: 0, weight: 1 }];
  if (providers.length === 0) return groups.map(({ base, weight }, group) => ({ group, base, weight }));
  return providers.map(({ name, base, weight }) => {
    const group = groups.findIndex(({ provider }) => provider === name);
    return { group: group < 0 ? anyGroup : group, base, weight };
  });
}
