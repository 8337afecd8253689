"""What a child's participation is made of, week by week: for those who ask where the number comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.observations import ChildWeek, Kind, Occurrence, RoomWeek, Tally
from domain.participation import ChildParticipation


@dataclass(frozen=True, slots=True)
class CountedWeek:
    """One week of one child and kind. `tally` is `None` where nothing was tallied; `counted` is the larger of the two
    ways in, and `None` where the week does not count."""

    week: date
    state: ChildWeek
    activities: int
    tally: int | None
    counted: int | None


def weeks_of_child(
    measured: ChildParticipation,
    kind: Kind,
    *,
    weeks: Sequence[RoomWeek],
    occurrences: Iterable[Occurrence],
    tallies: Iterable[Tally],
) -> tuple[CountedWeek, ...]:
    """The weeks behind `measured`, which was made of these same `weeks`, `occurrences` and `tallies`.

    Their `counted` add up to its count, and those that are not `None` are its counted weeks.
    """
    mine = measured.child.id
    recorded: dict[date, int] = {}
    for seen in occurrences:
        if seen.child_id == mine and seen.kind == kind:
            recorded[seen.week] = recorded.get(seen.week, 0) + seen.count
    tallied = {tally.week: getattr(tally, kind) for tally in tallies if tally.child_id == mine}
    return tuple(
        _week(room_week.week, state, recorded.get(room_week.week, 0), tallied.get(room_week.week))
        for room_week, state in zip(weeks, measured.states, strict=True)
    )


def _week(week: date, state: ChildWeek, activities: int, tally: int | None) -> CountedWeek:
    counts = state in ("seen", "not_seen")
    return CountedWeek(week, state, activities, tally, max(activities, tally or 0) if counts else None)
