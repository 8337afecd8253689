"""The room data report: gathered from what was observed, built by `reporting.room`."""

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.access.tables import Municipality
from api.configuration import store as configuration
from api.configuration.store import InForce
from api.learning.agreements import agreed_before
from api.observations.participation import ActivityRow, Observed, gather, measured, unit_of
from api.observations.periods import Period
from api.observations.room_weeks import find_room
from api.problems import Problem
from api.reports import assessed
from api.reports.documents import Views
from api.reports.register import Made
from api.reports.rendering import UnknownChartError
from domain.calendar import report_opens
from domain.composition import composition, strategies_used
from domain.vocabulary import title_of
from reporting.room.build import LearningArea, RoomReport, RoomReportData, build_report
from reporting.room.views import report_csv, report_json


async def refuse_before_opening(tx: AsyncSession, caller: Caller, room_id: UUID, *, today: date) -> None:
    """A unit's room data reports open with a theme of the programme; before that there is not enough to talk about."""
    unit = await unit_of(tx, await find_room(tx, caller, room_id), today)
    opens = opening_of(await configuration.load(tx, "calendar"), str(unit.id), today=today)
    if opens is None or opens > today:
        raise Problem("report-not-open", opens_on=str(opens or "–"))


def opening_of(decided: InForce, unit_id: str, *, today: date) -> date | None:
    """From which day a unit's reports are open: today, where the calendar says nothing of the unit."""
    calendar = decided.calendar(today)
    starts = calendar.start_of(unit_id)
    return report_opens(calendar, starts, closed=decided.closed) if starts else today


async def gather_open(
    tx: AsyncSession, caller: Caller, room_id: UUID, period: Period, *, today: date
) -> Made[RoomReport]:
    """The report as it stands now, once the unit's reports are open; with the children's development for those who may
    read it. A batch may not: its files lie ready for several readers."""
    await refuse_before_opening(tx, caller, room_id, today=today)
    return await gather_report(tx, caller, room_id, period, with_development="development:read" in caller.scopes)


async def gather_report(
    tx: AsyncSession,
    caller: Caller,
    room_id: UUID,
    period: Period,
    *,
    software: str | None = None,
    with_development: bool,
) -> Made[RoomReport]:
    """The report of a room and period, as of the last change of anything in it. `software` as in the other report.

    `with_development`: the children's development is in the reports of those who may read it, and in no others.
    """
    observed = await gather(tx, caller, room_id, period)
    practice = await assessed.practice_of(tx, room_id, period)
    development = await assessed.development_of(tx, room_id, period) if with_development else None
    agreed = await agreed_before(tx, room_id, last_week=period.last)
    moments = [await assessed.changed_at(tx, room_id, development=with_development), agreed.changed_at]
    unit = observed.unit
    municipality = (await tx.scalars(select(Municipality))).one()
    versions = {"software": software or version("vls")}
    report = build_report(
        RoomReportData(
            room=observed.room.name,
            unit=unit.name,
            municipality=municipality.name,
            setting_type=unit.setting_type,
            participation=measured(observed),
            data_time=max(observed.changed_at, unit.updated_at, municipality.updated_at, *filter(None, moments)),
            versions=versions,
            areas=areas_covered(observed, period),
            pattern_rules=observed.thresholds.patterns,
            practice=practice,
            development=development,
            composition=composition(_small_groups(observed), {child.id: child for child in observed.children}),
            strategies=strategies_used([one.strategies for one in _counted(observed)], observed.vocabulary),
            activities=len(_counted(observed)),
            agreed=agreed.standing,
        )
    )
    rules = {"thresholds": report.thresholds.version, "rules": report.rules.version}
    rules |= {"practice": practice.versions} if practice else {}
    rules |= {"development": development.versions if development else "none"} if with_development else {}
    return Made(
        report,
        kind="room",
        data_time=report.data_time,
        versions=rules | versions,
        n=len(report.children),
        room_id=room_id,
        first_week=period.first,
        last_week=period.last,
    )


def _counted(observed: Observed) -> list[ActivityRow]:
    """The activities of the weeks that count."""
    completed = {week.week for week in observed.weeks if week.state == "completed"}
    return [activity for activity in observed.activities if activity.week in completed]


def _small_groups(observed: Observed) -> list[Sequence[str]]:
    return [one.child_ids for one in _counted(observed) if one.kind == "immersion_activity"]


def areas_covered(observed: Observed, period: Period) -> tuple[LearningArea, ...]:
    """The activities of each learning area and week: the municipality's own first, then what else was recorded.

    A tally does not say which areas were worked with: a week of which there is nothing else is unknown and not zero.
    So is the whole period of a room that only tallies.
    """
    told = {activity.week for activity in observed.activities}
    tallied = {tally.week for tally in observed.tallies if tally.immersion_activity or tally.focus_conversation}
    if not told and not tallied:
        return ()
    words = observed.vocabulary.learning_areas
    counts = {word.key: dict.fromkeys(period.weeks, 0) for word in words}
    for activity in observed.activities:
        for area in activity.learning_areas:
            counts.setdefault(area, dict.fromkeys(period.weeks, 0))[activity.week] += 1
    unknown = tallied - told if told else set(period.weeks)
    own = [word.key for word in words]
    return tuple(
        LearningArea(
            area,
            title_of(area, words),
            tuple(None if week in unknown else count for week, count in counts[area].items()),
        )
        for area in [*own, *sorted(counts.keys() - set(own))]
    )


def draw(report: RoomReport, *, chart: str | None = None, **options: Any) -> bytes:
    """Runs in a render worker, the only place that loads matplotlib and typst."""
    from reporting.room.render import chart_names, render  # noqa: PLC0415

    if chart is not None and chart not in chart_names(report):
        raise UnknownChartError(chart)
    return render(report, chart=chart, **options)


VIEWS = Views(name="datarapport", as_json=report_json, as_csv=report_csv, draw=draw)
