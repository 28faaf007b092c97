import type { RunningTasks, Whole } from "../../core/model/add-on.ts";
import { fraction } from "../../core/model/fraction.ts";
import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { Usage } from "../../core/model/usage.ts";
import { systemPods } from "./node.ts";

const secondsPerHour = 3600;

/**
 * Container Insights of a cluster of Kubernetes, metered by the metric: so many of the cluster and of each node, and of each name of a pod
 * and of a Service, however many pods have that name. Source: aws/containers-roadmap#672, the pricing page's words of 2020-04.
 */
export function meterInsights({ workload, running }: Whole, context: Context): Usage[] {
  const metrics = (of: string) => limitOf(context.book, `cloudwatch/container-insights/eks/${of}`);
  const { periodSeconds } = workload;
  const row = (service: string | null, of: string, when: Span & { readonly count: number }): Usage => ({
    ...{ sku: "cloudwatch/custom-metric", service, description: `Container Insights, metrics of ${of}` },
    quantity: fraction(BigInt(when.count) * BigInt(wholeHours(when.endSeconds - when.startSeconds))),
    ...{ unit: "item-second", startSeconds: when.startSeconds, endSeconds: when.endSeconds },
  });
  const always = { startSeconds: 0, endSeconds: periodSeconds };
  const instances = running.flatMap((on) => on.instances);
  // Of the system's own DaemonSets; in Auto Mode they are no pods.
  const hasSystemPods = running.some(({ launchType }) => launchType.launchType === "eks-ec2");
  const systemNames = hasSystemPods ? systemPods(context).length : 0;
  const byService = Map.groupBy(
    running.flatMap(({ tasks }) => tasks),
    ({ task }) => task.service,
  );
  return [
    row(null, "the cluster", { ...always, count: metrics("of-clusters") + systemNames * metrics("of-pods") }),
    ...instances.map((life) => row(null, "nodes", { ...life, count: life.count * metrics("of-nodes") })),
    ...[...byService].map(([service, tasks]) => {
      const services = service.lifetime.kind === "runs" ? 0 : metrics("of-services");
      return row(service.name, "pods and Services", { ...spanOf(tasks), count: metrics("of-pods") + services });
    }),
  ];
}

interface Span {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** From the first pod's start to the last one's end. */
function spanOf(tasks: readonly RunningTasks[]): Span {
  return {
    startSeconds: tasks.reduce((first, { life }) => Math.min(first, life.startSeconds), Number.POSITIVE_INFINITY),
    endSeconds: tasks.reduce((last, { life }) => Math.max(last, life.endSeconds), 0),
  };
}

function wholeHours(seconds: number): number {
  return Math.ceil(seconds / secondsPerHour) * secondsPerHour;
}
