/** A tablet's clock may be wrong by hours. Each answer of the server says what time it is, and that is what counts. */

import { signal } from "@preact/signals";

export const CLOCK = "vls-clock";
const TOLERATED = 120_000;

/** Milliseconds by which the server is ahead of this clock. */
export const offset = signal(kept());

export function now(): Date {
  return new Date(Date.now() + offset.value);
}

/** Learns from the Date header of an answer that was asked for at `asked`. */
export function learn(header: string | null, asked: number): void {
  const told = Date.parse(header ?? "");
  const answered = Date.now();
  // A tablet that slept meanwhile, or whose clock was just put right, cannot tell when the answer was given.
  if (Number.isNaN(told) || Math.abs(answered - asked) > TOLERATED) return;
  const found = told + 500 - (asked + answered) / 2; // the header is cut to whole seconds
  offset.value = Math.abs(found) < TOLERATED ? 0 : Math.round(found / 1000) * 1000;
  try {
    localStorage.setItem(CLOCK, String(offset.value));
  } catch {
    // then the next answer says it again
  }
}

function kept(): number {
  try {
    return Number(localStorage.getItem(CLOCK)) || 0;
  } catch {
    return 0;
  }
}
