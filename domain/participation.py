"""Participation: how often each child took part, per week that counts for that child.

Source: the programme's weekly observation of children's participation ("Børns deltagelse") and its dashed line. Two
inputs, recorded activities and the quick weekly tally, feed one measure. **Not recorded is not zero**: only weeks the
room has completed count; within a completed week, nothing recorded about a child does mean that it did not take part.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import median

from domain.observations import KINDS, Child, ChildWeek, Kind, Occurrence, RoomWeek, Tally
from domain.thresholds import DEFAULT_RULES, KindThresholds, ParticipationRules, Rolling

WEEKDAYS = 5


class ParticipationError(ValueError):
    """The observations contradict themselves: weeks out of order, two tallies for one week, a line that is missing."""


@dataclass(frozen=True, slots=True)
class KindMeasure:
    """One child, one kind. `rate` is participations per counted week, `None` without such weeks; `below` is whether
    the unrounded rate is strictly under the line, `None` when it is too early to say.

    Beside it, `None` where the thresholds have no such line: `rolling_rate` over the child's latest counted weeks and
    whether it is under its line (with too few weeks for it, `None`), and whether the rate is under the room's share of
    its median."""

    count: int
    rate: float | None
    below: bool | None
    rolling_rate: float | None = None
    below_rolling: bool | None = None
    below_median: bool | None = None


@dataclass(frozen=True, slots=True)
class ChildParticipation:
    """One child over the period: a state word for each of the period's weeks, and a measure for each kind."""

    child: Child
    states: tuple[ChildWeek, ...]
    counted_weeks: int
    too_early: bool
    measures: dict[Kind, KindMeasure]


@dataclass(frozen=True, slots=True)
class RoomParticipation:
    """A room over a period: the weeks, the values it was judged by, the children in the order given, and the counts.

    `judged` children are those for whom it is not too early; `below` and `below_both` count among them.
    """

    weeks: tuple[RoomWeek, ...]
    thresholds: KindThresholds
    rules: ParticipationRules
    children: tuple[ChildParticipation, ...]
    judged: int
    below: dict[Kind, int]
    below_both: int
    reach_both: int
    completed_weeks: int
    closed_weeks: int
    incomplete: bool


def measure_participation(
    *,
    children: Iterable[Child],
    weeks: Sequence[RoomWeek],
    occurrences: Iterable[Occurrence],
    tallies: Iterable[Tally],
    thresholds: KindThresholds,
    rules: ParticipationRules = DEFAULT_RULES,
) -> RoomParticipation:
    """Count each child's participations in its counted weeks and compare the rate with the line.

    `weeks` are the period's weeks in order. A week counts for a child when the room completed it, the child was
    enrolled at least `rules.min_enrolled_weekdays` of Monday-Friday, and was not absent. The count of a week is the
    larger of what the activities and the tally say, so that nothing is counted twice. A child marked absent who took
    part all the same was there: the observation wins. What was recorded in weeks that do not count is left out.
    A child who was enrolled in none of the weeks is left out.

    Raises `ParticipationError` when `weeks` is empty or not ascending Mondays, when a child has two tallies for one
    week, or when `thresholds` lack a kind or hold a line that is not above zero.

    >>> from domain.observations import Membership
    >>> from domain.thresholds import DEMO_THRESHOLDS
    >>> from domain.weeks import parse_week, weeks_between
    >>> mondays = weeks_between(parse_week("2026-W35"), parse_week("2026-W38"))
    >>> ida = Child("1", "B01", None, None, None, None, (Membership(date(2026, 8, 1), None),))
    >>> room = measure_participation(
    ...     children=[ida],
    ...     weeks=[RoomWeek(monday, "completed") for monday in mondays],
    ...     occurrences=[Occurrence("1", monday, "focus_conversation", 1) for monday in mondays],
    ...     tallies=[Tally("1", mondays[0], immersion_activity=3, focus_conversation=1, absent=False)],
    ...     thresholds=DEMO_THRESHOLDS,
    ... )
    >>> measured = room.children[0].measures
    >>> measured["immersion_activity"].rate, measured["immersion_activity"].below
    (0.75, True)
    >>> measured["focus_conversation"].rate, measured["focus_conversation"].below
    (1.0, False)
    """
    _check(weeks, thresholds)
    recorded = _merge(occurrences, tallies)
    per_child = ((child, recorded.get(child.id, {})) for child in children)
    measured = (_measure_child(child, weeks, own, thresholds, rules) for child, own in per_child)
    enrolled = tuple(one for one in measured if any(state != "not_enrolled" for state in one.states))
    return _room(_beside_the_median(enrolled, thresholds), tuple(weeks), thresholds, rules)


def _check(weeks: Sequence[RoomWeek], thresholds: KindThresholds) -> None:
    if not weeks:
        raise ParticipationError("a period has at least one week")
    if any(room_week.week.weekday() for room_week in weeks):
        raise ParticipationError("a week is given by its Monday")
    if any(earlier.week >= later.week for earlier, later in pairwise(weeks)):
        raise ParticipationError("the weeks of a period are ascending")
    if missing := set(KINDS) - thresholds.per_week.keys():
        raise ParticipationError(f"thresholds {thresholds.version} lack {', '.join(sorted(missing))}")
    if not all(line > 0 for line in thresholds.per_week.values()):
        raise ParticipationError(f"thresholds {thresholds.version} are not all above zero")


@dataclass(slots=True)
class _Recorded:
    """What both inputs together say of one child in one week."""

    counts: dict[Kind, int]
    absent: bool = False
    tallied: bool = False


def _merge(occurrences: Iterable[Occurrence], tallies: Iterable[Tally]) -> dict[str, dict[date, _Recorded]]:
    recorded: dict[str, dict[date, _Recorded]] = defaultdict(
        lambda: defaultdict(lambda: _Recorded(dict.fromkeys(KINDS, 0)))
    )
    for seen in occurrences:
        recorded[seen.child_id][seen.week].counts[seen.kind] += seen.count
    for tally in tallies:
        own = recorded[tally.child_id][tally.week]
        if own.tallied:
            raise ParticipationError("a child has two tallies for one week")
        own.tallied, own.absent = True, tally.absent
        for kind, count in zip(KINDS, (tally.immersion_activity, tally.focus_conversation), strict=True):
            own.counts[kind] = max(own.counts[kind], count or 0)
    return recorded


def _measure_child(
    child: Child,
    weeks: Sequence[RoomWeek],
    recorded: Mapping[date, _Recorded],
    thresholds: KindThresholds,
    rules: ParticipationRules,
) -> ChildParticipation:
    states = _states(child, weeks, recorded, rules)
    counted = [weeks[i].week for i, state in enumerate(states) if state in ("seen", "not_seen")]
    too_early = len(counted) < rules.min_counted_weeks
    measures = {}
    for kind in KINDS:
        counts = [recorded[week].counts[kind] if week in recorded else 0 for week in counted]
        rate = sum(counts) / len(counts) if counts else None
        below = None if too_early or rate is None else rate < thresholds.per_week[kind]
        lately, below_lately = _lately(counts, thresholds.rolling.get(kind))
        measures[kind] = KindMeasure(sum(counts), rate, below, lately, below_lately)
    return ChildParticipation(child, states, len(counted), too_early, measures)


def _lately(counts: Sequence[int], line: Rolling | None) -> tuple[float | None, bool | None]:
    """The rate over the latest counted weeks, and whether it is under their line."""
    if line is None or len(counts) < line.weeks:
        return None, None
    rate = sum(counts[-line.weeks :]) / line.weeks
    return rate, rate < line.per_week


def _beside_the_median(
    children: tuple[ChildParticipation, ...], thresholds: KindThresholds
) -> tuple[ChildParticipation, ...]:
    """Each judged child beside the share of the median of the judged, for the kinds that have one."""
    for kind, share in ((kind, thresholds.median_share[kind]) for kind in KINDS if kind in thresholds.median_share):
        judged = [rate for one in children if not one.too_early and (rate := one.measures[kind].rate) is not None]
        line = share * median(judged) if judged else 0.0
        children = tuple(one if one.too_early else _against(one, kind, line) for one in children)
    return children


def _against(one: ChildParticipation, kind: Kind, line: float) -> ChildParticipation:
    measure = one.measures[kind]
    below = None if measure.rate is None else measure.rate < line
    return replace(one, measures={**one.measures, kind: replace(measure, below_median=below)})


def _states(
    child: Child, weeks: Sequence[RoomWeek], recorded: Mapping[date, _Recorded], rules: ParticipationRules
) -> tuple[ChildWeek, ...]:
    stays = [(stay.valid_from.toordinal(), (stay.valid_to or date.max).toordinal()) for stay in child.memberships]
    return tuple(
        _state(room_week, recorded.get(room_week.week))
        if _enrolled_weekdays(stays, room_week.week.toordinal()) >= rules.min_enrolled_weekdays
        else "not_enrolled"
        for room_week in weeks
    )


def _enrolled_weekdays(stays: list[tuple[int, int]], monday: int) -> int:
    """Days of Monday-Friday inside any stay. A bit a day, so that overlapping stays count a day once."""
    days = 0
    for first, last in stays:
        start, end = max(first - monday, 0), min(last - monday + 1, WEEKDAYS)
        if start < end:
            days |= (1 << end) - (1 << start)
    return days.bit_count()


def _state(room_week: RoomWeek, recorded: _Recorded | None) -> ChildWeek:
    if room_week.state != "completed":
        return room_week.state
    if recorded is None:
        return "not_seen"
    if any(recorded.counts.values()):
        return "seen"
    return "absent" if recorded.absent else "not_seen"


def _room(
    children: tuple[ChildParticipation, ...],
    weeks: tuple[RoomWeek, ...],
    thresholds: KindThresholds,
    rules: ParticipationRules,
) -> RoomParticipation:
    states = [room_week.state for room_week in weeks]
    completed, closed = states.count("completed"), states.count("closed")
    lines = [[one.measures[kind].below for kind in KINDS] for one in children]
    return RoomParticipation(
        weeks=weeks,
        thresholds=thresholds,
        rules=rules,
        children=children,
        judged=sum(None not in line for line in lines),
        below={kind: sum(line[i] is True for line in lines) for i, kind in enumerate(KINDS)},
        below_both=sum(all(line) for line in lines),
        reach_both=sum(line.count(False) == len(KINDS) for line in lines),
        completed_weeks=completed,
        closed_weeks=closed,
        incomplete=completed < rules.min_completed_share * len(weeks),
    )
