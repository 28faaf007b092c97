import type { Whole } from "../core/model/add-on.ts";
import { add, type Fraction, fraction, multiply, zero } from "../core/model/fraction.ts";
import type { Requests } from "./traffic.ts";

const secondsPerHour = 3600;

/** What a service asks of a load balancer: its requests, and the capacity unit-seconds that one of them takes, by dimension. */
export interface Asked {
  readonly service: string;
  readonly requests: Requests;
  readonly perRequest: readonly Fraction[];
}

/**
 * Capacity unit-seconds: in each hour those of the dimension that takes most, whoever asks it. A service's are what it takes of those
 * dimensions. Exact but for which dimension that is, where two are as good as equal.
 */
export function capacityUnits(asked: readonly Asked[], whole: Whole): Fraction[] {
  const hours = hoursToLookAt(asked, whole);
  const most = mostInEachHour(asked, hours);
  return asked.map(({ requests, perRequest }) =>
    perRequest.reduce((sum, each, dimension) => {
      const of = requestsIn(
        requests,
        hours.filter((_, at) => most[at] === dimension),
      );
      return add(sum, multiply(each, of));
    }, zero),
  );
}

interface Hour {
  readonly at: number;
  readonly seconds: number;
}

/** Where all requests are even, the period is as one hour. */
function hoursToLookAt(asked: readonly Asked[], { workload }: Whole): Hour[] {
  const { periodSeconds } = workload;
  if (asked.every(({ requests }) => requests.kind === "even")) return [{ at: 0, seconds: periodSeconds }];
  return Array.from({ length: Math.ceil(periodSeconds / secondsPerHour) }, (_, at) => ({
    at,
    seconds: Math.min(secondsPerHour, periodSeconds - at * secondsPerHour),
  }));
}

function mostInEachHour(asked: readonly Asked[], hours: readonly Hour[]): number[] {
  const rough = asked.map(({ requests, perRequest }) => ({ requests, perRequest: perRequest.map(roughly) }));
  const dimensions = Math.max(0, ...asked.map(({ perRequest }) => perRequest.length));
  return hours.map((hour) => {
    const taken = new Array<number>(dimensions).fill(0);
    for (const { requests, perRequest } of rough) {
      const count =
        requests.kind === "even" ? roughly(requests.perSecond) * hour.seconds : thousandthsIn(requests, hour) / 1000;
      for (const [dimension, each] of perRequest.entries()) taken[dimension] = (taken[dimension] ?? 0) + count * each;
    }
    return taken.indexOf(Math.max(...taken));
  });
}

function requestsIn(requests: Requests, hours: readonly Hour[]): Fraction {
  if (requests.kind === "hourly") {
    return fraction(
      hours.reduce((sum, hour) => sum + thousandthsIn(requests, hour), 0),
      1000n,
    );
  }
  return multiply(requests.perSecond, fraction(hours.reduce((sum, { seconds }) => sum + seconds, 0)));
}

function thousandthsIn(requests: Extract<Requests, { kind: "hourly" }>, { at }: Hour): number {
  return requests.thousandths[at] ?? 0;
}

function roughly({ numerator, denominator }: Fraction): number {
  return Number(numerator) / Number(denominator);
}
