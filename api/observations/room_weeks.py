"""A room's week: closed, completed or open, with the tallies of its children."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_room
from api.access.principals import Caller
from api.concurrency import refuse_stale
from api.field_faults import FieldFault, field_fault
from api.observations.history import keep_week
from api.observations.intake import Known, was_there
from api.observations.schemas import RoomWeekIn, RoomWeekOut, TallyIn, TallyOut
from api.observations.store import gather_known
from api.observations.sums import bring_room_up_to_date
from api.observations.tables import RoomWeek, WeekTally
from api.problems import Problem
from api.roster.tables import Child, Room
from domain.observations import WeekState

COUNTS = ("immersion_activity", "focus_conversation", "absent")


async def find_room(tx: AsyncSession, caller: Caller, id_: UUID) -> Room:
    room = await tx.scalar(select(Room).where(Room.id == id_, Room.deleted_at.is_(None), covers_room(caller)))
    if room is None:
        raise Problem("not-found")
    return room


def state_of(*, closed: bool, completed: bool) -> WeekState:
    return "closed" if closed else "completed" if completed else "not_recorded"


async def find(tx: AsyncSession, caller: Caller, room_id: UUID, week: date) -> RoomWeekOut:
    """The week as it stands; revision 0 when nobody has said anything about it."""
    await find_room(tx, caller, room_id)
    return _wire(room_id, week, await _stand(tx, room_id, week), await _tallies(tx, room_id, week))


async def put(
    tx: AsyncSession,
    caller: Caller,
    room_id: UUID,
    week: date,
    body: RoomWeekIn,
    *,
    today: date,
    if_match: str | None = None,
) -> tuple[RoomWeekOut, RoomWeekOut]:
    """Store how the week stands, and the tallies of the children named; the week before and after.

    What changes nothing leaves revision and time of change as they were, so a repeated request is harmless.
    """
    _refuse_impossible(body, week, today=today)
    await find_room(tx, caller, room_id)
    children = await _children(tx, caller, room_id, week, body)
    await _lock(tx, caller, room_id, week)
    before = _wire(room_id, week, await _stand(tx, room_id, week), await _tallies(tx, room_id, week))
    refuse_stale(before.revision, if_match)
    there = {tally.child_id: tally for tally in before.tallies}
    closed, completed = _said(body, before)
    changed = {
        child: _counts(tally)
        for child, tally in children.items()
        if child not in there or _counts(tally) != _counts(there[child])
    }
    if before.revision and not changed and (before.closed, before.completed) == (closed, completed):
        return before, before
    await keep_week(tx, caller, before)
    await _store_week(tx, caller, room_id, week, closed=closed, completed=completed)
    await _store_tallies(tx, caller, room_id, week, changed)
    await bring_room_up_to_date(tx, caller.municipality_id, room_id)
    return before, await find(tx, caller, room_id, week)


def only_named(week: RoomWeekOut, body: RoomWeekIn) -> RoomWeekOut:
    """The week with the tallies of the children that `body` names, and no others."""
    ids, keys = {tally.child_id for tally in body.tallies}, {tally.child_external_id for tally in body.tallies}
    named = [tally for tally in week.tallies if tally.child_id in ids or tally.external_id in keys]
    return week.model_copy(update={"tallies": named})


def _refuse_impossible(body: RoomWeekIn, week: date, *, today: date) -> None:
    if week > today:
        raise Problem("future-date")
    if body.closed and body.completed:
        raise Problem("invalid-input", errors=[field_fault("/completed", "closed-and-completed")])


def _said(body: RoomWeekIn, before: RoomWeekOut) -> tuple[bool, bool]:
    """Whether the week is closed, and completed, now that `body` was said about it."""
    closed = body.closed if body.closed is not None else before.closed and not body.completed
    completed = body.completed if body.completed is not None else before.completed and not body.closed
    return closed, completed


async def _children(
    tx: AsyncSession, caller: Caller, room_id: UUID, week: date, body: RoomWeekIn
) -> dict[UUID, TallyIn]:
    """The tallies by child; every child was in the room on some day of the week."""
    known = await gather_known(
        tx,
        caller,
        child_ids=[tally.child_id for tally in body.tallies if tally.child_id],
        child_keys=[tally.child_external_id for tally in body.tallies if tally.child_external_id],
    )
    tallies: dict[UUID, TallyIn] = {}
    absent: list[FieldFault] = []
    for position, tally in enumerate(body.tallies):
        child = _child(tally, known, pointer=f"/tallies/{position}")
        if child in tallies:
            raise Problem("invalid-input", errors=[field_fault(f"/tallies/{position}", "repeated")])
        if not was_there(known.stays[child], room_id, first=week, last=week + timedelta(days=6)):
            absent.append(field_fault(f"/tallies/{position}", "not-in-room-then"))
        tallies[child] = tally
    if absent:
        raise Problem("child-not-in-room", errors=absent)
    return tallies


def _child(tally: TallyIn, known: Known, *, pointer: str) -> UUID:
    if (tally.child_id is None) == (tally.child_external_id is None):
        error = field_fault(f"{pointer}/child_id", "one-reference", fields="child_id, child_external_id")
        raise Problem("invalid-input", errors=[error])
    child = tally.child_id or known.children.get(tally.child_external_id or "")
    if child is None or child not in known.stays:
        raise Problem("unknown-reference", field="child_id" if tally.child_id else "child_external_id")
    return child


async def _lock(tx: AsyncSession, caller: Caller, room_id: UUID, week: date) -> None:
    """Hold the week until we are done; its row may not be there yet, so the lock is on its name."""
    key = f"{caller.municipality_id}/{room_id}/{week}"
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


async def _stand(tx: AsyncSession, room_id: UUID, week: date) -> tuple[bool, bool, int]:
    """Closed, completed, and the revision; 0 when nobody has said anything."""
    columns = RoomWeek.closed, RoomWeek.completed, RoomWeek.revision
    row = (await tx.execute(select(*columns).where(RoomWeek.room_id == room_id, RoomWeek.week == week))).one_or_none()
    return (False, False, 0) if row is None else (row.closed, row.completed, row.revision)


async def _store_week(
    tx: AsyncSession, caller: Caller, room_id: UUID, week: date, *, closed: bool, completed: bool
) -> None:
    key = {"municipality_id": caller.municipality_id, "room_id": room_id, "week": week}
    state = {"closed": closed, "completed": completed}
    renewed = {**state, "revision": RoomWeek.revision + 1, "updated_at": func.clock_timestamp()}
    fresh = insert(RoomWeek).values(**key, **state)
    await tx.execute(fresh.on_conflict_do_update(index_elements=list(key), set_=renewed))


async def _store_tallies(
    tx: AsyncSession, caller: Caller, room_id: UUID, week: date, counts: Mapping[UUID, Mapping[str, Any]]
) -> None:
    if not counts:
        return
    key = {"municipality_id": caller.municipality_id, "room_id": room_id, "week": week}
    rows = [{**key, "child_id": child, **counts[child]} for child in sorted(counts)]
    statement = insert(WeekTally).values(rows)
    renewed = {name: statement.excluded[name] for name in COUNTS}
    await tx.execute(statement.on_conflict_do_update(index_elements=[*key, "child_id"], set_=renewed))


async def _tallies(tx: AsyncSession, room_id: UUID, week: date) -> list[TallyOut]:
    columns = (getattr(WeekTally, name) for name in ("child_id", *COUNTS))
    query = (
        select(*columns, Child.external_id)
        .join(Child, (Child.municipality_id == WeekTally.municipality_id) & (Child.id == WeekTally.child_id))
        .where(WeekTally.room_id == room_id, WeekTally.week == week, Child.deleted_at.is_(None))
        .order_by(Child.external_id)
    )
    return [TallyOut.model_validate(row) for row in await tx.execute(query)]


def _counts(tally: TallyIn | TallyOut) -> dict[str, Any]:
    return {name: getattr(tally, name) for name in COUNTS}


def _wire(room_id: UUID, week: date, stand: tuple[bool, bool, int], tallies: list[TallyOut]) -> RoomWeekOut:
    closed, completed, revision = stand
    return RoomWeekOut(
        room_id=room_id,
        week=week,
        state=state_of(closed=closed, completed=completed),
        closed=closed,
        completed=completed,
        tallies=tallies,
        revision=revision,
    )
