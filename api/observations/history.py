"""What was said before: every former version of an activity and of a room's week, kept when it is changed."""

from collections.abc import Collection
from typing import Literal
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.observations.schemas import ActivityVersionOut, RoomWeekOut, RoomWeekVersionOut
from api.observations.tables import Activity, ActivityVersion, RoomWeekVersion
from api.roster.tables import Child

Change = Literal["correct", "withdraw", "restore"]
SAID = ("observed_on", "kind", "learning_areas", "strategies", "child_ids", "withdrawn_at")
COUNTED = ("child_id", "immersion_activity", "focus_conversation", "absent")


async def keep_activity(tx: AsyncSession, caller: Caller, row: Activity, change: Change) -> None:
    """Keep what `row` says, which `caller` is about to change. The row is locked."""
    said = {name: getattr(row, name) for name in ("municipality_id", "revision", *SAID)}
    how = {"change": change, "changed_by": caller.subject}
    await tx.execute(insert(ActivityVersion).values(activity_id=row.id, **said, **how))


async def keep_week(tx: AsyncSession, caller: Caller, before: RoomWeekOut) -> None:
    """Keep how the week stands, unless nobody has said anything about it yet. The week is locked."""
    if not before.revision:
        return
    stood = {name: getattr(before, name) for name in ("room_id", "week", "revision", "closed", "completed")}
    tallies = [tally.model_dump(mode="json", include=set(COUNTED)) for tally in before.tallies]
    key = {"municipality_id": caller.municipality_id, "changed_by": caller.subject}
    await tx.execute(insert(RoomWeekVersion).values(**key, **stood, tallies=tallies))


async def of_activity(tx: AsyncSession, row: Activity) -> list[ActivityVersionOut]:
    """Everything the activity has said, the first first; the last is what it says now."""
    query = select(ActivityVersion).where(ActivityVersion.activity_id == row.id).order_by(ActivityVersion.revision)
    former = [ActivityVersionOut.model_validate(version) for version in await tx.scalars(query)]
    said = {name: getattr(row, name) for name in ("revision", *SAID)}
    return [*former, ActivityVersionOut(**said, change=None, changed_by=None, changed_at=None)]


async def of_week(tx: AsyncSession, now: RoomWeekOut) -> list[RoomWeekVersionOut]:
    """Everything that was said of the week, the first first; the last is how it stands now. Children deleted since are
    left out, as everywhere."""
    versions = select(RoomWeekVersion).where(RoomWeekVersion.room_id == now.room_id, RoomWeekVersion.week == now.week)
    former = (await tx.scalars(versions.order_by(RoomWeekVersion.revision))).all()
    named = {UUID(tally["child_id"]) for version in former for tally in version.tallies}
    there = set(await tx.scalars(select(Child.id).where(Child.id.in_(named), Child.deleted_at.is_(None))))
    stood = {name: getattr(now, name) for name in ("revision", "closed", "completed")}
    tallies = [tally.model_dump(include=set(COUNTED)) for tally in now.tallies]
    current = {**stood, "tallies": tallies, "changed_by": None, "changed_at": None}
    kept = [_of_those(there, RoomWeekVersionOut.model_validate(version)) for version in former]
    return [*kept, RoomWeekVersionOut.model_validate(current)] if now.revision else kept


def _of_those(children: Collection[UUID], version: RoomWeekVersionOut) -> RoomWeekVersionOut:
    return version.model_copy(update={"tallies": [tally for tally in version.tallies if tally.child_id in children]})
