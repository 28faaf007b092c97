import type { AddOn, Running, RunningTasks, Whole } from "../../core/model/add-on.ts";
import { add, fraction, multiply, zero } from "../../core/model/fraction.ts";
import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { Usage } from "../../core/model/usage.ts";
import type { Service } from "../../core/model/workload.ts";
import { runsOnKubernetes } from "../eks/control-plane.ts";
import { meterInsights } from "../eks/insights.ts";
import { runsOnOwnMachines } from "../own-machines.ts";
import { periodUsage } from "../period-usage.ts";
import { sharedEqually } from "../running-services.ts";

const secondsPerHour = 3600;

/**
 * Container Insights of the cluster, where it is on (`cluster.containerInsights`): billed by the metric, and metrics are counted as AWS's
 * tables list them by their dimensions. Those of a task are billed for the hours in which it lives.
 */
export const containerInsightsAddOn: AddOn = {
  id: "container-insights",
  label: "Container Insights",
  reference: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html",
  inputs: [],
  meterAll(whole, context) {
    if (context.settings.containerInsights === "off") return [];
    const [onEcs, onKubernetes] = byOrchestrator(whole);
    const metrics = metricsOf(context);
    return [
      ...(onEcs.running.length === 0 ? [] : [ofCluster(onEcs, metrics)]),
      ...ofServices(onEcs, metrics),
      ...ofTasks(onEcs, metrics),
      ...(onKubernetes.running.length === 0 || metrics.byTask ? [] : meterInsights(onKubernetes, context)),
    ];
  },
  assumptions(whole, context) {
    if (context.settings.containerInsights === "off") return [];
    if (whole.running.some(({ launchType }) => runsOnKubernetes(launchType))) return onKubernetes(context);
    const text =
      "Metrics of Container Insights are counted by AWS's tables of them, without those of health checks, restarts, EBS volumes and agents; the performance logs that it writes are not counted.";
    return [{ code: "container_insights_counted", text }];
  },
  example: {
    id: "CI-ECS-1",
    source:
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html (metrics by dimension, 2026; the sum is arithmetic)",
    given:
      "a service of one task on Fargate for a month: 12 metrics of the cluster, 10 of the task definition, 15 of the service",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      cluster: { containerInsights: "standard" },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "cloudwatch/custom-metric": "11.10" },
  },
};

function byOrchestrator(whole: Whole): readonly [onEcs: Whole, onKubernetes: Whole] {
  const running = (kubernetes: boolean) =>
    whole.running.filter(({ launchType }) => runsOnKubernetes(launchType) === kubernetes);
  return [
    { ...whole, running: running(false) },
    { ...whole, running: running(true) },
  ];
}

function onKubernetes({ settings }: Context) {
  const text =
    settings.containerInsights === "enhanced"
      ? "Enhanced observability of EKS is billed by the observation, of which no price is known here: it is not counted (cluster.containerInsights: standard is)."
      : "Container Insights of EKS is counted as AWS told in 2020: so many metrics of the cluster, each node, each workload's pods and each Service, which every workload but jobs is taken to have one of; the performance logs that it writes are not counted.";
  return [{ code: "container_insights_counted", text }];
}

type Metrics = ReturnType<typeof metricsOf>;

/** How many metrics there are of each kind of thing. */
function metricsOf({ settings, book }: Context) {
  const detail = settings.containerInsights;
  const limit = (of: string) => limitOf(book, `cloudwatch/container-insights/${detail}/${of}`);
  return {
    sku: detail === "enhanced" ? "cloudwatch/container-insights/ecs-enhanced-metric" : "cloudwatch/custom-metric",
    ofTasks: (onFargate: boolean) => limit("of-tasks") + (onFargate ? limit("of-fargate-tasks") : 0),
    ofContainers: limit("of-containers"),
    ofServices: limit("of-services"),
    ofClusters: limit("of-clusters"),
    ofInstances: limit("of-instances"),
    byTask: detail === "enhanced",
  };
}

function usageOf({ sku }: Metrics, service: string | null, of: string) {
  return { sku, service, description: `Container Insights, metrics of ${of}` };
}

function ofCluster({ workload, running }: Whole, metrics: Metrics): Usage {
  const hasInstances = running.some(({ launchType }) => launchType.billedBy === "instance");
  const count =
    metrics.ofTasks(running.some((on) => on.tasks.some((tasks) => hasEphemeralStorage(on, tasks)))) +
    metrics.ofContainers +
    metrics.ofClusters +
    (hasInstances ? metrics.ofInstances : 0);
  return periodUsage(workload).kept(usageOf(metrics, null, "the cluster"), fraction(count));
}

/** Of the service, and its part of those of the task definition's family, from its first task's start to its last one's end. */
function ofServices({ running }: Whole, metrics: Metrics): Usage[] {
  const rows = running.flatMap((on) =>
    on.tasks.map(({ life, task, share }) => ({ ...life, task, share, onFargate: hasEphemeralStorage(on, { task }) })),
  );
  const byService = Map.groupBy(rows, ({ task }) => task.service);
  const families = sharedEqually([...byService.keys()], ({ taskDefinition }) => [taskDefinition.family]);
  return [...byService].map(([service, lives]) => {
    const startSeconds = lives.reduce((first, life) => Math.min(first, life.startSeconds), Number.POSITIVE_INFINITY);
    const endSeconds = lives.reduce((last, life) => Math.max(last, life.endSeconds), 0);
    const own = ofEachTask(
      service,
      metrics,
      lives.some(({ onFargate }) => onFargate),
    );
    const count = add(
      multiply(families.get(service) ?? zero, fraction(own)),
      isJob(service) ? zero : fraction(own + metrics.ofServices),
    );
    return {
      ...usageOf(metrics, service.name, "services and task definitions"),
      quantity: multiply(count, fraction(wholeHours(endSeconds - startSeconds))),
      ...{ unit: "item-second" as const, startSeconds, endSeconds },
    };
  });
}

/** By task and family, and by task and service where there is one. */
function ofTasks({ running }: Whole, metrics: Metrics): Usage[] {
  if (!metrics.byTask) return [];
  return running.flatMap((on) =>
    on.tasks.map(({ life, task, share }) => {
      const { startSeconds, endSeconds, times, count } = life;
      const own = ofEachTask(task.service, metrics, hasEphemeralStorage(on, { task })) * (isJob(task.service) ? 1 : 2);
      const seconds = BigInt(wholeHours((endSeconds - startSeconds) / times)) * BigInt(times) * BigInt(count);
      return {
        ...usageOf(metrics, task.service.name, "tasks"),
        quantity: multiply(fraction(BigInt(own) * seconds), share),
        ...{ unit: "item-second" as const, startSeconds, endSeconds },
      };
    }),
  );
}

function ofEachTask({ taskDefinition }: Service, metrics: Metrics, onFargate: boolean): number {
  return metrics.ofTasks(onFargate) + metrics.ofContainers * taskDefinition.containers.length;
}

function wholeHours(seconds: number): number {
  return Math.ceil(seconds / secondsPerHour) * secondsPerHour;
}

function isJob({ lifetime }: Service): boolean {
  return lifetime.kind === "runs";
}

/** Fargate tells of it, of tasks on Linux. */
function hasEphemeralStorage({ launchType }: Running, { task }: Pick<RunningTasks, "task">): boolean {
  if (runsOnOwnMachines(launchType)) return false;
  return launchType.billedBy === "task" && task.service.taskDefinition.operatingSystem === "linux";
}
