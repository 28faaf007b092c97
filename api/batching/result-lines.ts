import { answeredNumbers, findBatch, readAnswers } from "../../db/batches.ts";
import type { Database } from "../../db/database.ts";

interface Following {
  /** False: what is answered now, and no waiting. */
  readonly wait: boolean;
  /** Whoever reads is gone, or the server ends. */
  isOver(): boolean;
}

/**
 * The result of a batch line by line, each item once, as they are answered; the last line says whether it is whole, how many succeeded
 * and how many failed. Without that line it is to be asked for again.
 */
export async function* resultLines(database: Database, id: string, following: Following): AsyncGenerator<string> {
  const sent = new SentNumbers();
  while (!following.isOver()) {
    // Asked for before the answers are, so that none of those counted here is missing among them.
    const counts = await findBatch(database, id);
    if (counts === null) return yield JSON.stringify({ batch: id, deleted: true });
    const numbers = sent.without(await answeredNumbers(database, id, sent.allUpTo));
    for (let first = 0; first < numbers.length; first += linesAtOnce) {
      if (following.isOver()) return;
      const some = numbers.slice(first, first + linesAtOnce);
      yield* await readAnswers(database, id, some);
      sent.add(some);
    }
    const { items, succeeded, failed } = counts;
    const done = succeeded + failed === items;
    if (done || !following.wait) return yield JSON.stringify({ batch: id, done, succeeded, failed });
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

const linesAtOnce = 100;
const pollMilliseconds = 300;

/** Neither a time nor a running number could say which answers are new: they may become visible in another order than they were made in. */
class SentNumbers {
  /** All items up to this one are sent. */
  allUpTo = 0;
  readonly #beyond = new Set<number>();

  without(numbers: readonly number[]): number[] {
    return numbers.filter((number) => !this.#beyond.has(number));
  }

  add(numbers: readonly number[]): void {
    for (const number of numbers) this.#beyond.add(number);
    while (this.#beyond.delete(this.allUpTo + 1)) this.allUpTo += 1;
  }
}
