import type { PolicyKind } from "./policy-kind.ts";

/** Refused by name: its forecasts come of a model that AWS does not publish, from two weeks of history that no request holds. */
export const predictiveScaling: PolicyKind = {
  policyType: "PredictiveScaling",
  reference:
    "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PredictiveScalingPolicyConfiguration.html",
  configuration: "PredictiveScalingPolicyConfiguration",
  read: ({ name, path }) => ({
    policies: [],
    problems: [
      {
        code: "predictive_scaling",
        path,
        message: `${name} is a PredictiveScaling policy, whose forecasts nobody but AWS can make. Take it out to compare without it, or stand a scheduled action in for it.`,
      },
    ],
  }),
  example: {
    PolicyName: "forecast",
    PolicyType: "PredictiveScaling",
    PredictiveScalingPolicyConfiguration: { Mode: "ForecastAndScale", MetricSpecifications: [{ TargetValue: 40 }] },
  },
};
