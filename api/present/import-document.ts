import type { Problem } from "../core/model/problem.ts";
import type { Cell } from "./csv-table.ts";

/** Amounts to the cent by option; null: some of it cannot run so, or was not asked to. */
export type Costs = Readonly<Record<string, string | null>>;

interface Place {
  readonly region: string;
  readonly cluster: string;
}

/** What a list of services comes to, but for the services themselves, which may be many. */
export interface ImportDocument {
  readonly import: string;
  readonly done: true;
  readonly rows: number;
  /** Null: clusters are priced for different hours. */
  readonly hours: string | null;
  /** Null: there are several, and no amounts of one are added to those of another. */
  readonly currency: string | null;
  /** Every option that some cluster was compared on. */
  readonly options: readonly string[];
  /** All clusters on one option. */
  readonly totals: Costs;
  /** Each cluster on the option recommended for it. */
  readonly recommended: string | null;
  /** Why a total is null. */
  readonly lacking: readonly LackingTotal[];
  readonly clusters: readonly ClusterCosts[];
  /** With the idle capacity these add up to the totals. */
  readonly owners: readonly BearerCosts<"owner">[];
  readonly costCentres: readonly BearerCosts<"costCentre">[];
  /** Of all clusters: what no service takes of the instances, and what belongs to none. */
  readonly idle: { readonly costs: Costs; readonly recommended: string | null };
  readonly assumptions: readonly { readonly code: string; readonly text: string }[];
  /** Of what was left out of the list. */
  readonly problems: readonly Problem[];
}

export interface LackingTotal {
  /** An option, or `recommended`. */
  readonly of: string;
  readonly clusters: number;
  readonly first: readonly Place[];
}

export interface ClusterCosts extends Place {
  readonly services: number;
  readonly hours: string | null;
  readonly currency: string | null;
  /** Id of the comparison, which says how all of this comes about; null: there is none. */
  readonly comparison: string | null;
  readonly cheapest: string | null;
  readonly recommended: string | null;
  readonly totals: Costs;
  readonly idle: Costs;
  /** Why there is no comparison. */
  readonly problems: readonly Problem[];
}

export type BearerCosts<Name extends string> = Readonly<Record<Name, string | null>> & {
  readonly services: number;
  readonly currency: string | null;
  readonly costs: Costs;
  readonly recommended: string | null;
};

export interface ServiceCosts extends Place {
  readonly row: number;
  readonly service: string;
  readonly owner: string | null;
  readonly costCentre: string | null;
  readonly costs: Costs;
  /** The option recommended for its cluster. */
  readonly recommended: string | null;
  readonly recommendedCost: string | null;
}

/** A service with its row as it is to stand in a list again. */
export interface ListedService {
  readonly costs: ServiceCosts;
  readonly cells: readonly Cell[];
  readonly cluster: ClusterCosts;
  /** It is the first row of its cluster. */
  readonly isFirst: boolean;
}

/** The services of a list in the order of its rows, some at a time, below the names of its columns. */
export interface ListedServices {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly ListedService[]>;
}
