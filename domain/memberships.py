"""Where somebody or something belonged, day by day, as a history of periods that never overlap.

A history is a tuple of periods in the order of their days. `valid_to` is the last day; `None` while the period lasts.
A place is whatever `==` can compare: an id, a key, a pair of unit and room, or `None` for "no place given".
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

Place = TypeVar("Place")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period(Generic[Place]):
    """Belonging to `place` from `valid_from` to `valid_to`, both included. Raises `ValueError` if it ends first."""

    place: Place
    valid_from: date
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.last_day < self.valid_from:
            raise ValueError(f"the period ends {self.valid_to}, before it starts {self.valid_from}")

    @property
    def last_day(self) -> date:
        """`valid_to`, or the end of time while the period lasts, so that days can be compared."""
        return self.valid_to or date.max

    def covers(self, day: date) -> bool:
        return self.valid_from <= day <= self.last_day


History = tuple[Period[Place], ...]


def with_period(history: History[Place], new: Period[Place]) -> History[Place]:
    """`history` after learning that `new` is true.

    - A period that starts on the same day is replaced.
    - An earlier period that reaches into `new` ends the day before, and does not come back when `new` ends.
    - A later period stands, and ends `new` the day before it starts.
    - Staying is not moving: an earlier period in the same place that touches `new` is prolonged (or shortened) instead,
      and a later one that ends with `new` is merged into it. Another later one in the same place stays apart; otherwise
      learning the same thing again would cut it off.

    Every day before `new` and every day from the next later period on is as it was. Learning the same twice changes
    nothing.

    >>> bi = (Period("Bi", date(2025, 8, 1)),)
    >>> with_period(bi, Period("Humle", date(2026, 3, 1))) == (
    ...     Period("Bi", date(2025, 8, 1), date(2026, 2, 28)), Period("Humle", date(2026, 3, 1)))
    True
    >>> with_period(bi, Period("Bi", date(2026, 3, 1))) == bi
    True
    """
    earlier = [period for period in history if period.valid_from < new.valid_from]
    later = [period for period in history if period.valid_from > new.valid_from]
    if later and later[0].place == new.place and later[0].valid_to == new.valid_to:
        later.pop(0)
    if later and later[0].valid_from <= new.last_day:
        new = replace(new, valid_to=later[0].valid_from - DAY)
    if earlier and earlier[-1].last_day >= new.valid_from - DAY:
        before = earlier.pop()
        if before.place == new.place:
            new = replace(new, valid_from=before.valid_from)
        else:
            earlier.append(replace(before, valid_to=new.valid_from - DAY))
    return (*earlier, new, *later)


def period_on(history: History[Place], day: date) -> Period[Place] | None:
    """The period that covers `day`, `None` when none does."""
    return next((period for period in history if period.covers(day)), None)


def place_on(history: History[Place], day: date) -> Place | None:
    """The place on `day`, `None` when there was none.

    >>> place_on((Period("Bi", date(2025, 8, 1), date(2026, 2, 28)),), date(2026, 2, 28))
    'Bi'
    """
    period = period_on(history, day)
    return period.place if period else None
