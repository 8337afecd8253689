/** What people record. Each of these is on the device when it answers true; false means that there was no room. */

import { uuid7 } from "../../shared/ids.ts";
import { now } from "./core/clock.ts";
import type { About, Arrived, Entry, Rows } from "./core/outbox.ts";
import { weekOnServer } from "./core/server.ts";
import { EMPTY_WEEK, type Week, type WeekSaid, weekOf } from "./core/weeks.ts";
import { corrected, enrolment, keep, kept, rows, snapshot, today, written } from "./state.ts";

const newId = (): string => uuid7(now().getTime());

export type Activity = { day: string; kind: string; areas: string[]; strategies: string[]; children: string[] };

/** An activity as the API takes it. */
type Sent = {
  id: string;
  room_id: string | undefined;
  observed_on: string;
  kind: string;
  learning_areas: string[];
  strategies: string[];
  child_ids: string[];
  recorded_at: string;
};

export function saveActivity(made: Activity): Promise<boolean> {
  const id = newId();
  const room_id = enrolment.value?.room.id;
  const said = saying({ id, room_id, recorded_at: now().toISOString() }, made);
  return written({ id, method: "POST", path: "/v1/activities", ...said });
}

function saying(of: Pick<Sent, "id" | "room_id" | "recorded_at">, made: Activity): { body: Sent; about: About } {
  const body = {
    ...of,
    observed_on: made.day,
    kind: made.kind,
    learning_areas: made.areas,
    strategies: made.strategies,
    child_ids: made.children,
  };
  return { body, about: { what: "activity", kind: made.kind, day: made.day, children: made.children } };
}

/** What a refused activity says, to be corrected; null for anything else. */
export function activityIn(entry: Entry): Activity | null {
  if (entry.about.what !== "activity" || entry.refused === undefined) return null;
  const { observed_on, kind, learning_areas, strategies, child_ids } = entry.body as Sent;
  return { day: observed_on, kind, areas: learning_areas, strategies, children: child_ids };
}

export function correctActivity({ seq, what }: Rows[number], made: Activity): Promise<boolean> {
  const { id, room_id, recorded_at } = what.body as Sent;
  return corrected(seq, what, saying({ id, room_id, recorded_at }, made));
}

/** Takes an activity back. It goes behind the activity itself, so it is right whether or not that has been sent. */
export function withdraw(activity: Arrived | Entry): Promise<boolean> {
  const about = { ...activity.about, what: "withdrawal" } as const;
  return written({ id: newId(), method: "DELETE", path: `/v1/activities/${activity.id}`, about });
}

/** The week as this tablet knows it; what waits to be sent is in it already. */
export async function weekHeld(week: string): Promise<Week> {
  return (await kept<Week>(`week ${week}`)) ?? EMPTY_WEEK;
}

let saves = 0;

/** The week as the server has it, unless something about it still waits here or was said while the server was asked. */
export async function weekNow(week: string): Promise<Week | null> {
  const held = enrolment.value;
  const before = saves;
  const overtaken = () => saves !== before || rows.value.some((row) => row.what.about.week === week);
  if (held === null || overtaken()) return null;
  try {
    const found = weekOf(await weekOnServer(held.token, held.room.id, week));
    if (overtaken()) return null;
    await keep(`week ${week}`, found);
    return overtaken() ? null : found;
  } catch {
    return null; // without a connection the tablet's own copy is what there is
  }
}

/** Sends what was changed of a week, and nothing else: what others recorded meanwhile stays. */
export async function saveWeek(week: string, after: Week, said: WeekSaid): Promise<boolean> {
  const path = `/v1/rooms/${enrolment.value?.room.id}/weeks/${week}`;
  const about = { what: "week", week } as const;
  saves += 1;
  if (!(await written({ id: newId(), method: "PUT", path, body: said, about }))) return false;
  await keep(`week ${week}`, after);
  return true;
}

export type Rating = {
  form: "practice" | "development";
  /** The evaluation or assessment that is corrected, or null for a new one. */
  existing: string | null;
  draft: string;
  rater: string | null;
  child?: string;
  period?: { first: string; last: string };
  final: boolean;
  answers: Record<string, number | null>;
  agreements?: { text: string; responsible: string; due_on: string | null; status: "open" | "done" | "dropped" }[];
  comment?: string;
};

/** The id of the rating once it is on the device, or null where there was no room. */
export async function saveRating(rating: Rating): Promise<string | null> {
  const practice = rating.form === "practice";
  const collection = practice ? "/v1/practice-evaluations" : "/v1/development-assessments";
  const said = {
    state: rating.final ? "final" : "draft",
    answers: rating.answers,
    ...(practice ? { agreements: rating.agreements ?? [] } : { comment: rating.comment ?? "" }),
  };
  const about = {
    what: rating.form,
    rater: rating.rater,
    draft: rating.draft,
    ...(rating.child === undefined ? {} : { children: [rating.child] }),
    ...(rating.period === undefined ? {} : { week: rating.period.first }),
  } as const;
  const id = rating.existing ?? newId();
  const entry =
    rating.existing === null
      ? { id, method: "POST" as const, path: collection, body: { id, ...placed(rating), ...said }, about }
      : { id: newId(), method: "PATCH" as const, path: `${collection}/${id}`, body: said, about };
  return (await written(entry)) ? id : null;
}

/** Who rated what, where and when; in the version that was answered, whatever has been published since. */
function placed(rating: Rating): Record<string, unknown> {
  const practice = rating.form === "practice";
  const name = practice ? "form" : "instrument";
  const asked = practice ? snapshot.value?.form : snapshot.value?.instrument;
  return {
    room_id: enrolment.value?.room.id,
    kind: rating.rater === null ? "joint" : "individual",
    ...(rating.rater === null ? {} : { rater_id: rating.rater }),
    ...(practice
      ? { first_week: rating.period?.first, last_week: rating.period?.last }
      : { child_id: rating.child, assessed_on: today() }),
    ...(asked === undefined ? {} : { [`${name}_key`]: asked.key, [`${name}_version`]: asked.version }),
  };
}
