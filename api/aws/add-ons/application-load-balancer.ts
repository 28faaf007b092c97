import { type AddOn, amountOf, type UsageInput, type Whole } from "../../core/model/add-on.ts";
import { decimalFraction, divide, type Fraction, multiply } from "../../core/model/fraction.ts";
import type { Context } from "../../core/model/launch-type.ts";
import { limitOf } from "../../core/model/limits.ts";
import type { Usage } from "../../core/model/usage.ts";
import type { Service } from "../../core/model/workload.ts";
import { connectionSeconds, connectionsAndBytes, requestsPerConnection } from "../capacity-per-request.ts";
import { capacityUnits } from "../capacity-units.ts";
import {
  type Balancer,
  balancersOf,
  balancersPerTargetGroup,
  meterHours,
  networkLoadBalancer,
  unitsRow,
} from "../load-balancers.ts";
import { internetFacing, requestKB, requestsOf, requestsPerSecond, responseKB } from "../traffic.ts";

const listenerRules: UsageInput = {
  name: "listenerRules",
  of: "service",
  unit: "rules that a request is checked against",
  max: 1000,
  default: 10,
  text: "A request is checked against no more than the 10 rules that are free of charge (usage.services.NAME.listenerRules). Effect: against 50.",
  against: 50,
};

/** Hours, and in each hour the capacity units of whichever takes most: new connections, active ones, bytes or rule evaluations. */
export const applicationLoadBalancerAddOn: AddOn = {
  id: "application-load-balancer",
  label: "Application Load Balancers",
  reference: "https://aws.amazon.com/elasticloadbalancing/pricing/",
  inputs: [
    balancersPerTargetGroup,
    networkLoadBalancer,
    internetFacing,
    requestsPerSecond,
    requestKB,
    responseKB,
    requestsPerConnection,
    connectionSeconds,
    listenerRules,
  ],
  shared: true,
  meterAll: (whole, context) =>
    balancersOf("application", whole, context).flatMap((balancer) => meterBalancer(balancer, whole, context)),
  example: {
    id: "AWS-ALB-1",
    source: "https://aws.amazon.com/elasticloadbalancing/pricing/ (example 1, in four public copies that agree)",
    given:
      "one new connection a second of two minutes, 5 requests and 300 KB a second, 60 rules, for 720 hours: 1.08 capacity units",
    request: {
      region: "us-east-1",
      hours: 720,
      monthHours: 720,
      taskDefinitions: [
        { family: "web", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "web" }] },
      ],
      services: [{ serviceName: "web", taskDefinition: "web", loadBalancers: [{ targetGroupArn: "web" }] }],
      usage: {
        services: {
          web: {
            ...{ requestsPerSecond: 5, requestsPerConnection: 5, connectionSeconds: 120, listenerRules: 60 },
            ...{ requestKB: 10, responseKB: 50, internetFacing: 0 },
          },
        },
      },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "alb/hour": "16.20", "alb/lcu": "6.22" },
  },
};

function meterBalancer(balancer: Balancer, whole: Whole, context: Context): Usage[] {
  const asked = balancer.targets.map(({ service, part }) => ({
    service: service.name,
    requests: requestsOf(service, whole),
    perRequest: perRequest(service, context).map((units) => multiply(units, part)),
  }));
  const units = capacityUnits(asked, whole);
  const rows = units.map((quantity, at) =>
    unitsRow(
      {
        sku: "alb/lcu",
        service: asked[at]?.service ?? "",
        description: "Capacity units of Application Load Balancers",
      },
      quantity,
      whole,
    ),
  );
  const hours = { sku: "alb/hour", label: "Application Load Balancer", units };
  return [...meterHours(balancer, hours, { whole, context }), ...rows];
}

function perRequest(service: Service, context: Context): Fraction[] {
  const free = limitOf(context.book, "elb/application/free-rules");
  const evaluations = decimalFraction(Math.max(0, amountOf(context, listenerRules, service) - free));
  const perUnit = decimalFraction(limitOf(context.book, "elb/application/rule-evaluations-per-second"));
  return [...connectionsAndBytes(service, "elb/application", context), divide(evaluations, perUnit)];
}
