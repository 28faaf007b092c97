import type { PackingHost, PackingItem, PackingProblem } from "../../../api/core/model/packing.ts";

interface Node {
  readonly used: number[];
  readonly held: Map<PackingItem, number>;
  pods: number;
  /** Host types that would hold what is on it, cheapest first. */
  types: readonly PackingHost[];
}

/**
 * What the rule of Karpenter's scheduler costs, in billionths; null where an item fits nowhere. Re-implemented, one batch, no
 * consolidation afterwards: not Karpenter itself. Tasks by CPU then memory, descending; each goes to the open node with the fewest tasks
 * on which some type still holds it, else to a new node; in the end each node is the cheapest type that holds it. Source:
 * kubernetes-sigs/karpenter@2266468 pkg/controllers/provisioning/scheduling (queue.go, scheduler.go, nodeclaim.go). `allowed`: the
 * hosts that its node pool lets it choose from.
 */
export function karpenterRule({ items, hosts }: PackingProblem, allowed: (host: number) => boolean): number | null {
  const types = undominated(hosts.filter((_, at) => allowed(at)));
  const nodes: Node[] = [];
  const [cpu, memory] = [0, 1];
  const by = (at: number) => (a: PackingItem, b: PackingItem) => (b.amounts[at] ?? 0) - (a.amounts[at] ?? 0);
  for (const item of [...items].sort((a, b) => by(cpu)(a, b) || by(memory)(a, b))) {
    // A node that has no room for the item has none later either.
    let open = [...nodes];
    for (let left = item.count; left > 0; left--) {
      let node = fewestPods(open);
      while (node !== null && !add(node, item)) {
        const full = node;
        open = open.filter((other) => other !== full);
        node = fewestPods(open);
      }
      if (node !== null) continue;
      const opened: Node = { used: item.amounts.map(() => 0), held: new Map(), pods: 0, types };
      if (!add(opened, item)) return null;
      nodes.push(opened);
      open.push(opened);
    }
  }
  return nodes.reduce((sum, node) => sum + (node.types[0]?.cost ?? 0), 0);
}

function fewestPods(nodes: readonly Node[]): Node | null {
  let fewest: Node | null = null;
  for (const node of nodes) if (fewest === null || node.pods < fewest.pods) fewest = node;
  return fewest;
}

function add(node: Node, item: PackingItem): boolean {
  const held = node.held.get(item) ?? 0;
  if (held >= (item.perHostMax ?? Number.POSITIVE_INFINITY)) return false;
  const used = node.used.map((amount, at) => amount + (item.amounts[at] ?? 0));
  const types = node.types.filter((type) => used.every((amount, at) => amount <= (type.capacity[at] ?? 0)));
  if (types.length === 0) return false;
  node.types = types;
  node.pods += 1;
  node.held.set(item, held + 1);
  for (const [at, amount] of used.entries()) node.used[at] = amount;
  return true;
}

/** Cheapest first, without those that a type no dearer exceeds everywhere: the cheapest that holds a content is never one of these. */
export function undominated(hosts: readonly PackingHost[]): PackingHost[] {
  const kept: PackingHost[] = [];
  for (const host of [...hosts].sort((a, b) => a.cost - b.cost)) {
    const isBeaten = kept.some((other) => host.capacity.every((amount, at) => amount <= (other.capacity[at] ?? 0)));
    if (!isBeaten) kept.push(host);
  }
  return kept;
}
