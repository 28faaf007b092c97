import { createHash } from "node:crypto";
import type { Database } from "../../db/database.ts";
import { isPublished } from "../../db/readings.ts";
import { discardAbandoned, discardStaged, listDone } from "../../db/staged-part.ts";
import { planned, readParts } from "./read-parts.ts";
import { publishRead, type RefreshReport, type RefreshRequest } from "./refresh.ts";

/** How far a refresh is: done with so many of its parts; with all of them, and not published, this or the next run does that. */
export interface RefreshRun {
  readonly done: number;
  readonly all: number;
  /** Null: not published by this run. */
  readonly report: RefreshReport | null;
  /** Published, by this run or an earlier one. */
  readonly published: boolean;
}

/**
 * One run of a refresh that takes several, since none may last: goes on from where the last one ended, part by part as long as `goOn`
 * allows, at least by one, and publishes when all is read. The refresh is that of its day: what has been done of it is told by what is
 * in the database under its id, and on the next day a new one begins. Runs at once do no harm: each part is there once, and one of them
 * publishes.
 */
export async function refreshInRuns(
  database: Database,
  request: RefreshRequest,
  goOn: () => boolean,
): Promise<RefreshRun> {
  const refresh = idOf(request);
  const all = planned(request).length;
  await discardAbandoned(database);
  if (await isPublished(database, refresh)) {
    // A run that was overtaken may have left a part behind.
    await discardStaged(database, refresh);
    return { done: all, all, report: null, published: true };
  }
  const atLeastOnce = onceAnd(goOn);
  const complete = await readParts(database, request, { refresh, goOn: atLeastOnce });
  if (!complete || !atLeastOnce()) {
    return { done: (await listDone(database, refresh)).length, all, report: null, published: false };
  }
  return { done: all, all, report: await publishRead(database, request, refresh), published: true };
}

/** Of the day and of what is to be read. */
function idOf(request: RefreshRequest): string {
  const plan = planned(request).map(({ source, region, part }) => [source.id, region, part]);
  return `${request.today} ${createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 16)}`;
}

function onceAnd(goOn: () => boolean): () => boolean {
  let asked = false;
  return () => {
    const first = !asked;
    asked = true;
    return first || goOn();
  };
}
