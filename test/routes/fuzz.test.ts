import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { comparisonExample } from "../../api/routes/comparison-example.ts";
import { type MemoryApp, openMemoryApp, posting, problemsIn } from "./memory-app.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
}, 60_000);
afterAll(() => app.close());

const awkward = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    "",
    " ",
    "NaN",
    "-1",
    "1e400",
    "0x10",
    "1 vCPU",
    "2 GB",
    "<CPU>",
    "\u0000",
    "\uD800",
    "a".repeat(5000),
  ],
  ...[0, -0, -1, 0.1, 2 ** 53, 1e308, 5e-324, [], {}, [[]], [null], { __proto__: null }],
);
const value = fc.oneof(awkward, fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: "binary" }));

test("no JSON at all makes the server fail", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), (body) => answersOrRefuses(JSON.stringify(body))),
    { numRuns: 200 },
  );
});

test("no text at all makes the server fail", async () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.mixedCase(fc.json()),
    fc.json().map((json) => json.slice(1)),
  );
  await fc.assert(fc.asyncProperty(text, answersOrRefuses), { numRuns: 200 });
});

test("the good request is answered", async () => {
  expect((await app.compare(fullRequest)).status).toBe(200);
});

test("no value in the place of any part of a good request makes the server fail", async () => {
  const places = placesIn(fullRequest);
  expect(places.length).toBeGreaterThan(60);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), value, async (place, replacement) => {
      await answersOrRefuses(JSON.stringify(replaced(fullRequest, place, replacement)));
    }),
    { numRuns: 600 },
  );
}, 120_000);

test("no value in the place of any part of a good workload makes the server fail, and what it keeps it can keep again", async () => {
  const put = (body: string) => app.ask("/v1/workloads/fuzz", { ...posting(body), method: "PUT" });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom([], ...placesIn(fullRequest)), value, async (place, replacement) => {
      const response = await put(JSON.stringify(replaced(fullRequest, place, replacement)));
      expect([200, 201, 400, 422]).toContain(response.status);
      if (response.status >= 400) return;
      const again = await put(await (await app.ask("/v1/workloads/fuzz")).text());
      expect([again.status, again.headers.get("ETag")]).toEqual([200, response.headers.get("ETag")]);
    }),
    { numRuns: 300 },
  );
}, 120_000);

test("no field of any name beside the good ones makes the server fail", async () => {
  const objects = placesIn(fullRequest).filter((place) => isRecord(valueAt(fullRequest, place)));
  const name = fc.oneof(fc.constantFrom("__proto__", "constructor", "toString", "length", "then", ""), fc.string());
  await fc.assert(
    fc.asyncProperty(fc.constantFrom([], ...objects), name, value, async (place, field, added) => {
      // Text, since an object literal cannot hold a field named __proto__.
      const body = JSON.stringify(replaced(fullRequest, [...place, "ADDED"], added));
      await answersOrRefuses(body.replace('"ADDED"', () => JSON.stringify(field)));
    }),
    { numRuns: 300 },
  );
}, 120_000);

async function answersOrRefuses(body: string): Promise<void> {
  const response = await app.compare(body);
  expect([200, 400, 422]).toContain(response.status);
  if (response.status !== 200) await problemsIn(response);
}

const [definition] = comparisonExample.taskDefinitions;

/** A request with something of everything that is read. */
const fullRequest = {
  ...comparisonExample,
  hours: "730",
  monthHours: 730,
  period: { start: "2026-11-01T00:00:00Z", timeZone: "UTC" },
  taskDefinitions: [
    {
      ...definition,
      taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/web:41",
      revision: 41,
      executionRoleArn: "arn:aws:iam::123456789012:role/execution",
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      ephemeralStorage: { sizeInGiB: 30 },
      volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } }],
      placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.instance-type =~ m7.*" }],
      containerDefinitions: [
        {
          ...definition?.containerDefinitions[0],
          cpu: 256,
          memoryReservation: 512,
          environment: [{ name: "A", value: "1" }],
          secrets: [{ name: "B", valueFrom: "arn:aws:secretsmanager:us-east-1:123456789012:secret:b" }],
          logConfiguration: { logDriver: "awslogs", options: { "awslogs-region": "us-east-1" } },
          resourceRequirements: [{ type: "GPU", value: "1" }],
          linuxParameters: { sharedMemorySize: 64 },
        },
      ],
    },
  ],
  services: [
    {
      ...comparisonExample.services[0],
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", base: 1, weight: 4 }],
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "ENABLED" } },
      placementStrategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
      tags: { owner: "shop" },
      architectures: ["X86_64"],
      interruptible: true,
    },
  ],
  runs: [{ taskDefinition: "web:41", tasks: 5, seconds: 600, times: 30 }],
  cluster: {
    zones: 2,
    deploymentRoom: "one-task",
    allow: ["burstable"],
    rootVolume: { volumeType: "gp3", sizeInGiB: 50 },
  },
  options: ["fargate", "ec2"],
};

type Place = readonly (string | number)[];

function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [place];
  const below = Object.entries(value).flatMap(([key, item]) =>
    placesIn(item, [...place, Array.isArray(value) ? Number(key) : key]),
  );
  return place.length === 0 ? below : [place, ...below];
}

function valueAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>(
    (inner, key) => (isRecord(inner) || Array.isArray(inner) ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function replaced(value: unknown, place: Place, replacement: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? replaced(item, rest, replacement) : item));
  const fields = isRecord(value) ? value : {};
  return { ...fields, [key]: replaced(fields[key], rest, replacement) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
