import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priceListApi } from "../../api/price-sources/price-list-api.ts";
import type { SourceRow } from "../../api/price-sources/price-source.ts";
import { type Answer, cutShort, hangUpAfter, inTurn, reply, serve, silence, trickle } from "./endpoint.ts";
import { brief, pricesIn, refusals, refusedIn, rowsOf } from "./rows.ts";
import { sample } from "./sample.ts";
import { fakeCredentials, type TestClock, testClock } from "./test-clock.ts";

interface Reading {
  readonly region?: string;
  readonly service?: string;
  readonly pageSize?: number;
  readonly clock?: TestClock;
  readonly signal?: AbortSignal;
}

async function read(
  answer: Answer,
  reading: Reading = {},
): Promise<{ rows: SourceRow[]; calls: number; bodies: object[] }> {
  const { region = "us-east-1", service = "AmazonECS", clock = testClock(), signal } = reading;
  await using endpoint = await serve(answer);
  const source = priceListApi({ clock, credentials: fakeCredentials, endpoint: endpoint.address }, reading.pageSize);
  const rows = await rowsOf(source, { regions: [region], parts: [service], signal });
  return { rows, calls: endpoint.asked.length, bodies: endpoint.asked.map(({ body }) => JSON.parse(body) as object) };
}

const answered = (file: string) => reply(200, sample(`getproducts/${file}.json`));
const items = (file: string) => (JSON.parse(sample(`getproducts/${file}.json`)) as { PriceList: string[] }).PriceList;
const page = (list: readonly string[], token?: string) =>
  JSON.stringify({ FormatVersion: "aws_v1", PriceList: list, ...(token === undefined ? {} : { NextToken: token }) });
const error = (file: string, status = 400) => reply(status, sample(`errors/pricing.${file}`));
const throttling = error("throttling.http400.json");
const fargate = "AmazonECS.us-east-1";

/** A sample, what is read of it, what is refused. */
const samples: readonly (readonly [string, string, string, readonly string[], readonly string[]])[] = [
  [
    ...([fargate, "AmazonECS", "us-east-1"] as const),
    [
      "ecs-anywhere/instance 0.01025 Instance-Hour",
      "fargate/ephemeral-storage 0.000111 GB-Hour",
      "fargate/linux/arm64/memory 0.00356 GB-Hour",
      "fargate/linux/arm64/vcpu 0.03238 vCPU-Hour",
      "fargate/linux/x86_64/memory 0.004445 GB-Hour",
      "fargate/linux/x86_64/vcpu 0.04048 vCPU-Hour",
      "fargate/windows/x86_64/licence 0.046 vCPU-Hour",
      "fargate/windows/x86_64/memory 0.01005 GB-Hour",
      "fargate/windows/x86_64/vcpu 0.09148 vCPU-Hour",
    ],
    [
      "free-tier AmazonECS USE1-ECS-Anywhere-Instance-hours-WithFree",
      "zero-metering AmazonECS USE1-ECS-EC2-GB-Hours",
      "zero-metering AmazonECS USE1-ECS-EC2-vCPU-Hours",
    ],
  ],
  [
    ...(["AmazonECS.ManagedInstances.ap-south-1", "AmazonECS", "ap-south-1"] as const),
    [
      "ecs-managed-instances/m7g.large 0.006996 Instance-Hour",
      "ecs-managed-instances/t4g.medium 0.002688 Instance-Hour",
    ],
    [],
  ],
  [
    ...(["AmazonEKS.us-east-1", "AmazonEKS", "us-east-1"] as const),
    [
      "eks-auto-mode/m5.large 0.01152 Instance-Hour",
      "eks-auto-mode/m7g.large 0.00979 Instance-Hour",
      "eks-fargate/linux/x86_64/memory 0.004445 GB-Hour",
      "eks-fargate/linux/x86_64/vcpu 0.04048 vCPU-Hour",
      "eks/cluster 0.1 Hour",
      "eks/cluster/extended-support-surcharge 0.5 Hour",
    ],
    [],
  ],
  [
    ...(["AmazonEC2.m7g.large.us-east-1", "AmazonEC2", "us-east-1"] as const),
    ["ec2/linux/m7g.large 0.0816 Instance-Hour"],
    [
      "capacity-reservation AmazonEC2 Reservation:*",
      "capacity-reservation AmazonEC2 UnusedBox:*",
      "dedicated-tenancy AmazonEC2 DedicatedUsage:*",
      "other-operating-system AmazonEC2 BoxUsage:*",
    ],
  ],
  [
    ...(["AmazonEC2.p4d.24xlarge.us-east-1", "AmazonEC2", "us-east-1"] as const),
    ["ec2/linux/p4d.24xlarge 32.7726 Instance-Hour"],
    ["capacity-block AmazonEC2 BoxUsage:*"],
  ],
  [
    ...(["AmazonEC2.Windows.ap-northeast-1", "AmazonEC2", "ap-northeast-1"] as const),
    ["ec2/windows/c5.xlarge 0.398 Instance-Hour"],
    ["other-licence AmazonEC2 APN1-BoxUsage:*"],
  ],
  [
    ...(["AmazonEC2.af-south-1", "AmazonEC2", "af-south-1"] as const),
    ["ebs/gp3/storage 0.1047 GB-Month"],
    ["capacity-reservation AmazonEC2 AFS1-UnusedBox:*"],
  ],
  [
    ...(["AmazonEC2.EBS.ap-northeast-1", "AmazonEC2", "ap-northeast-1"] as const),
    [
      "ebs/gp3/iops 0.006 IOPS-Month",
      "ebs/gp3/storage 0.096 GB-Month",
      "ebs/gp3/throughput 0.048 MiBps-Month",
      "ebs/io2/iops/0-32000 0.074 IOPS-Month",
      "ebs/io2/iops/32001-64000 0.0518 IOPS-Month",
      "ebs/io2/iops/64001- 0.03626 IOPS-Month",
      "ebs/io2/storage 0.142 GB-Month",
    ],
    [],
  ],
  [
    ...(["AmazonEC2.EBS.local-zone-decoy", "AmazonEC2", "us-east-1"] as const),
    ["ebs/gp3/storage 0.08 GB-Month"],
    ["local-zone AmazonEC2 USE1-BOS1-EBS:VolumeUsage.gp3"],
  ],
  [
    ...(["AmazonEC2.NatGateway.us-east-1", "AmazonEC2", "us-east-1"] as const),
    ["nat-gateway/data 0.045 GB", "nat-gateway/hour 0.045 Hour"],
    [
      "other-product AmazonEC2 RegionalNatGateway-Bytes",
      "other-product AmazonEC2 RegionalNatGateway-Hours",
      "zero-metering AmazonEC2 NatGateway-Prvd-Bytes",
    ],
  ],
  [
    ...(["AWSELB.us-east-1", "AWSELB", "us-east-1"] as const),
    ["alb/hour 0.0225 Hour", "alb/lcu 0.008 LCU-Hour", "nlb/hour 0.0225 Hour", "nlb/lcu 0.006 LCU-Hour"],
    [
      "other-product AWSELB DataProcessing-Bytes",
      "other-product AWSELB LoadBalancerUsage",
      "other-product AWSELB ReservedLCUUsage",
      "other-product AWSELB TS-LoadBalancerUsage",
    ],
  ],
  [
    ...(["AWSDataTransfer.us-east-1", "AWSDataTransfer", "us-east-1"] as const),
    [
      "data-transfer/inter-region/us-east-2 0.01 GB",
      "data-transfer/inter-zone 0.01 GB",
      "data-transfer/internet 0.09 GB 0-10240",
      "data-transfer/internet 0.085 GB 10240-51200",
      "data-transfer/internet 0.07 GB 51200-153600",
      "data-transfer/internet 0.05 GB 153600-",
    ],
    [
      "free-tier AWSDataTransfer Global-DataTransfer-Out-Bytes",
      "other-region AWSDataTransfer USW1-DataTransfer-Out-Bytes",
    ],
  ],
  [
    ...(["AmazonVPC.PublicIPv4.us-east-1", "AmazonVPC", "us-east-1"] as const),
    ["public-ipv4/idle 0.005 Hour", "public-ipv4/in-use 0.005 Hour"],
    ["other-product AmazonVPC USE1-PublicIPv4:ContiguousBlock"],
  ],
  [
    ...(["AmazonCloudWatch.us-east-1", "AmazonCloudWatch", "us-east-1"] as const),
    [
      "cloudwatch-logs/ingestion/infrequent-access 0.25 GB",
      "cloudwatch-logs/ingestion/standard 0.5 GB",
      "cloudwatch-logs/storage 0.03 GB-Month",
      "cloudwatch-logs/vended/standard 0.5 GB 0-10240",
      "cloudwatch-logs/vended/standard 0.25 GB 10240-30720",
      "cloudwatch-logs/vended/standard 0.1 GB 30720-51200",
      "cloudwatch-logs/vended/standard 0.05 GB 51200-",
      "cloudwatch/alarm/standard 0.1 Count-Month",
      "cloudwatch/custom-metric 0.3 Count-Month 0-10000",
      "cloudwatch/custom-metric 0.1 Count-Month 10000-250000",
      "cloudwatch/custom-metric 0.05 Count-Month 250000-1000000",
      "cloudwatch/custom-metric 0.02 Count-Month 1000000-",
    ],
    [],
  ],
  [...(["AmazonECR.us-west-2", "AmazonECR", "us-west-2"] as const), ["ecr/private/storage 0.1 GB-Month"], []],
  [
    ...(["AmazonEFS.us-east-2", "AmazonEFS", "us-east-2"] as const),
    [
      "efs/elastic/read 0.03 GB",
      "efs/elastic/write 0.06 GB",
      "efs/infrequent-access-elastic/storage 0.016 GB-Month",
      "efs/infrequent-access/storage 0.025 GB-Month",
      "efs/provisioned-throughput 6 MiBps-Month",
      "efs/standard/storage 0.3 GB-Month",
    ],
    ["zero-metering AmazonEFS USE2-IncludedTP-MiBpsHrs"],
  ],
  [
    ...(["AmazonS3.us-east-1", "AmazonS3", "us-east-1"] as const),
    [
      "s3/requests/get 0.0004 Requests-1k",
      "s3/requests/put 0.005 Requests-1k",
      "s3/standard/storage 0.023 GB-Month 0-51200",
      "s3/standard/storage 0.022 GB-Month 51200-512000",
      "s3/standard/storage 0.021 GB-Month 512000-",
    ],
    [],
  ],
  [
    ...(["AWSSecretsManager.us-east-1", "AWSSecretsManager", "us-east-1"] as const),
    ["secrets-manager/requests 0.05 Requests-10k", "secrets-manager/secret 0.4 Count-Month"],
    [],
  ],
  [
    ...(["AmazonEKS.extras.us-east-1", "AmazonEKS", "us-east-1"] as const),
    [
      "eks/capability/ack 0.005 Hour",
      "eks/capability/argo-cd 0.03 Hour",
      "eks/capability/kro 0.005 Hour",
      "eks/provisioned-control-plane/2xl 3.4 Hour",
      "eks/provisioned-control-plane/4xl 6.9 Hour",
      "eks/provisioned-control-plane/8xl 13.9 Hour",
      "eks/provisioned-control-plane/xl 1.65 Hour",
    ],
    [
      "not-wanted AmazonEKS USE1-AmazonEKS-Local-Outposts-Hours:perCluster",
      "not-wanted AmazonEKS USE1-AmazonEKSCapabilities-ACK-CR-Hours:perCustomResource",
      "not-wanted AmazonEKS USE1-AmazonEKSCapabilities-ArgoCD-CR-Hours:perCustomResource",
      "not-wanted AmazonEKS USE1-AmazonEKSCapabilities-KRO-CR-Hours:perCustomResource",
    ],
  ],
  [
    ...(["AmazonVPC.TransitGateway.us-east-1", "AmazonVPC", "us-east-1"] as const),
    ["transit-gateway/attachment 0.05 Hour", "transit-gateway/data 0.02 GB"],
    [
      "attribute-differs AmazonVPC TransitGateway-Bytes",
      "attribute-differs AmazonVPC TransitGateway-Bytes",
      "attribute-differs AmazonVPC TransitGateway-Hours",
      "attribute-differs AmazonVPC TransitGateway-Hours",
    ],
  ],
  [
    ...(["AmazonCloudWatch.metrics.us-east-2", "AmazonCloudWatch", "us-east-2"] as const),
    [
      "cloudwatch-logs/live-tail 0.01 Minute",
      "cloudwatch/alarm/composite 0.5 Count-Month",
      "cloudwatch/alarm/high-resolution 0.3 Count-Month",
      "cloudwatch/alarm/standard 0.1 Count-Month",
      "cloudwatch/container-insights/ecs-enhanced-metric 0.07 Count-Month",
      "cloudwatch/container-insights/eks-observations 0.21 Observations-1M 0-1000",
      "cloudwatch/container-insights/eks-observations 0.18 Observations-1M 1000-4000",
      "cloudwatch/container-insights/eks-observations 0.1 Observations-1M 4000-",
      "cloudwatch/get-metric-data 0.01 Metrics-1k",
      "cloudwatch/requests 0.01 Requests-1k",
    ],
    ["not-wanted AmazonCloudWatch USE2-CW:GMWI-Metrics", "not-wanted AmazonCloudWatch USE2-CW:MetricInsightAlarmUsage"],
  ],
  [
    ...(["AmazonEC2.snapshots.ap-northeast-1", "AmazonEC2", "ap-northeast-1"] as const),
    [
      "ebs/snapshot/archive 0.0125 GB-Month",
      "ebs/snapshot/fast-restore 0.9 Hour",
      "ebs/snapshot/standard 0.05 GB-Month",
    ],
    ["not-wanted AmazonEC2 APN1-EBS:SnapshotUsage.outposts", "not-wanted AmazonEC2 APN1-EBS:SnapshotUsageUnderBilling"],
  ],
  [
    ...(["AmazonEC2.NatGateway.provisioned.us-east-1", "AmazonEC2", "us-east-1"] as const),
    ["nat-gateway/provisioned-bandwidth 1.076 Gbps-Hour"],
    ["zero-metering AmazonEC2 NatGateway-Prvd-Bytes"],
  ],
  [
    ...(["AWSSystemsManager.requests.us-east-1", "AWSSystemsManager", "us-east-1"] as const),
    ["ssm/advanced-parameter/requests 0.05 Requests-10k"],
    ["not-wanted AWSSystemsManager USE1-PS-Param-Processed-Tier1"],
  ],
  [
    ...(["AWSSystemsManager.us-west-1", "AWSSystemsManager", "us-west-1"] as const),
    ["ssm/advanced-parameter 0.050000036 Count-Month"],
    [],
  ],
];

describe("the samples of GetProducts, through the SDK's own client", () => {
  test.each(samples)(
    "%s gives its prices and refuses its decoys by name",
    async (file, service, region, prices, refused) => {
      const { rows } = await read(answered(file), { service, region });

      expect(brief(rows)).toEqual(prices);
      expect(refusals(rows)).toEqual(refused);
    },
  );

  test("a price keeps its rate code, its effective day and what was read, with publication date and version", async () => {
    const { rows } = await read(answered(fargate));

    expect(pricesIn(rows).find(({ sku }) => sku === "fargate/linux/x86_64/vcpu")).toEqual({
      ...{
        kind: "price",
        region: "us-east-1",
        sku: "fargate/linux/x86_64/vcpu",
        unit: "vCPU-Hour",
        unitPrice: "0.04048",
      },
      ...{
        currency: "USD",
        tierFrom: "0",
        tierTo: null,
        rateCode: "8CESGAFWKAJ98PME.JRTCKXETXF.6YS6EN2CT7",
        note: null,
      },
      ...{ effectiveDate: "2022-11-01T00:00:00Z", effectiveFrom: "2022-11-01" },
      source: "AWS Price List API, AmazonECS, published 2022-11-21T18:21:30Z (version 20221121182130)",
    });
  });

  test("m5.large: $0.096 on demand and twelve reserved terms, 494 at the start of a year being 0.0563926941 per hour", async () => {
    const { rows } = await read(answered("AmazonEC2.m5.large.us-east-1"), { service: "AmazonEC2" });
    const allUpfront = pricesIn(rows).find(({ sku }) => sku.endsWith("m5.large/1yr/all-upfront/standard"));

    expect(brief(rows)).toEqual([
      "ec2-reserved/linux/m5.large/1yr/all-upfront/convertible 0.0658675799 Instance-Hour",
      "ec2-reserved/linux/m5.large/1yr/all-upfront/standard 0.0563926941 Instance-Hour",
      "ec2-reserved/linux/m5.large/1yr/no-upfront/convertible 0.071 Instance-Hour",
      "ec2-reserved/linux/m5.large/1yr/no-upfront/standard 0.06 Instance-Hour",
      "ec2-reserved/linux/m5.large/1yr/partial-upfront/convertible 0.0675616438 Instance-Hour",
      "ec2-reserved/linux/m5.large/1yr/partial-upfront/standard 0.0577671233 Instance-Hour",
      "ec2-reserved/linux/m5.large/3yr/all-upfront/convertible 0.0441780822 Instance-Hour",
      "ec2-reserved/linux/m5.large/3yr/all-upfront/standard 0.0361111111 Instance-Hour",
      "ec2-reserved/linux/m5.large/3yr/no-upfront/convertible 0.049 Instance-Hour",
      "ec2-reserved/linux/m5.large/3yr/no-upfront/standard 0.041 Instance-Hour",
      "ec2-reserved/linux/m5.large/3yr/partial-upfront/convertible 0.0455266362 Instance-Hour",
      "ec2-reserved/linux/m5.large/3yr/partial-upfront/standard 0.0382161339 Instance-Hour",
      "ec2/linux/m5.large 0.096 Instance-Hour",
    ]);
    expect(allUpfront?.note).toBe("0 per hour and 494 at the start, spread over 8760 hours");
  });

  test("AWS's own example of 2017 is the price of io1 in ca-central-1, and in any other region refused by name", async () => {
    const { response } = JSON.parse(sample("getproducts/botocore-example.GetProducts.json")) as { response: object };
    const answer = reply(200, JSON.stringify({ ...response, NextToken: "" }));

    expect(refusals((await read(answer, { service: "AmazonEC2" })).rows)).toEqual([
      "other-region AmazonEC2 CAN1-EBS:VolumeUsage.piops",
    ]);
    expect(brief((await read(answer, { service: "AmazonEC2", region: "ca-central-1" })).rows)).toEqual([
      "ebs/io1/storage 0.138 GB-Month",
    ]);
  });

  test("no match is an empty list and gives no row", async () => {
    expect((await read(answered("empty"))).rows).toEqual([]);
  });
});

describe("what is asked", () => {
  test("AmazonEC2 is asked nine times, each with the filters that keep its decoys out", async () => {
    const { bodies } = await read(answered("empty"), { service: "AmazonEC2", region: "eu-west-1" });
    const asked = bodies.map((body) => {
      const { Filters, ...rest } = body as { Filters: { Type: string; Field: string; Value: string }[] };
      return {
        ...rest,
        filters: Object.fromEntries(Filters.map(({ Type, Field, Value }) => [`${Type} ${Field}`, Value])),
      };
    });

    expect(asked).toHaveLength(9);
    expect(asked).toContainEqual({
      ...{ ServiceCode: "AmazonEC2", FormatVersion: "aws_v1", MaxResults: 100 },
      filters: {
        ...{ "TERM_MATCH regionCode": "eu-west-1", "TERM_MATCH tenancy": "Shared", "TERM_MATCH preInstalledSw": "NA" },
        ...{ "TERM_MATCH licenseModel": "No License required", "TERM_MATCH capacitystatus": "Used" },
        ...{ "TERM_MATCH marketoption": "OnDemand", "TERM_MATCH operatingSystem": "Linux" },
      },
    });
  });

  test("data transfer, which has no region of its own, is asked for by where it starts", async () => {
    const { bodies } = await read(answered("empty"), { service: "AWSDataTransfer", region: "eu-west-1" });

    expect(bodies.map((body) => JSON.stringify(body)).filter((body) => body.includes("EU (Ireland)"))).toHaveLength(3);
  });

  test.each([
    ["eu-central-1", "us-east-1"],
    ["us-gov-west-1", "us-east-1"],
    ["cn-north-1", "cn-northwest-1"],
  ])("prices of %s are asked of the endpoint in %s", async (region, endpointRegion) => {
    await using endpoint = await serve(answered("empty"));
    const source = priceListApi({ clock: testClock(), credentials: fakeCredentials, endpoint: endpoint.address });

    await rowsOf(source, { regions: [region], parts: ["AmazonECS"] });

    expect(endpoint.asked[0]?.target).toBe("AWSPriceListService.GetProducts");
    expect(endpoint.asked[0]?.authorization).toContain(`/${endpointRegion}/pricing/aws4_request`);
  });

  test("a region or a part that does not exist is refused before any call, naming the known ones", async () => {
    await expect(read(answered("empty"), { region: "us-east-9" })).rejects.toThrow(/"us-east-9".*Known: us-east-1/);
    await expect(read(answered("empty"), { service: "AmazonX" })).rejects.toThrow(/no part "AmazonX".*AmazonECS/);
  });

  test("the eleventh call waits 200 milliseconds: ten calls at once, five a second after that", async () => {
    const clock = testClock();
    const pages = Array.from({ length: 12 }, (_, i) => reply(200, page([], i < 11 ? `token${i}` : "")));

    expect((await read(inTurn(...pages), { clock })).calls).toBe(12);
    expect(clock.slept).toEqual([200, 200]);
  });
});

describe("pages", () => {
  test("the second page is asked for with the first one's token, and an empty token ends it", async () => {
    const { rows, bodies } = await read(inTurn(answered("paging.page1"), answered("paging.page2")));

    expect(brief(rows)).toHaveLength(4);
    expect(bodies.map((body) => (body as { NextToken?: string }).NextToken)).toEqual([
      undefined,
      "EXAMPLEtok1==:EXAMPLEopaque1",
    ]);
  });

  test("neither the size of the pages nor the order of the products changes a row", async () => {
    const all = items(fargate);
    const { rows } = await read(reply(200, page(all)));

    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 13 }),
        async (list, size) => {
          const answer: Answer = (response, { body }) => {
            const { NextToken } = JSON.parse(body) as { NextToken?: string };
            const at = Number(NextToken ?? 0);
            return reply(200, page(list.slice(at, at + size), at + size < list.length ? `${at + size}` : ""))(
              response,
              {} as never,
            );
          };

          expect((await read(answer, { pageSize: size })).rows).toEqual(rows);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("a token that has expired starts the query again, and no price of the first attempt is left", async () => {
    const changed = page(
      items("paging.page1").map((item) => item.replace("0.0404800000", "0.0500000000")),
      "again",
    );
    const expired = error("expired-next-token.http400.json");
    const answer = inTurn(answered("paging.page1"), expired, reply(200, changed), answered("paging.page2"));
    const { rows, calls } = await read(answer);

    expect(brief(rows)).toContain("fargate/linux/x86_64/vcpu 0.05 vCPU-Hour");
    expect(refusedIn(rows)).toEqual([]);
    expect(calls).toBe(4);
  });

  test("tokens that expire again and again end in a failure, not in an endless reading", async () => {
    const answer: Answer = (response, asked) =>
      (asked.body.includes("NextToken") ? error("expired-next-token.http400.json") : answered("paging.page1"))(
        response,
        asked,
      );

    await expect(read(answer)).rejects.toMatchObject({ code: "provider_error" });
  });

  test("pages that go in a circle end in a failure", async () => {
    await expect(read(answered("paging.page1"))).rejects.toMatchObject({ code: "unreadable" });
  });
});

describe("what goes wrong on the way", () => {
  test.each([
    ["two throttlings", inTurn(throttling, throttling, answered(fargate)), 3],
    ["two errors 500", inTurn(reply(500, "{}"), reply(500, "{}"), answered(fargate)), 3],
    [
      "an answer that ends in the middle",
      inTurn(cutShort(900, sample(`getproducts/${fargate}.json`)), answered(fargate)),
      2,
    ],
    [
      "a connection that dies in the middle",
      inTurn(hangUpAfter(900, sample(`getproducts/${fargate}.json`)), answered(fargate)),
      2,
    ],
    ["an answer of 500 bytes at a time", trickle(sample(`getproducts/${fargate}.json`), 500), 1],
  ])("after %s the prices are there, with their decoys refused", async (_, answer, calls) => {
    const read9 = await read(answer);

    expect(brief(read9.rows)).toHaveLength(9);
    expect(read9.calls).toBe(calls);
  });

  test.each([
    ["throttling", throttling, "throttled", /throttles/],
    ["errors 500", reply(500, '{"__type":"InternalErrorException"}'), "provider_error", /AmazonECS in us-east-1/],
    ["answers that break off", cutShort(900, sample(`getproducts/${fargate}.json`)), "unreadable", /breaks off/],
    ["connections that die", hangUpAfter(900, sample(`getproducts/${fargate}.json`)), "unreadable", /breaks off/],
    ["AccessDenied", error("access-denied.http400.json"), "access_denied", /lacks the permission pricing:GetProducts/],
    [
      "a parameter it does not know",
      error("invalid-parameter.http400.json"),
      "provider_error",
      /Invalid attribute name: zz/,
    ],
    [
      "an unknown identity",
      reply(400, '{"__type":"UnrecognizedClientException"}'),
      "credentials_missing",
      /bulk files need none/,
    ],
  ])("nothing but %s is a failure that says so", async (_, answer, code, message) => {
    const reading = read(answer);

    await expect(reading).rejects.toMatchObject({ name: "SourceFailure", code });
    await expect(reading).rejects.toThrow(message);
  });

  test("AccessDenied is not asked for again, a throttled call five times", async () => {
    await using endpoint = await serve(inTurn(error("access-denied.http400.json"), throttling));
    const source = priceListApi({ clock: testClock(), credentials: fakeCredentials, endpoint: endpoint.address });
    const request = { regions: ["us-east-1"], parts: ["AmazonECS"] };

    await expect(rowsOf(source, request)).rejects.toMatchObject({ code: "access_denied" });
    expect(endpoint.asked).toHaveLength(1);
    await expect(rowsOf(source, request)).rejects.toMatchObject({ code: "throttled" });
    expect(endpoint.asked).toHaveLength(6);
  });

  test("who stops the reading of a silent endpoint gets back his own reason", async () => {
    const stop = new AbortController();
    const reading = read(
      (response, asked) => {
        stop.abort(new Error("enough"));
        return silence(response, asked);
      },
      { signal: stop.signal },
    );

    await expect(reading).rejects.toThrow("enough");
  });
});

describe("what is never guessed", () => {
  const [item = ""] = items(fargate).filter((each) => each.includes("USE1-Fargate-vCPU-Hours"));
  const twin = (from: string, to: string) => item.replaceAll("8CESGAFWKAJ98PME", "TWIN").replace(from, to);
  const refusedAs = (list: readonly string[]) => read(reply(200, page(list))).then(({ rows }) => rows);

  test("two different prices for one SKU: neither is handed out, and the refusal names both", async () => {
    const rows = await refusedAs([item, twin("0.0404800000", "0.0414800000")]);

    expect(pricesIn(rows)).toEqual([]);
    expect(refusedIn(rows)).toMatchObject([
      { reason: "ambiguous", sku: "fargate/linux/x86_64/vcpu", region: "us-east-1", count: 2 },
    ]);
    expect(refusedIn(rows)[0]?.message).toMatch(/0\.04048 USD .*0\.04148 USD/);
  });

  test("the same price under two of AWS's SKUs is one price", async () => {
    expect(brief(await refusedAs([item, twin("none", "none")]))).toEqual([
      "fargate/linux/x86_64/vcpu 0.04048 vCPU-Hour",
    ]);
  });

  test.each([
    ["a unit it does not know", '\\"unit\\":\\"hours\\"', '\\"unit\\":\\"seconds\\"', "unknown-unit"],
    ["no unit at all", '\\"unit\\":\\"hours\\",', "", "missing-field"],
    ["another currency", '\\"USD\\"', '\\"EUR\\"', "currency"],
    ["a price of 0", "0.0404800000", "0.0000000000", "zero-price"],
    ["a price that is no number", "0.0404800000", "n/a", "malformed"],
    ["no price at all", '\\"OnDemand\\"', '\\"Other\\"', "missing-field"],
    [
      "a region that nobody knows",
      '\\"regionCode\\":\\"us-east-1\\"',
      '\\"regionCode\\":\\"us-east-1-bos-1\\"',
      "other-region",
    ],
    ["a prefix that is not the region's", "USE1-Fargate-vCPU", "EU-Fargate-vCPU", "not-wanted"],
  ])("%s is refused by name", async (_, from, to, reason) => {
    const plain = (text: string) => text.replaceAll('\\"', '"');
    const rows = await refusedAs([item.replace(plain(from), plain(to))]);

    expect(item).toContain(plain(from));
    expect(pricesIn(rows)).toEqual([]);
    expect(refusedIn(rows)).toMatchObject([{ reason, count: 1, examples: ["8CESGAFWKAJ98PME"] }]);
  });

  test("an element that is no product is refused", async () => {
    expect(refusals(await refusedAs(["{", item]))).toEqual(["malformed AmazonECS"]);
  });

  test("gp3 IOPS counted from 3,000 in one region are the price from 0 on, since 3,000 are included", async () => {
    const [iops = ""] = items("AmazonEC2.EBS.ap-northeast-1").filter((each) => each.includes("P-IOPS.gp3"));
    const counted = iops.replace('"beginRange":"0"', '"beginRange":"3000"');

    expect(counted).not.toBe(iops);
    expect(
      brief((await read(reply(200, page([counted])), { service: "AmazonEC2", region: "ap-northeast-1" })).rows),
    ).toEqual(["ebs/gp3/iops 0.006 IOPS-Month"]);
  });

  test("tiers that overlap are refused", async () => {
    const overlapping = items("AmazonS3.us-east-1").map((each) =>
      each.replace('"endRange":"51200"', '"endRange":"60000"'),
    );
    const { rows } = await read(reply(200, page(overlapping)), { service: "AmazonS3" });

    expect(refusedIn(rows)).toMatchObject([{ reason: "ambiguous", sku: "s3/standard/storage", count: 3 }]);
  });
});
