import { readFileSync } from "node:fs";
import { calculateOver } from "../../api/calculating/calculate.ts";
import { toBeSaved } from "../../api/saved-workload.ts";
import { answerAction } from "../../api/slack/answer-action.ts";
import { answerCommand } from "../../api/slack/answer-command.ts";
import type { SlackDesk, SlackMessage } from "../../api/slack/messages.ts";
import { openDatabase } from "../../db/connect.ts";
import { storeWorkload } from "../../db/workloads.ts";
import { validated } from "./block-kit.ts";

const ana = { team: "T1", channel: "C1", user: "UANA" };

/**
 * A desk over an embedded Postgres in memory with the bundled prices: every channel sees all but what begins with `secret`. Whatever it
 * says is what Slack takes.
 */
export async function openDesk(changes: Partial<SlackDesk> = {}) {
  const { database, close } = await openDatabase({ memory: true });
  const desk: SlackDesk = {
    database,
    calculate: calculateOver(database),
    freshness: () => ({ staleAfterDays: 36_500, today: "2026-10-01" }),
    sees: (_, workload) => !workload.startsWith("secret"),
    publicUrl: "https://stowage.example.com",
    shareOwnPrices: false,
    now: () => new Date("2026-11-26T12:00:00Z"),
    ...changes,
  };
  return {
    database,
    close,
    async say(text: string, other: Partial<SlackDesk> = {}): Promise<SlackMessage> {
      return validated(await answerCommand(text, ana, { ...desk, ...other }));
    },
    async press(action: string, value: string, other: Partial<SlackDesk> = {}): Promise<SlackMessage | null> {
      const message = await answerAction({ action_id: action, value }, ana, { ...desk, ...other });
      return message && validated(message);
    },
    async save(name: string, request: unknown): Promise<void> {
      const saved = await toBeSaved(request, database);
      if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
      await storeWorkload(database, { name, ...saved.value }, () => true);
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** The request of a golden case. */
export function goldenRequest(name: string) {
  return JSON.parse(readFileSync(new URL(`../golden/${name}/input.json`, import.meta.url), "utf8"));
}

/** What the message's buttons bring back. */
export function buttonValue(message: SlackMessage): string {
  for (const block of message.blocks) {
    const [first] = block.type === "actions" ? block.elements : [];
    if (first?.type === "button") return first.value ?? "";
  }
  throw new Error("The message has no buttons");
}
