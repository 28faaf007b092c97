import { afterAll, beforeAll, expect, test } from "vitest";
import type { Problem } from "../../api/core/model/problem.ts";
import type { ComparisonDocument } from "../../api/present/json.ts";
import { type MemoryApp, openMemoryApp, posting } from "./memory-app.ts";

let app: MemoryApp;
beforeAll(async () => {
  app = await openMemoryApp();
});
afterAll(() => app.close());

const day = { daily: [1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 9, 9, 8, 8, 9, 9, 8, 6, 5, 4, 3, 2, 1, 1], unit: "vCPU" };

const put = (name: string, load: unknown) => app.ask(`/v1/load-profiles/${name}`, { ...posting(load), method: "PUT" });

function compare(load: unknown) {
  return app.compare({
    region: "us-east-1",
    hours: 168,
    taskDefinitions: [
      { family: "web", cpu: "1024", memory: "2048", networkMode: "awsvpc", containerDefinitions: [{ name: "web" }] },
    ],
    services: [
      {
        ...{ serviceName: "web", taskDefinition: "web", desiredCount: 2, load },
        scaling: [
          { ResourceId: "service/c/web", MinCapacity: 2, MaxCapacity: 40 },
          {
            ...{ PolicyName: "cpu", PolicyType: "TargetTrackingScaling", ResourceId: "service/c/web" },
            TargetTrackingScalingPolicyConfiguration: {
              TargetValue: 50,
              PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
            },
          },
        ],
      },
    ],
    options: ["fargate"],
  });
}

async function answered(load: unknown): Promise<ComparisonDocument> {
  const response = await compare(load);
  expect(response.status).toBe(200);
  return (await response.json()) as ComparisonDocument;
}

async function problemsOf(response: Response): Promise<string[]> {
  const { problems } = (await response.json()) as { problems: Problem[] };
  return problems.map(({ code, path }) => `${code} ${path}`);
}

test("a stored profile answers the same as the load written out, and twice the load with scale 2", async () => {
  expect((await put("weekdays", day)).status).toBe(204);

  expect(await answered({ profile: "weekdays" })).toEqual(await answered(day));
  expect(await answered({ profile: "weekdays", scale: 2 })).toEqual(await answered({ ...day, scale: 2 }));
  expect(await (await app.ask("/v1/load-profiles/weekdays")).json()).toEqual(day);
});

test("a list of loads is a profile too, taken as it is", async () => {
  const both = [day, { constant: 1, unit: "vCPU" }];
  await put("both", both);

  expect(await answered({ profile: "both" })).toEqual(await answered(both));
  expect(await problemsOf(await compare({ profile: "both", scale: 2 }))).toEqual([
    "conflicting_values services[0].load.profile",
  ]);
});

test("a profile is a load of a manifest's workload too, under loads", async () => {
  await put("weekdays", day);
  const manifests = [
    {
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } },
      spec: {
        template: { spec: { containers: [{ name: "web", resources: { requests: { cpu: "1", memory: "1Gi" } } }] } },
      },
    },
    {
      ...{ apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "web" } },
      spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: 40 },
    },
  ];
  const answer = (load: unknown) =>
    app.compare({
      ...{ region: "us-east-1", hours: 24, manifests, options: ["eks-fargate"] },
      loads: { "deployment/web": load },
    });

  const named = await answer({ profile: "weekdays", scale: 2 });
  expect(named.status).toBe(200);
  expect(await named.text()).toBe(await (await answer({ ...day, scale: 2 })).text());
  expect(await problemsOf(await answer({ profile: "nobody" }))).toEqual(["load_profile_unknown loads[…].profile"]);
});

test("names are listed in order, and gone once deleted", async () => {
  for (const name of ["b", "a"]) await put(name, day);
  const names = async () => ((await (await app.ask("/v1/load-profiles")).json()) as { names: string[] }).names;

  expect((await names()).filter((name) => name.length === 1)).toEqual(["a", "b"]);
  expect((await app.ask("/v1/load-profiles/a", { method: "DELETE" })).status).toBe(204);
  expect((await names()).includes("a")).toBe(false);
  expect((await app.ask("/v1/load-profiles/a")).status).toBe(404);
});

test("one that does not exist, and one with mistakes, are problems by name and place", async () => {
  expect(await problemsOf(await compare({ profile: "nobody" }))).toEqual([
    "load_profile_unknown services[0].load.profile",
  ]);
  expect(await problemsOf(await put("wrong", { daily: [1, 2], unit: "litres" }))).toEqual([
    "wrong_length load.daily",
    "unknown_value load.unit",
  ]);
  expect(await problemsOf(await put("A b", day))).toEqual(["not_a_name "]);
});
