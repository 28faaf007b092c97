import type { AddOn } from "../../core/model/add-on.ts";
import { fraction } from "../../core/model/fraction.ts";
import type { ScalingPolicy } from "../../core/model/scaling.ts";
import type { Service } from "../../core/model/workload.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices } from "../running-services.ts";

/** Target tracking makes one alarm to scale out by and one to scale in by; a step scaling policy has its own. */
const alarmsOf = { "target-tracking": 2, "step-scaling": 1 } as const;
/** Alarms on metrics of a finer resolution than this are high-resolution ones. */
const standardPeriodSeconds = 60;

/** The CloudWatch alarms that scaling policies of services act on. */
export const scalingAlarmsAddOn: AddOn = {
  id: "scaling-alarms",
  label: "Alarms of scaling policies",
  reference:
    "https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html",
  shared: true,
  inputs: [],
  meterAll(whole) {
    const { kept } = periodUsage(whole.workload);
    return runningServices(whole).flatMap(({ service }) =>
      policiesOf(service).map((policy) => {
        const resolution = policy.metric.periodSeconds < standardPeriodSeconds ? "high-resolution" : "standard";
        const description = `CloudWatch alarms of scaling policies, ${resolution}`;
        const of = { sku: `cloudwatch/alarm/${resolution}`, service: service.name, description };
        return kept(of, fraction(alarmsOf[policy.kind]));
      }),
    );
  },
  example: {
    id: "CWA-1",
    source: "arithmetic of this project: no published example",
    given: "two alarms of target tracking by the minute at $0.10 and two by 20 seconds at $0.30 for a month",
    request: {
      region: "us-east-1",
      period: { start: "2026-11-01T00:00:00Z" },
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      services: [
        {
          ...{ serviceName: "one", taskDefinition: "one", desiredCount: 1 },
          scaling: [
            {
              ResourceId: "service/shop/one",
              ScalableDimension: "ecs:service:DesiredCount",
              MinCapacity: 1,
              MaxCapacity: 2,
            },
            tracking("ECSServiceAverageCPUUtilization"),
            tracking("ECSServiceAverageMemoryUtilizationHighResolution"),
          ],
        },
      ],
    },
    option: "fargate",
    unitPrices: {},
    lines: { "cloudwatch/alarm/standard": "0.20", "cloudwatch/alarm/high-resolution": "0.60" },
  },
};

function policiesOf({ lifetime }: Service): readonly ScalingPolicy[] {
  return lifetime.kind === "scaled" ? (lifetime.scaling?.policies ?? []) : [];
}

function tracking(PredefinedMetricType: string) {
  return {
    ...{ PolicyName: PredefinedMetricType, PolicyType: "TargetTrackingScaling", ServiceNamespace: "ecs" },
    ...{ ResourceId: "service/shop/one", ScalableDimension: "ecs:service:DesiredCount" },
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 50,
      PredefinedMetricSpecification: { PredefinedMetricType },
    },
  };
}
