import { type Cell, digits } from "./csv-table.ts";
import type { ClusterCosts, Costs, ImportDocument, ListedService } from "./import-document.ts";

/** A column of results beside the columns that the list came with. */
export interface ResultColumn {
  readonly header: string;
  readonly kind: "text" | "count" | "money";
  of(service: ListedService): Cell;
}

/** What the header of every column of results begins with, by which it is left alone when the list is sent again. */
const mark = "Stowage: ";

/**
 * The costs of a service on each option. What a cluster's instances have idle is nobody's: it stands in columns of its own, in the
 * cluster's first row, so that the columns of an option together add up to its total.
 */
export function resultColumns({ options, clusters }: ImportDocument): readonly ResultColumn[] {
  const priced = (header: string, optionOf: (best: string | null) => string | null): readonly ResultColumn[] => {
    const amount = (costs: Costs | undefined, best: string | null) => costs?.[optionOf(best) ?? ""] ?? null;
    const ofIdle = ({ idle, recommended }: ClusterCosts) => amount(idle, recommended);
    const isIdle = clusters.some((cluster) => (ofIdle(cluster) ?? nothing) !== nothing);
    return [
      money(header, ({ costs }) => amount(costs.costs, costs.recommended)),
      ...(isIdle ? [money(idleHeader(header), ({ cluster, isFirst }) => (isFirst ? ofIdle(cluster) : null))] : []),
    ];
  };
  return [
    column("comparison", ({ cluster }) => cluster.comparison),
    { header: `${mark}hours`, kind: "count", of: ({ cluster }) => digits(cluster.hours) },
    column("currency", ({ cluster }) => cluster.currency),
    column("recommended option", ({ costs }) => costs.recommended),
    ...priced(recommendedHeader, (best) => best),
    ...options.flatMap((option) => priced(costHeader(option), () => option)),
  ];
}

const nothing = "0.00";

export function idleHeader(header: string): string {
  return `${header} idle`;
}

export function costHeader(option: string): string {
  return mark + option;
}

export const recommendedHeader = `${mark}recommended cost`;

function column(name: string, of: (service: ListedService) => string | null): ResultColumn {
  return { header: mark + name, kind: "text", of };
}

function money(header: string, of: (service: ListedService) => string | null): ResultColumn {
  return { header, kind: "money", of: (service) => digits(of(service)) };
}
