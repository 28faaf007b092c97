import { createRoute, z } from "@hono/zod-openapi";
import { csvMebibytesMax, workbookMebibytesMax } from "../importing/read-list.ts";
import { workbookRowsMax } from "./import-presentations.ts";
import { workbookMediaType } from "./presentations.ts";
import { problemMediaType } from "./problem-details.ts";
import { importProgress, importResult, listRefusal } from "./schemas/import.ts";
import { openRefusals, refusals } from "./schemas/problem.ts";

const tags = ["Imports"];
const id = z.string().openapi({ description: "As `import` of the answer says." });
const none = "there is no such import.";

const file = (description: string) => z.string().openapi({ format: "binary", description });
const text = (description: string) => z.string().openapi({ description });

const presented = {
  "text/csv": {
    schema: text("The list with columns of results, whose headers begin with `Stowage: `; it can be sent again."),
  },
  [workbookMediaType]: {
    schema: file(
      "The same as a new workbook, with sheets of clusters, owners, cost centres, assumptions and problems.",
    ),
  },
};

const located = (description: string) => z.object({ Location: z.string().openapi({ description }) });

export const makeRoute = createRoute({
  method: "post",
  path: "/v1/imports",
  operationId: "importServices",
  tags,
  summary: "Price a list of services: CSV or a workbook",
  description:
    "A header, and a row for each service; GET /v1/imports/template.xlsx is one to fill in. Rows of one region and cluster are packed " +
    "together. Every cell that something is wrong with is told at once, and nothing is kept unless all are good or `partial` is " +
    "true. It is calculated as a batch is, and waited for up to a minute, or as long as `Prefer: wait=10` says; with `Prefer: " +
    "respond-async`, or after that, the answer is 202.",
  request: {
    query: z.object({
      partial: z
        .enum(["true", "false"])
        .optional()
        .openapi({ description: "Rows that are good are taken, others left out." }),
      locale: z
        .string()
        .optional()
        .openapi({ description: "How numbers are written, such as de: 1.024,5.", example: "de" }),
      encoding: z
        .string()
        .optional()
        .openapi({ description: "Of a CSV without a byte order mark; UTF-8 unless told." }),
      sheet: z
        .string()
        .optional()
        .openapi({ description: "Of a workbook; the first one with a known header unless told." }),
      region: z.string().optional().openapi({ description: "Of rows that name none." }),
    }),
    body: {
      required: true,
      content: {
        "text/csv": { schema: text("Delimited by commas, semicolons, tabs or bars.") },
        [workbookMediaType]: { schema: file("An Office Open XML workbook.") },
      },
    },
  },
  responses: {
    200: {
      description: "What it comes to.",
      headers: located("Where it can be had again."),
      content: { "application/json": { schema: importResult }, ...presented },
    },
    202: {
      description: "It is kept and being worked on.",
      headers: located("Where it says how far it is."),
      content: { "application/json": { schema: importProgress } },
    },
    ...refusals({
      400: "a parameter is unknown or malformed.",
      406: "Accept names no presentation there is.",
      413: `the body is over ${csvMebibytesMax} MiB, or ${workbookMebibytesMax} MiB as a workbook.`,
      415: "the body is sent neither as CSV nor as a workbook.",
    }),
    422: {
      description: "Unprocessable Content: something is wrong in the list, each thing with its sheet, row and column.",
      content: { [problemMediaType]: { schema: listRefusal } },
    },
  },
});

export const resultRoute = createRoute({
  method: "get",
  path: "/v1/imports/{id}",
  operationId: "getImport",
  tags,
  summary: "How far an import is, and once it is done what it comes to",
  request: { params: z.object({ id }) },
  responses: {
    200: {
      description: "Its progress or its result.",
      content: { "application/json": { schema: z.union([importResult, importProgress]) } },
    },
    ...refusals({ 404: none }),
  },
});

export const resultAsRoute = createRoute({
  method: "get",
  path: "/v1/imports/{id}.{extension}",
  operationId: "getImportAs",
  tags,
  summary: "What an import comes to, in the presentation that the address ends in",
  description: "Waited for up to a minute, or as long as `Prefer: wait=10` says.",
  request: { params: z.object({ id, extension: z.enum(["json", "csv", "xlsx"]) }) },
  responses: {
    200: {
      description: "The services with what they cost.",
      content: { "application/json": { schema: importResult }, ...presented },
    },
    ...refusals({
      404: `there is no such import, or no such presentation of it: a workbook holds ${workbookRowsMax} rows.`,
      503: "it is not done yet, or the database does not answer; Retry-After says in how many seconds to ask again.",
    }),
  },
});

export const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/imports/{id}",
  operationId: "deleteImport",
  tags,
  summary: "Stop an import and forget it",
  description: "What of it is not calculated yet never is. Its comparisons stay.",
  request: { params: z.object({ id }) },
  responses: { 204: { description: "It is gone." }, ...refusals({ 404: none }) },
});

export const templateRoute = createRoute({
  method: "get",
  path: "/v1/imports/template.xlsx",
  operationId: "getImportTemplate",
  tags,
  summary: "A workbook to fill in and send to POST /v1/imports",
  responses: {
    200: {
      description: "The template.",
      content: { [workbookMediaType]: { schema: file("An Office Open XML workbook.") } },
    },
    ...openRefusals({}),
  },
});

export const templateCsvRoute = createRoute({
  method: "get",
  path: "/v1/imports/template.csv",
  operationId: "getImportTemplateCsv",
  tags,
  summary: "The same as CSV",
  responses: {
    200: { description: "The template.", content: { "text/csv": { schema: text("A header and three services.") } } },
    ...openRefusals({}),
  },
});
