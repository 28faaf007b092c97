/** Columns of what a terminal is sure to have. */
const columns = 80;

/** Words over as many lines as they need, each behind `indent`; a word longer than a line keeps its own. */
export function wrapped(text: string, indent: string, first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** Rows as columns: numbers to the right where asked, no blanks at line ends. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const blanks = " ".repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
        return right.includes(column) ? blanks + cell : cell + blanks;
      })
      .join("  ")
      .trimEnd(),
  );
}

/** Whether all lines fit a terminal. */
export function isNarrow(lines: readonly string[]): boolean {
  return lines.every((line) => width(line) <= columns);
}

function width(text: string): number {
  return [...text].length;
}
