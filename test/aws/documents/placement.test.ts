import { describe, expect, test } from "vitest";
import published from "../../cases/cluster-queries.json" with { type: "json" };
import { codesOf, definitionOf, problemsOf, serviceOf, variable, web, workloadOf } from "./parsed.ts";

const onService = (...placementConstraints: object[]) => ({
  taskDefinitions: [web],
  services: [{ serviceName: "shop", taskDefinition: "web", placementConstraints }],
});
const onRun = (...placementConstraints: object[]) => ({
  taskDefinitions: [web],
  runs: [{ taskDefinition: "web", seconds: 60, placementConstraints }],
});
const onTask = (...placementConstraints: object[]) => ({ taskDefinitions: [{ ...web, placementConstraints }] });
const memberOf = (expression: unknown) => ({ type: "memberOf", expression });

describe("placement constraints", () => {
  test("every published expression survives as it is written, on a service and on a task definition", () => {
    for (const { expression } of published.cases) {
      const kept = [{ type: "memberOf", expression }];
      expect(serviceOf({ placementConstraints: [memberOf(expression)] }).placementConstraints).toEqual(kept);
      expect(definitionOf({ ...web, placementConstraints: [memberOf(expression)] }).placementConstraints).toEqual(kept);
    }
  });

  test("distinctInstance goes on services and runs", () => {
    const kept = [{ type: "distinctInstance", expression: null }];

    expect(
      serviceOf({ placementConstraints: [{ type: "distinctInstance", expression: "" }] }).placementConstraints,
    ).toEqual(kept);
    expect(workloadOf(onRun({ type: "distinctInstance" })).services[0]?.placementConstraints).toEqual(kept);
  });

  test("what says nothing is no constraint", () => {
    expect(serviceOf({ placementConstraints: [{ type: null, expression: "" }, {}] }).placementConstraints).toEqual([]);
  });
});

describe("a problem at its place is", () => {
  const service = "services[0].placementConstraints";
  const task = "taskDefinitions[0].placementConstraints";

  test.each([
    ["memberOf without an expression", onService({ type: "memberOf" }), `required at ${service}[0].expression`],
    ["memberOf with a blank one", onTask(memberOf(" ")), `required at ${task}[0].expression`],
    ["no type", onService({ expression: "attribute:stack == prod" }), `required at ${service}[0].type`],
    ["an unknown type", onService({ type: "spread" }), `unknown_value at ${service}[0].type`],
    [
      "distinctInstance with an expression",
      onService({ type: "distinctInstance", expression: "attribute:stack == prod" }),
      `constraint_not_allowed at ${service}[0].expression`,
    ],
    [
      "distinctInstance in a task definition",
      onTask(memberOf("attribute:stack == prod"), { type: "distinctInstance" }),
      `constraint_not_allowed at ${task}[1].type`,
    ],
    ["an expression that is a number", onService(memberOf(5)), `wrong_type at ${service}[0].expression`],
    ["one of 2,001 characters", onService(memberOf("a".repeat(2001))), `too_long at ${service}[0].expression`],
    [
      "one with a line break",
      onService(memberOf("attribute:a\n== b")),
      `control_characters at ${service}[0].expression`,
    ],
    [
      "one that cannot be read, on a task definition",
      onTask(memberOf("attribute:a == b"), memberOf("attribute:a = b")),
      `invalid_expression at ${task}[1].expression`,
    ],
    [
      "one that a template left a placeholder in",
      onService(memberOf(`task:group == service:${variable("name")}`)),
      `placeholder at ${service}[0].expression`,
    ],
    ["one on a run", onRun(memberOf("x")), "invalid_expression at runs[0].placementConstraints[0].expression"],
    ["11 of them", onTask(...Array.from({ length: 11 }, () => memberOf("attribute:a == b"))), `too_many at ${task}`],
  ])("%s", (_, request, code) => {
    expect(codesOf(request)).toEqual([code]);
  });

  test("every bad expression, not only the first, with the character it is bad at, blanks before it counted", () => {
    const messages = problemsOf(onTask(memberOf("  attribute:a = b"), memberOf("attribute:a == b)"))).map(
      ({ message }) => message,
    );

    expect(messages).toEqual([
      "expression cannot be read at character 15: an operator is expected: == != > >= < <= exists !exists in !in =~ !~; did you mean ==?.",
      "expression cannot be read at character 17: there is no ( for this ).",
    ]);
  });
});
