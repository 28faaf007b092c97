import type { AddOn, Whole } from "../../core/model/add-on.ts";
import { type Fraction, fraction, multiply } from "../../core/model/fraction.ts";
import type { Context } from "../../core/model/launch-type.ts";
import type { Usage } from "../../core/model/usage.ts";
import { kbOf } from "../capacity-per-request.ts";
import { type Balancer, balancersOf, meterHours, type Target } from "../load-balancers.ts";
import { allRequests, requestsOf } from "../traffic.ts";

/** Hours, and each byte of what it passes on. */
export const classicLoadBalancerAddOn: AddOn = {
  id: "classic-load-balancer",
  label: "Classic Load Balancers",
  reference: "https://aws.amazon.com/elasticloadbalancing/pricing/",
  inputs: [],
  shared: true,
  meterAll: (whole, context) =>
    balancersOf("classic", whole, context).flatMap((balancer) => meterBalancer(balancer, whole, context)),
  example: {
    id: "OWN-CLB-1",
    source:
      "arithmetic of this project at the prices of aws.amazon.com/elasticloadbalancing/pricing: no published example",
    given: "730 hours at $0.025, and 1,000 KB a second, 2,447.52 GB of 1024³ bytes, at $0.008",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "web", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "web" }] },
      ],
      services: [{ serviceName: "web", taskDefinition: "web", loadBalancers: [{ loadBalancerName: "web" }] }],
      usage: { everyService: { requestsPerSecond: 1, requestKB: 0, responseKB: 1000 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "clb/hour": "18.25", "clb/data": "19.58" },
  },
};

const bytesPerKb = 1000;

function meterBalancer(balancer: Balancer, whole: Whole, context: Context): Usage[] {
  const bytes = balancer.targets.map((target) => bytesOf(target, whole, context));
  const rows = balancer.targets.map(
    ({ service }, at): Usage => ({
      ...{ sku: "clb/data", service: service.name, description: "Data through Classic Load Balancers" },
      ...{
        quantity: bytes[at] ?? fraction(0),
        unit: "byte",
        startSeconds: 0,
        endSeconds: whole.workload.periodSeconds,
      },
    }),
  );
  const hours = { sku: "clb/hour", label: "Classic Load Balancer", units: bytes };
  return [...meterHours(balancer, hours, { whole, context }), ...rows];
}

function bytesOf({ service, part }: Target, whole: Whole, context: Context): Fraction {
  const each = multiply(kbOf(service, context), fraction(bytesPerKb));
  return multiply(multiply(allRequests(requestsOf(service, whole), whole), each), part);
}
