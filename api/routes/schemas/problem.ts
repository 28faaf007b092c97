import { z } from "@hono/zod-openapi";
import type { Problem } from "../../core/model/problem.ts";
import { type ProblemStatus, problemMediaType, titles } from "../problem-details.ts";
import type { Same } from "./same.ts";

export const problem = z
  .object({
    code: z.string().openapi({ description: "Stable, for programs.", example: "unknown_field" }),
    path: z.string().openapi({
      description: 'Where in the document, or "" for the whole of it.',
      example: "taskDefinitions[0].containerDefinitions[1].cpu",
    }),
    message: z.string().openapi({ description: "For people: what is wrong, and the way out." }),
  })
  .openapi("Problem");

true satisfies Same<z.infer<typeof problem>, Problem>;

const problemDocument = z
  .object({
    type: z.literal("about:blank"),
    title: z.string().openapi({ description: "The name of the status." }),
    status: z.int(),
    problems: z.array(problem).min(1).openapi({ description: "Every problem found, not only the first." }),
  })
  .openapi("Problems", { description: "A refusal, as RFC 9457 says it." });

/** Responses of an operation that refuses with these statuses, beside those that every one may that needs a key. */
export function refusals(when: Partial<Record<ProblemStatus, string>>) {
  return openRefusals({
    401: "there are API keys, and the request came without one that is in force.",
    429: "the key has asked too often within a minute; Retry-After says in how many seconds to ask again.",
    503: "the database does not answer; Retry-After says in how many seconds to ask again.",
    ...when,
  });
}

/** The same of an operation that needs no key. */
export function openRefusals(when: Partial<Record<ProblemStatus, string>>) {
  return signedRefusals({ 403: hostOrScope, ...when });
}

/** The same of an operation that needs a signature, which says enough about who asks. */
export function signedRefusals(all: Partial<Record<ProblemStatus, string>>) {
  const statuses = Object.keys(all).map(Number) as ProblemStatus[];
  const content = { [problemMediaType]: { schema: problemDocument } };
  return Object.fromEntries(
    statuses.map((status) => {
      const said = status in headersOf ? { headers: headersOf[status as keyof typeof headersOf] } : {};
      return [status, { description: `${titles[status]}: ${all[status]}`, content, ...said }];
    }),
  );
}

const later = z.object({
  "Retry-After": z.int().min(0).openapi({ description: "Seconds until it is worth asking again." }),
});

/** What comes with a refusal of a status, whichever operation it is of. */
const headersOf = {
  401: z.object({
    "WWW-Authenticate": z.string().openapi({ description: "Bearer, or Slack where it has to have signed." }),
  }),
  429: later,
  503: later,
};

const hostOrScope =
  "the key's scope is too small, or without keys, the Host header names another machine than the server's own.";
