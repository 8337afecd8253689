/** The counts of a week while somebody is at them: on the device with every tap, sent when it is saved. */

import { useEffect, useState } from "preact/hooks";
import {
  type Changes,
  changed,
  EMPTY_WEEK,
  NOTHING,
  rebased,
  type Tallies,
  type Tally,
  type Week,
  type WeekSaid,
} from "../core/weeks.ts";
import { useLatest } from "../latest.ts";
import { saveWeek, weekHeld, weekNow } from "../recording.ts";
import { forget, keep, kept } from "../state.ts";

/** `week` as it is known, and `changes`: what somebody has touched of it and not saved yet. */
type Shown = { week: Week; changes: Changes };
type Touch = (before: Tally) => Partial<Tally>;

export function useWeek(week: string) {
  const name = `unsaved week ${week}`;
  const [saved, setSaved] = useState(false);
  const { shown, held, change } = useLatest<Shown>(() => ({ week: EMPTY_WEEK, changes: {} }));
  useEffect(() => {
    // What the server says must not come over what somebody has begun to write.
    const show = (found: Week | null) =>
      found !== null &&
      change(({ week, changes }) => ({ week: found, changes: rebased(changes, week.tallies, found.tallies) }));
    const load = async () => {
      const begun = await kept<{ changes: Changes; seen: Tallies }>(name);
      if (begun !== null) {
        const { changes, seen } = begun;
        change((now) => ({ week: { ...now.week, tallies: seen }, changes: laid(changes, now.changes) }));
      }
      show(await weekHeld(week));
      show(await weekNow(week));
    };
    void load();
  }, [week]);

  const remember = () => {
    const { changes } = held.current;
    return isEmpty(changes) ? forget(name) : keep(name, { changes, seen: seenOf(held.current) });
  };
  const tally = (child: string, touch: Touch) => {
    change(({ week, changes }) => {
      const before = changed(week, changes).tallies[child] ?? NOTHING;
      return { week, changes: laid(changes, { [child]: touch(before) }) };
    });
    setSaved(false);
    void remember();
  };
  const save = async (say: Pick<WeekSaid, "closed" | "completed"> = {}) => {
    const before = held.current;
    const ends = say.closed ? { completed: false } : say.completed ? { closed: false } : {};
    const after = { ...changed(before.week, before.changes), ...say, ...ends };
    change(() => ({ week: after, changes: {} }));
    setSaved(false);
    if (await saveWeek(week, after, { ...say, changes: before.changes, seen: seenOf(before) })) setSaved(true);
    else change(({ changes }) => ({ week: before.week, changes: laid(before.changes, changes) }));
    await remember(); // what was touched while it was written is not saved yet
  };
  return { known: changed(shown.week, shown.changes), unsaved: !isEmpty(shown.changes), saved, tally, save };
}

const isEmpty = (changes: Changes): boolean => Object.keys(changes).length === 0;

function seenOf({ week, changes }: Shown): Tallies {
  return Object.fromEntries(Object.keys(changes).map((child) => [child, week.tallies[child] ?? NOTHING]));
}

/** `later` over `earlier`, field by field. */
function laid(earlier: Changes, later: Changes): Changes {
  const both = Object.entries(later).map(([child, fields]) => [child, { ...earlier[child], ...fields }]);
  return { ...earlier, ...Object.fromEntries(both) };
}
