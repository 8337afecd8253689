/** The tablet: what it is, what it knows, and what people do with it. The pages show these signals and call these functions. */

import { computed, signal } from "@preact/signals";
import { pause } from "../../shared/api.ts";
import { dayOf, weekOf } from "../../shared/dates.ts";
import { uuid7 } from "../../shared/ids.ts";
import { CLOCK, now } from "./core/clock.ts";
import { type Arrived, type Entry, Outbox, type Rows, type Said, type Verdict } from "./core/outbox.ts";
import { deliver, type Enrolled, enrol, snapshot as fetched, isThere, revoked } from "./core/server.ts";
import type { Room, Snapshot } from "./core/snapshot.ts";
import { isFull, Vault } from "./core/vault.ts";

type Enrolment = { token: string; device: string; room: Room };
export type Phase = "starting" | "enrol" | "locked" | "ready" | "unsupported";

export const phase = signal<Phase>("starting");
export const enrolment = signal<Enrolment | null>(null);
export const snapshot = signal<Snapshot | null>(null);
export const rows = signal<Rows>([]);
export const reachable = signal(true);
/** Why what somebody last recorded is not on the device. */
export const unkept = signal<"full" | "failed" | null>(null);
/** When something was last kept on the device. */
export const told = signal<number | null>(null);

export const waiting = computed(() => rows.value.filter((row) => row.what.refused === undefined).length);
export const refused = computed(() => rows.value.filter((row) => row.what.refused !== undefined).length);

let vault: Vault;
let outbox: Outbox;
const NEVER = Number.NEGATIVE_INFINITY;
let refreshed = NEVER; // in the time of the page, which nobody sets back
let refreshing: string | null = null; // with which token
let misses = 0;
let again: ReturnType<typeof setTimeout> | undefined;
let reading = 0;
const CHANGED = "vls-mobile";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANGED);
const ATTEMPT = "vls-enrol";

export const today = (): string => dayOf(now());
export const thisWeek = (): string => weekOf(today());

export async function start(): Promise<void> {
  try {
    vault = await Vault.open(() => location.reload());
  } catch {
    phase.value = "unsupported"; // a private window, or a browser without cryptography: nothing would be safe here
    return;
  }
  outbox = new Outbox({ vault, now, send, alone, answers, onRevoked: lock, onChange: () => void changed(true) });
  if (channel !== null) channel.onmessage = () => void resume();
  addEventListener("online", () => void outbox.pump().then(() => refresh()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void outbox.pump().then(() => refresh());
  });
  // A tablet that lies on the table, looked at by nobody and with nothing to send, learns of news and of its end too.
  setInterval(() => void outbox.pump().then(() => refresh()), 600_000);
  await resume();
}

/** Takes up what is held: at the start, and when another tab has changed it. */
async function resume(): Promise<void> {
  if (!(await vault.unlock())) {
    emptied();
    phase.value = (await vault.owner()) === null ? "enrol" : "locked";
    return;
  }
  enrolment.value = await vault.kept<Enrolment>("enrolment");
  if (enrolment.value === null) {
    phase.value = "enrol";
    return;
  }
  snapshot.value = snapshot.value ?? (await vault.kept<Snapshot>("snapshot"));
  await changed(false);
  phase.value = "ready";
  requestAnimationFrame(() => performance.mark("vls-ready")); // what the benchmark looks for
  void outbox.pump().then(() => refresh());
}

async function changed(tell: boolean): Promise<void> {
  reading += 1;
  const mine = reading;
  const found = vault.open ? await outbox.rows() : [];
  const waited = waiting.value > 0;
  if (mine === reading) rows.value = found; // an older look may take longer than a newer one
  if (waited && waiting.value === 0) void refresh(); // what has just been done is no longer due
  if (tell) channel?.postMessage(null);
}

async function send(entry: Entry): Promise<Verdict> {
  const held = enrolment.value;
  if (held === null) return { state: "later", own: false, retryAfter: null };
  const verdict = await deliver(entry, held.token);
  // An old token's answer that comes late must not cost a tablet that was enrolled anew its key.
  if (verdict.state === "revoked" && enrolment.value?.token !== held.token) {
    return { state: "later", own: false, retryAfter: null };
  }
  reachable.value = verdict.state !== "later" || verdict.own === true;
  if (verdict.state === "arrived") refreshed = NEVER;
  return verdict;
}

async function answers(): Promise<boolean> {
  const held = enrolment.value;
  reachable.value = held !== null && (await isThere(held.token));
  return reachable.value;
}

/** One tab at a time sends. A browser without locks has one tab on a tablet anyhow; the ids keep the rest right. */
async function alone(work: () => Promise<void>): Promise<boolean> {
  if (navigator.locks === undefined) {
    await work();
    return true;
  }
  return navigator.locks.request("vls-outbox", { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await work();
    return true;
  });
}

/** Nothing that was held is shown any more. */
function emptied(): void {
  enrolment.value = null;
  snapshot.value = null;
  rows.value = [];
}

/** The server has taken the key back: what is held is noise until the tablet is enrolled again. */
async function lock(): Promise<void> {
  await vault.lock();
  emptied();
  phase.value = "locked";
  channel?.postMessage(null);
}

/** How many wait on a locked tablet: they can be counted, not read. */
export const lockedCount = (): Promise<number> => vault.count("outbox");

/** Enrols with a code. Until there is an answer the number of the attempt is kept, so that a lost answer is asked for again. */
export async function enrolWith(code: string): Promise<void> {
  const enrolled = await enrol(code, attemptFor(code));
  await takeOver(enrolled);
  localStorage.removeItem(ATTEMPT);
}

async function takeOver(enrolled: Enrolled): Promise<void> {
  const raw = Uint8Array.from(atob(enrolled.data_key), (letter) => letter.charCodeAt(0));
  await vault.enrol(enrolled.device_id, raw);
  await vault.keep("enrolment", { token: enrolled.device_token, device: enrolled.device_id, room: enrolled.room });
  await navigator.storage?.persist?.(); // ask the browser not to clear what we hold when it needs room
  refreshed = NEVER;
  await resume();
  channel?.postMessage(null);
}

function attemptFor(code: string): string {
  const held = localStorage.getItem(ATTEMPT)?.split(" ");
  if (held?.[0] === code && held[1] !== undefined) return held[1];
  const attempt = uuid7(Date.now());
  localStorage.setItem(ATTEMPT, `${code} ${attempt}`);
  return attempt;
}

/** Gets what the pages show, at most once a minute unless something has arrived since. Without a connection it is tried
 * again by itself, more and more seldom: nothing else would notice that there is one when nothing waits to be sent. */
export async function refresh(): Promise<void> {
  const held = enrolment.value;
  if (held === null || refreshing === held.token) return;
  if (reachable.value && performance.now() - refreshed < 60_000) return;
  refreshing = held.token;
  clearTimeout(again);
  await snapshotAnew(held);
  if (refreshing === held.token) refreshing = null;
}

async function snapshotAnew(held: Enrolment): Promise<void> {
  const before = refreshed;
  refreshed = performance.now();
  const current = () => enrolment.value?.token === held.token; // not signed out, locked or enrolled anew meanwhile
  try {
    const found = await fetched(held.token, held.room, today());
    if (!current()) return;
    reachable.value = true;
    misses = 0;
    snapshot.value = found;
    await vault.keep("snapshot", found).catch(() => undefined); // on a full device it is shown, and asked for again
  } catch (error) {
    refreshed = before;
    if (!current()) return;
    if (revoked(error)) return lock();
    reachable.value = false;
    misses += 1;
    again = setTimeout(() => void refresh(), pause(misses, 300));
  }
}

/** Writes to the device; whether it did. */
export async function written(entry: Omit<Entry, "madeAt">): Promise<boolean> {
  const did = await onDevice(outbox.add(entry));
  if (did) told.value = performance.mark("vls-saved").startTime;
  return did;
}

/** Whether the device took it; when it did not, every page says so. */
async function onDevice(writing: Promise<unknown>): Promise<boolean> {
  try {
    await writing;
    unkept.value = null;
    return true;
  } catch (error) {
    unkept.value = isFull(error) ? "full" : "failed";
    return false;
  }
}

/** What is kept beside the outbox, under a name. */
export const kept = <T>(name: string): Promise<T | null> => vault.kept<T>(name);
export const keep = (name: string, what: unknown): Promise<boolean> => onDevice(vault.keep(name, what));
export const forget = (name: string): Promise<void> => vault.forget(name);

export async function ledger(): Promise<Arrived[]> {
  const arrived = await vault.all<Arrived>("ledger");
  return arrived.map((row) => row.what).reverse();
}

export const retry = (seq: number, entry: Entry): Promise<void> => outbox.retry(seq, entry);
export const corrected = (seq: number, entry: Entry, said: Said): Promise<boolean> =>
  onDevice(outbox.correct(seq, entry, said));

/** Gives an entry up. A draft that it was made of is begun anew when it is sent again. */
export async function discard(seq: number, entry: Entry): Promise<void> {
  await outbox.discard(seq);
  if (entry.method === "POST" && entry.about.draft !== undefined) await vault.forget(entry.about.draft);
}

export const sendNow = (): Promise<void> => outbox.pump();

/** Enrols with a code that was asked with before, over what another enrolment has not sent. The code is used up by then:
 * only the number of that attempt gets the same answer again, so it stays. */
export async function enrolOver(code: string): Promise<void> {
  const enrolled = await enrol(code, attemptFor(code));
  await vault.clear();
  await takeOver(enrolled);
  localStorage.removeItem(ATTEMPT);
}

/** Erases everything this tablet holds. */
export async function signOut(): Promise<void> {
  await vault.clear();
  for (const name of [ATTEMPT, CLOCK]) localStorage.removeItem(name); // the other apps of this address keep theirs
  emptied();
  refreshed = NEVER;
  phase.value = "enrol";
  channel?.postMessage(null);
}
