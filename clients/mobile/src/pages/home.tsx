/** The first page: what one can record, what is on its way, and what is due. */

import { Heading } from "../../../shared/components.tsx";
import { t as common } from "../../../shared/messages/common.ts";
import { t } from "../../../shared/messages/mobile.ts";
import { day } from "../../../shared/text.ts";
import { nameOf, type Snapshot } from "../core/snapshot.ts";
import { enrolment, reachable, refused, snapshot, thisWeek, waiting } from "../state.ts";
import { weekName } from "./week.tsx";

export function Home() {
  return (
    <>
      <Heading of="home">{enrolment.value?.room.name ?? t("app")}</Heading>
      <OnItsWay />
      <nav class="tiles" aria-label={t("home")}>
        <a class="button main" href="#/activity">
          {t("activity")}
        </a>
        <a class="button" href={`#/week/${thisWeek()}`}>
          {t("week")}
        </a>
        <a class="button" href="#/practice">
          {t("practice")}
        </a>
        <a class="button" href="#/development">
          {t("development")}
        </a>
      </nav>
      <h2>{t("dueTitle")}</h2>
      {snapshot.value === null ? <p class="muted">{t("dueUnknown")}</p> : <Due known={snapshot.value} />}
      <p class="row">
        <a href="#/ledger">{t("ledger")}</a>
        <a href="#/settings">{t("settings")}</a>
      </p>
    </>
  );
}

/** How much has not reached the server, in words. */
export function OnItsWay() {
  const count = waiting.value;
  return (
    <p role="status" class="on-its-way">
      {refused.value > 0 && (
        <a class="look" href="#/ledger">
          {t("refused", { count: refused.value })}
        </a>
      )}
      <a class="quiet" href="#/ledger">
        {count === 0 ? t("allSent") : count === 1 ? t("waitingOne") : t("waiting", { count })}
        {!reachable.value && ` · ${t("offline")}`}
      </a>
    </p>
  );
}

type Line = { key: string; words: string; href: string | null; by: string; overdue: boolean };

function Due({ known }: { known: Snapshot }) {
  const lines = dueLines(known);
  const unseen = known.due.unobserved;
  if (lines.length === 0 && unseen.length === 0) return <p class="muted">{t("dueNothing")}</p>;
  return (
    <ul class="due">
      {unseen.length > 0 && (
        <li>
          {t("dueUnobserved", {
            weeks: Math.min(...unseen.map((child) => child.weeks)),
            names: unseen.map((child) => nameOf(known, child.child_id)).join(", "),
          })}
        </li>
      )}
      {lines.map((line) => (
        <li key={line.key}>
          {line.href === null ? line.words : <a href={line.href}>{line.words}</a>}{" "}
          <span class={line.overdue ? "look small" : "muted small"}>
            {t("by", { day: day(line.by) })}
            {line.overdue && ` (${t("overdue")})`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function dueLines({ due }: Snapshot): Line[] {
  const assessment = due.assessments[0];
  return [
    ...due.weeks.map((week) => ({
      key: week.week,
      words: t("dueWeek", { week: weekName(week.week).toLowerCase() }),
      href: `#/week/${week.week}`,
      ...week,
    })),
    ...due.evaluations.map((each) => ({
      key: `e${each.first_week}`,
      words: t("dueEvaluation", { first: weekName(each.first_week).toLowerCase(), last: each.last_week.slice(6) }),
      href: "#/practice",
      ...each,
    })),
    ...(assessment === undefined
      ? []
      : [
          {
            key: "assessments",
            words: t("dueAssessments", { count: new Set(due.assessments.map((each) => each.child_id)).size }),
            href: "#/development",
            by: assessment.by,
            overdue: due.assessments.some((each) => each.overdue),
          },
        ]),
    ...due.meetings.map((each) => ({ key: "meeting", words: t("dueMeeting"), href: null, ...each })),
    ...due.goals.map((each) => ({
      key: each.goal_id,
      words: t("dueGoal", { title: each.title }),
      href: null,
      ...each,
    })),
  ];
}

export function Back() {
  return (
    <p>
      <a class="button quiet" href="#/">
        ‹ {common("back")}
      </a>
    </p>
  );
}
