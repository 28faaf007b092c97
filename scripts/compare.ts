import { type Answering, answer, type Answered as Made } from "../api/answer.ts";
import { type Origins, relocate } from "../api/aws/documents/origins.ts";
import { readDocuments } from "../api/aws/documents/read-documents.ts";
import { calculateOver } from "../api/calculating/calculate.ts";
import { compareAnswers } from "../api/compare-answers.ts";
import type { Sides } from "../api/core/model/difference.ts";
import type { Problem, Result } from "../api/core/model/problem.ts";
import { freshnessNow } from "../api/freshness.ts";
import type { DifferenceDocument } from "../api/present/difference-json.ts";
import { differenceText } from "../api/present/difference-text.ts";
import { type Displayed, exchanged } from "../api/present/exchange.ts";
import { fleetChart } from "../api/present/fleet-chart.ts";
import { wrapped } from "../api/present/layout.ts";
import { scalingChart } from "../api/present/scaling-chart.ts";
import { comparisonText } from "../api/present/text.ts";
import { laidOver } from "../api/saved-workload.ts";
import { stalePrices } from "../api/stale-prices.ts";
import { databaseSettings, openDatabase } from "../db/connect.ts";
import type { OpenDatabase } from "../db/database.ts";
import { DatabaseProblem, DataDirectoryInUse } from "../db/problems.ts";
import { findWorkload } from "../db/workloads.ts";
import { type Answered, askServer, askServerToCompare, type Posted } from "./compare/ask-server.ts";
import { type CommandLine, readCommandLine, usage } from "./compare/command-line.ts";
import { readExchangeFlag } from "./compare/exchange-flag.ts";
import { readFiles } from "./compare/read-files.ts";

process.exitCode = await main(process.argv.slice(2));

/** Exit codes: 0 answered, 1 not our user's fault (said on standard error), 2 bad input. */
async function main(words: readonly string[]): Promise<number> {
  const line = readCommandLine(words);
  if ("help" in line) return say(usage, 0);
  if ("wrong" in line) return complain(`${line.wrong}\n\n${usage}`, 2);
  if (line.workload !== null) return await compareSaved(line.workload, line);
  if (line.diff !== null) return await setSideBySide(line.diff, line);
  const files = await readFiles(line.files);
  if (!files.ok) return complain(problemList(files.problems), 2);
  if (files.value.length === 0) return complain(usage, 2);
  const gathered = readDocuments(files.value);
  if (!gathered.ok) return complain(problemList(gathered.problems), 2);
  const { request, origins } = gathered.value;
  const asked = { ...request, ...line.request };
  const ask = {
    ...{ path: "/v1/comparisons", request: asked },
    answer: (answering: Answering) => answer({ request: asked }, answering),
  };
  return tell(await answerHere(ask), line, origins);
}

async function compareSaved(name: string, line: CommandLine): Promise<number> {
  const { request } = line;
  const path = `/v1/workloads/${encodeURIComponent(name)}/comparisons`;
  const ask = {
    ...{ path, request },
    answer: async (answering: Answering): Promise<Result<Made>> => {
      const found = await findWorkload(answering.database, name);
      if (found === null) return { ok: false, problems: [workloadUnknown(name)] };
      const asked = laidOver(found.body, request);
      return asked.ok ? await answer({ request: asked.value, workload: name }, answering) : asked;
    },
  };
  return tell(await answerHere(ask), line, new Map());
}

function workloadUnknown(name: string): Problem {
  const message = `There is no workload "${name}". Store one with PUT /v1/workloads/{name}, or name a file.`;
  return { code: "workload_unknown", path: "", message };
}

function tell(found: Result<Answered> | string, line: CommandLine, origins: Origins): number {
  if (typeof found === "string") return complain(found, 1);
  if (!found.ok) return complain(problemList(found.problems.map((problem) => relocate(problem, origins))), 2);
  const exchange = readExchangeFlag(line.currency, found.value.document.currency);
  if (!exchange.ok) return complain(problemList(exchange.problems), 2);
  const document = exchanged(found.value.document, exchange.value);
  return say(shown({ ...found.value, document }, line, origins), 0);
}

interface Ask extends Posted {
  answer(answering: Answering): Promise<Result<Made>>;
}

async function answerHere(ask: Ask): Promise<Result<Answered> | string> {
  return await here<Answered>(
    async ({ database }) => {
      const found = await ask.answer({ database, calculate: calculateOver(database) });
      if (!found.ok) return found;
      const { document } = found.value;
      return { ok: true, value: { document, stale: await stalePrices(database, document, freshnessNow()) } };
    },
    (url) => askServer(url, ask),
  );
}

/** Two comparisons that were made before. */
async function setSideBySide(ids: Sides<string>, { json }: CommandLine): Promise<number> {
  const found = await here<DifferenceDocument>(
    ({ database }) => compareAnswers(ids, database),
    (url) => askServerToCompare(url, ids),
  );
  if (typeof found === "string") return complain(found, 1);
  if (!found.ok) return complain(problemList(found.problems), 2);
  return say(json ? JSON.stringify(found.value, null, 2) : differenceText(found.value).trimEnd(), 0);
}

/** By the database, or where another process holds it, by that process. */
async function here<T>(
  byDatabase: (opened: OpenDatabase) => Promise<Result<T>>,
  byServer: (url: string) => Promise<Result<T> | string>,
): Promise<Result<T> | string> {
  try {
    const opened = await openDatabase(databaseSettings(process.env));
    try {
      return await byDatabase(opened);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof DataDirectoryInUse && error.owner?.url) return await byServer(error.owner.url);
    if (error instanceof DatabaseProblem) return error.message;
    throw error;
  }
}

function shown(
  { document, stale }: Answered & { readonly document: Displayed },
  line: CommandLine,
  origins: Origins,
): string {
  if (line.json) return JSON.stringify(document, null, 2);
  if (line.fleet) return fleetChart(document).trimEnd();
  if (line.chart) return scalingChart(document).trimEnd();
  const relocated = <T extends { readonly problems: readonly Problem[] }>(of: T): T => ({
    ...of,
    problems: of.problems.map((problem) => relocate(problem, origins)),
  });
  const { options, readiness } = document;
  const here = { ...document, options: options.map(relocated), readiness: readiness.map(relocated) };
  return comparisonText(here, stale).trimEnd();
}

function problemList(problems: readonly Problem[]): string {
  const lines = problems.flatMap(({ path, message }) =>
    wrapped(path === "" ? message : `${path}: ${message}`, "    ", "  - "),
  );
  const count = problems.length === 1 ? "One problem" : `${problems.length} problems`;
  return [`${count}; nothing was compared.`, ...lines].join("\n");
}

function say(text: string, exitCode: number): number {
  process.stdout.write(`${text}\n`);
  return exitCode;
}

function complain(text: string, exitCode: number): number {
  process.stderr.write(`${text}\n`);
  return exitCode;
}
