import type { AddOn } from "../../core/model/add-on.ts";
import { fraction, multiply, zero } from "../../core/model/fraction.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices, sharedEqually } from "../running-services.ts";
import { secretHashes } from "../secret-hashes.ts";

const hashes = secretHashes("secrets-manager");

/** Secrets of Secrets Manager that containers are given: each once, whoever uses it; one call for each of a task's as it starts. */
export const secretsAddOn: AddOn = {
  id: "secrets",
  label: "Secrets Manager",
  reference: "https://aws.amazon.com/secrets-manager/pricing/",
  shared: true,
  inputs: [],
  meterAll(whole) {
    const { kept, requests } = periodUsage(whole.workload);
    const running = runningServices(whole);
    const parts = sharedEqually(
      running.map(({ service }) => service),
      hashes,
    );
    return running.flatMap(({ service, starts }) => {
      const of = (meter: string, description: string) => ({
        ...{ sku: `secrets-manager/${meter}`, service: service.name },
        description: `Secrets Manager, ${description}`,
      });
      return [
        kept(of("secret", "secrets"), parts.get(service) ?? zero),
        requests(of("requests", "calls as tasks start"), multiply(starts, fraction(hashes(service).length))),
      ];
    });
  },
  example: {
    id: "CALC-SM-1",
    source: "AWS Pricing Calculator transcript (gist of the same series as CALC-ECR-1)",
    given: "5 secrets for a month and 2,000 calls: 400 starts of a task with all five",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        {
          ...{ family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", executionRoleArn: "role" },
          containerDefinitions: [{ name: "one", secrets: ["a", "b", "c", "d", "e"].map(secretNamed) }],
        },
      ],
      runs: [{ taskDefinition: "one", seconds: 60, times: 400 }],
    },
    option: "fargate",
    unitPrices: {},
    lines: { "secrets-manager/secret": "2.00", "secrets-manager/requests": "0.01" },
  },
};

function secretNamed(name: string) {
  return { name, valueFrom: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-AbCdEf` };
}
