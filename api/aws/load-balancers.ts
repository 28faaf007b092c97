import { amountOf, type UsageInput, type Whole } from "../core/model/add-on.ts";
import { add, decimalFraction, divide, type Fraction, fraction, multiply, zero } from "../core/model/fraction.ts";
import type { Context } from "../core/model/launch-type.ts";
import type { Usage } from "../core/model/usage.ts";
import type { LoadBalancer, Service } from "../core/model/workload.ts";
import { zoneNames } from "./ec2/defaults.ts";
import { named } from "./plan-changes.ts";
import { isInternetFacing } from "./traffic.ts";

export const balancersPerTargetGroup: UsageInput = {
  name: "loadBalancersPerTargetGroup",
  of: "cluster",
  unit: "a number of load balancers: 0.5 is two target groups on one, 0 leaves load balancers out",
  max: 1,
  default: 1,
  text: "Each target group in loadBalancers is taken to have a load balancer of its own; services that name the same target group, listener or loadBalancerName share one (usage.cluster.loadBalancersPerTargetGroup). Effect: against no load balancers.",
  against: 0,
};

export const networkLoadBalancer: UsageInput = {
  name: "networkLoadBalancer",
  of: "service",
  unit: "1: its target group is on a Network Load Balancer; 0: on an Application Load Balancer",
  max: 1,
  default: 0,
  text: "A target group does not say what kind of load balancer it is on: an Application Load Balancer is taken, but for UDP ports and where a listener says otherwise (usage.services.NAME.networkLoadBalancer). Effect: against Network Load Balancers.",
  against: 1,
};

/** A service behind a load balancer; it has the same part of its traffic on each of its load balancers. */
export interface Target {
  readonly service: Service;
  readonly part: Fraction;
  readonly isUdp: boolean;
}

export interface Balancer {
  readonly kind: NonNullable<LoadBalancer["kind"]>;
  readonly targets: readonly Target[];
}

/** All of one kind that services name, for as long as the period lasts. */
export function balancersOf(kind: Balancer["kind"], whole: Whole, context: Context): Balancer[] {
  if (amountOf(context, balancersPerTargetGroup) === 0) return [];
  const named = whole.workload.services.flatMap((service) =>
    service.loadBalancers.map((balancer) => {
      const target = { service, part: fraction(1, service.loadBalancers.length), isUdp: isUdp(service, balancer) };
      return { hash: balancer.hash, kind: kindOf(balancer, target, context), target };
    }),
  );
  const balancers = [...Map.groupBy(named, ({ hash }) => hash).values()].map((same) => ({
    kind: same.find((one) => one.kind !== "application")?.kind ?? "application",
    targets: same.map(({ target }) => target),
  }));
  return balancers.filter((balancer) => balancer.kind === kind);
}

function kindOf(balancer: LoadBalancer, { service, isUdp }: Target, context: Context): Balancer["kind"] {
  if (balancer.kind !== null) return balancer.kind;
  return isUdp || amountOf(context, networkLoadBalancer, service) > 0 ? "network" : "application";
}

function isUdp({ taskDefinition }: Service, { containerPort }: LoadBalancer): boolean {
  const ports = taskDefinition.containers.flatMap(({ portMappings }) => portMappings);
  const own = ports.filter((port) => port.containerPort === containerPort);
  return own.length > 0 && own.every(({ protocol }) => protocol === "udp");
}

/** Its hours, and where it is on the internet a public IPv4 address in each zone; the services' parts are those of their capacity units. */
export function meterHours(
  balancer: Balancer,
  what: { readonly sku: string; readonly label: string; readonly units: readonly Fraction[] },
  { whole, context }: { readonly whole: Whole; readonly context: Context },
): Usage[] {
  const names = named(balancer.targets.map(({ service }) => service.name));
  const onInternet = balancer.targets.some(({ service }) => isInternetFacing(service, context));
  const each = decimalFraction(amountOf(context, balancersPerTargetGroup));
  const addresses = onInternet && balancer.kind !== "classic" ? zoneNames(context).length : 0;
  const all = what.units.reduce(add, zero);
  return balancer.targets.flatMap(({ service }, at) => {
    const part = all.numerator === 0n ? fraction(1, balancer.targets.length) : divide(what.units[at] ?? zero, all);
    const row = (sku: string, description: string, count: number): Usage => ({
      ...{ sku, service: service.name, description: `${description} of ${names}`, unit: "item-second" },
      quantity: multiply(multiply(each, part), fraction(count * whole.workload.periodSeconds)),
      ...{ startSeconds: 0, endSeconds: whole.workload.periodSeconds },
    });
    return [
      row(what.sku, what.label, 1),
      row("public-ipv4/in-use", `Public IPv4 addresses of the ${what.label}`, addresses),
    ];
  });
}

export function unitsRow(
  { sku, service, description }: Pick<Usage, "sku" | "description"> & { readonly service: string },
  quantity: Fraction,
  { workload }: Whole,
): Usage {
  return {
    sku,
    service,
    description,
    quantity,
    unit: "LCU-second",
    startSeconds: 0,
    endSeconds: workload.periodSeconds,
  };
}
