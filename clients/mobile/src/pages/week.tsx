/** A week of the room: how often each child took part, who was away, and that the week is complete. */

import { Banner, Button, Heading } from "../../../shared/components.tsx";
import { addDays, addWeeks, firstDay } from "../../../shared/dates.ts";
import { t } from "../../../shared/messages/mobile.ts";
import { day } from "../../../shared/text.ts";
import type { Child } from "../core/snapshot.ts";
import { NOTHING, type Tally } from "../core/weeks.ts";
import { snapshot, thisWeek } from "../state.ts";
import { useWeek } from "./counting.ts";
import { Back, OnItsWay } from "./home.tsx";

const MOST = 99;

export function weekName(week: string): string {
  return t("weekOf", { number: String(Number(week.slice(6))) });
}

export function WeekPage({ week }: { week: string }) {
  const { known, unsaved, saved, tally, save } = useWeek(week);
  return (
    <>
      <Back />
      <Heading of={week}>{weekName(week)}</Heading>
      <Neighbours week={week} />
      {known.completed && <Banner>{t("completed")}</Banner>}
      {known.closed ? (
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
                tally={known.tallies[child.id] ?? NOTHING}
                onChange={(what) => tally(child.id, what)}
              />
            ))}
          </ul>
          <div class="at-hand">
            <div class="row">
              <Button kind={unsaved ? "main" : undefined} disabled={!unsaved} onClick={() => void save()}>
                {t("save")}
              </Button>
              <Button kind="main" onClick={() => void save({ completed: true })}>
                {t("complete")}
              </Button>
              <Button onClick={() => void save({ closed: true })}>{t("closeWeek")}</Button>
            </div>
            {saved && <p role="status">{t("saved")}</p>}
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

type Change = (before: Tally) => Partial<Tally>;
type RowProps = { child: Child; tally: Tally; onChange: (what: Change) => void };

function TallyRow({ child, tally, onChange }: RowProps) {
  return (
    <li>
      <strong>{child.name}</strong>
      <div class="counters">
        <Counter
          name={child.name}
          what={t("shortImmersion")}
          count={tally.immersion}
          onChange={(count) => onChange((before) => ({ immersion: count(before.immersion) }))}
        />
        <Counter
          name={child.name}
          what={t("shortConversation")}
          count={tally.conversation}
          onChange={(count) => onChange((before) => ({ conversation: count(before.conversation) }))}
        />
        <label class="away">
          <input
            type="checkbox"
            checked={tally.absent}
            aria-label={t("absentOf", { name: child.name })}
            onChange={(event) => {
              const absent = event.currentTarget.checked;
              onChange(() => ({ absent }));
            }}
          />
          {t("absent")}
        </label>
      </div>
    </li>
  );
}

type Count = (before: number | null) => number | null;
type CounterProps = { name: string; what: string; count: number | null; onChange: (count: Count) => void };

const fewer: Count = (before) => (before === null || before === 0 ? null : before - 1);
const more: Count = (before) => Math.min(MOST, (before ?? 0) + 1);

/** Below nothing there is "not counted", which is not zero. */
function Counter({ name, what, count, onChange }: CounterProps) {
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
        onClick={() => onChange(more)}
      >
        +
      </button>
    </div>
  );
}
