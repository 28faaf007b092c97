import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { bench, do_not_optimize, group, run } from "mitata";
import { nextInstant } from "../../api/aws/calendar.ts";
import { documentFormats } from "../../api/aws/documents/catalogue.ts";
import type { Demand } from "../../api/core/model/demand.ts";
import type { Workload } from "../../api/core/model/workload.ts";
import { parse } from "../../api/core/parsing/parse.ts";
import { simulate } from "../../api/core/scaling/simulate.ts";

const hoursPerYear = 8760;
const day = [2, 2, 2, 2, 2, 2, 4, 8, 12, 14, 14, 14, 13, 13, 14, 14, 12, 10, 8, 6, 5, 4, 3, 2];
const shapes = {
  stepped: { daily: day, interpolation: "step" },
  interpolated: { daily: day, interpolation: "linear" },
  noisy: { generate: { base: 2, peak: 14, noise: 0.1, weekendFactor: 0.5 } },
};

/** Services that track CPU and requests with a schedule beside it, played a minute at a time over a year. */
export async function benchScaling(): Promise<void> {
  const oneOf = (load: object) => scaledWorkload([load], hoursPerYear);
  group("one service over a year", () => {
    for (const [name, load] of Object.entries(shapes)) {
      const workload = oneOf(load);
      bench(name, () => do_not_optimize(playAnew(workload)));
    }
  });
  group("many services over a year", () => {
    const all = Object.values(shapes);
    for (const [name, loads] of [["stepped", [shapes.stepped]] as const, ["a third of each", all] as const]) {
      const workload = scaledWorkload(
        Array.from({ length: 100 }, (_, at) => loads[at % loads.length] ?? {}),
        hoursPerYear,
      );
      bench(`100 services, ${name}`, () => do_not_optimize(playAnew(workload)));
    }
  });
  await run();
  for (const months of [3, 12]) {
    const [kib, changes] = held(scaledWorkload([shapes.noisy], months * 730));
    console.log(`noisy, ${months} months: ${kib} KiB held for ${changes} changes of the number of tasks`);
  }
}

/** Nothing is known of the services from the run before. */
function playAnew(workload: Workload): Demand {
  const services = workload.services.map((service) => ({ ...service }));
  const capacity = { cpuUnits: 1024, memoryMiB: 2048 };
  return simulate({ ...workload, services }, { capacityOf: () => capacity, calendar: nextInstant });
}

function held(workload: Workload): [kib: number, changes: number] {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const used = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const demand = playAnew(workload);
  const kib = Math.round((used() - before) / 1024);
  return [kib, demand.reports.reduce((sum, { timeline }) => sum + timeline.length, 0)];
}

function scaledWorkload(loads: readonly object[], hours: number): Workload {
  const parsed = parse(
    {
      region: "us-east-1",
      hours,
      period: { start: "2026-01-01T00:00:00Z", timeZone: "Europe/Berlin" },
      taskDefinitions: [{ family: "web", cpu: "1024", memory: "2048", containerDefinitions: [{ name: "web" }] }],
      services: loads.map((load, at) => ({
        serviceName: `web-${at}`,
        taskDefinition: "web",
        desiredCount: 4,
        load: { ...load, unit: "requests-per-second", scale: 100, perRequest: { cpuMilliseconds: 10 } },
        scaling: scalingOf(`web-${at}`),
      })),
    },
    documentFormats,
  );
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problem.message).join("\n"));
  return parsed.value;
}

function scalingOf(service: string) {
  const target = {
    ServiceNamespace: "ecs",
    ResourceId: `service/shop/${service}`,
    ScalableDimension: "ecs:service:DesiredCount",
  };
  const tracking = (PolicyName: string, TargetValue: number, PredefinedMetricType: string) => ({
    ...target,
    PolicyName,
    PolicyType: "TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration: { TargetValue, PredefinedMetricSpecification: { PredefinedMetricType } },
  });
  const scheduled = (ScheduledActionName: string, Schedule: string, MinCapacity: number) => ({
    ...target,
    ScheduledActionName,
    Schedule,
    Timezone: "Europe/Berlin",
    ScalableTargetAction: { MinCapacity },
  });
  return {
    ScalableTargets: [{ ...target, MinCapacity: 2, MaxCapacity: 60 }],
    ScalingPolicies: [
      tracking("cpu", 60, "ECSServiceAverageCPUUtilization"),
      tracking("requests", 4000, "ALBRequestCountPerTarget"),
    ],
    ScheduledActions: [
      scheduled("morning", "cron(0 8 ? * MON-FRI *)", 6),
      scheduled("evening", "cron(0 20 ? * MON-FRI *)", 2),
    ],
  };
}
