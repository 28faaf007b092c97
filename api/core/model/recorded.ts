import type { Decimal } from "decimal.js";
import type { TasksRun } from "./comparison.ts";

/** A comparison as it was kept, reduced to what one is set beside another by. */
export interface RecordedComparison {
  readonly id: string;
  readonly region: string;
  readonly hours: Decimal;
  readonly currency: string;
  readonly engine: string;
  readonly snapshot: string;
  readonly cheapest: string | null;
  readonly recommended: string | null;
  /** Names with their revisions, each once. */
  readonly taskDefinitions: readonly string[];
  readonly options: readonly RecordedOption[];
}

export interface RecordedOption {
  readonly id: string;
  readonly label: string;
  /** Null: it was not feasible. */
  readonly total: Decimal | null;
  readonly lines: readonly RecordedLine[];
  /** As shown, in cents; service null: paid for, used by nobody. */
  readonly allocation: readonly { readonly service: string | null; readonly cost: Decimal }[];
  /** By resource, amounts × hours that its instances have; empty where there are none. */
  readonly room: ReadonlyMap<string, Decimal>;
  /** Null: it was kept before answers said so. */
  readonly tasks: readonly TasksRun[] | null;
}

export interface RecordedLine {
  readonly service: string | null;
  readonly launchType: string | null;
  readonly sku: string;
  readonly description: string;
  readonly unit: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
  readonly cost: Decimal;
}
