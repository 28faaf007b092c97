import { expect, test } from "vitest";
import { presentations } from "../../api/routes/presentations.ts";
import { aCharge } from "../core/sample-book.ts";
import { documentOfCharges } from "../present/workbook-documents.ts";

test("a comparison of 8,001 line items is no workbook: it says to take it as CSV", async () => {
  const document = documentOfCharges(Array.from({ length: 8001 }, () => aCharge("web", "0.01")));
  const workbook = presentations.find(({ extension }) => extension === "xlsx");
  const message = expect.stringMatching(/8001 line items.*8000.*CSV/);

  expect(await workbook?.present(document, { stale: null, query: {} })).toEqual({
    problem: { code: "too_many_lines", path: "", message },
  });
});
