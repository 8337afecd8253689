"""Data reports of units, areas and the municipality over HTTP. No child is shown, so `reports:read` is enough."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.clock import Today
from api.db import DatabaseDep
from api.observations.periods import PeriodQuery
from api.observations.sums import bring_up_to_date
from api.problems import documented
from api.reports import overview
from api.reports.documents import Asked, AskedChart, answer, content_of, issue
from api.reports.register import Made
from domain.participation_overview import ScopeKind
from reporting.overview.build import OverviewReport

router = APIRouter(prefix="/v1", tags=["reports", "document"])

PROBLEMS = documented(
    "not-found", "report-not-open", "outside-your-place", "invalid-week", "period-too-long", "rendering-too-slow",
    "link-expired", "unknown-chart",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """Over which period, and who asks."""

    period: PeriodQuery
    caller: Annotated[Caller, Depends(Allow("reports:read"))]
    database: DatabaseDep
    today: Today

    async def report(self, kind: ScopeKind, id: UUID | None) -> OverviewReport:
        """What was marked is summed up first, in a transaction of its own."""
        async with self.database.writing(self.caller.municipality_id) as tx:
            await bring_up_to_date(tx, self.caller.municipality_id)

        async def gather(tx: AsyncSession) -> Made[OverviewReport]:
            made = await overview.gather_report(tx, self.caller, self.period, kind=kind, id=id)
            await overview.refuse_before_opening(tx, kind, id, today=self.today)
            return made

        subject = f"{kind}/report" if id is None else f"{kind}s/{id}/report"
        return await issue(self.database, self.caller, gather, subject=subject)


AboutPlace = Annotated[About, Depends()]


REPORT = PROBLEMS | content_of("pdf", "png", "svg", "html", "json", "csv")
CHART = PROBLEMS | content_of("png", "svg")


@router.get("/units/{id}/report", operation_id="getUnitReport", response_class=Response, responses=REPORT)
async def get_unit_report(id: UUID, about: AboutPlace, asked: Asked) -> Response:
    """The data report of a unit and its rooms. `png` and `svg` are its first chart, `json` and `csv` the same data."""
    return await answer(asked, overview.VIEWS, await about.report("unit", id))


@router.get("/areas/{id}/report", operation_id="getAreaReport", response_class=Response, responses=REPORT)
async def get_area_report(id: UUID, about: AboutPlace, asked: Asked) -> Response:
    """The data report of an area and its units."""
    return await answer(asked, overview.VIEWS, await about.report("area", id))


@router.get("/municipality/report", operation_id="getMunicipalityReport", response_class=Response, responses=REPORT)
async def get_municipality_report(about: AboutPlace, asked: Asked) -> Response:
    """The data report of the municipality, its areas, kinds of unit, and units."""
    return await answer(asked, overview.VIEWS, await about.report("municipality", None))


@router.get("/units/{id}/charts/{chart}", operation_id="getUnitChart", response_class=Response, responses=CHART)
async def get_unit_chart(id: UUID, about: AboutPlace, asked: AskedChart) -> Response:
    """One chart of the report of a unit, for a meeting."""
    return await answer(asked, overview.VIEWS, await about.report("unit", id))


@router.get("/areas/{id}/charts/{chart}", operation_id="getAreaChart", response_class=Response, responses=CHART)
async def get_area_chart(id: UUID, about: AboutPlace, asked: AskedChart) -> Response:
    """One chart of the report of an area; `development-` and the key of a learning area is the funnel of its units."""
    return await answer(asked, overview.VIEWS, await about.report("area", id))


@router.get(
    "/municipality/charts/{chart}", operation_id="getMunicipalityChart", response_class=Response, responses=CHART
)
async def get_municipality_chart(about: AboutPlace, asked: AskedChart) -> Response:
    """One chart of the report of the municipality."""
    return await answer(asked, overview.VIEWS, await about.report("municipality", None))
