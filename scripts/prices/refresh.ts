import { readFile } from "node:fs/promises";
import { systemClock, today } from "../../api/price-sources/clock.ts";
import type { PriceSource } from "../../api/price-sources/price-source.ts";
import { findRegion } from "../../api/price-sources/regions.ts";
import { maxRatioDefault, type RefreshReport, refresh as refreshPrices } from "../../api/refreshing/refresh.ts";
import { openSource } from "../../api/refreshing/sources.ts";
import { databaseSettings, openDatabase } from "../../db/connect.ts";
import type { Database } from "../../db/database.ts";
import { DataDirectoryInUse } from "../../db/problems.ts";
import { listRegions } from "../../db/regions.ts";
import { showProgress } from "./progress.ts";
import { keptBackText, reportText } from "./refresh-report.ts";
import { type RefreshWords, readRefreshWords, refreshUsage } from "./refresh-words.ts";

/** Reads prices and writes a snapshot, as the words say. Exit codes: 0 done, 1 something kept back or not read, 2 bad words. */
export async function refresh(words: readonly string[]): Promise<number> {
  const said = readRefreshWords(words);
  if ("help" in said) {
    console.log(refreshUsage);
    return 0;
  }
  const file = "wrong" in said ? undefined : await readOperatorsFile(said.file);
  const sources = "wrong" in said || file === null ? [] : openSources(said, file);
  const wrong = "wrong" in said ? said.wrong : (unknownRegion(said) ?? unknownPart(said, sources));
  if ("wrong" in said || file === null || wrong !== null) {
    if (file !== null) console.error(`${wrong}\n\n${refreshUsage}`);
    return 2;
  }
  const opened = await openDatabase(databaseSettings(process.env)).catch(explainOwner);
  if (opened === null) return 1;
  try {
    return await refreshIn(opened.database, said, sources);
  } finally {
    await opened.close();
  }
}

function openSources({ sources }: RefreshWords, file: OperatorsFile): PriceSource[] {
  // A stand-in for AWS, for tests and proxies.
  const endpoint = process.env.STOWAGE_PRICE_ENDPOINT || undefined;
  return sources.map((name) => openSource(name, { clock: systemClock, endpoint, file }));
}

function unknownPart({ parts = [] }: RefreshWords, sources: readonly PriceSource[]): string | null {
  const known = sources.flatMap((source) => source.parts);
  const unknown = parts.find((part) => !known.includes(part));
  return unknown === undefined ? null : `There is no part "${unknown}". Known: ${[...new Set(known)].join(", ")}.`;
}

function unknownRegion({ regions }: RefreshWords): string | null {
  const unknown = regions?.find((region) => findRegion(region) === null);
  return unknown === undefined ? null : `There is no region "${unknown}" that AWS publishes prices for.`;
}

type OperatorsFile = { readonly name: string; readonly text: string } | undefined;

async function readOperatorsFile(path: string | undefined): Promise<OperatorsFile | null> {
  if (path === undefined) return undefined;
  try {
    return { name: path, text: await readFile(path, "utf8") };
  } catch (error) {
    console.error(`${path} cannot be read: ${error instanceof Error ? error.message : error}.`);
    return null;
  }
}

/** Two processes cannot write to one directory, and a server that runs can be told to refresh by itself. */
function explainOwner(error: unknown): null {
  if (!(error instanceof DataDirectoryInUse)) throw error;
  console.error(`${error.message}\nA running server refreshes by itself where STOWAGE_REFRESH is set; see the README.`);
  return null;
}

async function refreshIn(database: Database, said: RefreshWords, sources: readonly PriceSource[]): Promise<number> {
  const regions = said.regions ?? (await listRegions(database)).filter((region) => findRegion(region) !== null);
  const interrupted = new AbortController();
  const stop = () => interrupted.abort(new Error("interrupted"));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const progress = showProgress(said.json);
  const { maxRatio = maxRatioDefault, dryRun, allOrNothing, parts } = said;
  try {
    const report = await refreshPrices(database, {
      ...{ regions, parts, maxRatio, dryRun, allOrNothing, today: today(systemClock), signal: interrupted.signal },
      sources,
      onProgress: progress.show,
    });
    progress.end();
    tell(report, said);
    return report.refusals.length + report.failures.length > 0 ? 1 : 0;
  } catch (error) {
    progress.end();
    if (!interrupted.signal.aborted) throw error;
    console.error("Interrupted; nothing was written.");
    return 1;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

function tell(report: RefreshReport, said: RefreshWords): void {
  console.log(said.json ? JSON.stringify(report, null, 2) : reportText(report, said));
  if (said.json) return;
  const keptBack = keptBackText(report);
  if (keptBack !== "") console.error(keptBack);
}
