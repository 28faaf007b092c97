import type { HostType } from "../model/placement.ts";
import { type Dimensions, roomFor } from "./shape.ts";

const hair = 1e-9;

/**
 * A lower bound on the cost of holding all shapes on instances of one type: as if tasks could be poured, but, where all live through the
 * same seconds, into whole instances, and in each zone for itself. In money, for the whole period, a hair low so that a double's
 * rounding never makes it a hair high. Null: the type does not hold every shape.
 * It only orders and prunes the search; no amount that is shown comes from it.
 */
export function fluidCost(type: HostType, dimensions: Dimensions): number | null {
  let instanceSeconds = 0;
  let inEachZone = 0;
  for (let at = 0; at < dimensions.names.length; at++) {
    const room = roomFor(type, dimensions, at);
    if (room < (dimensions.largest[at] ?? 0)) return null;
    const wanted = dimensions.wantedSeconds[at] ?? 0;
    if (wanted === 0) continue;
    instanceSeconds = Math.max(instanceSeconds, wanted / room);
    inEachZone = Math.max(inEachZone, Math.ceil((dimensions.wantedInEachZone[at] ?? 0) / room));
  }
  const { commonSeconds, zones } = dimensions;
  if (commonSeconds !== null) {
    const whole = Math.ceil((instanceSeconds / commonSeconds) * (1 - hair));
    instanceSeconds = Math.max(whole, zones * inEachZone) * commonSeconds;
  }
  return (type.roughCostPerHour * instanceSeconds * (1 - hair)) / 3600;
}
