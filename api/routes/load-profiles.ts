import { readLoad } from "../aws/documents/load.ts";
import type { NamedDocument } from "./named-documents.ts";
import { loads } from "./schemas/comparison-request.ts";

/** Load profiles kept under a name, for `load: { "profile": "name" }` of a service. */
export const loadProfiles: NamedDocument = {
  kind: "load-profile",
  path: "/v1/load-profiles",
  what: "load profile",
  noun: "LoadProfile",
  usedIn: "services[].load.profile",
  tag: "Load",
  schema: loads,
  exampleName: "weekdays",
  check: (body) => readLoad(body, "load").problems,
};
