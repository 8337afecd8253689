"""Room data reports that are kept with their data, by their code."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.problems import Problem
from api.reports import register
from api.reports.register import Made
from api.reports.tables import KeptReport
from reporting.room.build import RoomReport
from reporting.room.kept import kept, reopened


async def keep(tx: AsyncSession, municipality_id: UUID, made: Made[RoomReport]) -> str:
    """Enter the report in the register and keep its data; the same report is kept once."""
    code = await register.enter(tx, municipality_id, made)
    values = {"municipality_id": municipality_id, "code": code, "body": kept(made.report)}
    await tx.execute(insert(KeptReport).values(values).on_conflict_do_nothing())
    return code


async def reopen(tx: AsyncSession, code: str) -> RoomReport:
    """The report as it was. Who may see it is for the caller to know."""
    body = await tx.scalar(select(KeptReport.body).where(KeptReport.code == code))
    if body is None:
        raise Problem("not-found")
    return reopened(body)
