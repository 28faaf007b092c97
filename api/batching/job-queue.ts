import type { Span } from "../../db/batches.ts";

/** What keeps in mind which items are still to be calculated, and sees to it that they are, whatever ends meanwhile. */
export interface JobQueue {
  /** How many items at most one job should be for. */
  readonly itemsMax: number;
  /** Once this is over the jobs are kept for good. */
  enqueue(jobs: readonly Span[]): Promise<void>;
}

/** Jobs for the items of these numbers, which are in order: few enough to be quick, enough to keep every thread busy with a small batch. */
export function jobsFor(batch: string, numbers: readonly number[], { itemsMax }: JobQueue): Span[] {
  const size = Math.min(itemsMax, Math.ceil(numbers.length / jobsWanted));
  const jobs: Span[] = [];
  for (let first = 0; first < numbers.length; first += size) {
    const [from, to] = [numbers[first], numbers[Math.min(first + size, numbers.length) - 1]];
    if (from !== undefined && to !== undefined) jobs.push({ batch, from, to });
  }
  return jobs;
}

const jobsWanted = 200;
