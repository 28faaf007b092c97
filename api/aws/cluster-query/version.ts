/** Numbers with dots between them, as of the container agent: 1.14.5. */
export function isVersion(text: string): boolean {
  return /^\d{1,9}(\.\d{1,9})*$/.test(text);
}

/** Below zero: `a` is the older one; 1.9 is older than 1.10, and 1.10 is 1.10.0. Null: one of them is no version. */
export function compareVersions(a: string, b: string): number | null {
  if (!isVersion(a) || !isVersion(b)) return null;
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
