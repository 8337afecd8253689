"""First names in a room's report: asked for explicitly, by somebody who knows the children, on pages alone."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller, Role
from api.field_faults import field_fault
from api.observations.periods import Period
from api.problems import Problem
from api.reports import room
from api.reports.documents import Format
from api.roster.tables import Child, ChildRoom

NAMING_ROLES: tuple[Role, ...] = ("leader", "educator")
PAGES: tuple[Format, ...] = ("pdf", "html")  # what can say on every page that it has names
NAMED = replace(room.VIEWS, name=f"{room.VIEWS.name}-med-navne")

NamesQuery = Annotated[bool, Query(description="First names instead of codes: for a leader or educator of the room")]


def refuse_names(caller: Caller, format: Format) -> None:
    """A link can be passed on, and data can be copied away; neither has names."""
    if caller.role not in NAMING_ROLES or caller.via == "link":
        raise Problem("not-allowed", needed=", ".join(NAMING_ROLES))
    if format not in PAGES:
        wrong = field_fault("/query/names", "names-on-pages", formats=", ".join(PAGES))
        raise Problem("invalid-input", errors=[wrong])


async def first_names_in(tx: AsyncSession, room_id: UUID, period: Period) -> dict[str, str]:
    """The first names of the children who were in the room in the period, by their codes; only those the roster has."""
    query = (
        select(Child.external_id, Child.first_name)
        .join(ChildRoom, (ChildRoom.municipality_id == Child.municipality_id) & (ChildRoom.child_id == Child.id))
        .where(
            ChildRoom.room_id == room_id,
            ChildRoom.valid_from <= period.last_day,
            or_(ChildRoom.valid_to.is_(None), ChildRoom.valid_to >= period.first),
            Child.deleted_at.is_(None),
            Child.first_name.is_not(None),
        )
    )
    return {code: name for code, name in await tx.execute(query) if name}
