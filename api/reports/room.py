"""The room data report: gathered from what was observed, built by `reporting.room`."""

from importlib.metadata import version
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.access.tables import Municipality
from api.observations.participation import ActivityRow, gather, measured
from api.observations.periods import Period
from api.reports.documents import Views
from api.reports.register import Made
from api.reports.rendering import UnknownChartError
from api.roster.tables import Unit
from domain.text import Text
from reporting.room.build import LearningArea, RoomReport, RoomReportData, build_report
from reporting.room.views import report_csv, report_json

# The programme's learning areas. What else a room names is shown by its own word.
AREAS = {
    "language": Text("Sprog", "Language"),
    "mathematics": Text("Matematik", "Mathematics"),
    "socio_emotional": Text("Socioemotionelt", "Socio-emotional"),
}


async def gather_report(
    tx: AsyncSession, caller: Caller, room_id: UUID, period: Period, *, software: str | None = None
) -> Made[RoomReport]:
    """The report of a room and period, as of the last change of anything in it. `software` as in the other report."""
    observed = await gather(tx, caller, room_id, period)
    unit = (await tx.scalars(select(Unit).where(Unit.id == observed.room.unit_id))).one()
    municipality = (await tx.scalars(select(Municipality))).one()
    versions = {"software": software or version("vls")}
    report = build_report(
        RoomReportData(
            room=observed.room.name,
            unit=unit.name,
            municipality=municipality.name,
            setting_type=unit.setting_type,
            participation=measured(observed),
            data_time=max(observed.changed_at, unit.updated_at, municipality.updated_at),
            versions=versions,
            areas=areas_covered(observed.activities, period),
        )
    )
    rules = {"thresholds": report.thresholds.version, "rules": report.rules.version}
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


def areas_covered(activities: tuple[ActivityRow, ...], period: Period) -> tuple[LearningArea, ...]:
    """The activities of each learning area and week: the programme's own first, then what else was named."""
    if not activities:
        return ()
    weeks = {week: position for position, week in enumerate(period.weeks)}
    counts = {area: [0] * len(weeks) for area in AREAS}
    for activity in activities:
        for area in activity.learning_areas:
            counts.setdefault(area, [0] * len(weeks))[weeks[activity.week]] += 1
    named = [*AREAS, *sorted(counts.keys() - AREAS.keys())]
    return tuple(LearningArea(area, title_of(area), tuple(counts[area])) for area in named)


def title_of(area: str) -> Text:
    """What a learning area is called.

    >>> title_of("language").da, title_of("science_and_nature").da
    ('Sprog', 'Science and nature')
    """
    words = area.replace("_", " ").capitalize()
    return AREAS.get(area) or Text(words, words)


def draw(report: RoomReport, *, chart: str | None = None, **options: Any) -> bytes:
    """Runs in a render worker, the only place that loads matplotlib and typst."""
    from reporting.room.render import chart_names, render  # noqa: PLC0415

    if chart is not None and chart not in chart_names(report):
        raise UnknownChartError(chart)
    return render(report, chart=chart, **options)


VIEWS = Views(name="datarapport", as_json=report_json, as_csv=report_csv, draw=draw)
