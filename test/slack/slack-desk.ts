import { calculateOver } from "../../api/calculating/calculate.ts";
import { toBeSaved } from "../../api/saved-workload.ts";
import type { SlackDesk } from "../../api/slack/messages.ts";
import { openDatabase } from "../../db/connect.ts";
import { storeWorkload } from "../../db/workloads.ts";

export const ana = { team: "T1", channel: "C1", user: "UANA" };

/** A desk over an embedded Postgres in memory with the bundled prices; every channel sees everything but what begins with `secret`. */
export async function openDesk(changes: Partial<SlackDesk> = {}) {
  const { database, close } = await openDatabase({ memory: true });
  const desk: SlackDesk = {
    database,
    calculate: calculateOver(database),
    freshness: () => ({ staleAfterDays: 36500, today: "2026-10-01" }),
    sees: (_, workload) => !workload.startsWith("secret"),
    publicUrl: "https://stowage.example.com",
    shareOwnPrices: false,
    now: () => new Date("2026-11-26T12:00:00Z"),
    ...changes,
  };
  return {
    desk,
    close,
    async save(name: string, request: unknown): Promise<void> {
      const saved = await toBeSaved(request, database);
      if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
      await storeWorkload(database, { name, ...saved.value }, () => true);
    },
  };
}
