import { rateCardFormat } from "../../../api/aws/documents/rate-card.ts";
import { badBodies, type Cases, type OperationCases } from "./case.ts";

/** Of documents kept under names, `web` and `doomed` being there. */
function documentCases(path: string, { fine, wrong }: { readonly fine: unknown; readonly wrong: unknown }): Cases {
  const missing = { path: `${path}/nobody` };
  return {
    [`PUT ${path}/{name}`]: {
      usual: { path: `${path}/web`, body: fine },
      statuses: { ...badBodies, 204: {}, 422: { body: wrong } },
    },
    [`GET ${path}`]: { usual: { path }, statuses: { 200: {} } },
    [`GET ${path}/{name}`]: { usual: { path: `${path}/web` }, statuses: { 200: {}, 404: missing } },
    [`DELETE ${path}/{name}`]: {
      usual: { path: `${path}/web` },
      statuses: { 204: { path: `${path}/doomed` }, 404: missing },
    },
  };
}

const aLoad = { unit: "vCPU", constant: 2 };

const documents: Cases = {
  ...documentCases("/v1/rate-cards", { fine: rateCardFormat.example, wrong: { discounts: 12 } }),
  ...documentCases("/v1/load-profiles", { fine: aLoad, wrong: { unit: "parsecs" } }),
};

const access: Cases = {
  "POST /v1/keys": {
    usual: { path: "/v1/keys", body: { name: "ci", scope: "read", expires: "2999-01-01" } },
    statuses: { ...badBodies, 201: {}, 422: { body: { name: "ci", scope: "all" } } },
  },
  "GET /v1/keys": { usual: { path: "/v1/keys" }, statuses: { 200: {} } },
  "DELETE /v1/keys/{id}": {
    usual: { path: "/v1/keys/<doomedKey>" },
    statuses: { 204: {}, 404: { path: "/v1/keys/0123456789ab" } },
  },
  "POST /v1/links": {
    usual: { path: "/v1/links", body: { comparison: "<comparison>" } },
    statuses: { ...badBodies, 201: {}, 422: { body: { comparison: "web" } } },
  },
  "GET /v1/links": { usual: { path: "/v1/links" }, statuses: { 200: {} } },
  "DELETE /v1/links/{id}": {
    usual: { path: "/v1/links/<doomedLink>" },
    statuses: { 204: {}, 404: { path: "/v1/links/0123456789ab" } },
  },
  "GET /v1/sheets/{file}": {
    usual: { path: "<sheet>.json" },
    statuses: {
      200: {},
      400: { path: "<sheet>.csv?rows=tasks" },
      404: { path: "<sheet>.png" },
      422: { path: "<orphanSheet>.json" },
    },
  },
};

const onWorkers = "on Workers nothing is counted, since each isolate would count its own requests";
const metrics: OperationCases = {
  usual: { path: "/metrics" },
  // With a key that it has not seen before; one that is remembered lets in without the database.
  statuses: { 200: {}, 404: {}, 503: { headers: { Authorization: "Bearer <unseenKey>" } } },
  only: { 200: { home: "Node", because: onWorkers }, 404: { home: "workerd", because: onWorkers } },
};

export const otherCases: Cases = {
  ...documents,
  ...access,
  "GET /healthz": { usual: { path: "/healthz" }, statuses: { 200: {} } },
  "GET /readyz": { usual: { path: "/readyz" }, statuses: { 200: {} } },
  "GET /metrics": metrics,
};
