import type { Market } from "./model/catalogue.ts";
import type { TaskLife } from "./model/demand.ts";
import type { Context, InstanceBilledLaunchType, Plan } from "./model/launch-type.ts";
import { contextOf } from "./model/launch-type.ts";
import type { HostType } from "./model/placement.ts";
import type { PlacementRequest } from "./model/placement-request.ts";
import type { Host } from "./model/placement-rules.ts";
import { instanceKinds, unsetSettings } from "./model/settings.ts";
import type { PlannedTask } from "./planned-task.ts";
import { pricedHosts } from "./priced-hosts.ts";

/** What placing tasks on instances of a launch type has to know: the tasks with their rules, the types with their prices, the settings. */
export function placementRequest(
  launchType: InstanceBilledLaunchType,
  what: {
    readonly tasks: readonly PlannedTask[];
    readonly lives: readonly TaskLife[];
    readonly hostTypes: readonly HostType[];
    readonly plan: Plan;
    readonly market: Market;
  },
): PlacementRequest {
  const { workload } = what.plan;
  const { settings } = workload;
  const context: Context = contextOf(workload, what.market.book);
  const zones = launchType.zones(context);
  return {
    fleet: launchType.fleet,
    lives: what.lives,
    tasks: new Map(
      what.tasks.map(({ service, admission }) => [
        service.name,
        launchType.placeable({ service, demand: admission.demand }, context),
      ]),
    ),
    daemons: what.tasks.filter((task) => task.service.daemon).map((task) => task.service.name),
    hostTypes: what.hostTypes,
    allHostTypes: () => pricedHosts(launchType, { ...workload, settings: everyType(settings) }, what.market).hostTypes,
    hostOf: hostsOf(launchType, context),
    notPlaced: (unplaced) =>
      launchType.notPlaced(
        unplaced,
        what.tasks.find(({ service }) => service.name === unplaced.service)?.service.path ?? "",
      ),
    periodSeconds: workload.periodSeconds,
    zones,
    zoneAttribute: launchType.zoneAttribute,
    surviveZoneLoss: settings.surviveZoneLoss,
    targetCapacityPercent: settings.targetCapacityPercent ?? 100,
    instanceTypesMin: launchType.instanceTypesMin(settings),
    room: new Map(what.tasks.map(({ service }) => [service.name, launchType.deploymentRoom(service, settings)])),
    capacity: launchType.usesGivenCapacity ? settings.capacity : null,
    growth: launchType.growth(settings),
    simplestWithinPercent: settings.simplestWithinPercent,
    effort: workload.effort,
    seed: workload.seed,
    fills: fillsOf(what.market),
  };
}

const fills = new WeakMap<Market, PlacementRequest["fills"]>();

/** Kept as long as the market is, which is for one comparison. */
function fillsOf(market: Market): PlacementRequest["fills"] {
  const known = fills.get(market) ?? new Map();
  fills.set(market, known);
  return known;
}

/** The same settings with no type left out. */
function everyType(settings: Context["settings"]): Context["settings"] {
  const { instanceTypes, excludedInstanceTypes, requirements } = unsetSettings;
  return { ...settings, instanceTypes, excludedInstanceTypes, requirements, allowedKinds: instanceKinds };
}

/** Asked for again and again, for every type and zone. */
function hostsOf(launchType: InstanceBilledLaunchType, context: Context): PlacementRequest["hostOf"] {
  const known = new Map<string, Host>();
  return (type, zone, provider) => {
    const key = `${type.name} ${zone} ${provider}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const host = { type: type.name, kind: type.kind, zone, provider };
    const made = { ...host, attributes: launchType.attributesOf(host, context), capacity: type.capacity };
    known.set(key, made);
    return made;
  };
}
