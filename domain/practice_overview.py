"""Core elements of a whole place: the mean of its rooms' evaluations, none of which can be worked out.

A room's evaluation is what a team says of itself. It is told to others only among those of enough rooms, in every
period by itself, and rooms, units, areas and the whole are protected together (`participation_totals.shown`). A room
counts where it belonged when the period ended, in whichever report the period stands: of two means of one period, one
with the room and one without, anybody could work out the room's own.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

import numpy as np

from domain.forms import GroupScore
from domain.participation_totals import Ints, shown
from domain.practice import DEFAULT_PRACTICE_RULES, ElementTrend, Evaluated, PracticeRules, trend

FEWEST_ROOMS = 3
"""Fewer evaluated rooms than that, and their mean is not shown: of two, each would know the other's."""


@dataclass(frozen=True, slots=True)
class PracticeOverview:
    """The shown periods of a place (Mondays of the first and last week, the oldest first), how many rooms each is the
    mean of, and its core elements over them; `form` is the one most rooms used last. Nothing is shown without
    `periods`."""

    form: tuple[str, int] | None
    periods: tuple[tuple[date, date], ...]
    rooms: tuple[int, ...]
    trends: tuple[ElementTrend, ...]


def practice_overview(
    evaluated: Sequence[Evaluated],
    groupings: Mapping[str, Ints],
    place: tuple[str, int],
    *,
    fewest: int = FEWEST_ROOMS,
    rules: PracticeRules = DEFAULT_PRACTICE_RULES,
) -> PracticeOverview:
    """The overview of `place`: one of the `groupings` (narrowest first) and the number of the place in it.

    `evaluated` are the evaluations of all rooms, of a room one a period, and `groupings` where the room of each
    belonged then. Only those with the form that most rooms used in the last period count.

    >>> def of(score):
    ...     return Evaluated(date(2026, 8, 24), date(2026, 10, 12), ("k", 1), (GroupScore("talk", 3, 3, score),))
    >>> four = {"room": np.arange(4), "unit": np.array([0, 0, 0, 1]), "municipality": np.zeros(4, dtype=int)}
    >>> three = {name: group[:3] for name, group in four.items()}
    >>> practice_overview([of(2.0), of(3.0), of(4.0)], three, ("unit", 0)).trends[0].scores
    (3.0,)
    >>> practice_overview([of(2.0), of(3.0), of(4.0), of(5.0)], four, ("unit", 0)).periods  # or they tell of the fourth
    ()
    """
    name, number = place
    form = _last_form(evaluated)
    periods = sorted({(it.first_week, it.last_week) for it in evaluated if it.form == form})
    told: list[tuple[Evaluated, int]] = []
    for period in periods:
        of_period = [
            at for at, it in enumerate(evaluated) if it.form == form and (it.first_week, it.last_week) == period
        ]
        then = {kind: group[of_period] for kind, group in groupings.items()}
        visible = shown(np.ones(len(of_period), dtype=np.int64), then, fewest=fewest)[name]
        if number < len(visible) and visible[number] and form is not None:
            of_rooms = [evaluated[of_period[at]] for at in np.flatnonzero(then[name] == number)]
            told.append((Evaluated(*period, form, _means([it.scores for it in of_rooms], fewest)), len(of_rooms)))
    return PracticeOverview(
        form=form if told else None,
        periods=tuple((it.first_week, it.last_week) for it, _ in told),
        rooms=tuple(rooms for _, rooms in told),
        trends=trend([it for it, _ in told], rules=rules),
    )


def _last_form(evaluated: Sequence[Evaluated]) -> tuple[str, int] | None:
    last = max((it.first_week for it in evaluated), default=None)
    used = Counter(it.form for it in evaluated if it.first_week == last)
    return max(used, key=lambda form: (used[form], form), default=None)


def _means(scores: Sequence[Sequence[GroupScore]], fewest: int) -> tuple[GroupScore, ...]:
    """The mean of each element over the rooms; missing while a room has none: the others' would tell of too few."""
    found = []
    for rooms in zip(*scores, strict=True):
        known = [it.mean for it in rooms if it.mean is not None]
        mean = fmean(known) if len(known) == len(rooms) >= fewest else None
        found.append(GroupScore(rooms[0].group, len(known), len(rooms), mean))
    return tuple(found)
