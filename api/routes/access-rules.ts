import type { Scope } from "../../db/scope.ts";

/** The scope that each operation needs; `open`: it needs no key; `signed`: a signature instead. Whatever stands here is also what /openapi.json says. */
export const accessRules: Readonly<Record<string, Scope | "open" | "signed">> = {
  // Keeps nothing but what it derives, and is what a reader is here for.
  "POST /v1/comparisons": "read",
  "GET /v1/comparisons/{id}": "read",
  "GET /v1/comparisons/{id}.{extension}": "read",
  "GET /v1/comparisons/{a}/diff/{b}": "read",
  "GET /v1/workloads": "read",
  "GET /v1/workloads/{name}": "read",
  "PUT /v1/workloads/{name}": "write",
  "DELETE /v1/workloads/{name}": "write",
  "GET /v1/workloads/{name}/versions": "read",
  "GET /v1/workloads/{name}/versions/{version}": "read",
  // As a comparison without a name: nothing but what is derived is kept.
  "POST /v1/workloads/{name}/comparisons": "read",
  "GET /v1/workloads/{name}/comparison": "read",
  "GET /v1/workloads/{name}/comparison.{extension}": "read",
  // Keeps requests until they are answered.
  "POST /v1/batches": "write",
  "GET /v1/batches/{id}": "read",
  "GET /v1/batches/{id}/results": "read",
  "DELETE /v1/batches/{id}": "write",
  // Keeps the list and its requests.
  "POST /v1/imports": "write",
  // These hold nobody's data, and stand before the address that they would be taken for.
  "GET /v1/imports/template.xlsx": "open",
  "GET /v1/imports/template.csv": "open",
  "GET /v1/imports/{id}": "read",
  "GET /v1/imports/{id}.{extension}": "read",
  "DELETE /v1/imports/{id}": "write",
  "GET /v1/prices": "read",
  "GET /v1/snapshots": "read",
  "GET /v1/rate-cards": "read",
  "GET /v1/rate-cards/{name}": "read",
  "PUT /v1/rate-cards/{name}": "write",
  "DELETE /v1/rate-cards/{name}": "write",
  "GET /v1/load-profiles": "read",
  "GET /v1/load-profiles/{name}": "read",
  "PUT /v1/load-profiles/{name}": "write",
  "DELETE /v1/load-profiles/{name}": "write",
  // Shows figures to people without a key.
  "POST /v1/links": "write",
  "GET /v1/links": "read",
  "DELETE /v1/links/{id}": "write",
  // Its address is what lets people in.
  "GET /v1/sheets/{file}": "open",
  "POST /v1/keys": "admin",
  "GET /v1/keys": "admin",
  "DELETE /v1/keys/{id}": "admin",
  "POST /slack/commands": "signed",
  "POST /slack/interactions": "signed",
  // Says who asks what.
  "GET /v1/slack-audit": "admin",
  "GET /healthz": "open",
  // But on a server whose reference is closed.
  "GET /readyz": "open",
  "GET /metrics": "read",
};

/** What is there for everybody, if the server says so: the reference, which holds nobody's data, and whether it is ready. */
export function isReference(path: string): boolean {
  return files.includes(path) || path.startsWith("/docs/");
}

const files = ["/readyz", "/openapi.json", "/docs", "/sheets/apps-script.js"];

/** What a request needs. Removing for good takes `admin`, and so does what no rule is for, but to learn by GET that nothing is there. */
export function scopeFor(method: string, { path, isPurge }: { readonly path: string; readonly isPurge: boolean }) {
  const asked = method === "HEAD" ? "GET" : method;
  const rule = patterns.find(({ method: named, pattern }) => named === asked && pattern.test(path));
  if (rule === undefined) return asked === "GET" ? "read" : "admin";
  return isPurge ? "admin" : rule.scope;
}

const patterns = Object.entries(accessRules).map(([operation, scope]) => {
  const [method = "", path = ""] = operation.split(" ");
  return { method, pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`), scope };
});
