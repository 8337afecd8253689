"""Room data reports over HTTP: read in one transaction, which is over before anything is drawn."""

from collections.abc import Awaitable
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.clock import Today
from api.db import Database, DatabaseDep
from api.observations.periods import Period, PeriodQuery
from api.problems import documented
from api.reports import room
from api.reports.documents import (
    ChartFormat,
    Format,
    LanguageQuery,
    SignatureQuery,
    answer,
    content_of,
    issue,
)
from api.reports.register import Made
from reporting.room.build import RoomReport

router = APIRouter(prefix="/v1/rooms", tags=["reports", "document"])

ReportReader = Annotated[Caller, Depends(Allow("reports:read", "children:read", perhaps=("development:read",)))]
PROBLEMS = ("not-found", "report-not-open", "invalid-week", "period-too-long", "rendering-too-slow", "link-expired")


@router.get(
    "/{id}/report",
    operation_id="getRoomReport",
    response_class=Response,
    responses=documented(*PROBLEMS) | content_of("pdf", "png", "svg", "html", "json", "csv"),
)
async def get_room_report(
    request: Request,
    id: UUID,
    *,
    period: PeriodQuery,
    caller: ReportReader,
    database: DatabaseDep,
    today: Today,
    format: Format = "pdf",
    language: LanguageQuery = None,
    signature: SignatureQuery = None,
) -> Response:
    """The data report of a room; the children's development is in it for those with `development:read`.

    `png` and `svg` are its first chart; `json` and `csv` the same report as data.
    """
    report = await _report(database, caller, id, period, today=today)
    return await answer(request, room.VIEWS, report, format=format, language=language)


@router.get(
    "/{id}/charts/{chart}",
    operation_id="getRoomChart",
    response_class=Response,
    responses=documented(*PROBLEMS, "unknown-chart") | content_of("png", "svg"),
)
async def get_room_chart(
    request: Request,
    id: UUID,
    chart: str,
    *,
    period: PeriodQuery,
    caller: ReportReader,
    database: DatabaseDep,
    today: Today,
    format: ChartFormat = "png",
    language: LanguageQuery = None,
    signature: SignatureQuery = None,
) -> Response:
    """One chart of the room data report, for a meeting."""
    report = await _report(database, caller, id, period, today=today)
    return await answer(request, room.VIEWS, report, format=format, language=language, chart=chart)


async def _report(database: Database, caller: Caller, room_id: UUID, period: Period, *, today: date) -> RoomReport:
    def gather(tx: AsyncSession) -> Awaitable[Made[RoomReport]]:
        return room.gather_open(tx, caller, room_id, period, today=today)

    return await issue(database, caller, gather, subject=f"rooms/{room_id}/report")
