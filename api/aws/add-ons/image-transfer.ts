import { type AddOn, amountOf } from "../../core/model/add-on.ts";
import { decimalFraction, fraction, multiply } from "../../core/model/fraction.ts";
import { imageMB, pullsByService } from "../image-pulls.ts";
import { imagesOf } from "../image-reference.ts";
import { periodUsage } from "../period-usage.ts";

const bytesPerMb = 1024 ** 2;

/** Pulls from ECR in another region, at that region's price of data that leaves it; pulls within a region cost nothing. */
export const imageTransferAddOn: AddOn = {
  id: "image-transfer",
  label: "Images from other regions",
  reference: "https://aws.amazon.com/ecr/pricing/",
  inputs: [imageMB],
  meterAll(whole) {
    const { workload } = whole;
    const { bytes } = periodUsage(workload);
    return [...pullsByService(whole)].flatMap(([service, pulls]) => {
      const { count, repositories } = imagesOf(service);
      const mb = multiply(decimalFraction(amountOf(workload, imageMB, service)), fraction(1, Math.max(1, count)));
      return repositories.flatMap(({ region }) => {
        if (region === null || region === workload.region) return [];
        const of = {
          sku: `data-transfer/inter-region/from/${region}`,
          service: service.name,
          description: `Images from ${region}`,
        };
        return [bytes(of, multiply(multiply(pulls, mb), fraction(bytesPerMb)))];
      });
    });
  },
  example: {
    id: "ECR-PULL-1",
    source: "arithmetic of this project at the price of aws.amazon.com/ec2/pricing/on-demand: no published example",
    given: "4,096 runs of one task whose image of 250 MB is in us-west-2: 1,000 GB at $0.02",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        {
          ...{ family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", executionRoleArn: "role" },
          containerDefinitions: [{ name: "one", image: "123456789012.dkr.ecr.us-west-2.amazonaws.com/shop/one:1" }],
        },
      ],
      runs: [{ taskDefinition: "one", seconds: 60, times: 4096 }],
    },
    option: "fargate",
    unitPrices: {},
    lines: { "data-transfer/inter-region/from/us-west-2": "20.00" },
  },
};
