import { type AddOn, amountOf } from "../../core/model/add-on.ts";
import { decimalFraction, fraction, multiply } from "../../core/model/fraction.ts";
import { imageMB, pullsByService } from "../image-pulls.ts";
import { gatewayEndpoint, natGateways, pullsThroughNat } from "../private-network.ts";

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
