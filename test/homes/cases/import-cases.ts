import type { Cases } from "./case.ts";

const csv = { "Content-Type": "text/csv" };
const nobody = `/v1/imports/${"0".repeat(32)}`;

/** One service. */
export const aList = "service,vCPU,memory,region,options\nweb,0.25,512 MiB,us-east-1,fargate\n";

export const importCases: Cases = {
  "POST /v1/imports": {
    usual: { path: "/v1/imports", headers: csv, body: aList },
    statuses: {
      200: {},
      202: { headers: { ...csv, Prefer: "respond-async" } },
      400: { path: "/v1/imports?partial=perhaps" },
      406: { headers: { ...csv, Accept: "image/png" } },
      413: { headers: { ...csv, "Content-Length": `${2 ** 40}` } },
      415: { headers: { "Content-Type": "text/plain" } },
      422: { body: "service,vCPU,memory,region\nweb,much,512 MiB,us-east-1\n" },
    },
  },
  "GET /v1/imports/template.xlsx": { usual: { path: "/v1/imports/template.xlsx" }, statuses: { 200: {} } },
  "GET /v1/imports/template.csv": { usual: { path: "/v1/imports/template.csv" }, statuses: { 200: {} } },
  "GET /v1/imports/{id}": { usual: { path: "/v1/imports/<import>" }, statuses: { 200: {}, 404: { path: nobody } } },
  "GET /v1/imports/{id}.{extension}": {
    usual: { path: "/v1/imports/<import>.csv" },
    statuses: { 200: {}, 404: { path: `${nobody}.csv` } },
  },
  "DELETE /v1/imports/{id}": {
    usual: { path: "/v1/imports/<doomedImport>" },
    statuses: { 204: {}, 404: { path: nobody } },
  },
};
