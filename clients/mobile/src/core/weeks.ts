/** A week of the room: what this tablet says of it is laid over what the server has, field by field, when it is sent. */

import type { Schemas } from "../../../shared/api.ts";

export type Tally = { immersion: number | null; conversation: number | null; absent: boolean };
export type Tallies = Readonly<Record<string, Tally>>;
export type Week = { closed: boolean; completed: boolean; tallies: Tallies };
/** What somebody changed since the last save: of each child only the fields that were touched. */
export type Changes = Record<string, Partial<Tally>>;
/** `seen`: what stood there for whoever made the changes. */
export type WeekSaid = { closed?: boolean; completed?: boolean; changes: Changes; seen?: Tallies };

export const EMPTY_WEEK: Week = { closed: false, completed: false, tallies: {} };
export const NOTHING: Tally = { immersion: null, conversation: null, absent: false };

type OnServer = Pick<Schemas["RoomWeekOut"], "closed" | "completed" | "tallies">;

export function weekOf(found: OnServer): Week {
  const tallies = found.tallies.map((tally): [string, Tally] => [
    tally.child_id,
    { immersion: tally.immersion_activity, conversation: tally.focus_conversation, absent: tally.absent },
  ]);
  return { closed: found.closed, completed: found.completed, tallies: Object.fromEntries(tallies) };
}

/** The week with what was changed of it. */
export function changed(week: Week, changes: Changes): Week {
  const tallies = Object.entries(changes).map(([child, change]): [string, Tally] => [
    child,
    { ...NOTHING, ...week.tallies[child], ...change },
  ]);
  return { ...week, tallies: { ...week.tallies, ...Object.fromEntries(tallies) } };
}

/** `changes` to what was `seen`, said of what is there `now`: where somebody else has counted meanwhile, the larger holds. */
export function rebased(changes: Changes, seen: Tallies, now: Tallies): Changes {
  const rebase = ([child, change]: [string, Partial<Tally>]): [string, Partial<Tally>] => {
    const [before, after] = [seen[child] ?? NOTHING, now[child] ?? NOTHING];
    const counts = COUNTS.filter((field) => change[field] !== undefined && before[field] !== after[field]);
    const larger = counts.map((field) => [field, mostOf(change[field] ?? null, after[field])]);
    return [child, { ...change, ...Object.fromEntries(larger) }];
  };
  return Object.fromEntries(Object.entries(changes).map(rebase));
}

const COUNTS = ["immersion", "conversation"] as const;
const mostOf = (one: number | null, other: number | null) => ((one ?? -1) > (other ?? -1) ? one : other);

/** What was said, child by child, and the state of the week by itself. */
export function parts({ changes, seen, ...state }: WeekSaid): WeekSaid[] {
  const children = Object.entries(changes).map(([child, change]) => ({
    changes: { [child]: change },
    ...(seen && { seen }),
  }));
  return Object.keys(state).length === 0 ? children : [...children, { ...state, changes: {} }];
}

export function together(apart: readonly WeekSaid[]): WeekSaid {
  return { ...Object.assign({}, ...apart), changes: Object.assign({}, ...apart.map((part) => part.changes)) };
}

/** The request that says `said` and leaves everything else as the server has it, a colleague's counts of the same child too. */
export function weekRequest(said: WeekSaid, found: OnServer) {
  const { changes, seen, ...state } = said;
  const week = weekOf(found);
  const { tallies } = changed(week, rebased(changes, seen ?? week.tallies, week.tallies));
  return {
    ...state,
    tallies: Object.keys(changes).map((child) => {
      const whole = tallies[child] ?? NOTHING;
      return {
        child_id: child,
        immersion_activity: whole.immersion,
        focus_conversation: whole.conversation,
        absent: whole.absent,
      };
    }),
  };
}
