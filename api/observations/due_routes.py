"""What is due in a room, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.audit import record
from api.clock import Today
from api.db import DatabaseDep
from api.observations.due import gather_due
from api.observations.due_schemas import DueOut
from api.problems import documented

router = APIRouter(prefix="/v1/rooms", tags=["observations"])


@router.get("/{id}/due", operation_id="getDue", responses=documented("not-found"))
async def get_due(
    id: UUID,
    caller: Annotated[Caller, Depends(Allow("observations:read", "children:read", perhaps=("development:read",)))],
    database: DatabaseDep,
    today: Today,
) -> DueOut:
    """What the room is to do now: weeks to complete, children nobody has observed lately, evaluations of practice and
    assessments of children that wait, the next meeting, and goals to follow up."""
    async with database.reading(caller.municipality_id) as tx:
        found = await gather_due(tx, caller, id, today=today)
    async with database.writing(caller.municipality_id) as tx:
        await record(tx, caller, action="read", subject=f"rooms/{id}/due", children=len(found.unobserved))
    return found
