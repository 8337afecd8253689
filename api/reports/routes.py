"""Readiness reports over HTTP. What a report shows is read in one transaction, over before anything is drawn."""

from collections.abc import Awaitable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.db import Database, DatabaseDep
from api.problems import documented
from api.reports import readiness
from api.reports.documents import (
    ChartFormat,
    Format,
    LanguageQuery,
    SignatureQuery,
    VersionQuery,
    answer,
    check_version,
    content_of,
    issue,
)
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


@router.get(
    "/{id}/report",
    operation_id="getReadinessReport",
    response_class=Response,
    responses=documented(*PROBLEMS) | content_of("pdf", "png", "svg", "html", "json", "csv"),
)
async def get_report(
    request: Request,
    id: UUID,
    caller: ReportReader,
    database: DatabaseDep,
    scope: Scope = "municipality",
    since: Since = None,
    format: Format = "pdf",
    version: VersionQuery = "full",
    language: LanguageQuery = None,
    signature: SignatureQuery = None,
) -> Response:
    """The readiness report of a place. `png` and `svg` are its first chart, `json` and `csv` the same as data.

    `version=wall` is one page for the staff-room wall, as `pdf`, `html` or `png`.
    """
    check_version(readiness.VIEWS, version, format=format)
    report = await _report(database, caller, round_id=id, scope=scope, since=since)
    return await answer(request, readiness.VIEWS, report, format=format, language=language, version=version)


@router.get(
    "/{id}/charts/{chart}",
    operation_id="getReadinessChart",
    response_class=Response,
    responses=documented(*PROBLEMS, "unknown-chart") | content_of("png", "svg"),
)
async def get_chart(
    request: Request,
    id: UUID,
    chart: str,
    caller: ReportReader,
    database: DatabaseDep,
    scope: Scope = "municipality",
    since: Since = None,
    format: ChartFormat = "png",
    language: LanguageQuery = None,
    signature: SignatureQuery = None,
) -> Response:
    """One chart of the readiness report, for a presentation."""
    report = await _report(database, caller, round_id=id, scope=scope, since=since)
    return await answer(request, readiness.VIEWS, report, format=format, language=language, chart=chart)


async def _report(
    database: Database, caller: Caller, *, round_id: UUID, scope: str, since: UUID | None
) -> ReadinessReport:
    def gather(tx: AsyncSession) -> Awaitable[Made[ReadinessReport]]:
        return readiness.gather(tx, caller, round_id=round_id, scope=scope, since=since)

    return await issue(database, caller, gather, subject=f"survey-rounds/{round_id}/report", scope=scope)
