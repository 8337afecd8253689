"""What a room's team agrees on at its meetings every eighth week, and what has become of it.

Source: the programme's "Drøftelse af relevante justeringer": more activities, learning areas, the composition of
groups, strategies. An agreement is open until a later meeting says that it is done or dropped.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.text import Text

AdjustmentKind = Literal["more_activities", "learning_areas", "group_composition", "strategies", "other"]
Outcome = Literal["done", "going_on", "dropped"]
Status = Literal["open", "done", "going_on", "dropped"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is to be adjusted, who sees to it (a role or a first name), and by when. `id` is unique in the room."""

    id: str
    kind: AdjustmentKind
    text: str
    responsible: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What a meeting says of an adjustment agreed on before it."""

    adjustment_id: str
    status: Outcome
    note: str


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting: the day, what was agreed on at it, and what it said of earlier agreements."""

    held_on: date
    adjustments: tuple[Adjustment, ...]
    followed_up: tuple[FollowedUp, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement as it stands: when it was made, and what was said of it last."""

    adjustment: Adjustment
    agreed_on: date
    status: Status
    note: str


def standing(meetings: Sequence[Held]) -> tuple[Standing, ...]:
    """The agreements a team has before its next meeting, the oldest first: those that wait, and those which the last of
    the `meetings` (in the order of time) found done or dropped.

    >>> adjust = Adjustment("a", "strategies", "Åbne spørgsmål", "Anna", None)
    >>> first = Held(date(2026, 8, 24), (adjust,), ())
    >>> [it.status for it in standing([first])]
    ['open']
    >>> second = Held(date(2026, 10, 19), (), (FollowedUp("a", "done", "Det virker"),))
    >>> [(it.status, it.note) for it in standing([first, second])], standing([first, second, second])
    ([('done', 'Det virker')], ())
    """
    found: dict[str, Standing] = {}
    for meeting in meetings:
        found = {id_: it for id_, it in found.items() if it.status in ("open", "going_on")}
        for said in meeting.followed_up:
            if before := found.get(said.adjustment_id):
                found[said.adjustment_id] = Standing(before.adjustment, before.agreed_on, said.status, said.note)
        for adjustment in meeting.adjustments:
            found[adjustment.id] = Standing(adjustment, meeting.held_on, "open", "")
    return tuple(found.values())


def waiting(meetings: Sequence[Held]) -> tuple[Standing, ...]:
    """The agreements that the next meeting is to follow up."""
    return tuple(it for it in standing(meetings) if it.status in ("open", "going_on"))


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """- `weeks`: so long from one meeting to the next;
    - `weeks_ahead`: so long before, it is reminded of."""

    version: str
    source: Text
    weeks: int = 8
    weeks_ahead: int = 1


DEFAULT_MEETING_RULES = MeetingRules(
    version="demo-1",
    source=Text(
        "Programmets systematiske møder hver 8. uge; en uge før minder systemet om det.",
        "The programme's systematic meetings every eighth week; a week ahead there is a reminder.",
    ),
)


@dataclass(frozen=True, slots=True)
class MeetingDue:
    """The next meeting: `by` a day, `overdue` once that is past; `last_held_on` is `None` before the first."""

    last_held_on: date | None
    by: date
    overdue: bool


def meeting_due(
    held_on: Collection[date], *, first_by: date | None, today: date, rules: MeetingRules = DEFAULT_MEETING_RULES
) -> MeetingDue | None:
    """The meeting to hold now, or `None`. `first_by` is when the first one is due, where there can be one yet.

    >>> meeting_due([date(2026, 8, 24)], first_by=None, today=date(2026, 10, 19))
    MeetingDue(last_held_on=datetime.date(2026, 8, 24), by=datetime.date(2026, 10, 19), overdue=False)
    """
    last = max(held_on, default=None)
    by = last + timedelta(weeks=rules.weeks) if last is not None else first_by
    if by is None or today < by - timedelta(weeks=rules.weeks_ahead):
        return None
    return MeetingDue(last, by, overdue=today > by)
