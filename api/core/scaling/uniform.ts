/** A number in [0, 1) that depends on the seed and the position alone (the finalizer of MurmurHash3 over both): no state, so any order will do. */
export function uniform(seed: number, position: number): number {
  return scrambled(Math.imul(scrambled(seed + 0x9e3779b9), 31) + position) / 2 ** 32;
}

function scrambled(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
