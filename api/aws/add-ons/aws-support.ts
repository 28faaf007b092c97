import { type AddOn, amountOf, type UsageInput } from "../../core/model/add-on.ts";
import { Exact } from "../../core/model/exact.ts";
import { givenCharge } from "../given-charge.ts";

const percent: UsageInput = {
  name: "supportPercent",
  of: "cluster",
  unit: "percent of AWS's charges",
  max: 100,
  default: 0,
  text: "AWS Support is not counted (usage.cluster.supportPercent: what the plan comes to at the account's spending). Effect: against 10 %.",
  against: 10,
};

/** AWS Support plans cost a part of all that AWS charges; which part depends on the whole account's spending, so that it is given. */
export const awsSupportAddOn: AddOn = {
  id: "aws-support",
  label: "AWS Support",
  reference: "https://aws.amazon.com/premiumsupport/pricing/",
  inputs: [percent],
  surcharge(charges, { workload }) {
    const unitPrice = new Exact(amountOf(workload, percent)).div(100);
    const ofAws = charges.filter(({ sku }) => !sku.startsWith("own/"));
    if (unitPrice.isZero()) return [];
    return [...Map.groupBy(ofAws, ({ service }) => service)].map(([service, own]) =>
      givenCharge({
        ...{ sku: "support/percentage", description: "AWS Support, of AWS's charges", unit: "Charges", unitPrice },
        service,
        quantity: own.reduce((sum, { cost }) => sum.plus(cost), new Exact(0)),
        listQuantity: own.reduce((sum, { listCost }) => sum.plus(listCost), new Exact(0)),
      }),
    );
  },
  assumptions: () => [
    { code: "tax_excluded", text: "All amounts are without tax: AWS adds VAT, GST or sales tax to its charges." },
  ],
  example: {
    id: "SUPPORT-1",
    source: "arithmetic of this project: no published example",
    given:
      "10 % of what one public address and a task of 0.25 vCPU and 0.5 GB on Fargate cost in a month, $3.65 and $9.01",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        { family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", containerDefinitions: [{ name: "one" }] },
      ],
      services: [
        {
          ...{ serviceName: "one", taskDefinition: "one", desiredCount: 1 },
          networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } },
        },
      ],
      usage: { cluster: { supportPercent: 10 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "public-ipv4/in-use": "3.65", "support/percentage": "1.27" },
  },
};
