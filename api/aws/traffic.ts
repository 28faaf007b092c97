import { amountOf, type UsageInput, type Whole } from "../core/model/add-on.ts";
import { decimalFraction, type Fraction, fraction, multiply } from "../core/model/fraction.ts";
import type { Context } from "../core/model/launch-type.ts";
import type { Service } from "../core/model/workload.ts";

export const requestsPerSecond: UsageInput = {
  name: "requestsPerSecond",
  of: "service",
  unit: "requests a second",
  max: 10_000_000,
  default: 1,
  text: "No document tells the traffic: each service behind a load balancer whose load is not in requests is taken to get 1 request a second (usage.services.NAME.requestsPerSecond). Effect: against none.",
  against: 0,
};

export const requestKB: UsageInput = {
  name: "requestKB",
  of: "service",
  unit: "KB of 1,000 bytes a request",
  max: 10_000_000,
  default: 1,
  text: "A request is taken to have 1 KB (usage.services.NAME.requestKB). Effect: against none.",
  against: 0,
};

export const responseKB: UsageInput = {
  name: "responseKB",
  of: "service",
  unit: "KB of 1,000 bytes a response",
  max: 10_000_000,
  default: 20,
  text: "A response is taken to have 20 KB (usage.services.NAME.responseKB). Effect: against none.",
  against: 0,
};

export const internetFacing: UsageInput = {
  name: "internetFacing",
  of: "service",
  unit: "1: its load balancer is on the internet; 0: it is internal",
  max: 1,
  default: 1,
  text: "No document tells whether a load balancer is on the internet: it is taken to be, so that responses are data transfer out and it has a public IPv4 address in each zone (usage.services.NAME.internetFacing). Effect: against internal ones.",
  against: 0,
};

export const isInternetFacing = (service: Service, context: Context) => amountOf(context, internetFacing, service) > 0;

/** A service's requests: the same number in every second, or so many thousandths in each hour of the period. */
export type Requests =
  | { readonly kind: "even"; readonly perSecond: Fraction }
  | { readonly kind: "hourly"; readonly thousandths: readonly number[] };

export function requestsOf(service: Service, whole: Whole): Requests {
  const thousandths = whole.requests.get(service.name);
  if (thousandths !== undefined) return { kind: "hourly", thousandths };
  return { kind: "even", perSecond: decimalFraction(amountOf(whole.workload, requestsPerSecond, service)) };
}

/** In the whole period. */
export function allRequests(requests: Requests, { workload }: Whole): Fraction {
  if (requests.kind === "even") return multiply(requests.perSecond, fraction(workload.periodSeconds));
  return fraction(
    requests.thousandths.reduce((sum, count) => sum + count, 0),
    1000n,
  );
}

/** Of a quantity that is given by the month. */
export function inPeriod(aMonth: number, { workload }: Whole): Fraction {
  return multiply(decimalFraction(aMonth), fraction(workload.periodSeconds, workload.monthSeconds));
}
