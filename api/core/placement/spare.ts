import { type Bin, endOf } from "./bins.ts";
import { howManyFit, type Shape, sizeOn } from "./shape.ts";

/** Empty instances needed so that any one service's extra tasks find room during its deployment. */
export function spareFor(
  bins: readonly Bin[],
  shapes: readonly Shape[],
  given: { room: ReadonlyMap<string, number>; empty: readonly number[] },
): number {
  let spare = 0;
  const ends = new Map(bins.map((bin) => [bin, endOf(bin)]));
  // The largest first: where it finds room, most others need not be looked at.
  const roomy: Shape[] = [];
  for (const shape of [...shapes].sort((a, b) => sizeOn(given.empty, b) - sizeOn(given.empty, a))) {
    const wanted = given.room.get(shape.service) ?? 0;
    if (wanted === 0 || (wanted === 1 && roomy.some((other) => takesNoMore(shape, other)))) continue;
    let found = 0;
    for (let at = 0; at < bins.length && found < wanted; at++) {
      const bin = bins[at] as Bin;
      const fit = howManyFit(bin.room, shape);
      // An instance that is gone before the service is has no room for its deployments.
      if (fit > 0 && (ends.get(bin) ?? 0) >= shape.endSeconds) found += bin.count * fit;
    }
    if (found >= wanted) roomy.push(shape);
    else spare = Math.max(spare, Math.ceil((wanted - found) / howManyFit(given.empty, shape)));
  }
  return spare;
}

function takesNoMore(shape: Shape, other: Shape): boolean {
  return (
    shape.endSeconds <= other.endSeconds && shape.amounts.every((amount, at) => amount <= (other.amounts[at] ?? 0))
  );
}
