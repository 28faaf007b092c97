import type { Running, UsageInput, Whole } from "../core/model/add-on.ts";
import { add, type Fraction, fraction, multiply, zero } from "../core/model/fraction.ts";
import type { Service } from "../core/model/workload.ts";
import { runsOnOwnMachines } from "./own-machines.ts";

export const imageMB: UsageInput = {
  name: "imageMB",
  of: "service",
  unit: "MB of 1024² bytes, compressed, of all images of a task together",
  max: 100_000,
  default: 250,
  text: "The images of a task are taken to be 250 MB together, compressed (usage.services.NAME.imageMB). Effect: against none.",
  against: 0,
};

/**
 * How often the images of a service are pulled: at every start of a task that is billed by itself, which caches nothing; by an instance once
 * after its launch. Machines of the user's own pull over the internet. What is there when the period begins was pulled before.
 */
export function pullsByService(whole: Whole): ReadonlyMap<Service, Fraction> {
  const pulls = new Map<Service, Fraction>();
  const services = new Map(whole.workload.services.map((service) => [service.name, service]));
  const count = (name: string, some: Fraction) => {
    const service = services.get(name);
    if (service !== undefined && some.numerator > 0n) pulls.set(service, add(pulls.get(service) ?? zero, some));
  };
  for (const running of whole.running) {
    if (runsOnOwnMachines(running.launchType)) continue;
    if (running.launchType.billedBy === "task") startsOfTasks(running, count);
    else firstPullsOnInstances(running, whole.workload.periodSeconds, count);
  }
  return pulls;
}

type Count = (service: string, pulls: Fraction) => void;

function startsOfTasks({ tasks }: Running, count: Count): void {
  const starts = new Map<string, { readonly share: Fraction; sum: number }>();
  for (const { life, share, task } of tasks) {
    const row = starts.get(life.service) ?? { share, sum: 0 };
    starts.set(life.service, row);
    if (task.service.lifetime.kind === "runs" || life.startSeconds > 0) row.sum += life.count * life.times;
  }
  for (const [service, { share, sum }] of starts) count(service, multiply(share, fraction(sum)));
}

/** Which tasks were on one that came and went is not kept: it pulls the images of all that ran beside it, the most there can be. */
function firstPullsOnInstances({ tasks, instances }: Running, periodSeconds: number, count: Count): void {
  const all = [...new Set(tasks.map(({ life }) => life.service))];
  const pulls = new Map<string, number>();
  for (const life of instances) {
    const isThroughout = life.startSeconds === 0 && life.endSeconds === periodSeconds;
    if (life.startSeconds === 0 && (isThroughout || life.tasks.length === 0)) continue;
    const services = life.tasks.length > 0 ? life.tasks.map(({ service }) => service) : all;
    for (const service of services) pulls.set(service, (pulls.get(service) ?? 0) + life.count);
  }
  for (const [service, sum] of pulls) count(service, fraction(sum));
}
