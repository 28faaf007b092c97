import type { Plan, WhatIf, WhatIfFacts } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { KubernetesSettings } from "../../core/model/settings.ts";
import { podRequest } from "../eks/pod.ts";
import { named, withSettings } from "../plan-changes.ts";
import { anyWhatIfs } from "./any-launch-type.ts";

const controlPlane: WhatIf = {
  code: "eks_control_plane",
  text: ({ context }) =>
    context.settings.kubernetes.clusters === null
      ? "One cluster of its own is counted (cluster.kubernetes.clusters). Effect: against one that is there already."
      : null,
  without: (plan) => withKubernetes(plan, { clusters: 0 }),
};

const standardSupport: WhatIf = {
  code: "eks_standard_support",
  text: ({ context }) =>
    context.settings.kubernetes.extendedSupport === null && context.settings.kubernetes.clusters !== 0
      ? "The cluster's Kubernetes version is in its 14 months of standard support (cluster.kubernetes.extendedSupport). Effect: against extended support."
      : null,
  without: (plan) => withKubernetes(plan, { extendedSupport: true }),
};

const systemPods: WhatIf = {
  code: "eks_coredns",
  text: ({ tasks, context }) => {
    const own = tasks.find(({ service }) => service.name === "kube-system/coredns");
    if (own === undefined || context.settings.kubernetes.coreDnsPods !== null) return null;
    const { millicpu, memoryMiB } = podRequest(own.service.taskDefinition);
    return `${own.service.tasks} CoreDNS pods of ${millicpu}m and ${memoryMiB} MiB run beside (cluster.kubernetes.coreDnsPods). Effect: against none.`;
  },
  without: (plan) => withKubernetes(plan, { coreDnsPods: 0 }),
};

const tasksAsPods: WhatIf = {
  code: "eks_tasks_as_pods",
  text: ({ tasks }) => {
    const mapped = withoutSystem(tasks).filter(({ service }) => service.taskDefinition.podRequest === undefined);
    if (mapped.length === 0) return null;
    return "Each task is a pod that requests what ECS reserves for the task: soft memory limits before hard ones, CPU rounded up to thousandths of a vCPU.";
  },
  without: () => null,
};

const requestsMissing: WhatIf = {
  code: "eks_requests_missing",
  text: ({ tasks }) => {
    const without = withoutSystem(tasks).filter(({ service }) => {
      const { millicpu, memoryMiB } = podRequest(service.taskDefinition);
      return millicpu === 0 || memoryMiB === 0;
    });
    if (without.length === 0) return null;
    return `No CPU or no memory is requested in ${named(without.map(({ service }) => service.taskDefinition.id))}: Kubernetes counts 0 of it when it places them.`;
  },
  without: () => null,
};

const fargateSizes: WhatIf = {
  code: "eks_fargate_size",
  text: ({ context }) =>
    `A pod is billed at the first Fargate size that holds its requests and ${limitOf(context.book, "eks-fargate/added-memory-mib")} MiB for the Kubernetes components; its limits are taken to equal its requests, as EKS Fargate wants.`,
  without: () => null,
};

const fargateStorage: WhatIf = {
  code: "eks_fargate_storage",
  text: ({ tasks }) => {
    const some = tasks.filter(({ admission }) => admission.demand.resources["ephemeral-storage"] !== undefined);
    if (some.length === 0) return null;
    return `Of the ephemeral storage of ${named(some.map(({ service }) => service.taskDefinition.id))} what is requested above 20 GiB is billed; EKS provisions more than that (115 GiB for 100), and AWS does not say which of the two is billed.`;
  },
  without: () => null,
};

/** Of every launch type of Kubernetes. */
export const eksWhatIfs: readonly WhatIf[] = [
  ...anyWhatIfs,
  controlPlane,
  standardSupport,
  systemPods,
  tasksAsPods,
  requestsMissing,
];

export const eksFargateWhatIfs: readonly WhatIf[] = [
  ...eksWhatIfs.filter(({ code }) => code !== "architecture_default"),
  fargateSizes,
  fargateStorage,
];

function withoutSystem(tasks: WhatIfFacts["tasks"]): WhatIfFacts["tasks"] {
  return tasks.filter(({ service }) => service.name !== "kube-system/coredns");
}

/** The same plan with other settings of the cluster. */
export function withKubernetes(plan: Plan, changes: Partial<KubernetesSettings>): Plan {
  const { kubernetes } = plan.workload.settings;
  return withSettings(plan, { kubernetes: { ...kubernetes, ...changes } });
}
