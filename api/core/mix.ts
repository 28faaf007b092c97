import type { Decimal } from "decimal.js";

export interface MixRequest {
  readonly services: readonly string[];
  /** Launch types each service may run on, in order of preference. Never empty. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
  /** Total cost of a choice for every service; null where it cannot be run. */
  readonly costOf: (mix: ReadonlyMap<string, string>) => Decimal | null;
  /** What a service costs on a launch type when all that can run there does; a guide for the search, never an answer. */
  readonly costAlone: (service: string, launchType: string) => Decimal | null;
  /** How many whole mixes may be costed. */
  readonly effort: number;
}

/**
 * The best launch type per service that a bounded search finds: services are moved, most worth moving first, from each launch type
 * that can run them all to their cheapest other one, and then one by one wherever that saves. Deterministic.
 */
export function mix(request: MixRequest): ReadonlyMap<string, string> | null {
  const search: Search = { best: null, effort: request.effort };
  for (const start of startsOf(request)) {
    consider(start, search, request);
    for (const candidate of movesFrom(start, request)) consider(candidate, search, request);
  }
  while (improveByOneMove(search, request));
  return search.best?.mix ?? null;
}

/** Tries every service on every other launch type once; says whether any of it saved. */
function improveByOneMove(search: Search, request: MixRequest): boolean {
  const before = search.best;
  for (const service of request.services) {
    for (const choice of request.choices.get(service) ?? []) {
      if (search.best === null || search.best.mix.get(service) === choice) continue;
      consider(new Map(search.best.mix).set(service, choice), search, request);
    }
  }
  return search.best !== before;
}

interface Search {
  best: { readonly mix: ReadonlyMap<string, string>; readonly cost: Decimal } | null;
  effort: number;
}

/** Costs a mix, if there is effort left, and keeps it if it is the best yet. */
function consider(candidate: ReadonlyMap<string, string>, search: Search, request: MixRequest): void {
  if (search.effort <= 0) return;
  search.effort -= 1;
  const cost = request.costOf(candidate);
  if (cost === null || (search.best !== null && cost.gte(search.best.cost))) return;
  search.best = { mix: candidate, cost };
}

/** Everything on one launch type where it can be, else on the first that a service may run on. */
function startsOf(request: MixRequest): ReadonlyMap<string, string>[] {
  const all = [...new Set(request.services.flatMap((service) => request.choices.get(service) ?? []))];
  return all.map((preferred) => {
    const entries = request.services.map((service): [string, string] => {
      const choices = request.choices.get(service) ?? [];
      return [service, choices.includes(preferred) ? preferred : (choices[0] ?? preferred)];
    });
    return new Map(entries);
  });
}

/** From a start: the services in the order in which moving them to their cheapest other choice saves most, ever more of them moved. */
function movesFrom(start: ReadonlyMap<string, string>, request: MixRequest): ReadonlyMap<string, string>[] {
  const moves = request.services.flatMap((service) => {
    const from = request.costAlone(service, start.get(service) ?? "");
    const others = (request.choices.get(service) ?? [])
      .filter((choice) => choice !== start.get(service))
      .map((choice) => ({ choice, cost: request.costAlone(service, choice) }))
      .filter((other): other is { choice: string; cost: Decimal } => other.cost !== null)
      .sort((a, b) => a.cost.comparedTo(b.cost));
    const to = others[0];
    if (from === null || to === undefined || to.cost.isZero()) return [];
    return [{ service, to: to.choice, worth: from.div(to.cost) }];
  });
  moves.sort((a, b) => b.worth.comparedTo(a.worth));
  const step = Math.max(1, Math.ceil(moves.length / 20));
  const mixes: ReadonlyMap<string, string>[] = [];
  const moved = new Map(start);
  for (const [at, move] of moves.entries()) {
    moved.set(move.service, move.to);
    if ((at + 1) % step === 0) mixes.push(new Map(moved));
  }
  return mixes;
}
