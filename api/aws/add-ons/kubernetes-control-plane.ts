import type { AddOn } from "../../core/model/add-on.ts";
import { fraction } from "../../core/model/fraction.ts";
import { runsOnKubernetes } from "../eks/control-plane.ts";

/** Control planes of the clusters, by the hour: once, whatever runs on how many nodes. No Savings Plan covers them. */
export const kubernetesControlPlaneAddOn: AddOn = {
  id: "kubernetes-control-plane",
  label: "EKS control plane",
  reference: "https://aws.amazon.com/eks/pricing/",
  inputs: [],
  shared: true,
  required: true,
  meterAll({ workload, running }) {
    if (!running.some(({ launchType }) => runsOnKubernetes(launchType))) return [];
    const { clusters, extendedSupport, controlPlaneTier } = workload.settings.kubernetes;
    const meters = [
      { sku: "eks/cluster", description: "EKS control plane" },
      ...(extendedSupport
        ? [{ sku: "eks/cluster/extended-support-surcharge", description: "EKS control plane, extended support" }]
        : []),
      ...(controlPlaneTier === null || controlPlaneTier === "standard"
        ? []
        : [
            {
              sku: `eks/provisioned-control-plane/${controlPlaneTier}`,
              description: `EKS control plane, provisioned tier ${controlPlaneTier.toUpperCase()}`,
            },
          ]),
    ];
    const seconds = BigInt(clusters ?? 1) * BigInt(workload.periodSeconds);
    return meters.map((meter) => ({
      ...meter,
      service: null,
      quantity: fraction(seconds),
      unit: "item-second",
      startSeconds: 0,
      endSeconds: workload.periodSeconds,
    }));
  },
  example: {
    id: "AWS-EKS-U",
    source: "EKS pricing page figures, in two copies of 2026 (public GitHub files 55040879245, 68837088192)",
    given: "a cluster in extended support costs $0.60 an hour in all, $438.00 in 730 hours: $0.10 and $0.50 on top",
    request: {
      region: "us-east-1",
      taskDefinitions: [{ family: "pod", containerDefinitions: [{ name: "pod", cpu: 256, memory: 512 }] }],
      cluster: { kubernetes: { extendedSupport: true, controlPlaneTier: "xl" } },
    },
    option: "eks-fargate",
    unitPrices: {},
    lines: {
      "eks/cluster": "73.00",
      "eks/cluster/extended-support-surcharge": "365.00",
      "eks/provisioned-control-plane/xl": "1204.50",
    },
  },
};
