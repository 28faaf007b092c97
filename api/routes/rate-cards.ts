import { rateCardFormat } from "../aws/documents/rate-card.ts";
import { documentsIn } from "../core/parsing/documents.ts";
import type { NamedDocument } from "./named-documents.ts";
import { rateCard } from "./schemas/rate-card.ts";

/** Rate cards kept under a name, for `rateCard: "name"` in a request. */
export const rateCards: NamedDocument = {
  kind: "rate-card",
  path: "/v1/rate-cards",
  what: "rate card",
  noun: "RateCard",
  usedIn: "rateCard",
  tag: "Prices",
  schema: rateCard,
  exampleName: "acme-2026",
  check: (body) => documentsIn({ rateCard: body }, [rateCardFormat]).problems,
};
