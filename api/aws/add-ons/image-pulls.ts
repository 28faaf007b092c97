import { type AddOn, amountOf, type Running, type UsageInput, type Whole } from "../../core/model/add-on.ts";
import { add, decimalFraction, type Fraction, fraction, multiply, zero } from "../../core/model/fraction.ts";
import type { Service } from "../../core/model/workload.ts";
import { gatewayEndpoint, natGateways, pullsThroughNat } from "../private-network.ts";

const imageMB: UsageInput = {
  name: "imageMB",
  of: "service",
  unit: "MB of 1024² bytes, compressed, of all images of a task together",
  max: 100_000,
  default: 250,
  text: "The images of a task are taken to be 250 MB together, compressed (usage.services.NAME.imageMB). Effect: against none.",
  against: 0,
};

const bytesPerMb = 1024n ** 2n;

/**
 * Images through NAT gateways: at every start of a task that is billed by itself, which caches nothing; on an instance once after its
 * launch. What is there when the period begins was pulled before.
 */
export const imagePullsAddOn: AddOn = {
  id: "image-pulls",
  label: "Images through NAT gateways",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-pull-behavior.html",
  inputs: [natGateways, gatewayEndpoint, imageMB],
  meterAll(whole, context) {
    if (!pullsThroughNat(context)) return [];
    return [...pullsByService(whole)].map(([service, pulls]) => ({
      ...{ sku: "nat-gateway/data", service: service.name, description: "Images through NAT gateways" },
      quantity: multiply(multiply(pulls, decimalFraction(amountOf(context, imageMB, service))), fraction(bytesPerMb)),
      ...{ unit: "byte", startSeconds: 0, endSeconds: whole.workload.periodSeconds },
    }));
  },
  assumptions: (whole, context) => {
    if (!pullsThroughNat(context) || pullsByService(whole).size === 0) return [];
    const text =
      "Images are pulled at every start of a Fargate task, and by an instance once after its launch, of every service that may run on it; what is there when the period begins has pulled them before, and services that are always on are not deployed anew.";
    return [{ code: "image_pulls", text }];
  },
  example: {
    id: "OWN-PULL-1",
    source: "arithmetic of this project at the price of aws.amazon.com/vpc/pricing: no published example",
    given: "4,096 runs of one task whose image has 250 MB pull 1,000 GB through a NAT gateway at $0.045",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "job", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "job" }] },
      ],
      runs: [{ taskDefinition: "job", tasks: 1, seconds: 60, times: 4096 }],
      usage: { cluster: { natGateways: 1 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "nat-gateway/data": "45.00" },
  },
};

function pullsByService(whole: Whole): Map<Service, Fraction> {
  const pulls = new Map<Service, Fraction>();
  const services = new Map(whole.workload.services.map((service) => [service.name, service]));
  const count = (name: string, some: Fraction) => {
    const service = services.get(name);
    if (service !== undefined && some.numerator > 0n) pulls.set(service, add(pulls.get(service) ?? zero, some));
  };
  for (const running of whole.running) {
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
