import type { ServiceDocument, UnderLoad } from "../../core/model/document.ts";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { ReplicaMetric } from "../../core/model/replica-controller.ts";
import type { Scaling } from "../../core/model/scaling.ts";
import type { Autoscaler, AutoscalerMetric } from "./autoscaler.ts";
import { type PodSpec, runningShares } from "./pod-spec.ts";

/** Flags of kube-controller-manager as they are unless set. Source: kubernetes.io, Horizontal Pod Autoscaling. */
const syncSeconds = 15;
const tolerance = 0.1;
/** From the decision to start a pod until it takes load: a guess. */
const startSeconds = 60;

/** How pods come and go under a load that is given for them; without an autoscaler there are as many as there are. */
export function underLoad(pod: PodSpec, autoscaler: Autoscaler | null): UnderLoad {
  const behaviour = { startSeconds, drainSeconds: 0, stops: "newest", utilizationMaxPercent: 100 } as const;
  if (autoscaler === null) return { scaling: null, behaviour, notes: [], problems: [] };
  const { min, max, up, down } = autoscaler;
  const metrics = autoscaler.metrics.map((metric) => replicaMetric(metric, pod));
  const scaling: Scaling = {
    ...{ min, max, policies: [], scheduledActions: [] },
    suspended: { in: false, out: false, scheduled: false },
    controller: { syncSeconds, tolerance, metrics, up, down },
  };
  return { scaling, behaviour, notes: [played(metrics)], problems: problemsOf(autoscaler, metrics) };
}

function replicaMetric(metric: AutoscalerMetric, pod: PodSpec): ReplicaMetric {
  const { requests, limits } = runningShares(pod);
  const { kind } = metric;
  // CPU units, as loads are counted.
  const units = (of: { readonly millicpu: number; readonly memoryMiB: number }) =>
    kind === "cpu" ? (of.millicpu * 1024) / 1000 : of.memoryMiB;
  const most = { millicpu: limits.millicpu ?? 0, memoryMiB: limits.memoryMiB ?? 0 };
  const isLimited = (kind === "cpu" ? limits.millicpu : limits.memoryMiB) !== null;
  const common = { kind, most: isLimited ? units(most) : null };
  if ("percent" in metric) {
    return { ...common, each: units(requests), targetPercent: metric.percent, wholePercent: true };
  }
  const each = units({ millicpu: metric.amount, memoryMiB: metric.amount });
  return { ...common, each, targetPercent: 100, wholePercent: false };
}

function played(metrics: readonly ReplicaMetric[]): ServiceDocument["notes"][number] {
  const free = metrics.filter(({ most }) => most === null).map(({ kind }) => (kind === "cpu" ? "CPU" : "memory"));
  const unlimited =
    free.length === 0 ? "" : ` Without a limit a pod takes all the ${free.join(" and ")} its load wants.`;
  const text = `its HorizontalPodAutoscaler is played every ${syncSeconds} s, on what its pods took in the ${syncSeconds} s before and with a tolerance of ${tolerance * 100} %; in a cluster metrics come later. A pod takes load ${startSeconds} s after it is wanted, and is billed from then on.${unlimited}`;
  return { code: "autoscaler_played", text };
}

function problemsOf({ path, hasOtherMetrics }: Autoscaler, metrics: readonly ReplicaMetric[]): Problem[] {
  const at = fieldPath(path, "metrics");
  if (hasOtherMetrics) {
    const message =
      "This autoscaler has a metric that does not follow from the load: only Resource metrics do, cpu and memory by averageUtilization or averageValue. Take the others out, or the load.";
    return [{ code: "scaling_metric_unknown", path: at, message }];
  }
  return metrics
    .filter(({ each }) => each === 0)
    .map(({ kind }) => {
      const message = `This autoscaler looks at ${kind} in percent of what pods request, and its pods request none. Say resources.requests.${kind}.`;
      return { code: "required", path: at, message };
    });
}
