import { Exact } from "../core/model/exact.ts";
import type { Asked, Running, TaskSubject } from "./command.ts";

/** Where tasks told by their size are priced unless a region is said. */
export const usualRegion = "us-east-1";

/** What a request is priced for that says nothing. */
export const hoursDefault = 730;

/** A request of tasks that are told by their size alone; those that run for a part of the time are runs of so much of the period. */
export function taskRequest({ times, region, asOf, hours, options, interruptible }: Asked, task: TaskSubject): object {
  const { cpuUnits, memoryMiB, architecture, operatingSystem, running } = task;
  const definition = {
    family: "task",
    ...{ cpu: `${cpuUnits}`, memory: `${memoryMiB}`, networkMode: "awsvpc" },
    runtimePlatform: {
      cpuArchitecture: architecture,
      operatingSystemFamily: operatingSystem ?? "LINUX",
    },
    containerDefinitions: [{ name: "task" }],
  };
  const group = { taskDefinition: "task", interruptible };
  return {
    region,
    ...(asOf === null ? {} : { asOf }),
    ...(hours === null ? {} : { hours }),
    ...(options.length === 0 ? {} : { options }),
    taskDefinitions: [definition],
    ...(running === null
      ? { services: [{ serviceName: "task", desiredCount: times, ...group }] }
      : {
          runs: [
            { name: "task", tasks: times, seconds: secondsOf(running, hours ?? hoursDefault), times: 1, ...group },
          ],
        }),
  };
}

const hoursIn: Readonly<Record<Running["per"], number>> = { day: 24, weekday: (24 * 7) / 5, month: hoursDefault };

/** Of the period, to the tenth. */
export function hoursRun(running: Running, periodHours: number | null): string {
  return new Exact(secondsOf(running, periodHours ?? hoursDefault)).div(3600).toDecimalPlaces(1).toFixed();
}

/** To the second, and never none. */
function secondsOf({ hours, per }: Running, periodHours: number): number {
  const seconds = new Exact(periodHours).times(3600).times(hours).div(hoursIn[per]);
  return Math.max(1, Math.min(seconds.toDecimalPlaces(0).toNumber(), Math.floor(periodHours * 3600)));
}
