/** One room: what is due, its report, its goals, its meetings. */

import { useState } from "preact/hooks";
import type { Schemas } from "../../../shared/api.ts";
import { Button, Failure, Heading, Loading } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/leader.ts";
import { day } from "../../../shared/text.ts";
import { useLoaded } from "../loaded.ts";
import { asked, client, every } from "../session.ts";
import { unsaved } from "../unsaved.ts";
import { goalOf, NewGoal } from "./goal.tsx";
import { ReportButtons } from "./report.tsx";

type Due = Schemas["DueOut"];
type Line = { key: string; words: string; by: string | null; overdue: boolean };

async function room(id: string) {
  const path = { params: { path: { id } } };
  const [found, due, goals, meetings] = await Promise.all([
    asked(client.GET("/v1/rooms/{id}", path)),
    asked(client.GET("/v1/rooms/{id}/due", path)),
    every((query) => client.GET("/v1/goals", { params: { query: { ...query, room_id: id } } })),
    every((query) => client.GET("/v1/meetings", { params: { query: { ...query, room_id: id } } })),
  ]);
  return { room: found, due, goals, meetings };
}

export function RoomPage({ id }: { id: string }) {
  const { value, error, reload } = useLoaded(id, () => room(id));
  const [setting, setSetting] = useState(false);
  if (error !== null) return <Failure error={error} onRetry={reload} />;
  if (value === null) return <Loading />;
  const lines = dueLines(value.due);
  return (
    <>
      <Heading of={id}>{value.room.name}</Heading>
      <ReportButtons name={t("roomReport")} path={`/v1/rooms/${id}/report`} file={value.room.name} />
      <h2>{t("due")}</h2>
      {lines.length === 0 && <p class="muted">{t("dueNothing")}</p>}
      <ul class="rooms">
        {lines.map((line) => (
          <li key={line.key}>
            {line.words}{" "}
            {line.by !== null && (
              <span class={line.overdue ? "look small" : "muted small"}>
                {t("by", { day: day(line.by) })}
                {line.overdue && ` (${t("overdue")})`}
              </span>
            )}
          </li>
        ))}
      </ul>
      <h2>{t("goals")}</h2>
      {setting || unsaved(goalOf(id)) !== null ? (
        <NewGoal
          room={id}
          onDone={() => {
            setSetting(false);
            reload();
          }}
        />
      ) : (
        <Button onClick={() => setSetting(true)}>{t("goalNew")}</Button>
      )}
      {value.goals.length === 0 && <p class="muted">{t("goalsNone")}</p>}
      <ul class="rooms">
        {value.goals.map((goal) => (
          <li key={goal.id} class="row apart">
            <a href={`#/goals/${goal.id}`}>{goal.title}</a>
            <span class="muted small">{t(`step_${goal.step}`)}</span>
          </li>
        ))}
      </ul>
      <h2>{t("meetings")}</h2>
      <a class="button" href={`#/meeting/${id}`}>
        {t("meetingNew")}
      </a>
      {value.meetings.length === 0 && <p class="muted">{t("meetingsNone")}</p>}
      <ul class="rooms">
        {value.meetings.map((meeting) => (
          <li key={meeting.id}>
            {day(meeting.held_on)}
            <ReportButtons
              name={t("meetingReport")}
              path={`/v1/meetings/${meeting.id}/report`}
              file={meeting.held_on}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function dueLines(due: Due): Line[] {
  const number = (week: string) => String(Number(week.slice(6)));
  const assessment = due.assessments[0];
  return [
    ...due.weeks.map((each) => ({ key: each.week, words: t("week", { number: number(each.week) }), ...each })),
    ...(due.unobserved.length === 0
      ? []
      : [
          {
            key: "unobserved",
            words: t("unobserved", {
              count: due.unobserved.length,
              weeks: Math.min(...due.unobserved.map((child) => child.weeks)),
            }),
            by: null,
            overdue: false,
          },
        ]),
    ...due.evaluations.map((each) => ({
      key: `evaluation ${each.first_week}`,
      words: t("evaluation", { first: number(each.first_week), last: number(each.last_week) }),
      ...each,
    })),
    ...(assessment === undefined
      ? []
      : [
          {
            key: "assessments",
            words: t("assessments", { count: new Set(due.assessments.map((each) => each.child_id)).size }),
            by: assessment.by,
            overdue: due.assessments.some((each) => each.overdue),
          },
        ]),
    ...due.meetings.map((each) => ({ key: "meeting", words: t("meeting"), ...each })),
    ...due.goals.map((each) => ({ key: each.goal_id, words: t("goal", { title: each.title }), ...each })),
  ];
}
