"""Readiness reports over HTTP. What a report shows is read in one transaction, over before anything is drawn."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.db import DatabaseDep
from api.problems import documented
from api.reports import readiness
from api.reports.documents import Asked, AskedChart, VersionQuery, answer, check_version, content_of, issue
from api.reports.register import Made
from reporting.readiness.build import ReadinessReport

router = APIRouter(prefix="/v1/survey-rounds", tags=["reports", "document"])

ReportReader = Annotated[Caller, Depends(Allow("reports:read", "surveys:read"))]
Scope = Annotated[str, Query(max_length=100, description="municipality, area:ID or unit:ID")]
Since = Annotated[UUID | None, Query(description="The earlier round to compare with; else the latest there is")]
PROBLEMS = (
    "not-found", "results-not-frozen", "outside-your-place", "rendering-too-slow", "link-expired", "unknown-reference",
    "earlier-round-not-closed", "other-instrument", "round-not-earlier", "no-earlier-round",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """Which report, and who asks."""

    id: UUID
    caller: ReportReader
    database: DatabaseDep
    scope: Scope = "municipality"
    since: Since = None

    async def report(self) -> ReadinessReport:
        def gather(tx: AsyncSession) -> Awaitable[Made[ReadinessReport]]:
            return readiness.gather(tx, self.caller, round_id=self.id, scope=self.scope, since=self.since)

        subject = f"survey-rounds/{self.id}/report"
        return await issue(self.database, self.caller, gather, subject=subject, scope=self.scope)


AboutPlace = Annotated[About, Depends()]


@router.get(
    "/{id}/report",
    operation_id="getReadinessReport",
    response_class=Response,
    responses=documented(*PROBLEMS) | content_of("pdf", "png", "svg", "html", "json", "csv"),
)
async def get_report(about: AboutPlace, asked: Asked, version: VersionQuery = "full") -> Response:
    """The readiness report of a place. `png` and `svg` are its first chart, `json` and `csv` the same as data.

    `version=wall` is one page for the staff-room wall, as `pdf`, `html` or `png`.
    """
    check_version(readiness.VIEWS, version, format=asked.format)
    return await answer(asked, readiness.VIEWS, await about.report(), version=version)


@router.get(
    "/{id}/charts/{chart}",
    operation_id="getReadinessChart",
    response_class=Response,
    responses=documented(*PROBLEMS, "unknown-chart") | content_of("png", "svg"),
)
async def get_chart(about: AboutPlace, asked: AskedChart) -> Response:
    """One chart of the readiness report, for a presentation."""
    return await answer(asked, readiness.VIEWS, await about.report())
