"""Everything recorded about a child: what it, or those who speak for it, may ask to be given."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.assessments.development_tables import DevelopmentAssessment
from api.children.schemas import RecordedActivityOut, RecordedAssessmentOut, RecordedWeekOut, RecordOut
from api.observations.tables import Activity, WeekTally
from api.problems import Problem
from api.roster import store
from api.roster.resources import CHILDREN
from api.roster.schemas import ChildOut
from api.roster.tables import Child


async def find(tx: AsyncSession, caller: Caller, id_: UUID) -> Child:
    """The child, deleted or not. For who covers the whole municipality: a child's stays lead everywhere."""
    if not caller.everywhere:
        raise Problem("outside-your-place")
    child: Child | None = await tx.scalar(select(Child).where(Child.id == id_))
    if child is None:
        raise Problem("not-found")
    return child


async def of_child(tx: AsyncSession, child: Child, *, today: date) -> RecordOut:
    (master,) = await store.to_wire(tx, CHILDREN, [child], today=today)
    assert isinstance(master, ChildOut)  # noqa: S101 - what CHILDREN answers
    return RecordOut(
        child=master,
        deleted_at=child.deleted_at,
        activities=await _activities(tx, child.id),
        weeks=await _weeks(tx, child.id),
        development=await _development(tx, child.id),
    )


async def _activities(tx: AsyncSession, child_id: UUID) -> list[RecordedActivityOut]:
    query = select(Activity).where(Activity.child_ids.contains([child_id]))
    names = RecordedActivityOut.model_fields.keys() - {"others"}
    return [
        RecordedActivityOut.model_validate(
            {name: getattr(row, name) for name in names} | {"others": len(row.child_ids) - 1}
        )
        for row in await tx.scalars(query.order_by(Activity.observed_on, Activity.id))
    ]


async def _weeks(tx: AsyncSession, child_id: UUID) -> list[RecordedWeekOut]:
    query = select(WeekTally).where(WeekTally.child_id == child_id).order_by(WeekTally.week, WeekTally.room_id)
    return [RecordedWeekOut.model_validate(row) for row in await tx.scalars(query)]


async def _development(tx: AsyncSession, child_id: UUID) -> list[RecordedAssessmentOut]:
    mine = DevelopmentAssessment
    query = select(mine).where(mine.child_id == child_id).order_by(mine.assessed_on, mine.id)
    return [RecordedAssessmentOut.model_validate(row) for row in await tx.scalars(query)]
