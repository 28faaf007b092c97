import type { Database } from "../db/database.ts";
import { eraseExpired } from "../db/retention.ts";

/** From STOWAGE_RETENTION_DAYS, free of mistakes; null: what users leave is kept for ever. */
export function readRetentionDays(text = ""): number | null {
  return text === "" ? null : Number(text);
}

export function retentionMistakes(text = ""): string[] {
  if (text === "" || /^[1-9]\d{0,5}$/.test(text)) return [];
  return [`STOWAGE_RETENTION_DAYS must be a whole number of days, at least 1, not ${JSON.stringify(text)}.`];
}

/** Erases what is past its days. What there is to log. */
export async function eraseNow(database: Database, days: number): Promise<object> {
  try {
    return { erased: await eraseExpired(database, new Date(), days), olderThanDays: days };
  } catch (error) {
    // The message of a failed query quotes the query.
    return { erased: "failed", error: error instanceof Error ? error.name : typeof error };
  }
}

const millisecondsPerDay = 86_400_000;

/** Erases now and every day, each time a line in the log. What is returned ends it, after what has begun. */
export function startErasing(
  database: Database,
  days: number | null,
  log: (line: object) => void,
): () => Promise<void> {
  if (days === null) return () => Promise.resolve();
  const erase = async () => log(await eraseNow(database, days));
  let running = erase();
  const timer = setInterval(() => {
    running = erase();
  }, millisecondsPerDay);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
