import { expect, test } from "vitest";
import { unplacedProblem } from "../../../api/aws/ec2/unplaced.ts";
import type { Host, Refusal, Unplaced } from "../../../api/core/model/placement-rules.ts";

const host: Host = {
  type: "m5.large",
  kind: "x86_64",
  zone: "us-east-1a",
  provider: null,
  attributes: {},
  capacity: {},
};

function unplaced(count: number, ...refusals: Refusal[]): Unplaced {
  return { service: "web", count, refusals: [], closest: { host, refusals } };
}

test("one task short of memory is told in the words of an ECS service event", () => {
  expect(unplacedProblem(unplaced(1, { because: "resource", name: "memory" }), "services[0]")).toEqual({
    code: "task_not_placed",
    path: "services[0]",
    message:
      "(service web) was unable to place a task because no container instance met all of its requirements. The closest matching instance (m5.large in us-east-1a) has insufficient memory available. Make the task smaller, loosen its constraints or add instances.",
  });
});

test.each<[because: Refusal["because"], name: string, words: string]>([
  ["resource", "cpu", "has insufficient CPU units available"],
  ["resource", "network-interface", "RESOURCE:ENI"],
  ["resource", "neuron", "has insufficient neuron available"],
  ["exclusive", "tcp/80", "already using a port required by the task (tcp/80)"],
  ["kind", "x86_64", "of an architecture (x86_64)"],
  ["provider", "spot-group", "not of the capacity provider spot-group"],
  ["attribute", "stack", "missing an attribute required by the task (stack)"],
  ["constraint", "", "does not satisfy a memberOf placement constraint"],
  ["distinct", "", "does not satisfy the distinctInstance placement constraint"],
])("1,200 tasks refused for their %s %s are told so", (because, name, words) => {
  const { message } = unplacedProblem(unplaced(1200, { because, name }), "");

  expect(message).toContain("place 1,200 tasks because");
  expect(message).toContain(words);
});

test("a cluster without instances says so", () => {
  const { message } = unplacedProblem({ service: "web", count: 2, refusals: [], closest: null }, "");

  expect(message).toContain("place 2 tasks because no container instances were found in the cluster.");
});
