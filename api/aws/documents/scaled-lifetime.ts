import { isBlank, isEmpty } from "../../core/model/field.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { Deployments, ScaledLifetime, Scaling, ScalingPolicy } from "../../core/model/scaling.ts";
import { type LoadReading, readLoad } from "./load.ts";
import { type Owner, readScaling } from "./scaling.ts";
import type { ScalingModel } from "./scaling-model.ts";

/** What of the service's own fields bears on how it scales. */
export interface ScaledService {
  readonly owner: Owner;
  readonly path: string;
  readonly daemon: boolean;
  readonly loadBalanced: boolean;
  readonly maximumPercent: number | null;
  readonly minimumHealthyPercent: number | null;
  readonly strategy: string | null;
  readonly bakeMinutes: number;
}

export interface LifetimeReading {
  /** Null: nothing is said about load or scaling; the service is always on. */
  readonly lifetime: ScaledLifetime | null;
  readonly notes: readonly { readonly code: string; readonly text: string }[];
  readonly problems: readonly Problem[];
}

/** Behind a load balancer, a target is deregistered for so long before its task stops (its default deregistration delay). */
const drainBehindLoadBalancerSeconds = 300;

export function readScaledLifetime(
  value: { readonly load?: unknown; readonly scaling?: unknown },
  service: ScaledService,
): LifetimeReading {
  if (isEmpty(value.load) && isEmpty(value.scaling)) return { lifetime: null, notes: [], problems: [] };
  if (service.daemon) {
    const message = "A DAEMON service has one task on every instance and cannot be scaled: take load and scaling out.";
    return { lifetime: null, notes: [], problems: [{ code: "daemon_scaled", path: service.path, message }] };
  }
  const load = readLoad(value.load, fieldPath(service.path, "load"));
  const scaling = readScaling(value.scaling, fieldPath(service.path, "scaling"), service.owner);
  const perWeek = deploymentsPerWeek(scaling.own.deploymentsPerWeek, service.path);
  const problems = [
    ...load.problems,
    ...scaling.problems,
    ...perWeek.problems,
    ...(load.problems.length > 0 ? [] : lackingProblems(scaling.scaling, load, service.path)),
  ];
  if (problems.length > 0) return { lifetime: null, notes: [], problems };
  const drainSeconds = scaling.model.drainSeconds ?? (service.loadBalanced ? drainBehindLoadBalancerSeconds : 0);
  const { startSeconds, stops, utilizationMaxPercent } = scaling.model;
  const lifetime: ScaledLifetime = {
    kind: "scaled",
    loads: load.loads,
    idle: load.idle,
    scaling: scaling.scaling,
    behaviour: { startSeconds, drainSeconds, stops, utilizationMaxPercent },
    deployments: deploymentsOf(perWeek.count, service, { model: scaling.model, drainSeconds }),
  };
  return { lifetime, notes: [...load.notes, ...scaling.notes, ...modelNotes(lifetime)], problems };
}

function deploymentsPerWeek(value: unknown, path: string): { count: number; problems: readonly Problem[] } {
  if (isBlank(value)) return { count: 0, problems: [] };
  const count = Number(value);
  if (count >= 0 && count <= 1000 && typeof value !== "object") return { count, problems: [] };
  const message = "deploymentsPerWeek must be a number from 0 to 1,000.";
  const at = fieldPath(fieldPath(path, "scaling"), "deploymentsPerWeek");
  return { count: 0, problems: [{ code: "out_of_range", path: at, message }] };
}

/** A metric of which the load says nothing would be 0 for ever, and the service at its minimum. */
function lackingProblems(scaling: Scaling | null, { loads, idle }: LoadReading, path: string): Problem[] {
  if (loads.length === 0) return [];
  const has = {
    cpu: loads.some((one) => one.cpuUnits > 0) || idle.cpuUnits > 0,
    memory: loads.some((one) => one.memoryMiB > 0) || idle.memoryMiB > 0,
    requests: loads.some((one) => one.requestsPerSecond > 0),
  };
  const lacks = {
    cpu: "how much CPU it takes: add unit vCPU, or perRequest.cpuMilliseconds",
    memory: "how much memory it takes: add a load in GiB, perRequest.memoryMiB or perTask.memory",
    requests: "its requests: add a load in requests-per-second",
  };
  const kindOf = ({ metric }: ScalingPolicy) =>
    metric.kind === "cpu" || metric.kind === "memory" ? metric.kind : "requests";
  const isZero = loads.every(({ shape }) => shape.kind === "constant" && shape.value === 0);
  return (scaling?.policies ?? [])
    .filter((policy) => !has[kindOf(policy)] && !isZero)
    .map((policy) => {
      const message = `${policy.name} scales on what the load does not say, ${lacks[kindOf(policy)]}.`;
      return { code: "load_lacks_metric", path: fieldPath(path, "load"), message };
    });
}

function deploymentsOf(
  perWeek: number,
  service: ScaledService,
  given: { readonly model: ScalingModel; readonly drainSeconds: number },
): Deployments | null {
  if (perWeek === 0) return null;
  const rolling = service.strategy === null || service.strategy === "ROLLING";
  const { startSeconds, healthSeconds } = given.model;
  const bakeSeconds = rolling ? 0 : Math.round(service.bakeMinutes * 60);
  return {
    perWeek,
    kind: rolling ? "rolling" : "blue-green",
    maximumPercent: service.maximumPercent ?? 200,
    minimumHealthyPercent: service.minimumHealthyPercent ?? 100,
    roundSeconds: Math.max(1, startSeconds + healthSeconds + bakeSeconds + given.drainSeconds),
  };
}

function modelNotes(lifetime: ScaledLifetime): LifetimeReading["notes"] {
  if ((lifetime.scaling?.policies.length ?? 0) === 0 || lifetime.loads.length > 0) return [];
  return [{ code: "load_missing", text: "its scaling policies never act, since no load is given." }];
}
