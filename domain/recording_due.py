"""What a room has not recorded yet: weeks to complete, and children nobody has observed lately.

Source: the programme's weekly observation ("Børns deltagelse (hver uge): for at sikre deltagelsesmuligheder for alle
børn"). A child nobody has seen take part for three weeks is easily one nobody notices.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.observations import Occurrence, RoomWeek, Tally
from domain.participation import ChildParticipation, RoomParticipation
from domain.patterns import unobserved
from domain.text import Text
from domain.thresholds import DEFAULT_PATTERN_RULES, PatternRules

FRIDAY = timedelta(days=4)
SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class RecordingRules:
    """`weeks_asked`: a week that is longer ago is no longer asked for; it can still be completed."""

    version: str
    source: Text
    weeks_asked: int = 8


DEFAULT_RECORDING_RULES = RecordingRules(
    version="demo-1",
    source=Text("Projektets udgangspunkt: en periode tilbage.", "The project's default: one period back."),
)


@dataclass(frozen=True, slots=True)
class WeekDue:
    """A week (its Monday) to complete by its Sunday; `begun` when something was recorded in it already."""

    week: date
    by: date
    overdue: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class UnobservedChild:
    """A child not seen in its last `weeks` counted weeks, nor recorded since; `last_seen` is the week (its Monday) it
    was last seen in, `None` when that is before the weeks looked at."""

    child_id: str
    external_id: str
    weeks: int
    last_seen: date | None


def weeks_due(
    weeks: Iterable[RoomWeek],
    *,
    begun: Mapping[date, bool],
    today: date,
    rules: RecordingRules = DEFAULT_RECORDING_RULES,
) -> tuple[WeekDue, ...]:
    """The weeks nobody has completed or closed, from their Friday on, the oldest first.

    >>> weeks = [RoomWeek(date(2026, 10, 5), "completed"), RoomWeek(date(2026, 10, 12), "not_recorded"),
    ...          RoomWeek(date(2026, 10, 19), "not_recorded")]
    >>> [due.week.day for due in weeks_due(weeks, begun={}, today=date(2026, 10, 22))]
    [12]
    >>> [due.week.day for due in weeks_due(weeks, begun={}, today=date(2026, 10, 23))]
    [12, 19]
    """
    earliest = today - timedelta(weeks=rules.weeks_asked) - SUNDAY
    return tuple(
        WeekDue(one.week, one.week + SUNDAY, one.week + SUNDAY < today, begun.get(one.week, False))
        for one in weeks
        if one.state == "not_recorded" and earliest <= one.week and one.week + FRIDAY <= today
    )


def children_due(
    room: RoomParticipation,
    *,
    enrolled: Iterable[str],
    occurrences: Sequence[Occurrence],
    tallies: Sequence[Tally],
    rules: PatternRules = DEFAULT_PATTERN_RULES,
) -> tuple[UnobservedChild, ...]:
    """The children of the room today (`enrolled`, their ids) whom nobody has observed for `rules.unobserved_weeks`.

    Those weeks are the child's last counted ones: absence, holidays and weeks nobody recorded are passed over. Who was
    recorded in a week since that is not completed yet has been observed all the same.
    """
    here, observed = set(enrolled), _observed(occurrences, tallies)
    found = [one for one in unobserved(room, rules=rules) if one.child.id in here]
    return tuple(
        UnobservedChild(
            child_id=one.child.id,
            external_id=one.child.external_id,
            weeks=rules.unobserved_weeks,
            last_seen=max(observed.get(one.child.id, ()), default=None),
        )
        for one in found
        if not any(week >= _silent_since(room, one, rules.unobserved_weeks) for week in observed.get(one.child.id, ()))
    )


def _observed(occurrences: Sequence[Occurrence], tallies: Sequence[Tally]) -> dict[str, set[date]]:
    seen: dict[str, set[date]] = {}
    for one in occurrences:
        seen.setdefault(one.child_id, set()).add(one.week)
    for tally in tallies:
        if tally.immersion_activity or tally.focus_conversation:
            seen.setdefault(tally.child_id, set()).add(tally.week)
    return seen


def _silent_since(room: RoomParticipation, one: ChildParticipation, weeks: int) -> date:
    """The first of the child's last `weeks` counted weeks."""
    counted = [room.weeks[at].week for at, state in enumerate(one.states) if state in ("seen", "not_seen")]
    return counted[-weeks]
