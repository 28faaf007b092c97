import type { AdmittedTask, Context } from "../../core/model/launch-type.ts";
import type { Host, Instance, Ranking, ServiceTask } from "../../core/model/placement-rules.ts";
import type { Architecture, Service } from "../../core/model/workload.ts";
import { evaluateQuery } from "../cluster-query/evaluate-query.ts";
import type { Expression } from "../cluster-query/expression.ts";
import { type InstanceAttributes, instanceAttributes } from "../cluster-query/instance-attributes.ts";
import { parseQuery } from "../cluster-query/parse-query.ts";
import { isStatic, specialise } from "../cluster-query/specialise.ts";
import { readRankings, runDefault, serviceDefault } from "../placement-strategies/catalogue.ts";

/** A task as ECS places it on EC2: by its service's strategies, within its own and its service's constraints. */
export function placeable({ service, demand }: AdmittedTask, context: Context): ServiceTask {
  const expressions = constraintsOn(service);
  const distinct = service.placementConstraints.some(({ type }) => type === "distinctInstance");
  return {
    service: service.name,
    group: taskGroup(service),
    demand,
    rankings: rankingsOf(service),
    distinct,
    constraints: [...service.taskDefinition.placementConstraints, ...service.placementConstraints].map(
      ({ type, expression }) => expression ?? type,
    ),
    providers: providersOf(service),
    allowsHost: expressions.length === 0 ? anyHost : (host) => allows(host, expressions, context),
    allowsInstance: expressions.every(isStatic) ? null : (instance) => holdsOn(instance, expressions, context),
  };
}

/** As the service says, else as ECS does without a word; admission refuses what cannot be read. */
function rankingsOf(service: Service): readonly Ranking[] {
  const fallback = service.lifetime.kind === "runs" ? runDefault : serviceDefault;
  if (service.placementStrategy.length === 0) return fallback;
  const read = readRankings(service.placementStrategy, service.path);
  return read.ok ? read.value : fallback;
}

/** Of constraints that everything is free of: the same function each time, so that it can be told. */
export function anyHost(): boolean {
  return true;
}

/** Tasks of a service count together, and tasks run by themselves by their family. Source: ECS developer guide 2023-06, task-groups.md. */
export function taskGroup(service: Service): string {
  return service.lifetime.kind === "runs" ? `family:${service.taskDefinition.family}` : `service:${service.name}`;
}

/** ECS's own names, which are no Auto Scaling groups. */
const notGroups = ["FARGATE", "FARGATE_SPOT"];

/** A service that asks for the launch type EC2 takes whatever instance there is; without a word, the cluster's strategy holds. */
function providersOf(service: Service): ServiceTask["providers"] {
  if (service.launchType === "EC2") return "any";
  return service.capacityProviderStrategy
    .filter(({ capacityProvider }) => !notGroups.includes(capacityProvider))
    .map(({ capacityProvider, base, weight }) => ({ name: capacityProvider, base, weight }));
}

/** The memberOf expressions of the task definition and the service; reading the documents has made sure that they can be parsed. */
export function constraintsOn(service: Service): Expression[] {
  return [...service.taskDefinition.placementConstraints, ...service.placementConstraints].flatMap(({ expression }) => {
    const parsed = expression === null ? null : parseQuery(expression);
    return parsed?.ok ? [parsed.value] : [];
  });
}

/** As far as the host settles it: what depends on the tasks on an instance is asked there. */
function allows(host: Host, expressions: readonly Expression[], context: Context): boolean {
  const attributes = plannedAttributes(host, context);
  return expressions.every((expression) => specialise(expression, attributes) !== false);
}

function holdsOn(instance: Instance, expressions: readonly Expression[], context: Context): boolean {
  const { there } = plannedAttributes(instance.host, context);
  const runningTasksCount = [...instance.tasks.values()].reduce((sum, count) => sum + count, 0);
  const unknown = { agentVersion: null, ec2InstanceId: null, registeredAt: null };
  const queried = { ...unknown, attributes: there, agentConnected: true, runningTasksCount };
  return expressions.every((expression) =>
    evaluateQuery(expression, { ...queried, taskGroups: new Set(instance.groups.keys()) }),
  );
}

/** What a planned instance of a type and zone will be known by, with the custom attributes of its capacity provider. */
export function plannedAttributes(
  host: Pick<Host, "type" | "kind" | "zone" | "provider">,
  { settings }: Context,
): InstanceAttributes {
  const providers = settings.capacity?.providers ?? [];
  const custom = providers.find(({ name }) => name === host.provider)?.attributes ?? {};
  const planned = instanceAttributes({
    instanceType: host.type,
    zone: host.zone,
    architecture: host.kind as Architecture,
    operatingSystem: "linux",
    operatingSystemFamily: null,
    trunk: settings.awsvpcTrunking === true,
    custom,
  });
  // Whoever describes the capacity says of every attribute where it is.
  const elsewhere = customAttributes(settings).filter((name) => !planned.there.has(name));
  return { ...planned, absent: new Set([...planned.absent, ...elsewhere]) };
}

/** Names of the custom attributes that the capacity is said to have. */
export function customAttributes({ capacity }: Context["settings"]): string[] {
  const described = [...(capacity?.providers ?? []), ...(capacity?.occupied ?? [])];
  return [...new Set(described.flatMap(({ attributes }) => Object.keys(attributes)))];
}

/** Those with a value, by name: what tasks can be spread by. */
export function hostAttributes(
  host: Pick<Host, "type" | "kind" | "zone" | "provider">,
  context: Context,
): Readonly<Record<string, string>> {
  const { there } = plannedAttributes(host, context);
  return Object.fromEntries([...there].filter((entry): entry is [string, string] => entry[1] !== null));
}
