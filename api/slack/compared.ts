import { findWorkload } from "../../db/workloads.ts";
import { answer } from "../answer.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import type { ComparisonDocument } from "../present/json.ts";
import { type Asked, runningText, type TaskSubject } from "./command.ts";
import type { SlackDesk, SlackUser } from "./messages.ts";
import { savedRequest } from "./saved-request.ts";
import { hoursDefault, hoursRun, taskRequest, usualRegion } from "./task-request.ts";

/** An answer to what was asked in a channel. */
export interface Compared {
  readonly document: ComparisonDocument;
  readonly isStored: boolean;
  /** With what was taken where nothing was said. */
  readonly asked: Asked;
  /** The saved workload that it is of; null: of none. */
  readonly workload: string | null;
  /** What that is. */
  readonly notes: readonly string[];
}

/** What is asked, priced. A saved workload that the channel does not see is none. */
export async function compared(asked: Asked, user: SlackUser, desk: SlackDesk): Promise<Result<Compared>> {
  const { subject } = asked;
  if (subject.kind === "task") return await comparedTask(asked, subject, desk);
  const { name, version } = subject;
  const found = desk.sees(user, name) ? await findWorkload(desk.database, name, version ?? undefined) : null;
  if (found === null) return { ok: false, problems: [missing(name, version)] };
  const request = savedRequest(found.body, asked);
  if (!request.ok) return request;
  const answered = await answer({ request: request.value, workload: name }, desk);
  if (!answered.ok) return answered;
  const whole = { ...asked, subject: { ...subject, version: found.version } };
  return { ok: true, value: { ...answered.value, asked: whole, workload: name, notes: [] } };
}

async function comparedTask(asked: Asked, subject: TaskSubject, desk: SlackDesk): Promise<Result<Compared>> {
  const { region, hours } = asked;
  const { architecture, running } = subject;
  const whole = {
    ...asked,
    region: region ?? usualRegion,
    subject: { ...subject, architecture: architecture ?? ("X86_64" as const) },
  };
  const answered = await answer({ request: taskRequest(whole, whole.subject) }, desk);
  if (!answered.ok) return answered;
  const taken = [...(region === null ? [`region ${usualRegion}`] : []), ...(architecture === null ? ["x86"] : [])];
  const notes = [
    ...(taken.length === 0 ? [] : [`Not said, so taken: ${taken.join(", ")}.`]),
    ...(running === null
      ? []
      : [
          `${runningText(running)} is ${hoursRun(running, hours)} of ${hours ?? hoursDefault} hours; instances are there only meanwhile.`,
        ]),
  ];
  return { ok: true, value: { ...answered.value, asked: whole, workload: null, notes } };
}

function missing(name: string, version: number | null): Problem {
  const what = version === null ? `workload "${name}"` : `version ${version} of "${name}"`;
  return { code: "not_found", path: "", message: `There is no ${what} that this channel sees. See /stowage list.` };
}
