import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../api/aws/catalogue.ts";
import { documentFormats } from "../../api/aws/documents/catalogue.ts";
import { parse } from "../../api/core/parsing/parse.ts";
import { redact } from "../../api/redact.ts";
import { randomRequest } from "../core/random-request.ts";
import { codeOf, filesIn } from "../house/repository.ts";
import { everythingRead, manifestText, scaledRequest } from "./full-requests.ts";
import { canary, secretRequest } from "./secret-request.ts";

const golden = new URL("../golden/", import.meta.url);
const given: readonly (readonly [name: string, request: unknown])[] = [
  ...readdirSync(golden)
    .filter((name) => existsSync(new URL(`${name}/input.json`, golden)))
    .map((name): [string, unknown] => [name, JSON.parse(readFileSync(new URL(`${name}/input.json`, golden), "utf8"))]),
  ...[...catalogue.launchTypes, ...catalogue.addOns].map(({ id, example }) => [
    `the example of ${id}`,
    example.request,
  ]),
  ["secrets everywhere", secretRequest],
  ["a field of everything that is read", everythingRead],
  ["services with a load", scaledRequest],
  [
    "manifests in YAML",
    { region: "us-east-1", manifests: [manifestText, "", manifestText.replaceAll(/: (web|lone)/g, ": other-$1")] },
  ],
].map(([name, request]) => [String(name), request] as const);

test("there is something to redact, with each kind of document in it", () => {
  const fields = new Set(given.flatMap(([, request]) => Object.keys(request as object)));

  expect(given.length).toBeGreaterThan(40);
  expect(documentFormats.filter(({ field }) => !fields.has(field))).toEqual([]);
});

describe.each(given)("%s, redacted,", (_, request) => {
  test("is the same workload", () => {
    expect(read(request)).toMatchObject({ ok: true });
    expect(read(redact(request))).toEqual(read(request));
  });

  test("is redacted as it stands", () => {
    expect(JSON.stringify(redact(redact(request)))).toBe(JSON.stringify(redact(request)));
  });

  test("holds no secret, not even where a field that nothing reads is added to any of its objects", () => {
    expect(JSON.stringify(redact(request))).not.toContain(canary);
    for (const place of placesIn(request)) {
      for (const secret of [canary, { [canary]: canary }, [canary]]) {
        const added = withField(request, place, secret);
        if (!read(added).ok) continue;
        expect([place, JSON.stringify(redact(added)).includes(canary)]).toEqual([place, false]);
      }
    }
  });
});

test("any request of services, runs and a cluster is the same workload redacted, and redacted as it stands", () => {
  const property = fc.property(randomRequest, (request) => {
    const redacted = redact(request);
    expect(read(redacted)).toEqual(read(request));
    expect(redact(redacted)).toEqual(redacted);
  });

  fc.assert(property, { numRuns: 200 });
});

test("whatever stands in any place of a good request, if it still parses it is the same workload redacted", () => {
  const requests = [everythingRead, scaledRequest, secretRequest];
  const places = requests.flatMap((request) => everyPlaceIn(request).map((place) => ({ request, place })));
  const awkward = fc.constantFrom<unknown>(
    ...[null, true, false, "", " ", "0", "1", "x", "-1", "redacted", "<X>", "hashed:a:b:c", 0, -0, 1, 2, 0.5, 1e300],
    ...[[], {}, [null], [[]], [{}], ["x"], { redacted: null }, { x: 1 }, JSON.parse('{ "__proto__": 1 }')],
  );
  let parsed = 0;
  const property = fc.property(
    fc.array(fc.tuple(fc.constantFrom(...places), fc.oneof(awkward, fc.jsonValue({ maxDepth: 2 }))), {
      minLength: 1,
      maxLength: 3,
    }),
    (changes) => {
      const [first] = changes;
      const changed = changes.reduce<unknown>(
        (request, [{ place, request: own }, value]) =>
          own === first?.[0].request ? replaced(request, place, value) : request,
        first?.[0].request,
      );
      const before = read(changed);
      if (!before.ok) return;
      parsed++;
      const redacted = redact(changed);
      expect(read(redacted)).toEqual(before);
      expect(JSON.stringify(redact(JSON.parse(JSON.stringify(redacted))))).toBe(JSON.stringify(redacted));
    },
  );

  fc.assert(property, { numRuns: 3000 });
  expect(parsed).toBeGreaterThan(500);
});

test("of a document with everything in it this is kept, and a field that parsing learns to read is one more here", async () => {
  await expect(leavesIn(redact(everythingRead)).join("\n")).toMatchFileSnapshot("kept-fields.txt");
});

test("of secrets a hash is kept, which is told from a name by its form, and the region that its ARN names", () => {
  const { region: _, ...unplaced } = secretRequest;
  const [definition] = redact(unplaced).taskDefinitions as { containerDefinitions: object[] }[];

  expect(definition?.containerDefinitions[0]).toMatchObject({
    secrets: [{ valueFrom: expect.stringMatching(/^hashed:secrets-manager:us-east-1:[0-9a-f]{64}$/) }],
    repositoryCredentials: { credentialsParameter: expect.stringMatching(/^hashed:secrets-manager::[0-9a-f]{64}$/) },
  });
  expect(read(redact(unplaced))).toMatchObject({ ok: true, value: { region: "us-east-1" } });
});

test("of a series in CSV two columns are kept", () => {
  const load = {
    unit: "vCPU",
    series: `time,cpu,user\n2026-11-01T00:00:00Z,1,${canary}\n\n2026-11-01T01:00:00Z;2;${canary}\n`,
  };
  const [service] = redact(withLoad(load)).services as { load: { series: string } }[];

  expect(service?.load.series).toBe("timestamp,value\n2026-11-01T00:00:00Z,1\n\n2026-11-01T01:00:00Z,2\n");
  expect(read(redact(withLoad(load)))).toEqual(read(withLoad(load)));
});

test("no reader goes past the one door for fields, at which what is hashed or left out is noted", () => {
  const readers = filesIn("api/aws").filter((file) => file.endsWith(".ts") && !file.endsWith("/fields.ts"));
  const past = /\bz\s*\.\s*(object|\w+Object|record|array)\(/;

  expect(readers.filter((file) => past.test(codeOf(file)))).toEqual([]);
});

test("a request that does not parse is not redacted", () => {
  expect(() => redact({ taskDefinitions: [] })).toThrow(/parses/);
});

function withLoad(load: object) {
  return { ...secretRequest, services: [{ serviceName: "web", taskDefinition: "web", load }] };
}

function read(request: unknown) {
  return parse(request, documentFormats);
}

type Place = readonly (string | number)[];

/** Of every object. */
function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.entries(value).flatMap(([key, item]) =>
    placesIn(item, [...place, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? below : [place, ...below];
}

/** Of every value. */
function everyPlaceIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [place];
  const below = Object.entries(value).flatMap(([key, item]) =>
    everyPlaceIn(item, [...place, Array.isArray(value) ? Number(key) : key]),
  );
  return place.length === 0 ? below : [place, ...below];
}

function replaced(value: unknown, place: Place, replacement: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? replaced(item, rest, replacement) : item));
  const fields = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return { ...fields, [key]: replaced(fields[key], rest, replacement) };
}

function withField(value: unknown, place: Place, added: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return { ...(value as object), notAField: added };
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? withField(item, rest, added) : item));
  return { ...(value as object), [key]: withField((value as Record<string, unknown>)[key], rest, added) };
}

/** `services[].tags.owner`, each once. */
function leavesIn(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, item]) =>
    leavesIn(item, Array.isArray(value) ? `${path}[]` : `${path}${path === "" ? "" : "."}${key}`),
  );
  return [...new Set(below)];
}
