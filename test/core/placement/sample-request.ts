import type { TaskDemand } from "../../../api/core/model/placement.ts";
import type { PlacementRequest } from "../../../api/core/model/placement-request.ts";
import type { Ranking, ServiceTask } from "../../../api/core/model/placement-rules.ts";

/** Evenly over zones, and in each onto as few instances as hold them. */
const packedInZones: readonly Ranking[] = [
  { kind: "spread", attribute: "zone" },
  { kind: "binpack", resource: "memory" },
];

/** A service's task without constraints, packed within each zone. */
export function aServiceTask(service: string, demand: TaskDemand, fields: Partial<ServiceTask> = {}): ServiceTask {
  return {
    service,
    group: `service:${service}`,
    demand,
    rankings: packedInZones,
    distinct: false,
    constraints: [],
    providers: [],
    allowsHost: () => true,
    allowsInstance: null,
    ...fields,
  };
}

/** One zone, one hour, no room, one type; nothing to place. */
export function aPlacementRequest(fields: Partial<PlacementRequest> = {}): PlacementRequest {
  return {
    fleet: "one-type",
    lives: [],
    tasks: new Map(),
    daemons: [],
    hostTypes: [],
    allHostTypes: () => fields.hostTypes ?? [],
    hostOf: ({ name, kind, capacity }, zone, provider) => ({
      ...{ type: name, kind, zone, provider, capacity, attributes: { zone, type: name } },
    }),
    notPlaced: ({ service, count }) => ({ code: "task_not_placed", path: service, message: `${count} of ${service}` }),
    periodSeconds: 3600,
    zones: ["a"],
    zoneAttribute: "zone",
    surviveZoneLoss: false,
    targetCapacityPercent: 100,
    instanceTypesMin: 1,
    room: new Map(),
    capacity: null,
    growth: { instanceStartSeconds: 0, managed: null, policies: [], busyProtected: true },
    simplestWithinPercent: null,
    fills: new Map(),
    effort: "standard",
    seed: 1,
    ...fields,
  };
}

/** Names of so many zones. */
export function zoneNames(count: number): string[] {
  return Array.from({ length: count }, (_, at) => "abcdef"[at] ?? "");
}
