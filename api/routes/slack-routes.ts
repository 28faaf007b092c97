import { createRoute, z } from "@hono/zod-openapi";
import { refusals, signedRefusals } from "./schemas/problem.ts";

const tags = ["Slack"];
export const bodyKilobytesMax = 100;

const signed = signedRefusals({
  400: "it is signed, but not as Slack sends it.",
  401: "it is not signed by Slack within the last five minutes, or was received before; or Slack is not set up here.",
  413: `the body is over ${bodyKilobytesMax} kB.`,
  415: "the body is not sent as application/x-www-form-urlencoded.",
});

const form = (schema: z.ZodType) => ({
  body: { required: true, content: { "application/x-www-form-urlencoded": { schema } } },
});

export const commandsRoute = createRoute({
  method: "post",
  path: "/slack/commands",
  operationId: "slackCommand",
  tags,
  summary: "Where Slack sends the command /stowage",
  description:
    "Signed as https://docs.slack.dev/authentication/verifying-requests-from-slack says. What is asked is answered afterwards, at its response_url.",
  request: form(
    z.object({
      ...{ team_id: z.string(), channel_id: z.string(), user_id: z.string(), text: z.string().optional() },
      response_url: z.url().openapi({ description: "On https://hooks.slack.com." }),
    }),
  ),
  responses: {
    200: {
      description: "It is received: nothing, or why nothing is done.",
      content: {
        "application/json": { schema: z.object({ response_type: z.literal("ephemeral"), text: z.string() }) },
      },
    },
    ...signed,
  },
});

export const interactionsRoute = createRoute({
  method: "post",
  path: "/slack/interactions",
  operationId: "slackInteraction",
  tags,
  summary: "Where Slack tells of the buttons that are pressed",
  description: "Signed as a command is, and answered as one.",
  request: form(z.object({ payload: z.string().openapi({ description: "JSON of the type block_actions." }) })),
  responses: { 200: { description: "It is received." }, ...signed },
});

const entry = z
  .object({
    at: z.iso.datetime(),
    ...{ team: z.string(), channel: z.string(), user: z.string() },
    kind: z.enum(["command", "action"]),
    asked: z.string().openapi({ description: "The text of the command, or the button and its value; the beginning." }),
    outcome: z.string().openapi({ description: "A code.", example: "answered" }),
  })
  .openapi("SlackRequest");

export const auditRoute = createRoute({
  method: "get",
  path: "/v1/slack-audit",
  operationId: "listSlackRequests",
  tags,
  summary: "Who has asked what in Slack, the latest first",
  request: {
    query: z.object({ days: z.int().min(1).optional().openapi({ description: "Of so many days; all that is kept." }) }),
  },
  responses: {
    200: {
      description: "Up to 1,000 of them.",
      content: { "application/json": { schema: z.object({ requests: z.array(entry) }) } },
    },
    ...refusals({ 400: "a parameter that there is not, or that says something else." }),
  },
});
