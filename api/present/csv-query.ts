/** What a comparison as CSV can be asked for. */
export const csvChoices = {
  rows: ["options", "lines", "hours"],
  format: ["table", "focus"],
  bom: ["true", "false"],
  per: ["month", "hour"],
  focusVersion: ["1.4", "1.2"],
} as const;

type Choice<Name extends keyof typeof csvChoices> = (typeof csvChoices)[Name][number] | null;

/** Null: not said. */
export interface CsvQuery {
  readonly rows: Choice<"rows">;
  readonly format: Choice<"format">;
  /** Id. */
  readonly option: string | null;
  readonly bom: boolean;
  readonly page: number | null;
  readonly per: Choice<"per">;
  /** `2026-11`. */
  readonly month: string | null;
  readonly focusVersion: Choice<"focusVersion">;
}
