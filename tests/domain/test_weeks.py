"""Weeks against the standard library's own ISO calendar (`date.isocalendar`, `strftime`)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.weeks import WeekError, format_week, parse_week, week_of, weeks_between

DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS)
def test_a_week_is_written_as_the_iso_calendar_has_it(day: date) -> None:
    assert format_week(day) == day.strftime("%G-W%V")


@given(DAYS.map(week_of).filter(lambda monday: monday.isocalendar().year >= 1970))
def test_a_week_survives_being_written_and_read(monday: date) -> None:
    assert parse_week(format_week(monday)) == monday


@given(DAYS)
def test_the_week_of_a_day_is_its_monday_at_most_six_days_earlier(day: date) -> None:
    monday = week_of(day)
    assert monday.isocalendar().weekday == 1
    assert monday.isocalendar()[:2] == day.isocalendar()[:2]
    assert timedelta(0) <= day - monday < timedelta(weeks=1)


@given(st.integers(1970, 2100), st.integers(0, 99))
def test_exactly_the_weeks_a_year_has_are_read(year: int, number: int) -> None:
    last = date(year, 12, 28).isocalendar().week  # 28 December is always in the year's last week
    text = f"{year}-W{number:02d}"
    if 1 <= number <= last:
        assert parse_week(text).isocalendar()[:2] == (year, number)
    else:
        with pytest.raises(WeekError, match=f"{year} has no week"):
            parse_week(text)


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-35", "2026W35", "2026-W5", "2026-w35", "2026-W35-1", " 2026-W35", "2026-W35\n", "٢٠٢٦-W35"],
)
def test_other_ways_of_writing_a_week_are_refused(text: str) -> None:
    with pytest.raises(WeekError, match="written like"):
        parse_week(text)


@pytest.mark.parametrize("text", ["1969-W52", "2101-W01", "0000-W01", "9999-W01"])
def test_years_outside_1970_to_2100_are_refused(text: str) -> None:
    with pytest.raises(WeekError, match="1970-2100"):
        parse_week(text)


@given(DAYS.map(week_of), st.integers(0, 120))
def test_weeks_between_are_all_mondays_in_a_row(first: date, more: int) -> None:
    last = first + more * timedelta(weeks=1)
    weeks = weeks_between(first, last)
    assert len(weeks) == more + 1
    assert (weeks[0], weeks[-1]) == (first, last)
    assert all(week.weekday() == 0 for week in weeks)


def test_no_weeks_lie_between_a_week_and_an_earlier_one() -> None:
    assert weeks_between(date(2026, 8, 24), date(2026, 8, 17)) == ()


def test_weeks_between_days_that_are_no_mondays_are_refused() -> None:
    with pytest.raises(WeekError, match="Monday"):
        weeks_between(date(2026, 8, 24), date(2026, 8, 30))
