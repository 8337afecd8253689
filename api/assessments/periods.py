"""The weeks an evaluation is about: a period of the calendar where it begins with one, else eight weeks."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.configuration import store as configuration
from domain.calendar import theme_periods
from domain.weeks import WEEK, week_of

SEVEN_WEEKS = 7 * WEEK

LastWeek = Callable[[UUID, date], date]


async def last_weeks(tx: AsyncSession, *, today: date) -> LastWeek:
    """For a unit and the first week of a period (its Monday), the last week: closed weeks make it longer than eight."""
    decided = await configuration.load(tx, "calendar")
    known: dict[UUID, dict[date, date]] = {}

    def last_week(unit_id: UUID, first: date) -> date:
        if unit_id not in known:
            calendar = decided.calendar(today)
            starts = calendar.start_of(str(unit_id))
            until = week_of(today) + WEEK
            periods = theme_periods(calendar, week_of(starts), closed=decided.closed, until=until) if starts else ()
            known[unit_id] = {period.first: period.last for period in periods}
        return known[unit_id].get(first, first + SEVEN_WEEKS)

    return last_week
