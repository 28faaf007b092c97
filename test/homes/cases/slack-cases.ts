import { bodyKilobytesMax } from "../../../api/routes/slack-routes.ts";
import { command, signed } from "../../slack/from-slack.ts";
import type { Asking, Cases } from "./case.ts";

const form = { "Content-Type": "application/x-www-form-urlencoded" };

/** Signed for the next five minutes, when the suite is loaded. */
function asked(body: string): Asking {
  const { headers } = signed(body);
  return { headers, body };
}

function slackCases(path: string, fine: string): Cases {
  return {
    [`POST ${path}`]: {
      usual: { path, headers: form, body: "text=help" },
      statuses: {
        200: asked(fine),
        400: asked(`${fine}&text=&text=&payload=&payload=`),
        413: { headers: { ...form, "Content-Length": `${bodyKilobytesMax * 1000 + 1}` } },
        415: { headers: { "Content-Type": "application/json" } },
      },
    },
  };
}

export const slackOperationCases: Cases = {
  ...slackCases("/slack/commands", command()),
  ...slackCases("/slack/interactions", `${new URLSearchParams({ payload: '{"type":"view_closed"}' })}`),
  "GET /v1/slack-audit": {
    usual: { path: "/v1/slack-audit" },
    statuses: { 200: { path: "/v1/slack-audit?days=7" }, 400: { path: "/v1/slack-audit?days=none" } },
  },
};
