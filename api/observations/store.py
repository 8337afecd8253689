"""Reading and storing activities. A batch costs five statements whatever its size: rooms, children, words, known ids,
insert.

The rules themselves are in `intake`, without a database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Text, Uuid, any_, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from api.access.places import covers_room
from api.access.principals import Caller
from api.configuration import store as configuration
from api.field_faults import FieldFault, field_fault
from api.observations.history import keep_activity
from api.observations.intake import Activity as ActivityValue
from api.observations.intake import (
    Fault,
    Known,
    Outcome,
    Stay,
    Stored,
    conclude,
    differing,
    judge,
    objection,
    resolve,
    resolve_children,
)
from api.observations.schemas import ActivityFilter, ActivityIn, ActivityPatch
from api.observations.tables import Activity
from api.problems import Problem
from api.roster.tables import Child, ChildRoom, Room

# The lists of a row travel as array literals, since `unnest` takes no ragged arrays. Ids and words need no quoting.
INSERT = text(
    """
    INSERT INTO activities (
        municipality_id, id, room_id, observed_on, kind, learning_areas, strategies, child_ids, recorded_at)
    SELECT CAST(:municipality_id AS uuid), id, room_id, observed_on, kind, learning_areas::text[], strategies::text[],
        child_ids::uuid[], recorded_at
    FROM unnest(
        CAST(:id AS uuid[]), CAST(:room_id AS uuid[]), CAST(:observed_on AS date[]), CAST(:kind AS text[]),
        CAST(:learning_areas AS text[]), CAST(:strategies AS text[]), CAST(:child_ids AS text[]),
        CAST(:recorded_at AS timestamptz[])
    ) AS fresh (id, room_id, observed_on, kind, learning_areas, strategies, child_ids, recorded_at)
    ON CONFLICT (municipality_id, id) DO NOTHING
    RETURNING id
    """
)


def in_covered_room(caller: Caller, column: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    """Whether `column` names a room the caller covers, deleted or not."""
    if caller.everywhere:
        return literal(True)
    return column.in_(select(Room.id).where(covers_room(caller)))


def among(column: Any, values: Iterable[Any], type_: Any) -> ColumnElement[bool]:
    """`column = ANY(array)`: one statement, prepared once, for any number of values."""
    return column == any_(literal(list(values), ARRAY(type_)))  # type: ignore[no-any-return]


async def gather_known(
    tx: AsyncSession,
    caller: Caller,
    *,
    room_ids: Iterable[UUID] = (),
    room_keys: Iterable[str] = (),
    child_ids: Iterable[UUID] = (),
    child_keys: Iterable[str] = (),
) -> Known:
    """What the caller may refer to, of the rooms and children named."""
    named = or_(among(Room.id, room_ids, Uuid), among(Room.external_id, room_keys, Text))
    covered = select(Room.id, Room.external_id).where(Room.deleted_at.is_(None), covers_room(caller), named)
    rooms: dict[str, UUID] = {key: id_ for id_, key in await tx.execute(covered)}
    children, stays = await _stays(tx, caller, child_ids, child_keys)
    decided = await configuration.load(tx, "vocabulary")
    return Known(
        room_ids=frozenset(rooms.values()),
        rooms=rooms,
        children=children,
        stays=stays,
        vocabulary=decided.vocabulary,
    )


async def _stays(
    tx: AsyncSession, caller: Caller, ids: Iterable[UUID], keys: Iterable[str]
) -> tuple[dict[str, UUID], dict[UUID, list[Stay]]]:
    """The children named who ever were in a covered room: their ids by external id, and those stays."""
    ids, keys = list(ids), list(keys)
    named = [among(ChildRoom.child_id, ids, Uuid)] if ids or not keys else []
    named += [among(Child.external_id, keys, Text)] if keys else []
    query = (
        select(Child.external_id, ChildRoom.child_id, ChildRoom.room_id, ChildRoom.valid_from, ChildRoom.valid_to)
        .join(Child, (Child.municipality_id == ChildRoom.municipality_id) & (Child.id == ChildRoom.child_id))
        .where(Child.deleted_at.is_(None), or_(*named), in_covered_room(caller, ChildRoom.room_id))
    )
    children: dict[str, UUID] = {}
    stays: dict[UUID, list[Stay]] = {}
    for key, child, room, valid_from, valid_to in await tx.execute(query):
        children[key] = child
        stays.setdefault(child, []).append((room, valid_from, valid_to))
    return children, stays


async def record_activities(
    tx: AsyncSession, caller: Caller, bodies: Sequence[ActivityIn | Outcome], *, today: date
) -> list[Outcome]:
    """Store what is new and valid; an outcome for each of `bodies`, in order, outcomes among them as they are."""
    valid = [body for body in bodies if not isinstance(body, Outcome)]
    if not valid:
        return [body for body in bodies if isinstance(body, Outcome)]
    known = await gather_known(
        tx,
        caller,
        room_ids={id_ for body in valid if (id_ := body.get("room_id"))},
        room_keys={key for body in valid if (key := body.get("room_external_id"))},
        child_ids={child for body in valid for child in body.get("child_ids") or ()},
        child_keys={child for body in valid for child in body.get("child_external_ids") or ()},
    )
    stored = await _stored(tx, caller, [body["id"] for body in valid])
    verdicts = judge([_read(body, known) for body in bodies], known, stored, today=today)
    inserted = await _insert(tx, caller, verdicts.fresh)
    raced = verdicts.fresh.keys() - inserted
    if raced:  # somebody stored the same id between our look and our insert
        stored |= await _stored(tx, caller, raced)
    outcomes = conclude(verdicts, stored, inserted=inserted)
    return [_as_written(outcome, body) for outcome, body in zip(outcomes, bodies, strict=True)]


def _read(body: ActivityIn | Outcome, known: Known) -> ActivityValue | Outcome:
    if isinstance(body, Outcome):
        return body
    activity = resolve(body, known)
    return Outcome(body["id"], "rejected", fault=activity) if isinstance(activity, Fault) else activity


def _as_written(outcome: Outcome, body: ActivityIn | Outcome) -> Outcome:
    """The outcome with its fault under the name by which the body names its children."""
    if outcome.fault is None or isinstance(body, Outcome):
        return outcome
    return replace(outcome, fault=_by_name(outcome.fault, body))


def _by_name(fault: Fault, body: Mapping[str, Any]) -> Fault:
    keyed = fault.field == "child_ids" and body.get("child_external_ids") is not None
    return replace(fault, field="child_external_ids") if keyed else fault


async def _insert(tx: AsyncSession, caller: Caller, fresh: Mapping[UUID, ActivityValue]) -> frozenset[UUID]:
    if not fresh:
        return frozenset()
    rows = [fresh[id_] for id_ in sorted(fresh)]  # in one order, so that two batches never wait for each other
    columns = {
        "id": [row.id for row in rows],
        "room_id": [row.room_id for row in rows],
        "observed_on": [row.observed_on for row in rows],
        "kind": [row.kind for row in rows],
        "learning_areas": ["{" + ",".join(row.learning_areas) + "}" for row in rows],
        "strategies": ["{" + ",".join(row.strategies) + "}" for row in rows],
        "child_ids": ["{" + ",".join(map(str, row.child_ids)) + "}" for row in rows],
        "recorded_at": [row.recorded_at for row in rows],
    }
    return frozenset((await tx.scalars(INSERT, {"municipality_id": caller.municipality_id, **columns})).all())


async def _stored(tx: AsyncSession, caller: Caller, ids: Iterable[UUID]) -> dict[UUID, Stored]:
    columns = [getattr(Activity, name) for name in ActivityValue.__slots__]
    covered = in_covered_room(caller, Activity.room_id)
    query = select(*columns, covered).where(among(Activity.id, ids, Uuid))
    return {row[0]: Stored(ActivityValue(*row[:-1]), covered=row[-1]) for row in await tx.execute(query)}


def visible(caller: Caller, *, withdrawn: bool = False) -> Select[Any]:
    query = select(Activity).where(in_covered_room(caller, Activity.room_id))
    return query if withdrawn else query.where(Activity.withdrawn_at.is_(None))


def filtered(caller: Caller, filters: ActivityFilter) -> Select[Any]:
    query = visible(caller)
    if filters.room_id is not None:
        query = query.where(Activity.room_id == filters.room_id)
    if filters.first is not None:
        query = query.where(Activity.observed_on >= filters.first)
    if filters.last is not None:
        query = query.where(Activity.observed_on <= filters.last)
    return query


async def find(tx: AsyncSession, caller: Caller, id_: UUID, *, withdrawn: bool = False) -> Activity:
    """The activity; one that was withdrawn only for those who ask for it."""
    row: Activity | None = await tx.scalar(visible(caller, withdrawn=withdrawn).where(Activity.id == id_))
    if row is None:
        raise Problem("not-found")
    return row


async def correct(tx: AsyncSession, caller: Caller, row: Activity, body: ActivityPatch, *, today: date) -> Activity:
    """Replace the fields that were sent; the whole must still be true of the room and the day.

    What changes nothing leaves the revision as it was; otherwise what was said before is kept.
    """
    children = body.get("child_ids") or row.child_ids
    known = await gather_known(
        tx, caller, room_ids=[row.room_id], child_ids=children, child_keys=body.get("child_external_ids") or ()
    )
    changed: dict[str, Any] = {name: value for name, value in body.items() if not name.startswith("child_")}
    if body.get("child_ids") is not None or body.get("child_external_ids") is not None:
        found = resolve_children(body, known)
        if isinstance(found, Fault):
            raise problem_of(found)
        changed["child_ids"] = found
    before = ActivityValue(*(getattr(row, name) for name in ActivityValue.__slots__))
    corrected = replace(before, **changed)
    # Who stood in it stays: on the same day whatever the roster says by now, on another day unless deleted since.
    there = [child for child in row.child_ids if corrected.observed_on == row.observed_on or child not in known.stays]
    fault = objection(corrected, known, today=today, kept={*row.learning_areas, *row.strategies, *there})
    if fault is not None:
        raise problem_of(_by_name(fault, body))
    if not differing(before, corrected):
        return row
    await keep_activity(tx, caller, row, "correct")
    return await _changed(tx, row, **changed)


async def withdraw(tx: AsyncSession, caller: Caller, row: Activity) -> None:
    """It stays stored, so that a late copy of it is recognised, but it no longer counts. Of two at once the second
    finds nothing left to withdraw."""
    if row.withdrawn_at is not None:
        raise Problem("not-found")
    await keep_activity(tx, caller, row, "withdraw")
    await _changed(tx, row, withdrawn_at=func.clock_timestamp())


async def restore(tx: AsyncSession, caller: Caller, row: Activity) -> Activity:
    """It counts again; restoring what was not withdrawn changes nothing."""
    if row.withdrawn_at is None:
        return row
    await keep_activity(tx, caller, row, "restore")
    return await _changed(tx, row, withdrawn_at=None)


async def _changed(tx: AsyncSession, row: Activity, **values: Any) -> Activity:
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    await tx.flush()
    await tx.refresh(row)
    return row


def problem_of(fault: Fault) -> Problem:
    """A fault as the answer to a request about one activity."""
    if fault.sentence is not None:
        return Problem("invalid-input", errors=[FieldFault(f"/{fault.field}", fault.code, fault.sentence)])
    why = "not-in-room-then" if fault.code == "child-not-in-room" else "unknown-child"
    errors = [field_fault(f"/{fault.field}/{position}", why) for position in fault.positions]
    return Problem(fault.code, errors=errors, **params_of(fault))


def params_of(fault: Fault) -> dict[str, Any]:
    """What the sentence of its code needs."""
    if fault.code == "unknown-word":
        return {"field": str(fault.field), "words": ", ".join(fault.words)}
    return {"field": str(fault.field)} if fault.code == "unknown-reference" else {}
