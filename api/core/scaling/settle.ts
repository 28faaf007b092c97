import { anyGroup } from "../model/cluster-over-time.ts";
import type { InstanceFleet } from "./instance-fleet.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** As many instances, from the start on, as each group's scaling would have come to for the tasks that wait when the period begins. */
export function settle(fleet: InstanceFleet, line: WaitingLine): void {
  const { cluster } = fleet;
  for (let grown = true; grown; ) {
    grown = false;
    for (const [group, { growth }] of cluster.groups.entries()) {
      const count = cluster.count(group);
      // Tasks for any instance make no group grow later on; but what runs has found instances.
      const waiting = [...line.of(group), ...(group === 0 ? line.of(anyGroup) : [])];
      const more = waiting.length === 0 ? 0 : cluster.needed(group, waiting);
      const needed = more === 0 ? count - cluster.idle(group) : count + more;
      const target = growth.managed?.targetCapacityPercent ?? 100;
      const wanted = fleet.within(group, Math.ceil((needed * 100) / target));
      if (wanted <= count) continue;
      fleet.begin(group, wanted - count);
      grown = true;
    }
    line.retry(0);
  }
}
