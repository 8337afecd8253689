"""What a room is to do now: weeks to complete, children to look for, and what is to be evaluated and assessed."""

from datetime import date, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Uuid, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.assessments.development import INSTRUMENTS, instrument_of
from api.assessments.development_tables import DevelopmentAssessment
from api.assessments.tables import PracticeEvaluation
from api.configuration import store as configuration
from api.learning import goals
from api.learning.agreements import meetings_of
from api.learning.goal_schemas import GoalFilter
from api.observations.due_schemas import (
    AssessmentDueOut,
    DueOut,
    EvaluationDueOut,
    GoalDueOut,
    MeetingDueOut,
    UnobservedOut,
    WeekDueOut,
)
from api.observations.participation import Observed, gather, measured, occurrences_of
from api.observations.periods import Period
from api.observations.store import among
from domain.agreements import MeetingDue, meeting_due
from domain.assessments_due import (
    AssessmentDue,
    Enrolled,
    EvaluationDue,
    RatedSoFar,
    Weeks,
    assessments_due,
    evaluations_due,
)
from domain.calendar import report_opens, theme_periods
from domain.development import age_range
from domain.half_years import HalfYear
from domain.learning import Step, goal_due
from domain.observations import Child, Occurrence
from domain.recording_due import DEFAULT_RECORDING_RULES, children_due, weeks_due
from domain.weeks import WEEK, week_of

LOOKED_AT = 16  # weeks: three that count, with holidays among them
WITHOUT_CALENDAR = 8


async def gather_due(tx: AsyncSession, caller: Caller, room_id: UUID, *, today: date) -> DueOut:
    this = week_of(today)
    observed = await gather(tx, caller, room_id, Period(this - (LOOKED_AT - 1) * WEEK, this))
    occurrences = occurrences_of(observed)
    enrolled = {child.id: since for child in observed.children if (since := _since(child, today)) is not None}
    silent = children_due(
        measured(observed),
        enrolled=enrolled,
        occurrences=occurrences,
        tallies=observed.tallies,
        rules=observed.thresholds.patterns,
    )
    weeks = weeks_due(observed.weeks, begun=_begun(observed, occurrences), today=today) if enrolled else ()
    evaluations = await _evaluations(tx, observed, today=today)
    assessments = await _assessments(tx, observed, enrolled, today=today)
    names = {child.id: child.external_id for child in observed.children}
    meeting = await _meeting(tx, observed, today=today)
    return DueOut(
        room_id=room_id,
        on=today,
        weeks=[WeekDueOut.model_validate(due) for due in weeks],
        unobserved=[UnobservedOut.model_validate(due) for due in silent],
        evaluations=[EvaluationDueOut.model_validate(due) for due in evaluations],
        assessments=[
            AssessmentDueOut(
                child_id=UUID(due.child_id),
                external_id=names[due.child_id],
                half_year=str(due.half_year),
                step=due.step,
                missing=due.missing,
                by=due.by,
                overdue=due.overdue,
            )
            for due in assessments
        ],
        meetings=[MeetingDueOut.model_validate(meeting)] if meeting else [],
        goals=await _goals(tx, caller, room_id, today=today),
        rules=DEFAULT_RECORDING_RULES.version,
    )


def _since(child: Child, today: date) -> date | None:
    """Since when the child has been in the room without a break; `None` when it is not there today."""
    stays = sorted(child.memberships, key=lambda stay: stay.valid_from, reverse=True)
    since = None
    for stay in stays:
        ends = stay.valid_to or date.max
        joins = stay.valid_from <= today <= ends if since is None else ends >= since - timedelta(days=1)
        since = stay.valid_from if joins else since
    return since


def _begun(observed: Observed, occurrences: list[Occurrence]) -> dict[date, bool]:
    weeks = [one.week for one in occurrences] + [tally.week for tally in observed.tallies]
    return dict.fromkeys(weeks, True)


async def _evaluations(tx: AsyncSession, observed: Observed, *, today: date) -> tuple[EvaluationDue, ...]:
    """By the periods of the calendar; where the unit has none, the last eight weeks of a room that records."""
    decided = await configuration.load(tx, "calendar")
    calendar = decided.calendar(today)
    starts = calendar.start_of(str(observed.unit.id))
    this = week_of(today)
    periods: list[Weeks] = []
    if starts is not None:
        themes = theme_periods(calendar, starts, closed=decided.closed, until=this + WEEK)
        periods = [(theme.first, theme.last) for theme in themes]
    elif any(week.state == "completed" for week in observed.weeks):
        periods = [(this - WITHOUT_CALENDAR * WEEK, this - WEEK)]
    columns = PracticeEvaluation.first_week, PracticeEvaluation.last_week
    final = select(*columns).where(
        PracticeEvaluation.room_id == observed.room.id,
        PracticeEvaluation.kind == "joint",
        PracticeEvaluation.state == "final",
        PracticeEvaluation.withdrawn_at.is_(None),
    )
    evaluated = [(first, last) for first, last in await tx.execute(final)]
    return evaluations_due(periods, evaluated=evaluated, today=today)


async def _meeting(tx: AsyncSession, observed: Observed, *, today: date) -> MeetingDue | None:
    """The first is due when the unit's reports open; without a calendar, once the room has completed a week."""
    held = [row.held_on for row in await meetings_of(tx, observed.room.id)]
    decided = await configuration.load(tx, "calendar")
    calendar = decided.calendar(today)
    starts = calendar.start_of(str(observed.unit.id))
    records = any(week.state == "completed" for week in observed.weeks)
    opens = report_opens(calendar, starts, closed=decided.closed) if starts is not None else None
    first_by = opens if starts is not None else today if records else None
    return meeting_due(held, first_by=first_by, today=today)


async def _goals(tx: AsyncSession, caller: Caller, room_id: UUID, *, today: date) -> list[GoalDueOut]:
    """The room's own goals whose next step waits, the longest waiting first."""
    rows = await tx.scalars(goals.filtered(caller, GoalFilter(room_id=room_id)))
    waiting = [
        (row, due)
        for row in rows
        if (due := goal_due(cast("Step", row.step), first_week=row.first_week, last_week=row.last_week, today=today))
    ]
    return [
        GoalDueOut.model_validate(
            {"goal_id": row.id, "title": row.title, "step": due.step, "by": due.by, "overdue": due.overdue}
        )
        for row, due in sorted(waiting, key=lambda it: (it[1].by, str(it[0].id)))
    ]


async def _assessments(
    tx: AsyncSession, observed: Observed, enrolled: dict[str, date], *, today: date
) -> tuple[AssessmentDue, ...]:
    """With the instrument the municipality published last; without one, the one that comes along."""
    instrument = instrument_of(await INSTRUMENTS.newest(tx) or INSTRUMENTS.along)
    mine = DevelopmentAssessment
    # Of the child, wherever it was rated: who has moved here since is not rated twice.
    query = select(mine.child_id, mine.kind, mine.state).where(
        among(mine.child_id, map(UUID, enrolled), Uuid),
        mine.instrument_key == instrument.form.key,
        mine.half_year == str(HalfYear.of(today)),
        mine.withdrawn_at.is_(None),
    )
    rated: dict[str, RatedSoFar] = {}
    for child, kind, state in await tx.execute(query):
        before, final = rated.get(str(child), RatedSoFar()), state == "final"
        rated[str(child)] = RatedSoFar(
            individual=before.individual + (kind == "individual" and final),
            drafts=before.drafts + (not final),
            joint=before.joint or (kind == "joint" and final),
        )
    children = [
        Enrolled(child.id, child.birth_month, enrolled[child.id]) for child in observed.children if child.id in enrolled
    ]
    half_year = HalfYear.of(today)
    decided = await configuration.load(tx, "calendar")
    return assessments_due(
        children,
        rated=rated,
        ages=age_range(instrument),
        ratings_before_joint=instrument.ratings_before_joint,
        today=today,
        windows=decided.calendar(half_year.last_day).windows,
    )
