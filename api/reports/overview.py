"""The data report of a unit, an area or the municipality: gathered from the sums of its rooms."""

import asyncio
from datetime import date
from importlib.metadata import version
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.assessments import development_overview
from api.assessments.development_tables import DevelopmentAssessment
from api.configuration import store as configuration
from api.observations import overview as sums
from api.observations.overview import Measured
from api.observations.periods import Period
from api.observations.sum_tables import WeekSum
from api.problems import Problem
from api.reports import overview_parts as parts
from api.reports.documents import Views
from api.reports.register import Made
from api.reports.rendering import UnknownChartError
from api.reports.room import opening_of
from domain.cuts import SETTING_TYPES
from domain.half_years import HalfYear
from domain.observations import RoomWeek
from domain.participation_groups import compare_place, shown_rooms
from domain.participation_overview import ScopeKind, groupings_of, number_of
from domain.vocabulary import Vocabulary
from reporting.overview.build import DevelopmentReport, OverviewReport, Told, build_report
from reporting.overview.funnel import FunnelReport
from reporting.overview.views import report_csv, report_json


async def refuse_before_opening(tx: AsyncSession, kind: ScopeKind, id: UUID | None, *, today: date) -> None:
    """A unit's report opens when those of its rooms do; an area and the municipality have units at different points."""
    if kind != "unit":
        return
    opens = opening_of(await configuration.load(tx, "calendar"), str(id), today=today)
    if opens is None or opens > today:
        raise Problem("report-not-open", opens_on=str(opens or "–"))


async def gather_report(
    tx: AsyncSession,
    caller: Caller,
    period: Period,
    *,
    kind: ScopeKind,
    id: UUID | None,
    software: str | None = None,
) -> Made[OverviewReport]:
    """The report as it stands now: what was marked has been summed up before. As of the last sum that changed."""
    found, measured = await sums.overview_of(tx, caller, period, kind=kind, id=id)
    summed = await tx.scalar(select(func.max(WeekSum.summed_at)).where(WeekSum.week.between(period.first, period.last)))
    versions = {"software": software or version("vls")}
    half_year, funnels, development = await _development(tx, caller, period, kind=kind, id=id)
    assessed = await tx.scalar(
        select(func.max(DevelopmentAssessment.updated_at)).where(DevelopmentAssessment.half_year == half_year)
    )
    decided = await configuration.load(tx, "calendar", "vocabulary")
    told = Told()
    if found.whole.cell:
        vocabulary = decided.vocabulary(period.first)
        told = await _told(tx, caller, period, measured, vocabulary, kind=kind, id=found.whole.id)
    moments = (summed, assessed, measured.created_at, told.changed_at)
    report = build_report(
        found,
        told,
        municipality=measured.places.municipality.name,
        weeks=tuple(RoomWeek(it, "closed" if decided.closed(it) else "completed") for it in period.weeks),
        thresholds={name: measured.thresholds.of(name) for name in SETTING_TYPES},
        rules=measured.thresholds.rules,
        pattern_rules=measured.thresholds.patterns,
        data_time=max(filter(None, moments)),
        versions=versions,
        funnels=funnels,
        development=development,
    )
    rules = {"thresholds": measured.thresholds.version, "rules": measured.thresholds.rules.version}
    return Made(
        report,
        kind="overview",
        data_time=report.data_time,
        versions=rules | versions,
        n=report.place.cell.judged if report.place.cell else None,
        scope_kind=kind,
        scope_id=id or caller.municipality_id,
        first_week=period.first,
        last_week=period.last,
    )


async def _told(
    tx: AsyncSession,
    caller: Caller,
    period: Period,
    measured: Measured,
    vocabulary: Vocabulary,
    *,
    kind: ScopeKind,
    id: str,
) -> Told:
    """What is told of a place beside its participation."""
    places, number = measured.places, number_of(measured.places, kind, id)
    groupings = {str(name): group for name, group in groupings_of(places).items()}
    mine = groupings[kind] == number
    groups = await parts.groups_of(tx, measured, period, measured.thresholds.patterns)
    shown = await asyncio.to_thread(shown_rooms, groups, groupings, groupings[kind])  # a fifth of a second of 700 units
    # What a room without judged children did would be what the place has more than its other rooms.
    rooms = [places.rooms[at].id for at in np.flatnonzero(mine & (measured.totals.judged > 0)).tolist()]
    recorded = await parts.recorded_by(tx, caller.municipality_id, rooms, period, vocabulary)
    practice, evaluated_at = await parts.practice_of(tx, period, places, (kind, number))
    return Told(
        comparisons=compare_place(groups, mine, shown, rules=measured.thresholds.patterns),
        areas=recorded.areas,
        strategies=recorded.strategies,
        activities=recorded.activities,
        composition=recorded.composition,
        practice=practice,
        changed_at=max((it for it in (recorded.changed_at, evaluated_at) if it), default=None),
    )


async def _development(
    tx: AsyncSession, caller: Caller, period: Period, *, kind: ScopeKind, id: UUID | None
) -> tuple[str, tuple[FunnelReport, ...], DevelopmentReport | None]:
    """Of the half-year of the report's last day, or the one before it while too few are assessed to be shown."""
    half_year = HalfYear.of(period.last_day)
    found = await development_overview.gather(tx, caller, half_year, kind=kind, id=id)
    if not any(found.overview.whole.areas or ()):
        half_year = half_year.before
        found = await development_overview.gather(tx, caller, half_year, kind=kind, id=id)
    if found.instrument is None or not any(found.overview.whole.areas or ()):
        return str(half_year), (), None
    before = await development_overview.gather(tx, caller, half_year.before, kind=kind, id=id)
    titles = {group.key: group.title for group in found.instrument.form.groups}
    funnels = tuple(
        FunnelReport(key, titles[key], str(half_year), plot, {it.key: found.names[it.key] for it in plot.points})
        for key, plot in found.overview.funnels.items()
        if plot is not None
    )
    same = before.instrument is not None and before.instrument.form.key == found.instrument.form.key
    told = DevelopmentReport(
        instrument=found.instrument.form.title,
        half_year=str(half_year),
        assessed=found.overview.whole.assessed or 0,
        titles=titles,
        now={it.area: it for it in found.overview.whole.areas or () if it},
        before={it.area: it for it in (before.overview.whole.areas or ()) if it} if same else {},
        before_half_year=str(half_year.before),
    )
    return str(half_year), funnels, told


def draw(report: OverviewReport, *, chart: str | None = None, **options: Any) -> bytes:
    """Runs in a render worker, the only place that loads matplotlib and typst."""
    from reporting.overview.render import chart_names, render  # noqa: PLC0415

    if chart is not None and chart not in chart_names(report):
        raise UnknownChartError(chart)
    if chart is None and options["format"] in ("png", "svg") and not chart_names(report):
        raise UnknownChartError("below")
    return render(report, chart=chart, **options)


VIEWS = Views(name="datarapport", as_json=report_json, as_csv=report_csv, draw=draw)
