import { isObject } from "../core/model/field.ts";
import type { Problem, Result } from "../core/model/problem.ts";
import { laidOver } from "../saved-workload.ts";
import type { Asked } from "./command.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A saved request as it is asked for: elsewhere, another day, more of it. */
export function savedRequest(body: string, asked: Asked): Result<unknown> {
  const { times, region, asOf, hours, options, interruptible } = asked;
  const laid = laidOver(body, {
    ...(region === null ? {} : { region }),
    ...(asOf === null ? {} : { asOf }),
    ...(hours === null ? {} : { hours }),
    ...(options.length === 0 ? {} : { options }),
  });
  if (!laid.ok || !isObject(laid.value) || (times === 1 && !interruptible)) return laid;
  const problem = obstacle(laid.value, asked);
  if (problem !== null) return { ok: false, problems: [problem] };
  const whole = withServices(laid.value);
  const changed = {
    ...whole,
    services: listOf(whole.services).map((service) => multiplied(service, times, interruptible)),
    runs: listOf(whole.runs).map((run) => multipliedRun(run, times, interruptible)),
  };
  return { ok: true, value: changed };
}

/** What nobody can say for the owner of the documents. */
function obstacle(request: Fields, { times, interruptible }: Asked): Problem | null {
  const said = [...(times === 1 ? [] : [`x${times}`]), ...(interruptible ? ["interruptible"] : [])].join(" and ");
  if (listOf(request.manifests).length > 0) {
    const message = `${said} cannot be laid over Kubernetes manifests. Leave it out, or save the manifests with other replicas.`;
    return { code: "not_supported_yet", path: "manifests", message };
  }
  if (
    times !== 1 &&
    /"AdjustmentType":"(?:ChangeInCapacity|ExactCapacity)"/.test(JSON.stringify(request.services ?? null))
  ) {
    const message = `${said} cannot be laid over step scaling, whose steps are numbers of tasks. Leave it out, or save the workload with other steps.`;
    return { code: "not_supported_yet", path: "services", message };
  }
  return null;
}

/** Without any: one for each task definition, which is what is priced then. */
function withServices(request: Fields): Fields {
  if (listOf(request.services).length + listOf(request.runs).length > 0) return request;
  const services = listOf(request.taskDefinitions).flatMap((one) => {
    const definition = isObject(one) && isObject(one.taskDefinition) ? one.taskDefinition : one;
    if (!isObject(definition)) return [];
    const { family, revision } = definition;
    return [{ taskDefinition: revision === undefined ? family : `${family}:${revision}`, desiredCount: 1 }];
  });
  return { ...request, services };
}

function multiplied(value: unknown, times: number, interruptible: boolean): unknown {
  if (!isObject(value)) return value;
  const { desiredCount, scaling, load, schedulingStrategy } = value;
  const isDaemon = schedulingStrategy === "DAEMON";
  const count = typeof desiredCount === "number" || scaling !== undefined ? desiredCount : 1;
  return {
    ...value,
    ...(isDaemon || typeof count !== "number" ? {} : { desiredCount: count * times }),
    ...(scaling === undefined ? {} : { scaling: withCapacities(scaling, times) }),
    ...(load === undefined || times === 1 ? {} : { load: scaledLoad(load, times) }),
    ...(interruptible ? { interruptible: true } : {}),
  };
}

/** Of scalable targets and scheduled actions, wherever they stand. */
function withCapacities(value: unknown, times: number): unknown {
  if (Array.isArray(value)) return value.map((one) => withCapacities(one, times));
  if (!isObject(value)) return value;
  const fields = Object.entries(value).map(([name, below]): [string, unknown] => {
    const isCapacity = (name === "MinCapacity" || name === "MaxCapacity") && typeof below === "number";
    return [name, isCapacity ? below * times : withCapacities(below, times)];
  });
  return Object.fromEntries(fields);
}

function scaledLoad(load: unknown, times: number): unknown {
  if (Array.isArray(load)) return load.map((one) => scaledLoad(one, times));
  if (!isObject(load)) return load;
  return { ...load, scale: (typeof load.scale === "number" ? load.scale : 1) * times };
}

function multipliedRun(value: unknown, times: number, interruptible: boolean): unknown {
  if (!isObject(value)) return value;
  const tasks = typeof value.tasks === "number" ? value.tasks : 1;
  return { ...value, tasks: tasks * times, ...(interruptible ? { interruptible: true } : {}) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
