import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readDocuments } from "../../../api/aws/documents/read-documents.ts";
import { workloadOf } from "./parsed.ts";

const folder = new URL("../../cases/task-definitions/", import.meta.url);

/** File, family, task CPU and memory, containers' CPU, memory and reservation, network mode, ports on the host, compatibilities. */
const expected = [
  ["ConsulClient.json", "consulClient", [null, null], [128, 256, 64], "host", [], []],
  ["ConsulServer.json", "consulServer", [null, null], [128, 256, 64], "host", [], []],
  ["gunicorn_ec2.json", "gunicorn", [512, 1024], [null, 256, null], "awsvpc", [5000], []],
  ["gunicorn_fargate.json", "gunicorn", [512, 1024], [null, null, 1024], "awsvpc", [5000], ["FARGATE"]],
  ["jetty_ec2.json", "jetty", [512, 1024], [null, 512, null], "awsvpc", [8080, 8443], []],
  ["jetty_fargate.json", "jetty", [512, 1024], [512, null, 1024], "awsvpc", [8080, 8443], ["FARGATE"]],
  ["kibana_ec2.json", "kibana", [1024, 2048], [1024, 2048, null], "awsvpc", [80], []],
  ["kibana_fargate.json", "kibana", [1024, 2048], [1024, 2048, null], "awsvpc", [5601], ["FARGATE"]],
  ["nginx_ec2.json", "nginx", [null, null], [256, 256, null], "bridge", [null], ["EC2"]],
  ["nginx_fargate.json", "nginx", [256, 512], [256, 256, null], "awsvpc", [null], ["FARGATE"]],
  ["tomcat_ec2.json", "tomcat-webserver", [null, null], [1024, 2048, null], "awsvpc", [80], []],
  ["tomcat_fargate.json", "tomcat-webserver", [1024, 2048], [1024, 256, null], "awsvpc", [null], ["FARGATE"]],
  ["wildfly_ec2.json", "wildfly", [512, 1024], [512, 1024, null], "awsvpc", [8080, 9990], []],
  ["wildfly_fargate.json", "wildfly", [512, 1024], [512, 1024, null], "awsvpc", [8080, 9990], ["FARGATE"]],
] as const;

test("each of the 14 published task definitions has its line here", () => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  expect(expected.map(([name]) => name)).toEqual(files.sort());
});

test.each(expected)("%s is %s", (name, family, task, container, networkMode, hostPorts, compatibilities) => {
  const gathered = readDocuments([{ name, text: readFileSync(new URL(name, folder), "utf8") }]);
  const [read] = workloadOf(gathered.ok ? gathered.value.request : {}).taskDefinitions;
  const [only] = read?.containers ?? [];
  expect([read?.family, read?.networkMode, read?.compatibilities]).toEqual([family, networkMode, compatibilities]);
  expect([read?.cpuUnits, read?.memoryMiB]).toEqual(task);
  expect([only?.cpuUnits, only?.memoryMiB, only?.memoryReservationMiB]).toEqual(container);
  expect(only?.portMappings.map((mapping) => mapping.hostPort)).toEqual(hostPorts);
  expect([only?.logDriver, read?.hasExecutionRole]).toEqual(["awslogs", false]);
});
