import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { InstanceType, PriceBook } from "../../core/model/price-book.ts";

/**
 * MiB that the ECS agent registers: what the operating system sees, less what the agent is told to reserve. Observed where the
 * snapshot has an observation, else nominal less a fitted loss and a margin.
 * Source: aws/amazon-ecs-agent@8dfceca ecs_client.go getResources; the fits are ours, over the observed table.
 */
export function registeredMemoryMiB(type: InstanceType, { book, settings }: Context): number {
  const seen =
    settings.registeredMemory === "nominal" ? type.memoryMiB : (type.registeredMemoryMiB ?? fittedMiB(type, book));
  return Math.max(0, seen - (settings.reservedMemoryMiB ?? 0));
}

function fittedMiB(type: InstanceType, book: PriceBook): number {
  const fit = fitFor(type);
  const fixed = limitOf(book, `ecs/registered-memory/${fit}/lost-mib`);
  const share = limitOf(book, `ecs/registered-memory/${fit}/lost-share`);
  const contiguous = type.architecture === "arm64" ? limitOf(book, "ecs/registered-memory/arm64/lost-mib") : 0;
  const margin = limitOf(book, "ecs/registered-memory/margin-mib");
  return Math.floor(type.memoryMiB - fixed - share * type.memoryMiB - contiguous - margin);
}

/** Which fit a type falls under: Xen, the fifth generation (compute-optimized apart), or Nitro since the sixth. */
function fitFor(type: InstanceType): string {
  if (type.hypervisor === "xen") return "t2";
  const generation = Number(/^[a-z-]+(\d)/.exec(type.name)?.[1] ?? 6);
  if (generation >= 6) return "default";
  return type.name.startsWith("c5") ? "c5" : "m5";
}
