import { describe, expect, it } from "vitest";
import { addDays, addWeeks, firstDay, weekOf } from "../dates.ts";
import { uuid7 } from "../ids.ts";

describe("ISO weeks", () => {
  // ISO 8601 calendars: years that begin in the last week of the year before, and years of 53 weeks.
  it.each([
    ["2026-10-19", "2026-W43"],
    ["2027-01-01", "2026-W53"],
    ["2027-01-04", "2027-W01"],
    ["2024-12-30", "2025-W01"],
    ["2023-01-01", "2022-W52"],
    ["2020-12-31", "2020-W53"],
  ])("%s is in %s", (day, week) => {
    expect(weekOf(day)).toBe(week);
  });

  it("go back and forth for ten years", () => {
    for (let day = "2019-12-25"; day < "2030-01-05"; day = addDays(day, 1)) {
      const week = weekOf(day);
      expect(firstDay(week) <= day && day <= addDays(firstDay(week), 6)).toBe(true);
      expect(addWeeks(addWeeks(week, 1), -1)).toBe(week);
    }
  });
});

describe("UUID version 7", () => {
  it("has its version, its variant and its time, and sorts by it", () => {
    const made = uuid7(Date.UTC(2026, 9, 19));
    expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(made.replace("-", "").slice(0, 12), 16)).toBe(Date.UTC(2026, 9, 19));
    expect(uuid7(1_800_000_000_000) > uuid7(1_700_000_000_000)).toBe(true);
  });
});
