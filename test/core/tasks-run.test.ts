import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bundledBooks } from "./bundled-books.ts";
import { comparisonOf, optionOf } from "./comparison-of.ts";

const [book] = await bundledBooks("us-east-1");
const web = {
  family: "web",
  networkMode: "awsvpc",
  cpu: "512",
  memory: "1024",
  containerDefinitions: [{ name: "web" }],
};

test("six tasks in a month are 4,380 task-hours of half a vCPU and 1 GB, billed themselves on Fargate", () => {
  expect(tasksOf({ services: [service(6)] }, "fargate")).toEqual([
    {
      ...{ service: "web", launchType: "fargate", taskHours: "4380" },
      ...{ resources: { cpu: 512, memory: 1024 }, instanceCost: null },
    },
  ]);
});

test("on four instances of 2 vCPU for $232.98 the six take three quarters: $174.74", () => {
  expect(tasksOf({ services: [service(6)] }, "ec2")).toMatchObject([
    { launchType: "ec2", taskHours: "4380", instanceCost: "174.735" },
  ]);
});

test("nine tasks split 1:4 are 1,314 task-hours on Fargate and 5,256 on Fargate Spot", () => {
  const strategy = [
    { capacityProvider: "FARGATE", weight: 1 },
    { capacityProvider: "FARGATE_SPOT", weight: 4 },
  ];
  const found = tasksOf({ services: [{ ...service(9), capacityProviderStrategy: strategy }] }, "as-configured");

  expect(found.map(({ launchType, taskHours }) => [launchType, taskHours])).toEqual([
    ["fargate", "1314"],
    ["fargate-spot", "5256"],
  ]);
});

test("five tasks for ten minutes thirty times are 25 task-hours, on instances too", () => {
  const runs = [{ taskDefinition: "web", tasks: 5, seconds: 600, times: 30 }];

  expect(["fargate", "ec2"].map((id) => tasksOf({ runs }, id)[0]?.taskHours)).toEqual(["25", "25"]);
});

test("a daemon runs as long as the instances that it is on: 2,920 hours on four", () => {
  const daemon = { serviceName: "log", taskDefinition: "log", schedulingStrategy: "DAEMON" };
  const log = { family: "log", containerDefinitions: [{ name: "log", memory: 64 }] };
  const request = { taskDefinitions: [web, log], services: [service(6), daemon] };

  expect(tasksOf(request, "ec2").find((row) => row.service === "log")).toMatchObject({ taskHours: "2920" });
});

test("a scaled service has the task-hours of its report, on tasks that are billed and on instances that come and go", () => {
  const input = JSON.parse(readFileSync(new URL("../golden/scaled-web/input.json", import.meta.url), "utf8"));
  const comparison = comparisonOf({ ...input, hours: 168, options: ["fargate", "ec2"] }, book);

  for (const id of ["fargate", "ec2"]) {
    const { tasks, scaling } = optionOf(comparison, id);
    const seconds = scaling?.services.map((report) => [report.service, report.taskSeconds]);
    expect(seconds?.length).toBeGreaterThan(0);
    expect(tasks.map((row) => [row.service, row.taskHours.times(3600).toDecimalPlaces(3).toNumber()])).toEqual(seconds);
  }
});

function service(desiredCount: number) {
  return { serviceName: "web", taskDefinition: "web", desiredCount };
}

function tasksOf(request: object, id: string) {
  const option = optionOf(comparisonOf({ region: "us-east-1", taskDefinitions: [web], ...request }, book), id);
  return option.tasks.map(({ kinds: _, taskHours, instanceCost, ...row }) => ({
    ...row,
    taskHours: taskHours.toFixed(),
    instanceCost: instanceCost?.toFixed() ?? null,
  }));
}
