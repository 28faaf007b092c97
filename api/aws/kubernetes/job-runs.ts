import type { ServiceDocument } from "../../core/model/document.ts";
import type { Lifetime } from "../../core/model/workload.ts";
import { cronRuns } from "./cron-runs.ts";

export interface Job {
  readonly spec: {
    readonly parallelism: number | null;
    readonly completions: number | null;
    readonly activeDeadlineSeconds: number | null;
  } | null;
  /** Of a CronJob; null: it runs once. */
  readonly schedule: string | null;
  /** How long a pod runs, as its annotation says. */
  readonly annotatedSeconds: number | null;
}

/** Where nothing says how long a job runs. */
const jobSeconds = 600;

/** How often and how long a job runs. Null: its schedule cannot be read. */
export function jobRuns(
  { spec, schedule, annotatedSeconds }: Job,
  periodSeconds: number,
): { lifetime: Lifetime; tasks: number; notes: ServiceDocument["notes"] } | null {
  const starts = schedule === null ? 1 : cronRuns(schedule, periodSeconds);
  if (starts === null) return null;
  const parallel = Math.max(1, spec?.parallelism ?? 1);
  const rounds = Math.ceil((spec?.completions ?? parallel) / parallel);
  const deadline = spec?.activeDeadlineSeconds ?? null;
  const length = annotatedSeconds ?? deadline ?? jobSeconds;
  const notes: { code: string; text: string }[] = [];
  if (annotatedSeconds === null) {
    const why = deadline === null ? "a guess" : "its activeDeadlineSeconds, the most there can be";
    const text = `each pod of the job is taken to run for ${length} seconds, ${why} (annotation stowage/seconds).`;
    notes.push({ code: "job_seconds_assumed", text });
  }
  if (schedule !== null) {
    const text = `its schedule comes ${starts.toLocaleString("en-US")} times in the period, counted from a Monday at midnight.`;
    notes.push({ code: "cron_runs_counted", text });
  }
  const times = starts * rounds;
  // A job that never comes in the period is no run at all.
  if (times === 0) return { lifetime: { kind: "always" }, tasks: 0, notes };
  return { lifetime: { kind: "runs", seconds: length, times }, tasks: parallel, notes };
}
