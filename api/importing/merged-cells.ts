import type { Header } from "./header.ts";
import { type Cell, type CellRange, columnName, type TableRow, UnreadableList } from "./table.ts";

const mergedMax = 1000;

/**
 * Merged cells below the header have no value for a row of their own: which one was meant is not to be guessed. Above the header, and in
 * columns that nobody reads, they do no harm. Throws `UnreadableList` where there are very many.
 */
export function withoutMerged(merged: readonly CellRange[], header: Header): (row: TableRow) => TableRow {
  const columns = [...header.columns.values()].map(({ at }) => at);
  const inTheWay = merged.filter(
    ({ firstColumn, lastColumn, lastRow }) =>
      lastRow > header.row && columns.some((at) => at >= firstColumn && at <= lastColumn),
  );
  if (inTheWay.length > mergedMax) {
    const message = `The list has ${inTheWay.length} merged cells. Unmerge all, and fill in what each cell is to say.`;
    throw new UnreadableList(message, { code: "merged_cells" });
  }
  return (row) => {
    const here = inTheWay.filter(({ firstRow, lastRow }) => row.row >= firstRow && row.row <= lastRow);
    return here.length === 0 ? row : { ...row, cells: refusedIn(row, here, columns) };
  };
}

function refusedIn(row: TableRow, ranges: readonly CellRange[], columns: readonly number[]): (Cell | undefined)[] {
  const cells = [...row.cells];
  for (const at of columns) {
    const range = ranges.find(({ firstColumn, lastColumn }) => at >= firstColumn && at <= lastColumn);
    if (range !== undefined) cells[at] = { kind: "unreadable", failure: mergedInto(range) };
  }
  return cells;
}

function mergedInto({ firstRow, lastRow, firstColumn, lastColumn }: CellRange) {
  const range = `${columnName(firstColumn)}${firstRow}:${columnName(lastColumn)}${lastRow}`;
  return {
    code: "merged_cells",
    message: `it is merged into ${range}. Unmerge it and fill in what each cell is to say`,
  };
}
