import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { HostType } from "../../core/model/placement.ts";
import type { InstanceType, Price } from "../../core/model/price-book.ts";
import type { InstanceKind, InstanceRequirements } from "../../core/model/settings.ts";
import { rootVolume } from "./defaults.ts";
import { interfaceTasks } from "./interface-tasks.ts";
import { meetsRequirements } from "./meets-requirements.ts";
import { registeredMemoryMiB } from "./registered-memory.ts";
import { defaultReservedPorts } from "./reserved-ports.ts";

const cpuUnitsPerVcpu = 1024;

/** Linux instance types to choose from, as ECS sees them, that have a price. */
export function hostsOf(
  skuOf: (instanceType: string) => string,
  context: Context,
  capacityOf = registeredCapacity,
): Omit<HostType, "costPerHour" | "roughCostPerHour">[] {
  return context.book.instanceTypes.flatMap((type) => {
    const price = context.book.prices.get(skuOf(type.name))?.[0];
    if (price === undefined || !isWanted(type, price, context)) return [];
    return [
      { name: type.name, kind: type.architecture, capacity: capacityOf(type, context), estimated: price.estimated },
    ];
  });
}

/** A type named by the user is wanted whatever its kind; else the kinds left out by default must be allowed. */
function isWanted(type: InstanceType, price: Price, { settings }: Context): boolean {
  if (settings.capacity?.providers.some(({ instanceTypes }) => instanceTypes.includes(type.name))) return true;
  if (settings.excludedInstanceTypes.includes(type.name)) return false;
  if (settings.instanceTypes !== null) return settings.instanceTypes.includes(type.name);
  const { requirements } = settings;
  if (requirements !== null && !meetsRequirements(type, requirements)) return false;
  return kindsOf(type, price).every((kind) => settings.allowedKinds.includes(kind) || isAskedFor(kind, requirements));
}

/** What requirements include is not left out. */
function isAskedFor(kind: InstanceKind, requirements: InstanceRequirements | null): boolean {
  if (kind === "burstable") return (requirements?.burstablePerformance ?? "excluded") !== "excluded";
  if (kind === "bare-metal") return (requirements?.bareMetal ?? "excluded") !== "excluded";
  return kind === "previous-generation" && (requirements?.instanceGenerations.includes("previous") ?? false);
}

function kindsOf(type: InstanceType, price: Price): InstanceKind[] {
  const kinds: [InstanceKind, boolean][] = [
    ["burstable", type.burstable],
    ["flex", /-flex\./.test(type.name)],
    ["previous-generation", !type.currentGeneration],
    ["bare-metal", type.bareMetal],
    ["flagged-price", price.flag !== null],
  ];
  return kinds.filter(([, is]) => is).map(([kind]) => kind);
}

/** As an ECS container instance registers it. */
function registeredCapacity(type: InstanceType, context: Context): HostType["capacity"] {
  const reservedPorts = defaultReservedPorts(context.book).length;
  return {
    cpu: type.vcpus * cpuUnitsPerVcpu,
    memory: registeredMemoryMiB(type, context),
    gpu: type.gpus,
    "network-interface": interfaceTasks(type, context),
    "local-disk": rootVolume(context).sizeGiB,
    "host-port": limitOf(context.book, "ecs/host-ports-per-instance") - reservedPorts,
  };
}
