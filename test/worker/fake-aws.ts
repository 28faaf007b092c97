import { type Answer, type Endpoint, reply, serve } from "../price-sources/endpoint.ts";
import { sample } from "../price-sources/sample.ts";

/** Stands in for the APIs of us-east-1, with the samples of what they answered. */
export function fakeAws(): Promise<Endpoint> {
  return serve((response, asked) => answerTo(asked.target, asked.body)(response, asked));
}

function answerTo(target: string | null, body: string): Answer {
  if (target?.endsWith(".GetProducts")) return reply(200, products(JSON.parse(body).ServiceCode));
  if (body.includes("Action=DescribeInstanceTypes")) return xml("ec2/DescribeInstanceTypes.xml");
  if (body.includes("Action=DescribeSpotPriceHistory")) return xml("ec2/DescribeSpotPriceHistory.m5.large.xml");
  if (body.includes("savingsPlanTypes")) {
    return reply(200, sample("savingsplans/DescribeSavingsPlansOfferingRates.json"), "application/json");
  }
  return reply(404, "{}");
}

function products(service: string): string {
  const known = [
    "AWSDataTransfer",
    "AWSELB",
    "AWSSecretsManager",
    "AmazonCloudWatch",
    "AmazonECS",
    "AmazonEKS",
    "AmazonS3",
  ];
  if (service === "AmazonEC2") return sample("getproducts/AmazonEC2.m5.large.us-east-1.json");
  return sample(`getproducts/${known.includes(service) ? `${service}.us-east-1` : "empty"}.json`);
}

function xml(file: string): Answer {
  return reply(200, sample(file), "text/xml");
}
