import { comparisonExample } from "../../../api/routes/comparison-example.ts";
import { badBodies, type Cases } from "./case.ts";

const image = { headers: { Accept: "image/png" } };
const nobody = "0".repeat(32);

export const comparisonCases: Cases = {
  "POST /v1/comparisons": {
    usual: { path: "/v1/comparisons", body: comparisonExample },
    statuses: {
      ...badBodies,
      200: {},
      406: image,
      422: { body: { ...comparisonExample, region: "mars-1" } },
      // Of prices that nobody has asked for before: those are remembered.
      503: { body: { ...comparisonExample, region: "eu-west-2" } },
    },
  },
  "GET /v1/comparisons/{id}": {
    usual: { path: "/v1/comparisons/<comparison>" },
    statuses: {
      200: {},
      400: { path: "/v1/comparisons/<comparison>?rows=tasks", headers: { Accept: "text/csv" } },
      404: { path: `/v1/comparisons/${nobody}` },
      406: image,
    },
  },
  "GET /v1/comparisons/{id}.{extension}": {
    usual: { path: "/v1/comparisons/<comparison>.csv" },
    statuses: {
      200: {},
      400: { path: "/v1/comparisons/<comparison>.csv?rows=tasks" },
      404: { path: "/v1/comparisons/<comparison>.png" },
    },
  },
  "GET /v1/comparisons/{a}/diff/{b}": {
    usual: { path: "/v1/comparisons/<comparison>/diff/<otherComparison>" },
    statuses: {
      200: {},
      404: { path: `/v1/comparisons/<comparison>/diff/${nobody}` },
      406: image,
      422: { path: "/v1/comparisons/<comparison>/diff/<inYuan>" },
    },
  },
  "GET /v1/prices": {
    usual: { path: "/v1/prices?region=us-east-1&sku=fargate/*" },
    statuses: { 200: {}, 400: { path: "/v1/prices" }, 422: { path: "/v1/prices?region=mars-1" } },
  },
  "GET /v1/snapshots": { usual: { path: "/v1/snapshots" }, statuses: { 200: {} } },
};
