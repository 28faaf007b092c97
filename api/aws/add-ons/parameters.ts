import { type AddOn, amountOf, type UsageInput } from "../../core/model/add-on.ts";
import { decimalFraction, fraction, multiply, zero } from "../../core/model/fraction.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices, sharedEqually } from "../running-services.ts";
import { secretHashes } from "../secret-hashes.ts";

const hashes = secretHashes("parameter-store");

const percent: UsageInput = {
  name: "advancedParameterPercent",
  of: "service",
  unit: "percent of the parameters",
  max: 100,
  default: 0,
  text: "Parameters of the Parameter Store are taken to be standard ones, which cost nothing (advancedParameterPercent). Effect: against advanced ones only.",
  against: 100,
};

/** Parameters of SSM's Parameter Store that containers are given: advanced ones are billed by the month and by the call as tasks start. */
export const parametersAddOn: AddOn = {
  id: "parameters",
  label: "SSM parameters",
  reference: "https://aws.amazon.com/systems-manager/pricing/",
  shared: true,
  inputs: [percent],
  meterAll(whole) {
    const { workload } = whole;
    const { kept, requests } = periodUsage(workload);
    const running = runningServices(whole);
    const parts = sharedEqually(
      running.map(({ service }) => service),
      hashes,
    );
    return running.flatMap(({ service, starts }) => {
      const advanced = multiply(decimalFraction(amountOf(workload, percent, service)), fraction(1, 100));
      const of = (meter: string, description: string) => ({
        ...{ sku: `ssm/advanced-parameter${meter}`, service: service.name },
        description: `SSM advanced parameters${description}`,
      });
      return [
        kept(of("", ""), multiply(parts.get(service) ?? zero, advanced)),
        requests(
          of("/requests", ", calls as tasks start"),
          multiply(multiply(starts, fraction(hashes(service).length)), advanced),
        ),
      ];
    });
  },
  example: {
    id: "SSM-1",
    source: "arithmetic of this project: no published example",
    given:
      "2 advanced parameters at $0.05 for a month and 20,000 calls at $0.05 for 10,000: 10,000 starts of a task with both",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        {
          ...{ family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", executionRoleArn: "role" },
          containerDefinitions: [
            { name: "one", secrets: ["/one/a", "/one/b"].map((valueFrom) => ({ name: valueFrom, valueFrom })) },
          ],
        },
      ],
      runs: [{ taskDefinition: "one", seconds: 60, times: 10_000 }],
      usage: { everyService: { advancedParameterPercent: 100 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "ssm/advanced-parameter": "0.10", "ssm/advanced-parameter/requests": "0.10" },
  },
};
