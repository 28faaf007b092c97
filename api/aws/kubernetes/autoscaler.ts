import type { z } from "zod";
import { fieldPath, type Problem } from "../../core/model/problem.ts";
import type { ReplicaRules } from "../../core/model/replica-controller.ts";
import { choice, field, fieldsOf, listOf, objectOf, problemsOf, text, whole } from "../documents/fields.ts";
import { defaultNamespace, type KubernetesObject, objectName } from "./object.ts";
import { cpuQuantity, memoryQuantity } from "./quantity.ts";

/** A HorizontalPodAutoscaler. */
export interface Autoscaler {
  readonly path: string;
  readonly min: number;
  readonly max: number;
  readonly metrics: readonly AutoscalerMetric[];
  /** Not all of its metrics are CPU and memory of its pods. */
  readonly hasOtherMetrics: boolean;
  readonly up: ReplicaRules;
  readonly down: ReplicaRules;
}

/** Of a pod on average: percent of what it requests, or thousandths of a vCPU or MiB. */
export type AutoscalerMetric = { readonly kind: "cpu" | "memory" } & (
  | { readonly percent: number }
  | { readonly amount: number }
);

const count = whole({ min: 0, max: 1_000_000, unit: "pods" });
const percent = whole({ min: 1, max: 1_000_000, unit: "percent" });

const rules = objectOf({
  stabilizationWindowSeconds: whole({ min: 0, max: 3600, unit: "seconds" }),
  selectPolicy: choice(["Max", "Min", "Disabled"]),
  policies: listOf(
    objectOf({
      type: choice(["Pods", "Percent"]),
      value: whole({ min: 1, max: 1_000_000, unit: null }),
      periodSeconds: whole({ min: 1, max: 1800, unit: "seconds" }),
    }),
  ),
});

const target = { averageUtilization: percent };

/** Source: autoscaling/v2 and autoscaling/v1 of the Kubernetes API, 1.33. */
const autoscaler = fieldsOf({
  metadata: objectName,
  spec: objectOf({
    minReplicas: count,
    maxReplicas: count,
    scaleTargetRef: objectOf({ kind: text(), name: text(253) }),
    targetCPUUtilizationPercentage: percent,
    metrics: listOf(
      objectOf({
        type: text(),
        resource: objectOf({ name: text(), target: objectOf({ ...target, averageValue: field((value) => value) }) }),
      }),
    ),
    behavior: objectOf({ scaleUp: rules, scaleDown: rules }),
  }),
});

type Spec = NonNullable<z.output<typeof autoscaler>["spec"]>;

/** Where nothing is said. Source: kubernetes.io, Horizontal Pod Autoscaling, default behavior; autoscaling/v2 MetricSpec. */
const usually = {
  cpuPercent: 80,
  up: {
    windowSeconds: 0,
    select: "max",
    policies: [
      { kind: "percent", value: 100, periodSeconds: 15 },
      { kind: "tasks", value: 4, periodSeconds: 15 },
    ],
  },
  down: { windowSeconds: 300, select: "max", policies: [{ kind: "percent", value: 100, periodSeconds: 15 }] },
} as const satisfies { cpuPercent: number; up: ReplicaRules; down: ReplicaRules };

/** By `namespace/kind/name` of what they scale. */
export function autoscalersIn(all: readonly KubernetesObject[], problems: Problem[]): ReadonlyMap<string, Autoscaler> {
  const found = new Map<string, Autoscaler>();
  for (const { value, path } of all.filter((one) => one.value.kind === "HorizontalPodAutoscaler")) {
    const parsed = autoscaler.safeParse(value);
    if (!parsed.success) problems.push(...problemsOf(parsed.error, path));
    const { metadata, spec } = parsed.data ?? { metadata: null, spec: null };
    if (spec === null) continue;
    const min = spec.minReplicas ?? 1;
    const scaled = `${metadata?.namespace ?? defaultNamespace}/${spec.scaleTargetRef?.kind}/${spec.scaleTargetRef?.name}`;
    found.set(scaled, {
      ...{ path: fieldPath(path, "spec"), min, max: Math.max(min, spec.maxReplicas ?? min) },
      ...metricsOf(spec),
      up: rulesOf(spec.behavior?.scaleUp ?? null, usually.up),
      down: rulesOf(spec.behavior?.scaleDown ?? null, usually.down),
    });
  }
  return found;
}

function metricsOf(spec: Spec): Pick<Autoscaler, "metrics" | "hasOtherMetrics"> {
  if (spec.metrics.length === 0) {
    const cpuPercent = spec.targetCPUUtilizationPercentage ?? usually.cpuPercent;
    return { metrics: [{ kind: "cpu", percent: cpuPercent }], hasOtherMetrics: false };
  }
  const metrics = spec.metrics.flatMap((metric): AutoscalerMetric[] => {
    const kind = metric?.resource?.name;
    if (metric?.type !== "Resource" || (kind !== "cpu" && kind !== "memory")) return [];
    const { averageUtilization, averageValue } = metric.resource?.target ?? {};
    if (averageUtilization != null) return [{ kind, percent: averageUtilization }];
    const { data: amount } = (kind === "cpu" ? cpuQuantity() : memoryQuantity()).safeParse(averageValue);
    return amount ? [{ kind, amount }] : [];
  });
  return { metrics, hasOtherMetrics: metrics.length < spec.metrics.length };
}

/** Policies that are given stand for the usual ones, all of them. */
function rulesOf(given: z.output<typeof rules>, otherwise: ReplicaRules): ReplicaRules {
  const policies = (given?.policies ?? []).flatMap((policy) => {
    if (policy?.value == null || policy.periodSeconds === null) return [];
    const kind = policy.type === "Percent" ? ("percent" as const) : ("tasks" as const);
    return [{ kind, value: policy.value, periodSeconds: policy.periodSeconds }];
  });
  const select = { Max: "max", Min: "min", Disabled: "disabled" } as const;
  return {
    windowSeconds: given?.stabilizationWindowSeconds ?? otherwise.windowSeconds,
    select: given?.selectPolicy ? select[given.selectPolicy] : otherwise.select,
    policies: policies.length === 0 ? otherwise.policies : policies,
  };
}
