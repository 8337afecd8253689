"""Room data reports over HTTP: read in one transaction, which is over before anything is drawn."""

from collections.abc import Awaitable
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
from api.problems import documented
from api.reports import room
from api.reports.documents import Asked, AskedChart, answer, content_of, issue
from api.reports.names import NAMED, NamesQuery, first_names_in, refuse_names
from api.reports.register import Made
from reporting.room.build import RoomReport
from reporting.room.named import named

router = APIRouter(prefix="/v1/rooms", tags=["reports", "document"])

ReportReader = Annotated[Caller, Depends(Allow("reports:read", "children:read", perhaps=("development:read",)))]
PROBLEMS = ("not-found", "report-not-open", "invalid-week", "period-too-long", "rendering-too-slow", "link-expired")


@dataclass(frozen=True, slots=True)
class About:
    """Which report, and who asks."""

    id: UUID
    period: PeriodQuery
    caller: ReportReader
    database: DatabaseDep
    today: Today

    async def report(self, **noted: str) -> RoomReport:
        def gather(tx: AsyncSession) -> Awaitable[Made[RoomReport]]:
            return room.gather_open(tx, self.caller, self.id, self.period, today=self.today)

        return await issue(self.database, self.caller, gather, subject=f"rooms/{self.id}/report", **noted)


AboutRoom = Annotated[About, Depends()]


@router.get(
    "/{id}/report",
    operation_id="getRoomReport",
    response_class=Response,
    responses=documented(*PROBLEMS) | content_of("pdf", "png", "svg", "html", "json", "csv"),
)
async def get_room_report(about: AboutRoom, asked: Asked, names: NamesQuery = False) -> Response:
    """The data report of a room; the children's development is in it for those with `development:read`.

    `png` and `svg` are its first chart; `json` and `csv` the same report as data. Children stand with their codes.
    `names=true` puts first names in their place where the roster has them, on pages that say so, and is noted in the
    log.
    """
    if not names:
        return await answer(asked, room.VIEWS, await about.report())
    refuse_names(about.caller, asked.format)
    report = await about.report(names="shown")
    async with about.database.reading(about.caller.municipality_id) as tx:
        first_names = await first_names_in(tx, about.id, about.period)
    return await answer(asked, NAMED, named(report, first_names))


@router.get(
    "/{id}/charts/{chart}",
    operation_id="getRoomChart",
    response_class=Response,
    responses=documented(*PROBLEMS, "unknown-chart") | content_of("png", "svg"),
)
async def get_room_chart(about: AboutRoom, asked: AskedChart) -> Response:
    """One chart of the room data report, for a meeting."""
    return await answer(asked, room.VIEWS, await about.report())
