import { listWorkloads, type WorkloadVersion } from "../../db/workloads.ts";
import type { SlackDesk, SlackUser } from "./messages.ts";

const pageSize = 1000;

/** The latest version of each saved workload that the channel sees, by name. */
export async function seenWorkloads(user: SlackUser, desk: SlackDesk): Promise<WorkloadVersion[]> {
  const seen: WorkloadVersion[] = [];
  let after: string | null = null;
  while (true) {
    const page: WorkloadVersion[] = await listWorkloads(desk.database, { after, limit: pageSize });
    seen.push(...page.filter(({ name }) => desk.sees(user, name)));
    if (page.length < pageSize) return seen;
    after = page.at(-1)?.name ?? null;
  }
}
