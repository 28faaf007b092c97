import { z } from "@hono/zod-openapi";
import { efforts } from "../../core/model/packing.ts";
import { comparisonExample } from "../comparison-example.ts";
import { cluster } from "./cluster.ts";
import { rateCard } from "./rate-card.ts";

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

const service = z
  .looseObject({
    serviceName: z.string(),
    taskDefinition: z.string().openapi({ description: "By ARN, family:revision or family (its highest revision)." }),
    desiredCount: z.int().min(0),
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
    tags: ownFields.tags.optional(),
    architectures: ownFields.architectures.optional(),
    interruptible: ownFields.interruptible.optional(),
    localDiskGiB: ownFields.localDiskGiB.optional(),
  })
  .openapi("Run", {
    description: "A job started with RunTask.",
    externalDocs: { url: `${aws}APIReference/API_RunTask.html` },
  });

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
    cluster,
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
  })
  .partial()
  .openapi("ComparisonRequest", { example: comparisonExample });
