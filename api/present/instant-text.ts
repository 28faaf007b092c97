/** `2026-11-01T00:00:00Z` from seconds since 1970 UTC. */
export function instantText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}
