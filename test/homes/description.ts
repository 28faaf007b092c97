import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";

interface Described {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema: object }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Described>>;
}

/** An `/openapi.json`, and whether answers are what it says. */
export interface Description {
  /** `GET /v1/comparisons/{id}` and so on. */
  readonly operations: readonly string[];
  statusesOf(operation: string): readonly number[];
  /** Fails unless status, media type, headers and body of the answer are documented so; gives the body. */
  check(operation: string, answer: Response): Promise<string>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Schemas are read as OpenAPI 3.1 says: JSON Schema 2020-12, with words of OpenAPI's own that decide nothing. */
export function readDescription(text: string): Description {
  const document: Document = JSON.parse(text);
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  ajv.addVocabulary(["example", "externalDocs", "openapi", "info", "paths", "components", "webhooks"]);
  addFormats.default(ajv);
  // Of OpenAPI's registry of formats: https://spec.openapis.org/registry/format/decimal
  ajv.addFormat("decimal", /^-?\d+(\.\d+)?$/);
  ajv.addSchema(document, "openapi", false, false);
  const validator = (...pointer: readonly string[]): ValidateFunction => {
    const place = pointer.map((step) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1")));
    return ajv.compile({ $ref: `openapi#/${place.join("/")}` });
  };
  const operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [
        `${method.toUpperCase()} ${path}`,
        { ...one, at: ["paths", path, method] },
      ]),
    ),
  );
  return {
    operations: [...operations.keys()],
    statusesOf: (operation) => Object.keys(operations.get(operation)?.responses ?? {}).map(Number),
    async check(operation, answer) {
      const { responses = {}, at = [] } = operations.get(operation) ?? {};
      const described = responses[answer.status];
      const body = await answer.text();
      if (described === undefined) throw new Error(`${operation} does not document ${answer.status}: ${body}`);
      const place = [...at, "responses", `${answer.status}`];
      for (const [name, { required }] of Object.entries(described.headers ?? {})) {
        const said = answer.headers.get(name);
        if (said === null && !required) continue;
        const isNumber = /^\d+$/.test(said ?? "");
        passes(validator(...place, "headers", name, "schema"), isNumber ? Number(said) : said, name);
      }
      checkBody(described, { answer, body, validator: (type) => validator(...place, "content", type, "schema") });
      return body;
    },
  };
}

interface Body {
  readonly answer: Response;
  readonly body: string;
  validator(mediaType: string): ValidateFunction;
}

function checkBody({ content = {} }: Described, { answer, body, validator }: Body): void {
  const mediaType = answer.headers.get("Content-Type")?.split(";")[0] ?? "none";
  const known = Object.keys(content);
  expect(known.length === 0 ? ["none"] : known).toContain(mediaType);
  const isJson = /json(l?)$/.exec(mediaType);
  const values = isJson?.[1] === "l" ? body.trimEnd().split("\n") : [body];
  if (!(mediaType in content)) expectNothing(body);
  else for (const value of values) passes(validator(mediaType), isJson ? JSON.parse(value) : value, mediaType);
}

function expectNothing(body: string): void {
  expect(body).toBe("");
}

function passes(validate: ValidateFunction, value: unknown, what: string): void {
  validate(value);
  expect({ what, errors: validate.errors ?? [], value }).toEqual({ what, errors: [], value });
}
