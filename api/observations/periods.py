"""Days, weeks and periods as requests name them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Self

from fastapi import Depends, Path, Query

from api.clock import Today
from api.field_faults import field_fault
from api.problems import Problem
from domain.weeks import parse_week, week_of, weeks_between

DEFAULT_WEEKS, MAX_WEEKS = 8, 53
DAY = timedelta(days=1)
_SHAPE = {"pattern": r"^\d{4}-W\d{2}$"}


@dataclass(frozen=True, slots=True)
class Period:
    """From one week to another, both given by their Mondays and both included."""

    first: date
    last: date

    @classmethod
    def checked(cls, first: date, last: date) -> Self:
        """The period, unless it ends before it starts or is too long."""
        if first > last:
            error = field_fault("/from", "after-the-end")
            raise Problem("invalid-input", errors=[error])
        period = cls(first, last)
        if len(period.weeks) > MAX_WEEKS:
            raise Problem("period-too-long", weeks=MAX_WEEKS)
        return period

    @property
    def weeks(self) -> tuple[date, ...]:
        return weeks_between(self.first, self.last)

    @property
    def last_day(self) -> date:
        return self.last + 6 * DAY


def parsed_week(written: str) -> date:
    try:
        return parse_week(written)
    except ValueError:
        raise Problem("invalid-week") from None


def week_of_path(
    week: Annotated[str, Path(description="An ISO week", examples=["2026-W35"], json_schema_extra=_SHAPE)],
) -> date:
    return parsed_week(week)


def period_of(
    today: Today,
    first: Annotated[
        str | None, Query(alias="from", description="First week; seven before `to`", json_schema_extra=_SHAPE)
    ] = None,
    last: Annotated[
        str | None, Query(alias="to", description="Last week; the last whole one", json_schema_extra=_SHAPE)
    ] = None,
) -> Period:
    """The period asked for, else the eight weeks up to the last whole one."""
    end = parsed_week(last) if last is not None else last_whole_week(today)
    start = parsed_week(first) if first is not None else end - (DEFAULT_WEEKS - 1) * 7 * DAY
    return Period.checked(start, end)


def last_whole_week(today: date) -> date:
    """The week that is over: the one before this, on a Sunday still.

    >>> last_whole_week(date(2026, 10, 19)), last_whole_week(date(2026, 10, 18))
    (datetime.date(2026, 10, 12), datetime.date(2026, 10, 5))
    """
    return week_of(today) - 7 * DAY


WeekPath = Annotated[date, Depends(week_of_path)]
PeriodQuery = Annotated[Period, Depends(period_of)]
