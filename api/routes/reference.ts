import type { Context } from "hono";
import { Hono } from "hono";
import { etag } from "hono/etag";

/** The files of Swagger UI that the reference page loads. */
export const referenceFiles = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
} as const;

/** Gets one of them; where from is the platform's business. */
export type ReadReferenceFile = (name: keyof typeof referenceFiles) => Promise<Uint8Array<ArrayBuffer>>;

/** The API's reference for people: a page that loads nothing from anywhere else. */
export function reference(read: ReadReferenceFile): Hono {
  const routes = new Hono();
  routes.use("/docs/*", etag());
  routes.get("/docs", (c) => send(c, page, "text/html; charset=utf-8"));
  routes.get("/docs/start.js", (c) => send(c, start, "text/javascript; charset=utf-8"));
  for (const name of Object.keys(referenceFiles) as (keyof typeof referenceFiles)[]) {
    routes.get(`/docs/${name}`, async (c) => send(c, await read(name), referenceFiles[name]));
  }
  return routes;
}

function send(c: Context, body: string | Uint8Array<ArrayBuffer>, contentType: string): Response {
  return c.body(body, 200, { "Content-Type": contentType, "Cache-Control": "no-cache" });
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Stowage: API reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<main id="reference"></main>
<noscript><p>This page needs JavaScript. Without it: <a href="/openapi.json">/openapi.json</a></p></noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

// No validator badge: it would send the description to its maker's server.
const start = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  tryItOutEnabled: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
`;
