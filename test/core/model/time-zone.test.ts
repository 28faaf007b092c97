import { describe, expect, test } from "vitest";
import { instantOf, isTimeZone, offsetsOf } from "../../../api/core/model/time-zone.ts";

const seconds = (instant: string) => Date.parse(instant) / 1000;

describe("Berlin", () => {
  const offsetOf = offsetsOf("Europe/Berlin");

  test("is 3,600 s ahead up to 01:00 UTC on 29 March 2026 and 7,200 s from then on", () => {
    expect(offsetOf(seconds("2026-03-29T00:59:59Z"))).toBe(3600);
    expect(offsetOf(seconds("2026-03-29T01:00:00Z"))).toBe(7200);
    expect(offsetOf(seconds("2026-01-01T00:00:00Z"))).toBe(3600);
  });

  test.each([
    ["2026-03-28T12:00:00Z", "2026-03-28T11:00:00Z"],
    ["2026-03-29T02:30:00Z", "2026-03-29T01:00:00Z"],
    ["2026-03-29T03:30:00Z", "2026-03-29T01:30:00Z"],
    ["2026-10-25T02:30:00Z", "2026-10-25T00:30:00Z"],
    ["2026-10-25T03:30:00Z", "2026-10-25T02:30:00Z"],
  ])("reads %s on the wall at %s", (local, instant) => {
    expect(instantOf(seconds(local), offsetOf)).toBe(seconds(instant));
  });
});

test("names are told from what is none", () => {
  expect(["UTC", "America/New_York", "Mars/Olympus"].map(isTimeZone)).toEqual([true, true, false]);
});
