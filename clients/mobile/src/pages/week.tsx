/** A week of the room: how often each child took part, who was away, and that the week is complete. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Banner, Button, Heading } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/mobile.ts";
import { day } from "../../../shared/text.ts";
import { addDays, addWeeks, firstDay } from "../core/dates.ts";
import { type Child, EMPTY_WEEK, type Tally, type Week } from "../core/snapshot.ts";
import { saveWeek, snapshot, thisWeek, weekHeld, weekNow } from "../state.ts";
import { Back, OnItsWay } from "./home.tsx";

const NOTHING: Tally = { immersion: null, conversation: null, absent: false };
const MOST = 99;

export function weekName(week: string): string {
  return t("weekOf", { number: String(Number(week.slice(6))) });
}

export function WeekPage({ week }: { week: string }) {
  const [held, setHeld] = useState<Week>(EMPTY_WEEK);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const touched = useRef(false); // what the server says must not come over what somebody has begun to write
  useEffect(() => {
    const load = async () => {
      setHeld(await weekHeld(week));
      const now = await weekNow(week);
      if (now !== null && !touched.current) setHeld(now);
    };
    void load();
  }, [week]);

  const tally = (child: string, what: Partial<Tally>) => {
    touched.current = true;
    const after = { ...(held.tallies[child] ?? NOTHING), ...what };
    setHeld({ ...held, tallies: { ...held.tallies, [child]: after } });
    setChanged(new Set([...changed, child]));
  };
  const save = async (say: Partial<Week> = {}) => {
    const ends = say.closed ? { completed: false } : say.completed ? { closed: false } : {};
    const after = { ...held, ...say, ...ends };
    if (!(await saveWeek(week, after, [...changed], say))) return;
    setHeld(after);
    setChanged(new Set());
  };

  return (
    <>
      <Back />
      <Heading of={week}>{weekName(week)}</Heading>
      <Neighbours week={week} />
      {held.completed && <Banner>{t("completed")}</Banner>}
      {held.closed ? (
        <Banner>
          <p>{t("closed")}</p>
          <Button onClick={() => void save({ closed: false })}>{t("reopen")}</Button>
        </Banner>
      ) : (
        <>
          <p class="muted small">{t("weekHow")}</p>
          <ul class="tallies">
            {(snapshot.value?.children ?? []).map((child) => (
              <TallyRow
                key={child.id}
                child={child}
                tally={held.tallies[child.id] ?? NOTHING}
                onChange={(what) => tally(child.id, what)}
              />
            ))}
          </ul>
          <div class="at-hand">
            <div class="row">
              <Button
                kind={changed.size > 0 ? "main" : undefined}
                disabled={changed.size === 0}
                onClick={() => void save()}
              >
                {t("save")}
              </Button>
              <Button kind="main" onClick={() => void save({ completed: true })}>
                {t("complete")}
              </Button>
              <Button onClick={() => void save({ closed: true })}>{t("closeWeek")}</Button>
            </div>
            <OnItsWay />
          </div>
        </>
      )}
    </>
  );
}

function Neighbours({ week }: { week: string }) {
  const monday = firstDay(week);
  return (
    <div class="row apart">
      <a href={`#/week/${addWeeks(week, -1)}`}>{t("earlier")}</a>
      <span class="muted small">
        {day(monday)} – {day(addDays(monday, 6))}
      </span>
      {week < thisWeek() ? <a href={`#/week/${addWeeks(week, 1)}`}>{t("later")}</a> : <span />}
    </div>
  );
}

type RowProps = { child: Child; tally: Tally; onChange: (what: Partial<Tally>) => void };

function TallyRow({ child, tally, onChange }: RowProps) {
  return (
    <li>
      <strong>{child.name}</strong>
      <div class="counters">
        <Counter
          name={child.name}
          what={t("shortImmersion")}
          count={tally.immersion}
          onChange={(immersion) => onChange({ immersion })}
        />
        <Counter
          name={child.name}
          what={t("shortConversation")}
          count={tally.conversation}
          onChange={(conversation) => onChange({ conversation })}
        />
        <label class="away">
          <input
            type="checkbox"
            checked={tally.absent}
            aria-label={t("absentOf", { name: child.name })}
            onChange={(event) => onChange({ absent: event.currentTarget.checked })}
          />
          {t("absent")}
        </label>
      </div>
    </li>
  );
}

type CounterProps = { name: string; what: string; count: number | null; onChange: (count: number | null) => void };

/** Below nothing there is "not counted", which is not zero. */
function Counter({ name, what, count, onChange }: CounterProps) {
  const fewer = count === null || count === 0 ? null : count - 1;
  return (
    <div class="counter">
      <span class="small" aria-hidden="true">
        {what}
      </span>
      <button
        type="button"
        class="button"
        disabled={count === null}
        aria-label={t("fewer", { name, what: what.toLowerCase() })}
        onClick={() => onChange(fewer)}
      >
        −
      </button>
      <output aria-label={`${name}, ${what}`}>
        {count ?? (
          <span class="muted" title={t("notCounted")}>
            ·
          </span>
        )}
      </output>
      <button
        type="button"
        class="button"
        disabled={count === MOST}
        aria-label={t("more", { name, what: what.toLowerCase() })}
        onClick={() => onChange((count ?? 0) + 1)}
      >
        +
      </button>
    </div>
  );
}
