import { describe, expect, test } from "vitest";
import { compare } from "../../../api/core/comparison/compare.ts";
import type { Estimate } from "../../../api/core/model/comparison.ts";
import { Exact } from "../../../api/core/model/exact.ts";
import type { Price } from "../../../api/core/model/price-book.ts";
import { aBook, aCharge } from "../sample-book.ts";
import { anEstimate } from "../sample-estimate.ts";
import { aWorkload } from "../sample-workload.ts";

describe("options", () => {
  test("are sorted by total, and what is not feasible comes last", () => {
    const { options, cheapest } = compared([anOption("b", "2"), refused("x"), anOption("a", "1"), anOption("c", "3")]);

    expect(options.map(({ id }) => id)).toEqual(["a", "b", "c", "x"]);
    expect(cheapest).toBe("a");
  });

  test("with one total go to the plain one first: fargate, then mixed, then as-configured", () => {
    const configured = anOption("as-configured", "5");
    const mixed = { ...anOption("mixed", "5"), purchaseOption: "mixed" as const };

    const { options, cheapest, recommended } = compared([configured, mixed, anOption("fargate", "5")]);

    expect(options.map(({ id }) => id)).toEqual(["fargate", "mixed", "as-configured"]);
    expect(cheapest).toBe("fargate");
    expect(recommended?.option).toBe("fargate");
  });

  test("of which none is feasible have neither a cheapest nor a recommended one, but a baseline", () => {
    expect(compared([refused("as-configured"), refused("fargate")])).toMatchObject({
      ...{ cheapest: null, recommended: null, baseline: "as-configured", oldestPrice: null, newestPrice: null },
    });
  });

  test("say the days of the oldest and the newest price they use, of those that are known", () => {
    const dated = (effectiveFrom: string | null) => anOption("a", "1", { effectiveFrom });

    expect(compared([dated("2024-07-18"), dated(null), dated("2026-09-29"), dated("2025-01-01")])).toMatchObject({
      ...{ oldestPrice: "2024-07-18", newestPrice: "2026-09-29" },
    });
  });
});

describe("the recommended option", () => {
  const onSpot = { ...anOption("spot", "1"), spotWithoutLeave: ["web"] };

  test("is not on Spot without leave: $2 on demand before $1 on Spot, and the reason says so", () => {
    expect(compared([onSpot, anOption("plain", "2")]).recommended).toEqual({
      option: "plain",
      reason: expect.stringContaining(
        "spot would be USD 1.00 less but runs on Spot, and web is not marked interruptible",
      ),
    });
  });

  test("is on Spot where every service there is marked interruptible", () => {
    expect(compared([{ ...onSpot, spotWithoutLeave: [] }, anOption("plain", "2")]).recommended?.option).toBe("spot");
  });

  test("never rests on an estimated price, however cheap", () => {
    const { recommended, cheapest } = compared([anOption("guess", "1", { estimated: true }), anOption("plain", "2")]);

    expect(cheapest).toBe("guess");
    expect(recommended).toEqual({ option: "plain", reason: expect.stringContaining("guess would be USD 1.00 less") });
  });

  test("is none where every feasible option is an estimate or on Spot without leave", () => {
    expect(compared([anOption("guess", "1", { estimated: true }), onSpot]).recommended).toBeNull();
  });

  test("is said to save what the shown totals differ by: $10.00 − $5.01 are $4.99, although 10.004 − 5.006 are 4.998", () => {
    const cheap = { ...onSpot, total: new Exact("5.006") };

    const { recommended } = compared([cheap, anOption("plain", "10.004"), anOption("dear", "12.106")]);

    expect(recommended?.reason).toContain("spot would be USD 4.99 less");
    expect(recommended?.reason).toContain("USD 2.11 less than dear");
  });

  test("names three services at risk and counts the others", () => {
    const many = { ...onSpot, spotWithoutLeave: ["a", "b", "c", "d", "e"] };

    expect(compared([many, anOption("plain", "2")]).recommended?.reason).toContain("a, b, c and 2 more are not marked");
  });
});

function compared(estimates: readonly Estimate[]) {
  return compare(estimates, { workload: aWorkload([]), book: aBook([]), readiness: [], flips: [] });
}

function anOption(id: string, total: string, price: Partial<Price> = {}): Estimate {
  return anEstimate(id, total, { charges: [aCharge("web", total, price)] });
}

function refused(id: string): Estimate {
  return anEstimate(id, "0", { problems: [{ code: "no", path: "", message: "" }], charges: [], total: null });
}
