/** An SKU of ours that no entry of the catalogue reads, and why. */
export interface UnlistedPrice {
  readonly sku: string;
  readonly why: "free-by-statement" | "no-filter-known" | "other-sku-of-ours";
  readonly reason: string;
}

/** Not in any price list, in one without its region, or in one that nobody has quoted its usage type from. */
export const unlisted: readonly UnlistedPrice[] = [
  ...(
    [
      ["ecs/control-plane", "The pricing page of ECS: no additional charge; you pay for what your tasks run on."],
      ["ecs-express-mode/service", "The guide to Express Mode: no additional charge; you pay for what it makes."],
      ["eks/managed-node-group", "The guide to EKS: no additional costs for managed node groups; the list has none."],
      ["ecr/private/pull-same-region", "The pricing page of ECR: transfer to services in the same region is free."],
      ["vpc-endpoint/gateway", "The guide to gateway endpoints: there is no additional charge for using them."],
    ] as const
  ).map(([sku, reason]) => ({ sku, why: "free-by-statement", reason }) as const),
  ...(
    [
      ["data-transfer/inter-region", "The list prices it by destination: data-transfer/inter-region/{toRegion}."],
      [
        "data-transfer/inter-region/us-east",
        "The list prices it by destination: data-transfer/inter-region/us-east-2.",
      ],
      [
        "cloudwatch/detailed-monitoring-metric",
        "AWS's guide to CloudWatch's bills: it is metered as CW:MetricMonitorUsage, like cloudwatch/custom-metric.",
      ],
    ] as const
  ).map(([sku, reason]) => ({ sku, why: "other-sku-of-ours", reason }) as const),
  ...(
    [
      ["clb/data", "What its list calls a Classic Load Balancer's usage is not known."],
      ["clb/hour", "What its list calls a Classic Load Balancer's usage is not known."],
      [
        "cloudwatch/dashboard",
        "Its product (DashboardsUsageHour) belongs to no region: public GitHub file 71166919715.",
      ],
      ["vpc-lattice/data", "Its list's SKU is known (6QWMNMNS4H37T5JU), its usage type is not."],
      ["vpc-lattice/service", "Its list's SKU is known (YJ3BCMKN6N4V4VX3), its usage type is not."],
    ] as const
  ).map(([sku, reason]) => ({ sku, why: "no-filter-known", reason }) as const),
];
