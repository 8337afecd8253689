"""Wire types of what is due in a room."""

from datetime import date
from typing import Literal
from uuid import UUID

from api.wire import Output, Week


class WeekDueOut(Output):
    """A week to complete or to close, by its Sunday. `begun`: something was recorded in it already."""

    week: Week
    by: date
    overdue: bool
    begun: bool


class UnobservedOut(Output):
    """Not seen in its last `weeks` counted weeks; `last_seen` is null when that is longer ago than was looked at."""

    child_id: UUID
    external_id: str
    weeks: int
    last_seen: Week | None


class EvaluationDueOut(Output):
    """A period whose practice the team has not evaluated together yet."""

    first_week: Week
    last_week: Week
    by: date
    overdue: bool


class AssessmentDueOut(Output):
    """A child whose development is to be assessed: so many `individual` ratings are `missing`, the `joint` one is, or a
    draft is to `finish`."""

    child_id: UUID
    external_id: str
    half_year: str
    step: Literal["individual", "joint", "finish"]
    missing: int
    by: date
    overdue: bool


class MeetingDueOut(Output):
    """The next meeting over the room's report, eight weeks after the last; `last_held_on` is null before the first."""

    last_held_on: date | None
    by: date
    overdue: bool


class GoalDueOut(Output):
    """A goal whose next `step` waits: to start when its first week has come, to be evaluated when its last week is
    over, to decide on once it is evaluated."""

    goal_id: UUID
    title: str
    step: Literal["started", "evaluated", "decided"]
    by: date
    overdue: bool


class DueOut(Output):
    """What a room is to do now, the oldest first. Empty lists: nothing is waiting."""

    room_id: UUID
    on: date
    weeks: list[WeekDueOut]
    unobserved: list[UnobservedOut]
    evaluations: list[EvaluationDueOut]
    assessments: list[AssessmentDueOut]
    meetings: list[MeetingDueOut]
    goals: list[GoalDueOut]
    rules: str
