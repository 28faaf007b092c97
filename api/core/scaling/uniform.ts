/**
 * Numbers in [0, 1), by position, that depend on the seed and the position alone (the finalizer of MurmurHash3 over both): no state, so that
 * any order will do.
 */
export function uniform(seed: number): (position: number) => number {
  const stream = Math.imul(scrambled(seed + 0x9e3779b9), 31);
  return (position) => scrambled(stream + position) / 4_294_967_296;
}

function scrambled(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
