"""The agreements of a room's meetings, read for the next meeting and for the report it will talk about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.learning.tables import Meeting
from domain.agreements import Adjustment, FollowedUp, Held, Standing, standing


async def meetings_of(tx: AsyncSession, room_id: UUID) -> Sequence[Meeting]:
    """Those that were not withdrawn, in the order of time."""
    query = select(Meeting).where(Meeting.room_id == room_id, Meeting.withdrawn_at.is_(None))
    return (await tx.scalars(query.order_by(Meeting.held_on, Meeting.created_at, Meeting.id))).all()


def held(row: Meeting) -> Held:
    return Held(
        held_on=row.held_on,
        adjustments=tuple(_adjustment(it) for it in row.adjustments),
        followed_up=tuple(FollowedUp(it["adjustment_id"], it["status"], it["note"]) for it in row.followed_up),
    )


def _adjustment(written: dict[str, Any]) -> Adjustment:
    due_on = written["due_on"]
    return Adjustment(
        id=written["id"],
        kind=written["kind"],
        text=written["text"],
        responsible=written["responsible"],
        due_on=date.fromisoformat(due_on) if due_on else None,
    )


@dataclass(frozen=True, slots=True)
class Agreed:
    """How the agreements stand, and when anything of it changed last; a withdrawal is a change too."""

    standing: tuple[Standing, ...]
    changed_at: datetime | None


async def agreed_before(tx: AsyncSession, room_id: UUID, *, last_week: date) -> Agreed:
    """As the meeting that talks about the weeks up to `last_week` finds them: by the meetings that talked about earlier
    weeks. So what a meeting itself decides does not change the report it talked about."""
    before = [row for row in await meetings_of(tx, room_id) if row.last_week < last_week]
    moment = select(func.max(Meeting.updated_at)).where(Meeting.room_id == room_id, Meeting.last_week < last_week)
    return Agreed(standing([held(row) for row in before]), await tx.scalar(moment))
