/** A week of the room: what this tablet says of it is laid over what the server has, field by field, when it is sent. */

import type { Schemas } from "../../../shared/api.ts";

export type Tally = { immersion: number | null; conversation: number | null; absent: boolean };
export type Week = { closed: boolean; completed: boolean; tallies: Record<string, Tally> };
/** What somebody changed since the last save: of each child only the fields that were touched. */
export type Changes = Record<string, Partial<Tally>>;
export type WeekSaid = { closed?: boolean; completed?: boolean; changes: Changes };

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

/** The request that says `said` and leaves everything else as the server has it, a colleague's counts of the same child too. */
export function weekRequest(said: WeekSaid, found: OnServer) {
  const { tallies } = weekOf(found);
  const { changes, ...state } = said;
  return {
    ...state,
    tallies: Object.entries(changes).map(([child, change]) => {
      const whole = { ...NOTHING, ...tallies[child], ...change };
      return {
        child_id: child,
        immersion_activity: whole.immersion,
        focus_conversation: whole.conversation,
        absent: whole.absent,
      };
    }),
  };
}
