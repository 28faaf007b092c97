const modulus = 2 ** 31 - 1;
const multiplier = 48_271;

/** The next state of a Lehmer generator (Park, Miller and Stockmeyer 1993), 1 to 2^31 − 2: the same everywhere, exact in a double. */
export function nextRandom(state: number): number {
  return (state * multiplier) % modulus;
}

/** A state to start from; every whole number gives one. */
export function randomFrom(seed: number): number {
  return 1 + (Math.abs(seed) % (modulus - 1));
}
