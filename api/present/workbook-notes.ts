import type { WriteSheet } from "hucre/xlsx";
import type { ComparisonDocument } from "./json.ts";
import { headings, moneyFormats, number, sheet, text, type WorkbookRow } from "./workbook-cells.ts";

/** What each option assumes, with its effect on the option's total as answered. */
export function assumptionsSheet({ options, currency }: ComparisonDocument): WriteSheet {
  const { cents } = moneyFormats(currency);
  const rows = options.flatMap(({ id, assumptions }) =>
    assumptions.map(({ code, text: said, effect }) => [
      ...[text(id), text(code), text(said)],
      effect === null ? null : number(effect, `+${cents};-${cents};${cents}`, "given"),
    ]),
  );
  return sheet({
    name: "Assumptions",
    widths: [18, 30, 110, 16],
    rows: [headings("Option", "Code", "Assumption", "Effect on total"), ...rows],
    frozenRows: 1,
  });
}

/** Why options are not feasible, and what launch types turn down as written; null: nothing. */
export function problemsSheet({ options, readiness }: ComparisonDocument): WriteSheet | null {
  const ofOptions = options.flatMap(({ id, problems }) => problems.map((problem) => ({ of: id, ...problem })));
  const ofTasks = readiness.flatMap(({ launchType, taskDefinition, problems }) =>
    problems.map((problem) => ({ of: `${launchType}: ${taskDefinition}`, ...problem })),
  );
  const rows = [...ofOptions, ...ofTasks].map(
    ({ of, code, path, message }): WorkbookRow => [text(of), text(code), text(path), text(message)],
  );
  if (rows.length === 0) return null;
  return sheet({
    name: "Problems",
    widths: [28, 30, 44, 90],
    rows: [headings("Option", "Code", "Where", "Problem"), ...rows],
    frozenRows: 1,
  });
}
