"""Readiness reports over HTTP. What a report shows is read in one transaction, over before anything is drawn."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.db import DatabaseDep
from api.problems import documented
from api.reports import readiness
from api.reports.documents import (
    ChartFormat,
    Format,
    LanguageQuery,
    SignatureQuery,
    Views,
    answer,
    content_of,
)
from reporting.readiness.views import report_csv, report_json

router = APIRouter(prefix="/v1/survey-rounds", tags=["reports", "document"])

ReportReader = Annotated[Caller, Depends(Allow("reports:read"))]
Scope = Annotated[str, Query(max_length=100, description="municipality, area:ID or unit:ID")]
Since = Annotated[UUID | None, Query(description="The earlier round to compare with; else the latest there is")]
READINESS = Views(name="parathedsrapport", as_json=report_json, as_csv=report_csv, draw=readiness.draw)
PROBLEMS = (
    "not-found", "results-not-frozen", "outside-your-place", "rendering-too-slow", "link-expired", "unknown-reference",
    "earlier-round-not-closed", "other-instrument", "round-not-earlier", "no-earlier-round",
)  # fmt: skip


@router.get(
    "/{id}/report",
    operation_id="getReadinessReport",
    response_class=Response,
    responses=documented(*PROBLEMS) | content_of("pdf", "png", "svg", "json", "csv"),
)
async def get_report(
    request: Request,
    id: UUID,
    caller: ReportReader,
    database: DatabaseDep,
    scope: Scope = "municipality",
    since: Since = None,
    format: Format = "pdf",
    language: LanguageQuery = None,
    signature: SignatureQuery = None,
) -> Response:
    """The readiness report of a place. `png` and `svg` are its first chart, `json` and `csv` the same as data."""
    async with database.reading(caller.municipality_id) as tx:
        report = await readiness.gather(tx, caller, round_id=id, scope=scope, since=since)
    return await answer(request, READINESS, report, format=format, language=language)


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
    async with database.reading(caller.municipality_id) as tx:
        report = await readiness.gather(tx, caller, round_id=id, scope=scope, since=since)
    return await answer(request, READINESS, report, format=format, language=language, chart=chart)
