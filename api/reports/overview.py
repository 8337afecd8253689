"""The data report of a unit, an area or the municipality: gathered from the sums of its rooms."""

from datetime import date
from importlib.metadata import version
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.assessments import development_overview
from api.assessments.development_tables import DevelopmentAssessment
from api.configuration import store as configuration
from api.observations import overview as sums
from api.observations.periods import Period
from api.observations.sum_tables import WeekSum
from api.problems import Problem
from api.reports.documents import Views
from api.reports.register import Made
from api.reports.rendering import UnknownChartError
from api.reports.room import opening_of
from domain.cuts import SETTING_TYPES
from domain.half_years import HalfYear
from domain.participation_overview import ScopeKind
from reporting.overview.build import OverviewReport, build_report
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
    half_year, funnels = await _funnels(tx, caller, period, kind=kind, id=id)
    assessed = await tx.scalar(
        select(func.max(DevelopmentAssessment.updated_at)).where(DevelopmentAssessment.half_year == half_year)
    )
    report = build_report(
        found,
        municipality=measured.places.municipality.name,
        first=period.first,
        last=period.last,
        thresholds={name: measured.thresholds.of(name) for name in SETTING_TYPES},
        rules=measured.thresholds.rules,
        data_time=max(filter(None, (summed, assessed, measured.created_at))),
        versions=versions,
        funnels=funnels,
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


async def _funnels(
    tx: AsyncSession, caller: Caller, period: Period, *, kind: ScopeKind, id: UUID | None
) -> tuple[str, tuple[FunnelReport, ...]]:
    """Of the half-year of the report's last day, or the one before it while too few are assessed to be shown."""
    half_year = HalfYear.of(period.last_day)
    for asked in (half_year, half_year.before):
        found = await development_overview.gather(tx, caller, asked, kind=kind, id=id)
        titles = {group.key: group.title for group in found.instrument.form.groups} if found.instrument else {}
        told = tuple(
            FunnelReport(key, titles[key], str(asked), plot, {it.key: found.names[it.key] for it in plot.points})
            for key, plot in found.overview.funnels.items()
            if plot is not None
        )
        if told:
            return str(asked), told
    return str(half_year), ()


def draw(report: OverviewReport, *, chart: str | None = None, **options: Any) -> bytes:
    """Runs in a render worker, the only place that loads matplotlib and typst."""
    from reporting.overview.render import chart_names, render  # noqa: PLC0415

    if chart is not None and chart not in chart_names(report):
        raise UnknownChartError(chart)
    if chart is None and options["format"] in ("png", "svg") and not chart_names(report):
        raise UnknownChartError("below")
    return render(report, chart=chart, **options)


VIEWS = Views(name="datarapport", as_json=report_json, as_csv=report_csv, draw=draw)
