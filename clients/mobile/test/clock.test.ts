import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { learn, offset } from "../src/core/clock.ts";

const HOUR = 3_600_000;
const header = (time: number) => new Date(time).toUTCString();

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-10-19T22:00:00Z") });
  offset.value = 0;
});
afterEach(() => vi.useRealTimers());

it("follows the server's clock", () => {
  learn(header(Date.now() + 3 * HOUR), Date.now());
  expect(offset.value).toBeCloseTo(3 * HOUR, -4);
});

it("learns nothing from an answer the tablet slept through", () => {
  const asked = Date.now();
  const told = header(asked);
  vi.setSystemTime(asked + 60 * HOUR);
  learn(told, asked);
  expect(offset.value).toBe(0);
});
