import type { Decimal } from "decimal.js";
import { type AddOn, type Alternative, amountOf, type UsageInput, type Whole } from "../../core/model/add-on.ts";
import { decimalFraction } from "../../core/model/fraction.ts";
import type { Context } from "../../core/model/launch-type.ts";
import type { Workload } from "../../core/model/workload.ts";
import { zoneNames } from "../ec2/defaults.ts";
import { periodUsage } from "../period-usage.ts";
import { gatewayEndpoint, interfaceEndpoints, natGateways } from "../private-network.ts";
import { endpointGB } from "./interface-endpoint.ts";

const natGB: UsageInput = {
  name: "natGB",
  of: "cluster",
  unit: "GB a month through NAT gateways, besides images",
  max: 100_000_000,
  default: 0,
  text: "Nothing but images goes through the NAT gateways (usage.cluster.natGB). Effect: against 100 GB a month.",
  against: 100,
};

/** Hours of each, and of its public IPv4 address, and bytes. Images are an add-on of their own: they depend on what runs where. */
export const natGatewayAddOn: AddOn = {
  id: "nat-gateway",
  label: "NAT gateways",
  reference: "https://aws.amazon.com/vpc/pricing/",
  inputs: [natGateways, natGB],
  shared: true,
  meterAll(whole, context) {
    const gateways = amountOf(context, natGateways);
    if (gateways === 0) return [];
    const { kept, moved } = periodUsage(whole.workload);
    const count = decimalFraction(gateways);
    const data = { sku: "nat-gateway/data", service: null, description: "Data through NAT gateways" };
    return [
      kept({ sku: "nat-gateway/hour", service: null, description: "NAT gateways" }, count),
      kept({ sku: "public-ipv4/in-use", service: null, description: "Public IPv4 addresses of NAT gateways" }, count),
      moved(data, decimalFraction(amountOf(context, natGB))),
    ];
  },
  alternative: otherWayOut,
  example: {
    id: "AWS-NAT-1",
    source:
      "https://aws.amazon.com/vpc/pricing/, the example of NAT gateways (as quoted in Tutorials Dojo's notes, 11092021553)",
    given:
      "a NAT gateway for an hour with 1 GB from EC2 to S3 in the same region: processing is charged although the transfer is free",
    request: {
      ...{ region: "us-east-1", hours: 1, monthHours: 1 },
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      usage: { cluster: { natGateways: 1, natGB: 1 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "nat-gateway/hour": "0.045", "nat-gateway/data": "0.045" },
  },
};

/** NAT gateways against the interface endpoints that these tasks need, and the other way round. */
function otherWayOut({ workload }: Whole, context: Context): Alternative | null {
  const zones = zoneNames(context).length;
  const needed = endpointsNeeded(workload);
  const gateways = amountOf(context, natGateways);
  const endpoints = amountOf(context, interfaceEndpoints);
  if (gateways === 0 && endpoints === 0) return null;
  const byEndpoints = `interface endpoints for ${needed.join(", ")} in ${zones} zones, with S3's gateway endpoint free of charge`;
  const byGateways = `a NAT gateway in each of ${zones} zones`;
  if (gateways > 0) {
    return {
      code: "nat_or_endpoints",
      instead: withUsage(workload, {
        [natGateways.name]: 0,
        [gatewayEndpoint.name]: 1,
        [interfaceEndpoints.name]: needed.length,
        [endpointGB.name]: amountOf(context, natGB),
      }),
      text: (saved) => `${cheaper(saved, "The NAT gateways", byEndpoints)} Endpoints reach nothing but those services.`,
    };
  }
  return {
    code: "nat_or_endpoints",
    instead: withUsage(workload, {
      [natGateways.name]: zones,
      [interfaceEndpoints.name]: 0,
      [natGB.name]: amountOf(context, endpointGB),
    }),
    text: (saved) => cheaper(saved, "The interface endpoints", byGateways),
  };
}

function cheaper(saved: Decimal, ours: string, others: string): string {
  const verdict = saved.gt(0) ? `cost more than ${others}, which are the cheaper way` : `are cheaper than ${others}`;
  return `${ours} ${verdict}. Effect: against those.`;
}

function withUsage(workload: Workload, amounts: Readonly<Record<string, number>>): Workload {
  const { usage } = workload;
  return { ...workload, usage: { ...usage, cluster: { ...usage.cluster, ...amounts } } };
}

/** Of what tasks in private subnets reach as they start (ECS developer guide, vpc-endpoints). */
function endpointsNeeded({ services }: Workload): string[] {
  const containers = services.flatMap(({ taskDefinition }) => taskDefinition.containers);
  const kinds = new Set(containers.flatMap(({ secrets }) => secrets.map(({ kind }) => kind)));
  return [
    "ecr.api",
    "ecr.dkr",
    ...(containers.some(({ logDriver }) => logDriver === "awslogs") ? ["logs"] : []),
    ...(kinds.has("secrets-manager") ? ["secretsmanager"] : []),
    ...(kinds.has("parameter-store") ? ["ssm"] : []),
  ];
}
