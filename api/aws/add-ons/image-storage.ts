import { type AddOn, amountOf, type UsageInput } from "../../core/model/add-on.ts";
import { decimalFraction, fraction, multiply, zero } from "../../core/model/fraction.ts";
import { imageMB } from "../image-pulls.ts";
import { imagesOf } from "../image-reference.ts";
import { periodUsage } from "../period-usage.ts";
import { runningServices, sharedEqually } from "../running-services.ts";

const versions: UsageInput = {
  name: "imagesKept",
  of: "service",
  unit: "versions of each image",
  max: 100_000,
  default: 10,
  text: "ECR is taken to keep 10 versions of each image with no layer in common (imagesKept). Effect: against the one that runs.",
  against: 1,
};

const mbPerGb = 1024;

/** Private ECR repositories of this region that images come from, by the size of the images and how many are kept. */
export const imageStorageAddOn: AddOn = {
  id: "image-storage",
  label: "ECR storage",
  reference: "https://aws.amazon.com/ecr/pricing/",
  shared: true,
  inputs: [imageMB, versions],
  meterAll(whole) {
    const { workload } = whole;
    const services = runningServices(whole).map(({ service }) => service);
    const here = (service: (typeof services)[number]) =>
      imagesOf(service)
        .repositories.filter(({ region }) => region === null || region === workload.region)
        .map(({ name }) => name);
    const parts = sharedEqually(services, here);
    return services.map((service) => {
      const mb = decimalFraction(amountOf(workload, imageMB, service));
      const each = multiply(mb, fraction(1, Math.max(1, imagesOf(service).count) * mbPerGb));
      const kept = multiply(each, decimalFraction(amountOf(workload, versions, service)));
      const of = { sku: "ecr/private/storage", service: service.name, description: "ECR, storage of images" };
      return periodUsage(workload).stored(of, multiply(kept, parts.get(service) ?? zero));
    });
  },
  assumptions: (whole) => {
    const abroad = runningServices(whole).flatMap(({ service }) =>
      imagesOf(service).repositories.filter(({ region }) => region !== null && region !== whole.workload.region),
    );
    if (abroad.length === 0) return [];
    const regions = [...new Set(abroad.map(({ region }) => region))].sort().join(", ");
    const text = `Images are kept in ${regions}: their storage is paid there and not counted.`;
    return [{ code: "images_elsewhere", text }];
  },
  example: {
    id: "CALC-ECR-1",
    source: "AWS Pricing Calculator transcript (gist of the same series as CALC-SM-1)",
    given: "50 GB of images in ECR for a month, ten of 5 GB (its 1 TB to the internet is data transfer's)",
    request: {
      region: "us-east-1",
      taskDefinitions: [
        {
          ...{ family: "one", cpu: "256", memory: "512", networkMode: "awsvpc", executionRoleArn: "role" },
          containerDefinitions: [{ name: "one", image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/one:1" }],
        },
      ],
      usage: { everyService: { imageMB: 5120, imagesKept: 10 } },
    },
    option: "fargate",
    unitPrices: {},
    lines: { "ecr/private/storage": "5.00" },
  },
};
