import { Hono } from "hono";
import { etag } from "hono/etag";

/** Custom functions for Google Sheets, to be copied into a sheet's own Apps Script. It holds nobody's data. */
export function appsScript(): Hono {
  const routes = new Hono();
  routes.get("/sheets/apps-script.js", etag(), (c) =>
    c.body(script, 200, { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache" }),
  );
  return routes;
}

// Runs in Google's Apps Script, which has no modules: what stands at its top level is what cells can call.
const script = String.raw`/*
 * Stowage in Google Sheets.
 *
 * 1. In the sheet: Extensions > Apps Script. Paste this file, and save it.
 * 2. There: Project Settings > Script properties. Add
 *      STOWAGE_ADDRESS          where the service is, such as https://stowage.example.com
 *    and either a key with the scope read, for every saved workload:
 *      STOWAGE_KEY              stw_...
 *    or for a workload the token of a link to it (POST /v1/links), its name after the underscore:
 *      STOWAGE_LINK_checkout    stl_...
 *    A link goes before the key. Neither is seen by those who can only view the sheet; who can edit it can read both.
 * 3. In a cell: =STOWAGE("checkout", "ec2", "monthly"), or =STOWAGE_TABLE("checkout").
 *
 * Answers are kept for ten minutes, so that many cells ask once.
 */

const STOWAGE_KEPT_SECONDS = 600;
const STOWAGE_HEADING = ["Option", "", "Total", "Per month", "Per hour", "Difference", "Note"];

/**
 * What a saved workload costs.
 *
 * @param {string} workload Its name.
 * @param {string} option The id of an option such as ec2 or fargate-spot, or recommended (unless told) or cheapest.
 * @param {string} what monthly (730 hours, unless told), hourly, yearly (8760 hours) or total (of the hours that were compared).
 * @return {number} The amount, in the currency of the region's prices.
 * @customfunction
 */
function STOWAGE(workload, option, what) {
  const answer = stowageAnswer_(stowageWord_(workload));
  const row = stowageOption_(answer, stowageWord_(option) || "recommended");
  const asked = stowageWord_(what) || "monthly";
  if (asked === "total") return row.total;
  const hours = { hourly: 1, monthly: 730, yearly: 8760 };
  if (!Object.keys(hours).includes(asked)) {
    throw new Error(asked + " is not known here: ask for monthly, hourly, yearly or total.");
  }
  return (row.total * hours[asked]) / answer.hours;
}

/**
 * Every option of a saved workload, a row each, the cheapest first.
 *
 * @param {string} workload Its name.
 * @return {Array<Array<string|number>>} A heading and the rows.
 * @customfunction
 */
function STOWAGE_TABLE(workload) {
  const answer = stowageAnswer_(stowageWord_(workload));
  const rows = answer.options.map((row) => {
    if (row.total === null) return [row.id, row.label, "", "", "", "", "not feasible"];
    const note = row.id === answer.recommended ? "recommended" : row.id === answer.cheapest ? "cheapest" : "";
    return [row.id, row.label, row.total, (row.total * 730) / answer.hours, row.total / answer.hours, row.difference, note];
  });
  return [STOWAGE_HEADING, ...rows];
}

/** As people and word processors write it: in any case, in any quotation marks, with any blanks around it. */
function stowageWord_(text) {
  const marks = /^[\s"'\u2018-\u201f\u00ab\u00bb]+|[\s"'\u2018-\u201f\u00ab\u00bb]+$/g;
  return String(text === undefined || text === null ? "" : text).replace(marks, "").toLowerCase();
}

function stowageOption_(answer, asked) {
  const id = asked === "recommended" || asked === "cheapest" ? answer[asked] : asked;
  if (id === null) throw new Error("No option is " + asked + ": ask for one by its id, such as fargate.");
  const found = answer.options.find((row) => row.id === id || row.label.toLowerCase() === id);
  if (found === undefined) {
    throw new Error("There is no option " + id + ". There are: " + answer.options.map((row) => row.id).join(", ") + ".");
  }
  if (found.total === null) throw new Error(found.id + " is not feasible: " + found.problem);
  return found;
}

function stowageAnswer_(workload) {
  if (workload === "") throw new Error('Name a saved workload, as in =STOWAGE("checkout").');
  const cache = CacheService.getScriptCache();
  const kept = cache.get("stowage " + workload);
  if (kept !== null) return JSON.parse(kept);
  const answer = stowageReduced_(stowageFetched_(workload));
  cache.put("stowage " + workload, JSON.stringify(answer), STOWAGE_KEPT_SECONDS);
  return answer;
}

/** As little as the cells need: what is kept may have 100 kB. */
function stowageReduced_(comparison) {
  const number = (text) => (text === null ? null : Number(text));
  return {
    hours: Number(comparison.hours),
    cheapest: comparison.cheapest,
    recommended: comparison.recommended === null ? null : comparison.recommended.option,
    options: comparison.options.map((option) => ({
      id: option.id,
      label: option.label,
      total: option.feasible ? number(option.total) : null,
      difference: number(option.difference),
      problem: option.problems.map((problem) => problem.message).slice(0, 1).join(),
    })),
  };
}

function stowageFetched_(workload) {
  const properties = PropertiesService.getScriptProperties().getProperties();
  const address = (properties.STOWAGE_ADDRESS || "").trim().replace(/\/+$/, "");
  if (address === "") throw new Error("Set the script property STOWAGE_ADDRESS: where the service is.");
  const linked = Object.keys(properties).find((name) => name.toLowerCase() === "stowage_link_" + workload);
  const path = linked
    ? "/v1/sheets/" + encodeURIComponent(properties[linked].trim()) + ".json"
    : "/v1/workloads/" + encodeURIComponent(workload) + "/comparison.json";
  const key = (properties.STOWAGE_KEY || "").trim();
  const headers = linked || key === "" ? {} : { Authorization: "Bearer " + key };
  const response = UrlFetchApp.fetch(address + path, { headers, muteHttpExceptions: true });
  const text = response.getContentText();
  if (response.getResponseCode() === 200) return JSON.parse(text);
  throw new Error(stowageRefusal_(response.getResponseCode(), text));
}

function stowageRefusal_(status, text) {
  try {
    return JSON.parse(text).problems.map((problem) => problem.message).join(" ");
  } catch {
    return "The service answers with the status " + status + ".";
  }
}
`;
