import type { AddOn } from "../../core/model/add-on.ts";
import { fraction, multiply } from "../../core/model/fraction.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices } from "../running-services.ts";

/** `environmentFiles` of containers: each is fetched from S3 as a task starts. Their few bytes in S3 are not counted. */
export const environmentFilesAddOn: AddOn = {
  id: "environment-files",
  label: "Environment files in S3",
  reference: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html",
  shared: true,
  inputs: [],
  meterAll(whole) {
    const { requests } = periodUsage(whole.workload);
    return runningServices(whole).map(({ service, starts }) => {
      const files = service.taskDefinition.containers.reduce((sum, container) => sum + container.environmentFiles, 0);
      const of = { sku: "s3/requests/get", service: service.name, description: "S3, environment files as tasks start" };
      return requests(of, multiply(starts, fraction(files)));
    });
  },
  example: {
    id: "S3-GET-1",
    source: "arithmetic of this project: no published example",
    given: "50,000 starts of a task with two environment files: 100,000 GET requests at $0.0004 for 1,000",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        {
          ...{ family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", executionRoleArn: "role" },
          containerDefinitions: [
            {
              name: "one",
              environmentFiles: ["a", "b"].map((name) => ({ type: "s3", value: `arn:aws:s3:::${name}/x.env` })),
            },
          ],
        },
      ],
      runs: [{ taskDefinition: "one", seconds: 30, times: 50_000 }],
    },
    option: "fargate",
    unitPrices: {},
    lines: { "s3/requests/get": "0.04" },
  },
};
