import type { Demand } from "../model/demand.ts";
import type { Load } from "../model/load.ts";
import type { Service, Workload } from "../model/workload.ts";
import { LoadReader } from "./load-reader.ts";

const secondsPerHour = 3600;
const slotSeconds = 60;
const unknownPeriod = { startSeconds: 0, timeZone: "UTC" };

/** Of the last period and seed that a service was read with: it is priced in many options that ask the same of it. */
const known = new WeakMap<Service, { readonly when: string; readonly hours: readonly number[] }>();

/** Of services behind load balancers, whose cost depends on them; gaps in a load are none. */
export function requestsOf(workload: Workload): Demand["requests"] {
  const requests = new Map<string, readonly number[]>();
  for (const service of workload.services) {
    if (service.lifetime.kind !== "scaled" || service.loadBalancers.length === 0) continue;
    const loads = service.lifetime.loads.filter(({ requestsPerSecond }) => requestsPerSecond > 0);
    if (loads.length === 0) continue;
    const when = JSON.stringify([workload.period, workload.periodSeconds, workload.seed]);
    const last = known.get(service);
    const hours = last?.when === when ? last.hours : byHour(loads, workload);
    known.set(service, { when, hours });
    requests.set(service.name, hours);
  }
  return requests;
}

function byHour(loads: readonly Load[], { period, periodSeconds, seed }: Workload): readonly number[] {
  const reader = new LoadReader(loads, { period: period ?? unknownPeriod, slotSeconds, seed });
  const requests = new Float64Array(Math.ceil(periodSeconds / secondsPerHour));
  for (let t = 0; t < periodSeconds; t += slotSeconds) {
    if (t >= reader.until) reader.read(t);
    const seconds = Math.min(slotSeconds, periodSeconds - t);
    const hour = Math.floor(t / secondsPerHour);
    if (!reader.missing) requests[hour] = (requests[hour] ?? 0) + reader.requestsPerSecond * seconds;
  }
  return Array.from(requests, (count) => Math.round(count * 1000));
}
