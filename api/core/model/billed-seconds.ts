/**
 * Seconds billed for lives laid end to end in [start, end): each one's own length, but at least the minimum charge.
 * All whole numbers; bigint because seconds × CPU units × tasks outgrow a double.
 */
export function billedSeconds(
  life: { readonly startSeconds: number; readonly endSeconds: number; readonly times?: number },
  minimumSeconds: number,
): bigint {
  const times = life.times ?? 1;
  const each = Math.ceil((life.endSeconds - life.startSeconds) / times);
  return BigInt(Math.max(each, minimumSeconds)) * BigInt(times);
}
