import type { Problem } from "../core/model/problem.ts";
import type { Service, Workload } from "../core/model/workload.ts";

/** What most of a calculation's time would go into. */
type Part = "services" | "scaling" | "simulations";

/**
 * Seconds of one core, as measured over all options of 1 to 600 services, and of 1 to 10 services that track their CPU over a month and
 * a year: what each option takes for its services and for packing them together, which grows with their square; for metering and rating
 * a service hour by hour as its tasks come and go; and for playing it once more.
 */
const measured = {
  ofService: 0.0015,
  ofServicePair: 0.000_023,
  ofServiceYear: 1.2,
  ofSimulatedYear: 0.12,
  /** How much longer a proof is sought than a fleet. */
  proof: 2,
};

const secondsOfYear = 8760 * 3600;

/** How long a comparison of so many options will take, by what it will go into: the order of magnitude, before any of it is done. */
export function expectedSeconds(workload: Workload, options: number): Readonly<Record<Part, number>> {
  const { services, periodSeconds, simulations, effort } = workload;
  const years = periodSeconds / secondsOfYear;
  const scaled = services.filter(({ lifetime }) => lifetime.kind === "scaled").length;
  const drawn = services.some(isDrawn) ? simulations - 1 : 0;
  const packed = services.length * measured.ofService + services.length ** 2 * measured.ofServicePair;
  return {
    services: options * packed * (effort === "prove" ? measured.proof : 1),
    scaling: options * scaled * years * measured.ofServiceYear,
    simulations: options * scaled * years * drawn * measured.ofSimulatedYear,
  };
}

/** Played anew with every seed. */
function isDrawn({ lifetime }: Service): boolean {
  return (
    lifetime.kind === "scaled" && lifetime.loads.some(({ shape }) => shape.kind === "generated" && shape.seed === null)
  );
}

/** That a comparison would take longer than it may, with what to ask for less of; null: it would not. */
export function tooLong(
  workload: Workload,
  { options, secondsMax }: { readonly options: number; readonly secondsMax: number },
): Problem | null {
  const expected = expectedSeconds(workload, options);
  const seconds = expected.services + expected.scaling + expected.simulations;
  if (seconds <= secondsMax) return null;
  const parts: readonly Part[] = ["services", "scaling", "simulations"];
  const largest = parts.reduce((most, part) => (expected[part] > expected[most] ? part : most));
  const path = { services: "", scaling: "hours", simulations: "simulations" }[largest];
  const message = `The calculation would take some ${Math.round(seconds)} s; here it may take no more than ${secondsMax} s. ${wayOut[largest]}`;
  return { code: "calculation_too_long", path, message };
}

const wayOut: Readonly<Record<Part, string>> = {
  services: "Ask for fewer services or options at a time.",
  scaling: "Ask for fewer hours, options or services with a load at a time.",
  simulations: "Ask for fewer simulations, hours or options at a time.",
};
