import { comparisonExample } from "../../../api/routes/comparison-example.ts";
import { badBodies, type Cases } from "./case.ts";

const jsonLines = { "Content-Type": "application/jsonl" };
const nobody = { path: "/v1/batches/00000000-0000-0000-0000-000000000000" };
const tooLong = { headers: { ...jsonLines, "Content-Length": `${2 ** 40}` } };

/** One line, which is a request. */
export const aBatch = `${JSON.stringify({ ...comparisonExample, options: ["fargate"] })}\n`;

export const batchCases: Cases = {
  "POST /v1/batches": {
    usual: { path: "/v1/batches", headers: jsonLines, body: aBatch },
    statuses: {
      200: {},
      202: { headers: { ...jsonLines, Prefer: "respond-async" } },
      406: { headers: { ...jsonLines, Accept: "image/png" } },
      413: tooLong,
      415: badBodies[415],
      422: { body: "\n" },
    },
  },
  "GET /v1/batches/{id}": { usual: { path: "/v1/batches/<batch>" }, statuses: { 200: {}, 404: nobody } },
  "GET /v1/batches/{id}/results": {
    usual: { path: "/v1/batches/<batch>/results" },
    statuses: {
      200: {},
      404: { path: `${nobody.path}/results` },
      406: { headers: { Accept: "image/png" } },
      422: { path: "/v1/batches/<batch>/results?wait=perhaps" },
    },
  },
  "DELETE /v1/batches/{id}": {
    usual: { path: "/v1/batches/<doomedBatch>" },
    statuses: { 204: {}, 404: nobody },
  },
};
