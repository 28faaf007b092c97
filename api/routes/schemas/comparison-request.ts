import { z } from "@hono/zod-openapi";
import { efforts } from "../../core/model/packing.ts";
import { comparisonExample } from "../comparison-example.ts";
import { cluster } from "./cluster.ts";
import { rateCard } from "./rate-card.ts";
import { usage } from "./usage.ts";

const aws = "https://docs.aws.amazon.com/AmazonECS/latest/";

/** A document of AWS's, whose fields are AWS's own: Stowage reads what costs or placement need and leaves the rest alone. */
const awsDocument = (name: string, page: string) =>
  z
    .looseObject({})
    .openapi(name, { description: `As AWS describes it: ${aws}${page}`, externalDocs: { url: aws + page } });

const taskDefinition = awsDocument("TaskDefinition", "APIReference/API_RegisterTaskDefinition.html").openapi({
  description: "Input of RegisterTaskDefinition or output of describe-task-definition, verbatim.",
});

const strategyItem = awsDocument("CapacityProviderStrategyItem", "APIReference/API_CapacityProviderStrategyItem.html");
const placementStrategy = awsDocument("PlacementStrategy", "APIReference/API_PlacementStrategy.html");
const placementConstraint = awsDocument("PlacementConstraint", "APIReference/API_PlacementConstraint.html");
const volumeConfiguration = awsDocument("TaskVolumeConfiguration", "APIReference/API_TaskVolumeConfiguration.html");
const networkConfiguration = awsDocument("NetworkConfiguration", "APIReference/API_NetworkConfiguration.html");

/** Beside AWS's own fields, in services and runs alike. */
const ownFields = {
  tags: z
    .union([z.record(z.string(), z.string()), z.array(z.object({ key: z.string(), value: z.string() }))])
    .openapi({ description: "Whose it is, for allocation: an object, or AWS's list of keys and values." }),
  architectures: z
    .array(z.enum(["X86_64", "ARM64"]))
    .openapi({ description: "What the image is built for, where the task definition is not the only choice." }),
  interruptible: z
    .boolean()
    .openapi({ description: "A task may be lost at two minutes' notice: Spot may be recommended." }),
  localDiskGiB: z
    .int()
    .min(0)
    .openapi({ description: "Of the instance's root volume, that each task's bind mounts may fill." }),
};

const autoScaling = "https://docs.aws.amazon.com/autoscaling/application/APIReference/Welcome.html";

/** What a service is asked to do over time. What fits together is told by parsing. */
const load = z
  .strictObject({
    unit: z.enum(["requests-per-second", "requests", "vCPU", "GiB"]).openapi({
      description: "Of the values; requests: a series' sums in each of its periods.",
    }),
    constant: z.number().min(0),
    daily: z.array(z.number().min(0)).openapi({ description: "24 hourly values, from midnight in period.timeZone." }),
    weekly: z.array(z.number().min(0)).openapi({ description: "168 hourly values, from Monday's midnight." }),
    series: z.unknown().openapi({
      description:
        "Output of aws cloudwatch get-metric-data or get-metric-statistics, CSV text with timestamp and value, or a list of { timestamp, value }. What is missing is a gap.",
    }),
    seriesId: z.string().openapi({ description: "The Id of one of several MetricDataResults." }),
    statistic: z.enum(["Average", "Sum", "Maximum", "Minimum", "SampleCount"]),
    periodSeconds: z
      .int()
      .min(20)
      .max(86_400)
      .openapi({ description: "Of the series; its commonest distance unless told." }),
    repeat: z
      .boolean()
      .openapi({ description: "The series goes on from its beginning, in whole weeks; true unless told." }),
    generate: z.strictObject({
      base: z.number().min(0),
      peak: z.number().min(0),
      peakHour: z.number().min(0).max(24).optional(),
      weekendFactor: z.number().min(0).optional(),
      noise: z.number().min(0).max(1).optional(),
      bursts: z.strictObject({ perWeek: z.number(), factor: z.number(), minutes: z.number() }).partial().optional(),
      seed: z.int().min(0).optional(),
    }),
    interpolation: z.enum(["linear", "step"]).openapi({ description: "Between hourly values; linear unless told." }),
    scale: z.number().min(0).openapi({ description: "Every value times this." }),
    growthPerMonth: z.number().openapi({ description: "Percent in 730 hours, compounded." }),
    perRequest: z.strictObject({ cpuMilliseconds: z.number(), memoryMiB: z.number() }).partial(),
    perTask: z.strictObject({ cpu: z.number(), memory: z.number() }).partial().openapi({
      description: "CPU units and MiB that a running task takes without load.",
    }),
  })
  .partial()
  .openapi("Load");

/** One load, or several that add up. */
export const loads = z.union([load, z.array(load)]);

const namedLoad = load
  .extend({ profile: z.string().openapi({ description: "Of a stored load profile; other fields are laid over its." }) })
  .openapi("NamedLoad");

const givenLoad = z.union([namedLoad, z.array(load)]).openapi({ description: "One load, or several that add up." });

const scaling = z.union([z.looseObject({}), z.array(z.looseObject({}))]).openapi("Scaling", {
  description:
    "Application Auto Scaling's documents, as describe calls print them (ScalableTargets, ScalingPolicies, ScheduledActions, MetricAlarms) or a list of what was registered. Beside them: deploymentsPerWeek, and model for what AWS does not publish.",
  externalDocs: { url: autoScaling },
});

const service = z
  .looseObject({
    serviceName: z.string(),
    taskDefinition: z.string().openapi({ description: "By ARN, family:revision or family (its highest revision)." }),
    desiredCount: z.int().min(0),
    load: givenLoad,
    scaling,
    ...ownFields,
  })
  .partial()
  .openapi("Service", {
    description: "Input of CreateService or a service of describe-services, with Stowage's own fields beside AWS's.",
    externalDocs: { url: `${aws}APIReference/API_CreateService.html` },
  });

const run = z
  .strictObject({
    name: z.string().optional(),
    taskDefinition: z.string(),
    tasks: z.int().min(1).optional().openapi({ description: "Started by each run; 1 unless told." }),
    seconds: z.int().min(1).openapi({ description: "How long each task lives." }),
    times: z.int().min(1).optional().openapi({ description: "Runs in the period; 1 unless told." }),
    launchType: z.string().optional(),
    capacityProviderStrategy: z.array(strategyItem).optional(),
    placementStrategy: z.array(placementStrategy).optional(),
    placementConstraints: z.array(placementConstraint).optional(),
    networkConfiguration: networkConfiguration.optional(),
    volumeConfigurations: z.array(volumeConfiguration).max(1).optional(),
    tags: ownFields.tags.optional(),
    architectures: ownFields.architectures.optional(),
    interruptible: ownFields.interruptible.optional(),
    localDiskGiB: ownFields.localDiskGiB.optional(),
  })
  .openapi("Run", {
    description: "A job started with RunTask.",
    externalDocs: { url: `${aws}APIReference/API_RunTask.html` },
  });

const manifest = z.looseObject({ apiVersion: z.string(), kind: z.string() });

const hours = (description: string) =>
  z.union([z.number().positive(), z.string()]).openapi({ description, example: 730 });

/** Documents the body of POST /v1/comparisons. What is wrong with one is told by parsing, with a path and a way out. */
export const comparisonRequest = z
  .strictObject({
    region: z
      .string()
      .openapi({ description: "Required unless the documents' ARNs agree on one.", example: "us-east-1" }),
    hours: hours("The priced period; 730 unless told."),
    monthHours: hours("What monthly prices are prorated by; 730 unless told."),
    period: z.strictObject({ start: z.iso.datetime().optional(), timeZone: z.string().optional() }),
    taskDefinitions: z.array(taskDefinition),
    services: z.array(service).openapi({ description: "Left out with runs: one per task definition, desiredCount 1." }),
    runs: z.array(run),
    manifests: z.array(z.union([manifest, z.array(manifest), z.string()])).openapi({
      description:
        "Kubernetes manifests: objects as kubectl prints them, lists of them, or YAML texts with any number of them.",
    }),
    loads: z.record(z.string(), givenLoad).openapi({
      description:
        "What workloads of the manifests are asked to do, by kind/name, with the namespace before it where several have one of that name: their HorizontalPodAutoscalers are played under it.",
      example: { "deployment/web": { unit: "vCPU", constant: 3 } },
    }),
    cluster,
    usage,
    rateCard: z.union([rateCard, z.string()]).openapi({ description: "A rate card, or the name of a stored one." }),
    options: z
      .array(z.string())
      .openapi({ description: "Ids of the options to compare; all unless told.", example: ["fargate"] }),
    asOf: z.iso.date().openapi({ description: "Prices in force on this day; the newest known unless told." }),
    snapshot: z.string().openapi({ description: "Id of the price snapshot to answer from; the latest unless told." }),
    effort: z
      .enum(efforts)
      .openapi({ description: "How much work may go into a cheaper fleet and a better bound; standard unless told." }),
    seed: z.int().min(0),
    simulations: z
      .int()
      .min(1)
      .max(100)
      .openapi({ description: "Generated loads are played with so many seeds for a range of totals; 1 unless told." }),
  })
  .partial()
  .openapi("ComparisonRequest", { example: comparisonExample });
