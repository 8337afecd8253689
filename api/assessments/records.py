"""What practice evaluations and development assessments do alike: who and where, history, correction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_room, covers_staff
from api.access.principals import Caller
from api.assessments.schemas import HistoryOut, RaterReference, RevisionOut, RoomReference
from api.field_faults import field_fault
from api.problems import Problem
from api.roster.tables import Room, Staff

NO_CONTENT = ("municipality_id", "id", "revision", "created_at", "updated_at", "withdrawn_at")


async def room_of(tx: AsyncSession, caller: Caller, body: RoomReference) -> Room:
    """The room named, where the caller covers it."""
    if (body.room_id is None) == (body.room_external_id is None):
        raise one_reference("room_id")
    named = Room.id == body.room_id if body.room_id else Room.external_id == body.room_external_id
    room = await tx.scalar(select(Room).where(named, Room.deleted_at.is_(None), covers_room(caller)))
    if room is None:
        raise Problem("unknown-reference", field="room_id" if body.room_id else "room_external_id")
    return room


async def rater_of(tx: AsyncSession, caller: Caller, body: RaterReference, *, kind: str, room: Room) -> UUID | None:
    """Who rated: somebody who works in the room's unit; nobody for what the team rated together."""
    named = (body.rater_id is not None) + (body.rater_external_id is not None)
    if kind == "joint" and named:
        raise Problem("invalid-input", errors=[field_fault("/rater_id", "joint-has-no-rater")])
    if kind == "joint":
        return None
    if named != 1:
        raise one_reference("rater_id")
    who = Staff.id == body.rater_id if body.rater_id else Staff.external_id == body.rater_external_id
    here = Staff.unit_id == room.unit_id, Staff.deleted_at.is_(None), covers_staff(caller)
    found: UUID | None = await tx.scalar(select(Staff.id).where(who, *here))
    if found is None:
        raise Problem("unknown-reference", field="rater_id" if body.rater_id else "rater_external_id")
    return found


def one_reference(field: str) -> Problem:
    """The problem of a reference given in no way or in both."""
    fields = f"{field}, {field.removesuffix('_id')}_external_id"
    return Problem("invalid-input", errors=[field_fault(f"/{field}", "one-reference", fields=fields)])


async def hold(tx: AsyncSession, caller: Caller, *what: object) -> None:
    """Wait for whoever is writing about the same thing: what is there already is looked for before it is inserted."""
    key = "/".join(map(str, (caller.municipality_id, *what)))
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def content_of(row: Any) -> dict[str, Any]:
    """The fields of a rating that say something, as JSON holds them."""
    return {name: plain(getattr(row, name)) for name in content_fields(type(row))}


def content_fields(table: Any) -> list[str]:
    return [column.key for column in table.__table__.columns if column.key not in NO_CONTENT]


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date | datetime) else value


def differing(row: Any, asked: Mapping[str, Any]) -> list[str]:
    """The fields of `asked` in which a stored row says something else."""
    stored = content_of(row)
    return [name for name, value in asked.items() if stored[name] != plain(value)]


async def refuse_difference(
    tx: AsyncSession, caller: Caller, known: Any, asked: Mapping[str, Any], revisions: Any, *, covered: bool
) -> None:
    """A replay is recognised by what was sent first, so it is harmless after a correction too; what the caller does not
    cover is not compared aloud."""
    if not covered:
        raise Problem("same-id-other-content", fields="…")
    first = await tx.get(revisions, (caller.municipality_id, known.id, 1))
    same = first is not None and all(first.body[name] == plain(value) for name, value in asked.items())
    if not same and (fields := differing(known, asked)):
        raise Problem("same-id-other-content", fields=", ".join(fields))


async def keep(tx: AsyncSession, caller: Caller, row: Any, revisions: Any) -> None:
    """Keep what stands there now as a revision."""
    await tx.flush()
    values = {
        "municipality_id": caller.municipality_id,
        "id": row.id,
        "revision": row.revision,
        "body": content_of(row) | {"withdrawn": row.withdrawn_at is not None},
        "changed_by": f"{caller.subject} ({caller.role})",
    }
    await tx.execute(insert(revisions).values(values))


async def history(tx: AsyncSession, id_: UUID, revisions: Any) -> HistoryOut:
    rows = await tx.scalars(select(revisions).where(revisions.id == id_).order_by(revisions.revision))
    return HistoryOut(items=[RevisionOut.model_validate(row) for row in rows])


async def withdraw(tx: AsyncSession, caller: Caller, row: Any, revisions: Any) -> None:
    """It stays stored, so that a late copy of it is recognised, but it no longer counts."""
    row.withdrawn_at = func.clock_timestamp()
    row.revision += 1
    await tx.flush()
    await tx.refresh(row)
    await keep(tx, caller, row, revisions)


def refuse_reopening(row: Any, state: str | None) -> None:
    """What is final can be corrected, with its history; it does not become a draft again."""
    if row.state == "final" and state == "draft":
        raise Problem("already-final")
