import fc from "fast-check";
import { expect, test } from "vitest";
import { documentFormats } from "../../../api/aws/documents/catalogue.ts";
import { parse } from "../../../api/core/parsing/parse.ts";

/** Names after dots, positions in brackets, and […] for what is no name. */
const path = /^$|^([A-Za-z_][\w-]*|\[…\])(\.[A-Za-z_][\w-]*|\[\d+\]|\[…\])*$/;

const valid = {
  region: "us-east-1",
  hours: 730,
  period: { start: "2026-11-01T00:00:00Z", timeZone: "UTC" },
  taskDefinitions: documentsOf("taskDefinitions"),
  services: documentsOf("services"),
  runs: [{ taskDefinition: "web:41", tasks: 5, seconds: 600, times: 30 }],
  cluster: documentsOf("cluster")[0],
  options: ["fargate"],
};

function documentsOf(field: string): unknown[] {
  return documentFormats.filter((format) => format.field === field).map((format) => format.example);
}

/** Every place in a value that something else can be put in. */
function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, below]) => placesIn(below, [...at, name]))];
}

function replaced(value: unknown, at: readonly string[], put: unknown): unknown {
  const [name, ...rest] = at;
  if (name === undefined) return put;
  if (Array.isArray(value))
    return value.map((item, position) => (String(position) === name ? replaced(item, rest, put) : item));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [name]: replaced(object[name], rest, put) };
}

function checkSound(request: unknown): void {
  expect(isSound(request)).toBe(true);
}

function isSound(request: unknown): boolean {
  const parsed = parse(request, documentFormats);
  if (parsed.ok) return parsed.value.services.every((service) => service.tasks >= 0 && Number.isInteger(service.tasks));
  return (
    parsed.problems.length > 0 &&
    parsed.problems.every((one) => path.test(one.path) && one.code !== "" && one.message !== "")
  );
}

const oddities = fc.oneof(
  fc.anything({ maxDepth: 4 }),
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    1e308,
    -1,
    0.5,
    Number.NaN,
    "NaN",
    "-0",
    "",
    " ",
    null,
    [],
    {},
    [null],
    "<X>",
    "__proto__",
    "1 vCPU",
    "2 GB",
  ),
);

test("the unchanged request has an answer", () => {
  expect(parse(valid, documentFormats)).toMatchObject({ ok: true });
});

test("nothing that is sent makes parsing throw", () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }), checkSound),
    {
      numRuns: 500,
    },
  );
  fc.assert(fc.property(fc.jsonValue(), checkSound), { numRuns: 500 });
});

test("nothing that stands where a document belongs makes parsing throw", () => {
  const documents = fc.array(oddities, { maxLength: 4 });
  const request = fc.record({
    region: oddities,
    taskDefinitions: documents,
    services: documents,
    runs: documents,
    cluster: oddities,
  });
  fc.assert(fc.property(request, checkSound), { numRuns: 1000 });
});

test("whatever a single value of a request is changed to, there is a sound workload, or problems with paths that can be followed", () => {
  const places = fc.constantFrom(...placesIn(valid));
  fc.assert(
    fc.property(places, oddities, (place, put) => checkSound(replaced(valid, place, put))),
    { numRuns: 3000 },
  );
});

test("the same request gives the same workload", () => {
  fc.assert(
    fc.property(fc.constantFrom(...placesIn(valid)), fc.jsonValue(), (place, put) => {
      const request = replaced(valid, place, put);
      expect(parse(structuredClone(request), documentFormats)).toEqual(parse(request, documentFormats));
    }),
    { numRuns: 200 },
  );
});
