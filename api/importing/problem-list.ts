import { located } from "./list-problem.ts";
import type { CellProblem } from "./service-row.ts";

/** So many are told one by one. */
const toldMax = 1000;

/** The first problems of a list, and how many there are. */
export class ProblemList {
  /** That the rows come from; null: a CSV. */
  sheet: string | null = null;
  readonly #told: CellProblem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(problems: readonly CellProblem[]): void {
    this.#told.push(...problems.slice(0, toldMax - this.#told.length));
    this.#count += problems.length;
  }

  /** Of a row and no cell of it; null: of the whole list. */
  addAt(row: number | null, { code, message }: Pick<CellProblem, "code" | "message">): void {
    this.add([located({ code, message, row, column: null }, row === null ? null : this.sheet)]);
  }

  /** In the order of their rows; the last one says how many more there are, if there are. */
  told(): readonly CellProblem[] {
    const more = this.#count - this.#told.length;
    const told = this.#told.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0));
    if (more === 0) return told;
    const message = `There are ${more} more problems. Mend these, and send the list again.`;
    return [...told, located({ code: "more_problems", message, row: null, column: null }, null)];
  }
}
