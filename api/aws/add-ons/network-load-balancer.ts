import { type AddOn, amountOf, type UsageInput, type Whole } from "../../core/model/add-on.ts";
import { add, decimalFraction, divide, fraction, multiply, zero } from "../../core/model/fraction.ts";
import type { Context } from "../../core/model/launch-type.ts";
import type { Usage } from "../../core/model/usage.ts";
import { connectionsAndBytes } from "../capacity-per-request.ts";
import { capacityUnits } from "../capacity-units.ts";
import {
  type Balancer,
  balancersOf,
  meterHours,
  networkLoadBalancer,
  type Target,
  unitsRow,
} from "../load-balancers.ts";
import { requestsOf } from "../traffic.ts";

const tlsPercent: UsageInput = {
  name: "tlsPercent",
  of: "service",
  unit: "percent of what a Network Load Balancer passes on that it decrypts",
  max: 100,
  default: 0,
  text: "Network Load Balancers are taken to pass TCP on without ending TLS (usage.services.NAME.tlsPercent). Effect: against TLS throughout.",
  against: 100,
};

const protocols = ["tcp", "udp", "tls"] as const;
type Protocol = (typeof protocols)[number];

/** Hours, and in each hour for each protocol the capacity units of whichever takes most, new connections, active ones or bytes; the protocols' sum. */
export const networkLoadBalancerAddOn: AddOn = {
  id: "network-load-balancer",
  label: "Network Load Balancers",
  reference: "https://aws.amazon.com/elasticloadbalancing/pricing/",
  inputs: [networkLoadBalancer, tlsPercent],
  shared: true,
  meterAll: (whole, context) =>
    balancersOf("network", whole, context).flatMap((balancer) => meterBalancer(balancer, whole, context)),
  example: {
    id: "CALC-NLB-1",
    source: "AWS Pricing Calculator transcript (15056961557)",
    given:
      "5 GB over each of TCP, UDP and TLS in 730 hours on one Network Load Balancer (its capacity units exactly; the calculator, which rounds two of three to 0.01, has $0.11)",
    request: {
      region: "us-east-1",
      taskDefinitions: ["tcp", "udp", "tls"].map((family) => ({
        ...{ family, cpu: "256", memory: "512", networkMode: "awsvpc" },
        containerDefinitions: [
          { name: family, portMappings: [{ containerPort: 53, protocol: family === "udp" ? "udp" : "tcp" }] },
        ],
      })),
      services: ["tcp", "udp", "tls"].map((name) => ({
        ...{ serviceName: name, taskDefinition: name },
        loadBalancers: [{ targetGroupArn: name, loadBalancerName: "one", containerPort: 53 }],
      })),
      usage: {
        // 5,000,000 KB in 2,628,000 seconds, to ten digits.
        everyService: { networkLoadBalancer: 1, internetFacing: 0, requestKB: 0, responseKB: 1.902587519 },
        services: { tls: { tlsPercent: 100, requestsPerConnection: 100 } },
      },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "nlb/hour": "16.43", "nlb/lcu": "0.09" },
  },
};

function meterBalancer(balancer: Balancer, whole: Whole, context: Context): Usage[] {
  const byProtocol = protocols.map((protocol) => {
    const asked = balancer.targets.map((target) => ({
      service: target.service.name,
      requests: requestsOf(target.service, whole),
      perRequest: perRequest(target, protocol, context),
    }));
    return { protocol, units: capacityUnits(asked, whole) };
  });
  const all = balancer.targets.map((_, at) => byProtocol.reduce((sum, { units }) => add(sum, units[at] ?? zero), zero));
  const rows = byProtocol.flatMap(({ protocol, units }) =>
    balancer.targets.map(({ service }, at) => {
      const description = `Capacity units of Network Load Balancers, ${protocol.toUpperCase()}`;
      return unitsRow({ sku: "nlb/lcu", service: service.name, description }, units[at] ?? zero, whole);
    }),
  );
  const hours = { sku: "nlb/hour", label: "Network Load Balancer", units: all };
  return [...meterHours(balancer, hours, { whole, context }), ...rows];
}

function perRequest(target: Target, protocol: Protocol, context: Context) {
  const part = multiply(target.part, partOf(protocol, target, context));
  const units = connectionsAndBytes(target.service, `elb/network/${protocol}`, context);
  return units.map((each) => multiply(each, part));
}

function partOf(protocol: Protocol, { service, isUdp }: Target, context: Context) {
  if (isUdp || protocol === "udp") return fraction(isUdp && protocol === "udp" ? 1 : 0);
  const percent = amountOf(context, tlsPercent, service);
  return divide(decimalFraction(protocol === "tls" ? percent : 100 - percent), fraction(100));
}
