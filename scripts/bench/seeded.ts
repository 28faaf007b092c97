/** A seeded Lehmer generator of numbers between 0 and 1, so that every run measures the same. */
export function random(seed: number): () => number {
  const modulus = 2 ** 31 - 1;
  let state = seed;
  return () => {
    state = (state * 48271) % modulus;
    return state / modulus;
  };
}
