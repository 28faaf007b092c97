import type { CellProblem } from "./service-row.ts";

/** So many are told one by one. */
const toldMax = 1000;

/** The first problems of a list, and how many there are. */
export class ProblemList {
  readonly #told: CellProblem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(problems: readonly CellProblem[]): void {
    for (const problem of problems) {
      this.#count += 1;
      if (this.#told.length < toldMax) this.#told.push(problem);
    }
  }

  /** The last one says how many more there are, if there are. */
  told(): readonly CellProblem[] {
    const more = this.#count - this.#told.length;
    if (more === 0) return this.#told;
    const message = `There are ${more} more problems. Mend these, and send the list again.`;
    return [...this.#told, wholeList("more_problems", message)];
  }
}

export function wholeList(code: string, message: string): CellProblem {
  return { code, path: "", message, sheet: null, row: null, column: null };
}

/** Of a row and no cell of it, as spreadsheets say it: `7:7`. */
export function wholeRow(row: number, code: string, message: string): CellProblem {
  return { code, path: `${row}:${row}`, message, sheet: null, row, column: null };
}
