"""Weeks: a week is its Monday (`datetime.date`), written `2026-W35`.

Source: ISO 8601-1:2019, 5.2.3. The Monday is a plain date that sorts, subtracts and indexes; the ISO year and number
are only how it is written. `%G-W%V`, never `%Y-W%W`: the days around New Year belong to another year's week.
"""

import re
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1970, 2100
WEEK = timedelta(weeks=1)

_WRITTEN = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


class WeekError(ValueError):
    """The text is not a week, or the date not a Monday."""


def parse_week(text: str) -> date:
    """The Monday of a written ISO week, years 1970-2100.

    Raises `WeekError` for any other form and for a week the year does not have.

    >>> parse_week("2026-W35")
    datetime.date(2026, 8, 24)
    >>> parse_week("2025-W53")
    Traceback (most recent call last):
    domain.weeks.WeekError: 2025 has no week 53
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise WeekError("a week is written like 2026-W35")
    year, number = int(written[1]), int(written[2])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WeekError(f"the year of a week is {FIRST_YEAR}-{LAST_YEAR}")
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        raise WeekError(f"{year} has no week {number}") from None


def format_week(week: date) -> str:
    """The week that `week` (any of its days) falls in, as it is written.

    >>> format_week(date(2027, 1, 1))
    '2026-W53'
    """
    year, number, _ = week.isocalendar()
    return f"{year:04d}-W{number:02d}"


def week_of(day: date) -> date:
    """The Monday of the week that `day` falls in.

    >>> week_of(date(2026, 8, 30))
    datetime.date(2026, 8, 24)
    """
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> tuple[date, ...]:
    """The Mondays from `first` to `last`, both included and both Mondays; empty when `last` is before `first`.

    >>> [format_week(week) for week in weeks_between(date(2026, 12, 28), date(2027, 1, 4))]
    ['2026-W53', '2027-W01']
    """
    if first.weekday() or last.weekday():
        raise WeekError("a week is given by its Monday")
    return tuple(first + i * WEEK for i in range((last - first) // WEEK + 1))
