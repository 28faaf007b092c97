import { DescribeInstanceTypesCommand, DescribeSpotPriceHistoryCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DescribeServicesCommand, GetAttributeValuesCommand, PricingClient } from "@aws-sdk/client-pricing";
import { expect, test } from "vitest";
import { wantedPrices } from "../../api/price-sources/catalogue/catalogue.ts";
import { reply, serve } from "./endpoint.ts";
import { sample } from "./sample.ts";
import { fakeCredentials } from "./test-clock.ts";

const options = (endpoint: string) => ({ endpoint, region: "us-east-1", credentials: fakeCredentials });

test.each([
  ["DescribeServices.AmazonECS", ["regionCode"]],
  ["botocore-example.DescribeServices", ["volumeType"]],
])("%s: the attributes that products are filtered by", async (file, names) => {
  const parsed = JSON.parse(sample(`getproducts/${file}.json`)) as { response?: object };
  await using endpoint = await serve(reply(200, JSON.stringify(parsed.response ?? parsed)));
  const client = new PricingClient(options(endpoint.address));
  const { Services } = await client.send(new DescribeServicesCommand({ ServiceCode: "AmazonECS" }));

  expect(Services?.[0]?.AttributeNames).toEqual(expect.arrayContaining(names));
});

test("GetAttributeValues of AmazonECS has the usage type of every Fargate price in the catalogue", async () => {
  await using endpoint = await serve(reply(200, sample("getproducts/GetAttributeValues.AmazonECS.usagetype.json")));
  const client = new PricingClient(options(endpoint.address));
  const command = new GetAttributeValuesCommand({ ServiceCode: "AmazonECS", AttributeName: "usagetype" });
  const values = (await client.send(command)).AttributeValues?.map(({ Value }) => Value);
  const fargate = wantedPrices.filter(({ sku }) => sku.startsWith("fargate/"));

  expect(fargate).toHaveLength(8);
  expect(fargate.filter(({ usageType }) => !values?.includes(`USE1-${usageType}`))).toEqual([]);
});

test("botocore's example of GetAttributeValues", async () => {
  const { response } = JSON.parse(sample("getproducts/botocore-example.GetAttributeValues.json")) as {
    response: object;
  };
  await using endpoint = await serve(reply(200, JSON.stringify(response)));
  const client = new PricingClient(options(endpoint.address));
  const command = new GetAttributeValuesCommand({ ServiceCode: "AmazonEC2", AttributeName: "volumeType" });

  expect((await client.send(command)).AttributeValues?.map(({ Value }) => Value)).toContain("Throughput Optimized HDD");
});

test("the XML of DescribeInstanceTypes and of DescribeSpotPriceHistory says what the recorded JSON says", async () => {
  const recorded = JSON.parse(sample("ec2/DescribeInstanceTypes.json")) as { InstanceTypes: object[] };
  const history = JSON.parse(sample("ec2/DescribeSpotPriceHistory.m5.large.json")) as {
    SpotPriceHistory: { SpotPrice: string; AvailabilityZone: string }[];
  };
  await using endpoint = await serve((response, asked) => {
    const file = asked.body.includes("DescribeInstanceTypes")
      ? "DescribeInstanceTypes"
      : "DescribeSpotPriceHistory.m5.large";
    return reply(200, sample(`ec2/${file}.xml`), "text/xml")(response, asked);
  });
  const client = new EC2Client(options(endpoint.address));
  const { InstanceTypes } = await client.send(new DescribeInstanceTypesCommand({}));
  const { SpotPriceHistory } = await client.send(new DescribeSpotPriceHistoryCommand({}));

  expect(InstanceTypes).toMatchObject(recorded.InstanceTypes);
  expect(SpotPriceHistory?.map(({ SpotPrice, AvailabilityZone }) => ({ SpotPrice, AvailabilityZone }))).toEqual(
    history.SpotPriceHistory.map(({ SpotPrice, AvailabilityZone }) => ({ SpotPrice, AvailabilityZone })),
  );
});
