import { comparisonExample } from "../../../api/routes/comparison-example.ts";
import { badBodies, type Cases } from "./case.ts";

const image = { headers: { Accept: "image/png" } };
const other = { headers: { "If-Match": '"of another version"' } };
/** Saved with a rate card that is gone by now. */
const orphan = "/v1/workloads/orphan";

export const workloadCases: Cases = {
  "PUT /v1/workloads/{name}": {
    usual: { path: "/v1/workloads/web", body: comparisonExample },
    statuses: {
      ...badBodies,
      200: {},
      201: { path: "/v1/workloads/one-more" },
      412: other,
      422: { path: "/v1/workloads/No%20Name" },
    },
  },
  "GET /v1/workloads": {
    usual: { path: "/v1/workloads?limit=1" },
    statuses: { 200: {}, 400: { path: "/v1/workloads?limit=0" } },
  },
  "GET /v1/workloads/{name}": {
    usual: { path: "/v1/workloads/web" },
    statuses: { 200: {}, 404: { path: "/v1/workloads/nobody" } },
  },
  "GET /v1/workloads/{name}/versions": {
    usual: { path: "/v1/workloads/web/versions" },
    statuses: {
      200: {},
      400: { path: "/v1/workloads/web/versions?page=2" },
      404: { path: "/v1/workloads/nobody/versions" },
    },
  },
  "GET /v1/workloads/{name}/versions/{version}": {
    usual: { path: "/v1/workloads/web/versions/1" },
    statuses: { 200: {}, 404: { path: "/v1/workloads/web/versions/99" } },
  },
  "DELETE /v1/workloads/{name}": {
    usual: { path: "/v1/workloads/web" },
    statuses: {
      204: { path: "/v1/workloads/doomed" },
      400: { path: "/v1/workloads/web?purge=perhaps" },
      404: { path: "/v1/workloads/nobody" },
      412: other,
    },
  },
  "POST /v1/workloads/{name}/comparisons": {
    usual: { path: "/v1/workloads/web/comparisons", body: { options: ["fargate"] } },
    statuses: {
      ...badBodies,
      200: {},
      404: { path: "/v1/workloads/nobody/comparisons" },
      406: image,
      422: { body: { services: [] } },
    },
  },
  "GET /v1/workloads/{name}/comparison": {
    usual: { path: "/v1/workloads/web/comparison" },
    statuses: {
      200: {},
      400: { path: "/v1/workloads/web/comparison?version=x" },
      404: { path: "/v1/workloads/nobody/comparison" },
      406: image,
      422: { path: `${orphan}/comparison` },
    },
  },
  "GET /v1/workloads/{name}/comparison.{extension}": {
    usual: { path: "/v1/workloads/web/comparison.txt" },
    statuses: {
      200: {},
      400: { path: "/v1/workloads/web/comparison.txt?version=x" },
      404: { path: "/v1/workloads/web/comparison.png" },
      422: { path: `${orphan}/comparison.json` },
    },
  },
};
