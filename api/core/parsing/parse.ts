import { unsetUsage } from "../model/add-on.ts";
import type { Document, DocumentFormat } from "../model/document.ts";
import { isObject, kindOf, problemsMax } from "../model/field.ts";
import { fieldPath, type Problem, type Result } from "../model/problem.ts";
import { unsetSettings } from "../model/settings.ts";
import type { GivenUsage, ParsedAssumption, Service, Workload } from "../model/workload.ts";
import { type Definitions, distinctDefinitions } from "./definitions.ts";
import { documentsIn } from "./documents.ts";
import { readFrame } from "./frame.ts";
import { underGivenLoads } from "./given-loads.ts";
import { regionFor } from "./region.ts";
import { periodOf } from "./scaled-period.ts";
import { defaultServices, type Services, servicesFrom } from "./services.ts";

/**
 * A request of the contract (decoded JSON, trusted in nothing) as a workload: documents read by their formats, references resolved,
 * defaults filled in as assumptions. Every problem is reported, up to `problemsMax`; paths lead into the request.
 */
export function parse(request: unknown, formats: readonly DocumentFormat[]): Result<Workload> {
  if (!isObject(request)) {
    const message = `A request must be an object with taskDefinitions in it, not ${kindOf(request)}.`;
    return { ok: false, problems: [{ code: "wrong_type", path: "", message }] };
  }
  const frame = readFrame(request, formats);
  const { documents, problems: documentProblems } = documentsIn(request, formats, frame.periodSeconds);
  const region = regionFor(request.region, documents);
  const definitions = distinctDefinitions(documents);
  const found = servicesIn(documents, definitions, frame.periodSeconds);
  const period = periodOf(found.services, frame);
  const single = singlesIn(documents);
  const problems = [
    ...frame.problems,
    ...documentProblems,
    ...region.problems,
    ...definitions.problems,
    ...found.problems,
    ...unknownServices(single.usage, found.services),
  ];
  if (problems.length > 0) return { ok: false, problems: theFirst(problemsMax, problems) };
  return {
    ok: true,
    value: {
      region: region.name,
      periodSeconds: frame.periodSeconds,
      period: period.period,
      monthSeconds: frame.monthSeconds,
      asOf: frame.asOf,
      snapshot: frame.snapshot,
      taskDefinitions: definitions.all,
      services: found.services,
      effort: frame.effort,
      seed: frame.seed,
      simulations: frame.simulations,
      ...single,
      options: frame.options,
      assumptions: [...definitions.assumptions, ...notesIn(documents), ...found.assumptions, ...period.assumptions],
    },
  };
}

/** Without any: one for each task definition. */
function servicesIn(documents: readonly Document[], definitions: Definitions, periodSeconds: number): Services {
  const given = underGivenLoads(documents);
  const { problems } = given;
  if (given.services.length === 0) return { ...defaultServices(definitions.all), problems };
  const found = servicesFrom(given.services, definitions, periodSeconds);
  return { ...found, problems: [...problems, ...found.problems] };
}

function notesIn(documents: readonly Document[]): ParsedAssumption[] {
  return documents
    .filter((document) => document.kind === "note")
    .map(({ code, text }) => ({ code, text, services: [] }));
}

/** What a request has one of. */
function singlesIn(documents: readonly Document[]): Pick<Workload, "settings" | "rateCard" | "usage"> {
  return {
    settings: documents.find((document) => document.kind === "settings")?.settings ?? unsetSettings,
    rateCard: documents.find((document) => document.kind === "rate-card")?.rateCard ?? null,
    usage: documents.find((document) => document.kind === "usage")?.usage ?? unsetUsage,
  };
}

function unknownServices({ services: given }: GivenUsage, services: readonly Service[]): Problem[] {
  const known = new Set(services.map(({ name }) => name));
  return given
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => ({
      code: "service_unknown",
      path: fieldPath("usage.services", name),
      message: `There is no service ${name} to use anything. Use the name of one under services or runs.`,
    }));
}

function theFirst(count: number, problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= count) return problems;
  const message = `There are more problems than these ${count.toLocaleString("en-US")}.`;
  return [...problems.slice(0, count), { code: "too_many_problems", path: "", message }];
}
