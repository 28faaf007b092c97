/**
 * Whole tasks for each item: its base first, then one after another to the item that is furthest behind its share by weight, ties in
 * the items' order. One task more never moves another. With every weight 0 only the base is given out.
 */
export function splitByWeights(
  tasks: number,
  items: readonly { readonly base: number; readonly weight: number }[],
): number[] {
  let left = tasks;
  const counts = items.map(({ base }) => {
    const own = Math.min(base, left);
    left -= own;
    return own;
  });
  const weights = items.reduce((sum, { weight }) => sum + weight, 0);
  if (weights === 0) return counts;
  const beyondBase = items.map(() => 0);
  for (let given = 1; given <= left; given++) {
    let furthest = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (const [at, { weight }] of items.entries()) {
      // In whole numbers: the deficit times the sum of weights.
      const deficit = weight * given - (beyondBase[at] ?? 0) * weights;
      if (weight === 0 || deficit <= most) continue;
      furthest = at;
      most = deficit;
    }
    beyondBase[furthest] = (beyondBase[furthest] ?? 0) + 1;
  }
  return counts.map((own, at) => own + (beyondBase[at] ?? 0));
}
