import { describe, expect, test } from "vitest";
import { staleness } from "../../api/present/staleness.ts";

const on = (today: string) => staleness({ oldest: "2026-01-01" }, { staleAfterDays: 90, today });

describe("prices older than 90 days are called stale", () => {
  test("not after 90 days", () => expect(on("2026-04-01")).toBeNull());

  test("but after 91, and by how much", () =>
    expect(on("2026-04-02")).toBe("Stale: the oldest price used is of 2026-01-01, 91 days ago (more than 90)."));

  test("and not where no price was used", () =>
    expect(staleness({ oldest: null }, { staleAfterDays: 90, today: "2030-01-01" })).toBeNull());
});

test("where a refresh has found prices unchanged, the day of that counts and the sentence says so", () => {
  const known = (day: string) =>
    staleness({ oldest: "2026-01-01", known: day }, { staleAfterDays: 90, today: "2026-06-30" });

  expect(known("2026-04-01")).toBeNull();
  expect(known("2026-03-31")).toBe(
    "Stale: a price used was last known to hold on 2026-03-31, 91 days ago (more than 90).",
  );
});
