"""Closed weeks, themes of eight open weeks, phases of years."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    DEFAULT_CALENDAR,
    Calendar,
    ClosedDays,
    YearlyDays,
    YearlyWeeks,
    closed_because,
    report_opens,
    theme_periods,
)
from domain.text import Text
from domain.weeks import WEEK, weeks_between

MONDAY = date(2026, 8, 10)
X = Text("x", "x")


def closed_default(week: date) -> Text | None:
    return closed_because(DEFAULT_CALENDAR, week)


def test_days_of_this_year_and_days_of_every_year_close_a_week_together() -> None:
    calendar = Calendar(
        "1", X,
        closed_days=(ClosedDays(X, date(2026, 10, 12), date(2026, 10, 13)),),
        closed_every_year=(YearlyDays(X, (10, 16), (10, 16)), YearlyWeeks(X, (7,))),
    )  # fmt: skip
    assert closed_because(calendar, date(2026, 10, 12)) == X  # two days and one
    assert closed_because(calendar, date(2027, 10, 11)) is None
    assert closed_because(calendar, date(2027, 2, 15)) == X


def test_christmas_closes_the_weeks_it_fills_whatever_their_numbers() -> None:
    closed = {year: [week for week in weeks_between(date(year, 12, 1) - timedelta(days=date(year, 12, 1).weekday()),
                                                    date(year, 12, 31) - timedelta(days=date(year, 12, 31).weekday()))
                     if closed_default(week)] for year in range(2024, 2031)}  # fmt: skip
    assert {year: [f"{week:%G-W%V}" for week in weeks] for year, weeks in closed.items()} == {
        2024: ["2024-W52", "2025-W01"],  # 24 December is a Tuesday
        2025: ["2025-W52", "2026-W01"],
        2026: ["2026-W53"],
        2027: ["2027-W52"],
        2028: ["2028-W52"],
        2029: ["2029-W52"],  # Monday and Tuesday are too few to close the next
        2030: ["2030-W52", "2031-W01"],
    }


@given(
    start=st.integers(0, 200),
    closed=st.sets(st.integers(0, 300), max_size=120),
    weeks=st.integers(1, 12),
)
def test_each_period_has_as_many_open_weeks_and_none_is_lost_between_them(
    start: int, closed: set[int], weeks: int
) -> None:
    shut = {MONDAY + number * WEEK for number in closed}
    calendar = Calendar("1", X, themes=(X,) * 5, weeks_per_theme=weeks)
    first = MONDAY + start * WEEK
    until = first + 150 * WEEK

    def why(week: date) -> Text | None:
        return X if week in shut else None

    periods = list(theme_periods(calendar, first, closed=why, until=until))
    for number, period in enumerate(periods, 1):
        inside = weeks_between(period.first, period.last)
        assert sum(week not in shut for week in inside) == weeks
        assert period.first not in shut
        assert (period.number, period.theme) == (number, X if number <= 5 else None)
    covered = {week for period in periods for week in weeks_between(period.first, period.last)}
    between = weeks_between(first, periods[-1].last) if periods else ()
    assert {week for week in between if week not in covered} <= shut


def test_a_calendar_that_never_opens_says_so() -> None:
    always = Calendar("1", X, themes=(X,), closed_every_year=(YearlyWeeks(X, tuple(range(1, 54))),))
    assert report_opens(always, MONDAY, closed=lambda week: closed_because(always, week)) is None
