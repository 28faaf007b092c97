import { describe, expect, test } from "vitest";
import type { Asked } from "../../api/slack/command.ts";
import { savedRequest } from "../../api/slack/saved-request.ts";

const plain: Asked = {
  ...{ subject: { kind: "saved", name: "checkout", version: null }, times: 1, region: null, asOf: null, hours: null },
  ...{ options: [], interruptible: false },
};

function read(saved: object, asked: Partial<Asked>) {
  const request = savedRequest(JSON.stringify(saved), { ...plain, ...asked });
  return request.ok ? request.value : request.problems;
}

const definitions = [{ family: "web", revision: 3 }, { taskDefinition: { family: "api" } }];

describe("three times a saved request", () => {
  test("has three times the tasks of services and of runs, and one daemon an instance", () => {
    const services = [
      { taskDefinition: "web", desiredCount: 4 },
      { taskDefinition: "log", schedulingStrategy: "DAEMON" },
    ];
    const runs = [
      { taskDefinition: "job", tasks: 2, seconds: 60 },
      { taskDefinition: "job", seconds: 60 },
    ];

    expect(read({ services, runs }, { times: 3 })).toEqual({
      services: [
        { taskDefinition: "web", desiredCount: 12 },
        { taskDefinition: "log", schedulingStrategy: "DAEMON" },
      ],
      runs: [
        { taskDefinition: "job", tasks: 6, seconds: 60 },
        { taskDefinition: "job", seconds: 60, tasks: 3 },
      ],
    });
  });

  test("has three tasks where a single one is priced for want of a number, or of services", () => {
    expect(read({ services: [{ taskDefinition: "web" }] }, { times: 3 })).toMatchObject({
      services: [{ desiredCount: 3 }],
    });
    expect(read({ taskDefinitions: definitions }, { times: 3 })).toMatchObject({
      services: [
        { taskDefinition: "web:3", desiredCount: 3 },
        { taskDefinition: "api", desiredCount: 3 },
      ],
    });
  });

  test("has three times the limits of what scales, and three times the load", () => {
    const scaling = {
      ScalableTargets: [{ MinCapacity: 2, MaxCapacity: 10 }],
      ScheduledActions: [{ ScalableTargetAction: { MinCapacity: 4 } }],
      model: { startSeconds: 60 },
    };
    const services = [{ taskDefinition: "web", scaling, load: [{ constant: 5 }, { constant: 1, scale: 2 }] }];

    expect(read({ services }, { times: 3 })).toMatchObject({
      services: [
        {
          scaling: {
            ScalableTargets: [{ MinCapacity: 6, MaxCapacity: 30 }],
            ScheduledActions: [{ ScalableTargetAction: { MinCapacity: 12 } }],
            model: { startSeconds: 60 },
          },
          load: [
            { constant: 5, scale: 3 },
            { constant: 1, scale: 6 },
          ],
        },
      ],
    });
  });

  test("is refused by name for manifests and for steps that are numbers of tasks", () => {
    const steps = [
      { scaling: { ScalingPolicies: [{ StepScalingPolicyConfiguration: { AdjustmentType: "ChangeInCapacity" } }] } },
    ];

    expect(read({ manifests: [{ kind: "Deployment" }] }, { times: 3 })).toMatchObject([{ path: "manifests" }]);
    expect(read({ services: steps }, { times: 3 })).toMatchObject([{ code: "not_supported_yet", path: "services" }]);
  });
});

test("region, day, hours and options are laid over it, and the rest stays", () => {
  const asked = { region: "eu-west-1", asOf: "2026-09-01", hours: 24, options: ["ec2"] };

  expect(read({ region: "us-east-1", hours: 730, services: [], seed: 2 }, asked)).toEqual({
    ...asked,
    services: [],
    seed: 2,
  });
});

test("interruptible holds for every service and run", () => {
  const saved = {
    services: [{ taskDefinition: "web", desiredCount: 1 }],
    runs: [{ taskDefinition: "job", tasks: 1, seconds: 60 }],
  };

  expect(read(saved, { interruptible: true })).toEqual({
    services: [{ taskDefinition: "web", desiredCount: 1, interruptible: true }],
    runs: [{ taskDefinition: "job", tasks: 1, seconds: 60, interruptible: true }],
  });
});
