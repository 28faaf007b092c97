import type { Database } from "../db/database.ts";
import { findDocument } from "../db/named-documents.ts";
import { isObject, pathBelow } from "./core/model/field.ts";
import { fieldPath, type Problem, type Result } from "./core/model/problem.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The request with what it names written out: rate card and load profiles that are kept under a name. */
export async function withStoredDocuments(request: unknown, database: Database): Promise<Result<unknown>> {
  if (!isObject(request)) return { ok: true, value: request };
  const rateCard = await storedRateCard(request, database);
  const loads = await storedLoads(request, database);
  const problems = [...rateCard.problems, ...loads.problems];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { ...request, ...rateCard.fields, ...loads.fields } };
}

interface Found {
  /** To be laid over the request. */
  readonly fields: Fields;
  readonly problems: readonly Problem[];
}

/** `rateCard: "acme"` stands for the rate card that is kept under that name. */
async function storedRateCard({ rateCard: name }: Fields, database: Database): Promise<Found> {
  if (typeof name !== "string" || name === "") return { fields: {}, problems: [] };
  const stored = await findDocument(database, "rate-card", name);
  if (stored !== null) return { fields: { rateCard: JSON.parse(stored) }, problems: [] };
  const message = "There is no rate card of this name. Store one with PUT /v1/rate-cards/{name}, or write it out here.";
  return { fields: {}, problems: [{ code: "rate_card_unknown", path: "rateCard", message }] };
}

/** `load: { "profile": "weekdays", "scale": 2 }` stands for the profile of that name, with the other fields over its own. */
async function storedLoads({ services, loads }: Fields, database: Database): Promise<Found> {
  const problems: Problem[] = [];
  const known = new Map<string, Promise<string | null>>();
  const find: Find = (name) => {
    const found = known.get(name) ?? findDocument(database, "load-profile", name);
    known.set(name, found);
    return found;
  };
  const fields: Record<string, unknown> = {};
  if (Array.isArray(services)) {
    const written = services.map(async (service: unknown, at) => {
      if (!isObject(service)) return service;
      const load = await writtenLoad(service.load, fieldPath(pathBelow("services", [at]), "load"), { find, problems });
      return load === service.load ? service : { ...service, load };
    });
    fields.services = await Promise.all(written);
  }
  if (isObject(loads)) {
    const written = Object.entries(loads).map(async ([name, load]) => {
      return [name, await writtenLoad(load, pathBelow("loads", [name]), { find, problems })];
    });
    fields.loads = Object.fromEntries(await Promise.all(written));
  }
  return { fields, problems };
}

type Find = (name: string) => Promise<string | null>;

async function writtenLoad(
  load: unknown,
  at: string,
  { find, problems }: { readonly find: Find; readonly problems: Problem[] },
): Promise<unknown> {
  if (!isObject(load) || typeof load.profile !== "string" || load.profile === "") return load;
  const { profile, ...over } = load;
  const path = fieldPath(at, "profile");
  const stored = await find(load.profile);
  if (stored === null) {
    const message = `There is no load profile "${profile}". Store one with PUT /v1/load-profiles/{name}, or write the load out here.`;
    problems.push({ code: "load_profile_unknown", path, message });
    return load;
  }
  const own: unknown = JSON.parse(stored);
  if (isObject(own)) return { ...own, ...over };
  if (Object.keys(over).length === 0) return own;
  const message = `The load profile "${profile}" is a list of loads: other fields beside profile are for a single one.`;
  problems.push({ code: "conflicting_values", path, message });
  return load;
}

/** A redacted request with the names that stood in the one it was made from: what is kept under them may change. */
export function withNames(redacted: Fields, asked: unknown): Fields {
  if (!isObject(asked)) return redacted;
  const rateCard = typeof asked.rateCard === "string" && asked.rateCard !== "" ? { rateCard: asked.rateCard } : {};
  if (!Array.isArray(redacted.services) || !Array.isArray(asked.services)) return { ...redacted, ...rateCard };
  const { services } = asked;
  const named = redacted.services.map((service: unknown, at) => withProfile(service, services[at]));
  return { ...redacted, ...rateCard, services: named };
}

/** Of the load what was written beside the profile's name. */
function withProfile(redacted: unknown, asked: unknown): unknown {
  const load = isObject(asked) ? asked.load : null;
  if (!isObject(redacted) || !isObject(load) || typeof load.profile !== "string" || load.profile === "")
    return redacted;
  const kept = isObject(redacted.load) ? Object.entries(redacted.load) : [];
  const over = kept.filter(([name]) => Object.hasOwn(load, name));
  return { ...redacted, load: { profile: load.profile, ...Object.fromEntries(over) } };
}
