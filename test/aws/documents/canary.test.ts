import { expect, test } from "vitest";
import { documentFormats } from "../../../api/aws/documents/catalogue.ts";
import { relocate } from "../../../api/aws/documents/origins.ts";
import { readDocuments } from "../../../api/aws/documents/read-documents.ts";
import { readJson } from "../../../api/aws/documents/read-json.ts";
import { parse } from "../../../api/core/parsing/parse.ts";

const canary = "C4n4ry-hunter2";

/** Something secret in every field that is discarded, in the right place and in the wrong ones. */
const container = {
  name: "web",
  image: "nginx",
  memory: 128,
  environment: [
    { name: "PASSWORD", value: canary },
    { name: "TOKEN", valueFrom: `arn:aws:ssm:us-east-1:123456789012:parameter/${canary}` },
    { [canary]: canary },
    canary,
  ],
  environmentFiles: [{ type: "s3", value: `arn:aws:s3:::${canary}/x.env` }],
  command: ["sh", "-c", `login ${canary}`],
  entryPoint: [canary],
  dockerLabels: { [canary]: canary, token: canary },
  healthCheck: { command: ["CMD", `curl -u ${canary}`], interval: canary },
  secrets: [
    { name: canary, valueFrom: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${canary}:${canary}::` },
    { name: canary, valueFrom: canary },
    { name: canary, value: canary },
    { name: "A", value: `arn:aws:ssm:us-east-1:123456789012:parameter/${canary}` },
  ],
  repositoryCredentials: { credentialsParameter: canary },
  logConfiguration: {
    logDriver: "splunk",
    options: { "splunk-token": canary, [canary]: canary },
    secretOptions: [{ name: canary, valueFrom: canary }],
  },
  firelensConfiguration: { type: "fluentbit", options: { [canary]: canary } },
  extraHosts: [{ hostname: canary, ipAddress: canary }],
  dockerSecurityOptions: [canary],
  systemControls: [{ namespace: canary, value: canary }],
  mountPoints: [{ sourceVolume: canary, containerPath: canary }],
  links: [canary],
  user: canary,
  hostname: canary,
  workingDirectory: canary,
  unknown: { [canary]: [canary] },
  [canary]: canary,
};

const definition = {
  taskDefinition: {
    family: "web",
    taskRoleArn: `arn:aws:iam::123456789012:role/${canary}`,
    executionRoleArn: canary,
    registeredBy: canary,
    containerDefinitions: [container],
    volumes: [
      { name: "a", dockerVolumeConfiguration: { driverOpts: { password: canary }, labels: { [canary]: canary } } },
      { name: "b", efsVolumeConfiguration: { fileSystemId: canary } },
      { name: "c", host: { sourcePath: `/mnt/${canary}` } },
    ],
    proxyConfiguration: { properties: [{ name: "x", value: canary }] },
    inferenceAccelerators: [{ deviceName: canary, deviceType: canary }],
    [canary]: canary,
  },
  tags: [{ key: canary, value: canary }],
};

const service = {
  serviceName: "web",
  taskDefinition: "web",
  desiredCount: 1,
  events: [{ message: canary }],
  deployments: [{ status: canary }],
  serviceConnectConfiguration: { namespace: canary, [canary]: canary },
  loadBalancers: [
    { targetGroupArn: canary, loadBalancerName: canary, containerName: canary, containerPort: 80 },
    {
      targetGroupArn: `${canary}2`,
      advancedConfiguration: { productionListenerRule: `x:listener/app/${canary}/${canary}/1`, roleArn: canary },
    },
  ],
  networkConfiguration: { awsvpcConfiguration: { subnets: [canary], securityGroups: [canary] } },
  volumeConfigurations: [{ name: "a", managedEBSVolume: { sizeInGiB: 10, kmsKeyId: canary, snapshotId: canary } }],
  roleArn: canary,
  [canary]: canary,
};

const request = { region: "us-east-1", taskDefinitions: [definition], services: [service] };

test("no discarded value is in the workload, whatever it holds", () => {
  const parsed = parse(request, documentFormats);
  expect(parsed).toMatchObject({ ok: true });
  expect(JSON.stringify(parsed)).not.toContain("hunter2");
});

/** The request with one thing wrong with it, for everything that can be. */
const mistaken: readonly (readonly [name: string, request: unknown])[] = [
  ...Object.keys(container).map((name) => wrongContainer(name, { [canary]: canary })),
  ...Object.keys(container).map((name) => wrongContainer(name, canary)),
  ...Object.keys(container).map((name) => wrongContainer(name, [canary])),
  ...["cpu", "memory", "networkMode", "runtimePlatform", "ephemeralStorage", "volumes", "revision"].map(
    (name) => [`a wrong ${name}`, withDefinition({ [name]: canary })] as const,
  ),
  ...[
    `attribute:${canary} = x`,
    `attribute:x == ${canary} ${canary}`,
    `${canary} == x`,
    `attribute:x ${canary} x`,
    canary,
  ].map(
    (expression) =>
      [
        "an expression that is wrong",
        withDefinition({ placementConstraints: [{ type: "memberOf", expression }] }),
      ] as const,
  ),
  ...[`(${canary}`, `${canary}[z-a]`, `x{1}{2}${canary}`, `\\1${canary}`, `'${canary}`].map(
    (pattern) =>
      [
        "a pattern that is wrong",
        withDefinition({ placementConstraints: [{ type: "memberOf", expression: `attribute:x =~ ${pattern}` }] }),
      ] as const,
  ),
  ["containers that are text", withDefinition({ containerDefinitions: [canary] })],
  ["containers that are a text", withDefinition({ containerDefinitions: canary })],
  ["no containers", withDefinition({ containerDefinitions: [] })],
  ["a definition that is text", { ...request, taskDefinitions: [canary] }],
  [
    "one revision with two contents",
    { ...request, taskDefinitions: [definition, { ...definition.taskDefinition, cpu: 256 }] },
  ],
  ["a service twice", { ...request, services: [service, service] }],
  ...["desiredCount", "launchType", "capacityProviderStrategy", "placementStrategy", "tags", "architectures"].map(
    (name) => [`a service with a wrong ${name}`, { ...request, services: [{ ...service, [name]: canary }] }] as const,
  ),
  [
    "a run with a strange field",
    { ...request, runs: [{ taskDefinition: "web", seconds: 5, "my C4n4ry-hunter2": canary }] },
  ],
  ["a strange field", { ...request, "my C4n4ry-hunter2": canary }],
  ["settings that are wrong", { ...request, cluster: { zones: canary, instanceTypes: [canary], rootVolume: canary } }],
  ["no region", { ...request, region: canary }],
  [
    "fields of the request that are wrong",
    { ...request, hours: canary, options: [canary], seed: canary, period: canary },
  ],
  ["fields that are not read yet", { ...request, commitments: { [canary]: canary }, asOf: canary }],
];

test.each(mistaken)("%s: no discarded value is in what comes out", (_, bad) => {
  expect(JSON.stringify(parse(bad, documentFormats))).not.toContain("hunter2");
});

test("text that is no JSON, or says a field twice, is not quoted", () => {
  const text = JSON.stringify(request, null, 2);
  const broken = [
    ...[...text.matchAll(/hunter2/g)].map(
      (found) => text.slice(0, found.index + 3) + text.slice(found.index + 4).replace('"', ""),
    ),
    ...[...text.matchAll(/hunter2/g)].map((found) => text.slice(0, found.index + 7)),
    text.replaceAll(`"${canary}"`, canary),
    text.replaceAll(/("C4n4ry-hunter2"): [^,{[]*,/g, "$1: 1, $1: 2,"),
    `${text} ${canary}`,
    `{ "a": "${canary}\n" }`,
    canary,
  ];
  for (const one of broken) {
    const read = readJson(one);
    expect(read.ok).toBe(false);
    const gathered = readDocuments([{ name: "web.json", text: one }]);
    expect(gathered.ok).toBe(false);
    expect(JSON.stringify([read, gathered])).not.toContain("hunter2");
  }
});

test("problems that are told by file quote no more than those of a request", () => {
  const text = JSON.stringify({ ...definition.taskDefinition, cpu: canary });
  const gathered = readDocuments([{ name: "web.json", text }]);
  if (!gathered.ok) throw new Error("The file cannot be read");
  const parsed = parse(gathered.value.request, documentFormats);
  if (parsed.ok) throw new Error("The file has no problem");
  const told = parsed.problems.map((problem) => relocate(problem, gathered.value.origins));
  expect(told.map(({ code, path }) => `${code} at ${path}`)).toContain("not_a_size at web.json: cpu");
  expect(JSON.stringify(told)).not.toContain("hunter2");
});

function wrongContainer(name: string, value: unknown): readonly [name: string, request: unknown] {
  const kind = Array.isArray(value) ? "list" : typeof value;
  return [
    `a container whose ${name === canary ? "odd field" : name} is the wrong ${kind}`,
    withDefinition({ containerDefinitions: [{ ...container, name: "web", image: "nginx", ...safe(name, value) }] }),
  ];
}

/** A name and an image are kept, and so is the log driver: what is written there is meant to be seen. */
function safe(name: string, value: unknown): object {
  return (name === "name" || name === "image") && typeof value === "string" ? {} : { [name]: value };
}

function withDefinition(fields: object): unknown {
  return { ...request, taskDefinitions: [{ ...definition.taskDefinition, ...fields }] };
}
