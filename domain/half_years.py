"""Half-years, and the window of each in which the children's development is assessed.

Source: the programme's "Børns udvikling (hvert halve år)". Where the windows lie is versioned data.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from domain.text import Text

_WRITTEN = re.compile(r"(\d{4})-H([12])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """The first (January-June) or second (July-December) half of a year.

    >>> str(HalfYear.of(date(2026, 10, 19))), HalfYear(2026, 1).before
    ('2026-H2', HalfYear(year=2025, half=2))
    """

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def parse(cls, written: str) -> "HalfYear":
        """From `2026-H2`; raises `ValueError` for anything else and for years outside 2000-2100."""
        found = _WRITTEN.fullmatch(written)
        if found is None or not 2000 <= int(found[1]) <= 2100:
            raise ValueError("a half-year is written like 2026-H2")
        return cls(int(found[1]), int(found[2]))

    @property
    def before(self) -> "HalfYear":
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"


Window = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last day of a year's window, each as (month, day)."""


@dataclass(frozen=True, slots=True)
class WindowRules:
    """The window of each half. The 29th of February is the 28th in other years."""

    version: str
    source: Text
    spring: Window = ((3, 1), (4, 30))
    autumn: Window = ((9, 1), (10, 31))


DEFAULT_WINDOWS = WindowRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: marts-april og september-oktober.",
        "The project's default: March-April and September-October.",
    ),
)


def window(half_year: HalfYear, *, rules: WindowRules = DEFAULT_WINDOWS) -> tuple[date, date]:
    """The first and the last day of the window of `half_year`.

    >>> window(HalfYear(2026, 2))
    (datetime.date(2026, 9, 1), datetime.date(2026, 10, 31))
    """
    first, last = rules.spring if half_year.half == 1 else rules.autumn
    return _on(half_year.year, *first), _on(half_year.year, *last)


def _on(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
