"""Reading and changing the roster: plain functions that serve every resource."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.field_faults import field_fault
from api.problems import Problem
from api.roster.memberships import current_place, histories, move
from api.roster.resources import Parent, Resource
from api.roster.tables import Child, ChildRoom, Room, Staff
from api.wire import Input, Output

PERIOD_FIELDS = ("valid_from", "valid_to")


def query(resource: Resource, caller: Caller, *, today: date) -> Select[Any]:
    """The rows of `resource` that `caller` may see."""
    return select(resource.table).where(resource.table.deleted_at.is_(None), resource.shows(caller, today))


def filtered(resource: Resource, caller: Caller, filters: Any, *, today: date) -> Select[Any]:
    rows = query(resource, caller, today=today)
    if filters.external_id is not None:
        rows = rows.where(resource.table.external_id == filters.external_id)
    for parent in resource.parents:
        wanted = getattr(filters, parent.field)
        if wanted is not None:
            rows = rows.where(_in_place(resource, parent, wanted, today=today))
    return rows


def _in_place(resource: Resource, parent: Parent, place: UUID, *, today: date) -> ColumnElement[bool]:
    if not resource.dated:
        column: ColumnElement[Any] = getattr(resource.table, parent.field)
        return column == place
    return in_room_on(place, today)


def in_room_on(room_id: UUID, day: date) -> ColumnElement[bool]:
    """Children who belong to the room on `day`."""
    members = select(ChildRoom.child_id).where(
        ChildRoom.room_id == room_id,
        ChildRoom.valid_from <= day,
        func.coalesce(ChildRoom.valid_to, date.max) >= day,
    )
    return Child.id.in_(members)


async def find(tx: AsyncSession, resource: Resource, caller: Caller, id_: UUID, *, today: date) -> Any:
    row = await tx.scalar(query(resource, caller, today=today).where(resource.table.id == id_))
    if row is None:
        raise Problem("not-found")
    return row


async def find_to_change(tx: AsyncSession, resource: Resource, caller: Caller, id_: UUID, *, today: date) -> Any:
    """The row. What one only sees the name of, such as the unit around one's room, cannot be changed."""
    row = await find(tx, resource, caller, id_, today=today)
    mine = select(resource.table.id).where(resource.table.id == id_, resource.covers(caller, today))
    if await tx.scalar(mine) is None:
        raise Problem("outside-your-place")
    return row


async def to_wire(tx: AsyncSession, resource: Resource, rows: Sequence[Any], *, today: date) -> list[Output]:
    """The rows as they are answered, each with its history and, where that decides, its place today."""
    history = await histories(tx, resource, [row.id for row in rows]) if resource.history else {}
    answers = []
    for row in rows:
        fields = {name: getattr(row, name) for name in resource.wire_out.model_fields if hasattr(row, name)}
        if resource.history:
            periods = history.get(row.id, ())
            fields["memberships"] = [
                dict(zip(_place_fields(resource), period.place, strict=True))
                | {"valid_from": period.valid_from, "valid_to": period.valid_to}
                for period in periods
            ]
            if resource.dated:
                place = current_place(periods, today)
                fields |= dict(zip(_place_fields(resource), place or (None,), strict=True))
        answers.append(resource.wire_out.model_validate(fields))
    return answers


def _place_fields(resource: Resource) -> tuple[str, ...]:
    return tuple(parent.field for parent in resource.parents)


async def create(
    tx: AsyncSession, resource: Resource, caller: Caller, body: Input, *, today: date
) -> tuple[Any, Literal["created", "unchanged"]]:
    """A new row; the same content sent again changes nothing."""
    if not resource.parents and not caller.everywhere:  # before anything is looked up: what is there is not theirs
        raise Problem("outside-your-place")
    content = await _resolved(
        tx, resource, caller, {name: value for name, value in body if name != "id"}, asked=body.model_fields_set
    )
    known = await _known(tx, resource, body)
    if known is not None:
        await _refuse_difference(tx, resource, caller, known, body=body, content=content, today=today)
        return known, "unchanged"
    columns, place, period = _split(resource, content)
    id_ = getattr(body, "id", None) or uuid4()
    values = {"municipality_id": caller.municipality_id, "id": id_, **columns}
    row = await tx.scalar(insert(resource.table).on_conflict_do_nothing().returning(resource.table), values)
    if row is None:  # the same was created between our look and our insert
        known = await _known(tx, resource, body)
        if known is None:
            raise Problem("conflict")
        await _refuse_difference(tx, resource, caller, known, body=body, content=content, today=today)
        return known, "unchanged"
    if resource.history and any(place):
        await _refuse_room_elsewhere(tx, resource, row)
        await move(tx, resource, caller, row, asked=content, period=period, today=today)
    return row, "created"


async def change(tx: AsyncSession, resource: Resource, caller: Caller, row: Any, body: Input, *, today: date) -> Any:
    """Apply the fields that were sent; a new place starts a new period in the history."""
    sent = {name: value for name, value in body if name in body.model_fields_set}
    content = await _resolved(tx, resource, caller, sent, asked=body.model_fields_set, partial=True)
    empty = [name for name, value in content.items() if value is None and not _may_be_empty(resource, name)]
    if empty:
        errors = [field_fault(f"/{name}", "null-not-allowed") for name in empty]
        raise Problem("invalid-input", errors=errors)
    columns, _, period = _split(resource, content)
    moved = bool(period) or any(parent.field in content for parent in resource.parents)
    if not caller.everywhere and resource.parents and content.get(resource.parents[0].field, row) is None:
        raise Problem("outside-your-place")  # taken out of the tree, it would be out of its leaders' sight
    for name, value in columns.items():
        setattr(row, name, value)
    row.revision += 1
    await tx.flush()
    if moved:
        await _refuse_room_elsewhere(tx, resource, row)
        await move(tx, resource, caller, row, asked=content, period=period, today=today)
    return row


async def _refuse_room_elsewhere(tx: AsyncSession, resource: Resource, row: Any) -> None:
    """A room that somebody works in lies in the unit they work in."""
    if resource.table is not Staff or row.room_id is None:
        return
    if await tx.scalar(select(Room.id).where(Room.id == row.room_id, Room.unit_id == row.unit_id)) is None:
        raise Problem("unknown-reference", field="room_id")


async def delete(tx: AsyncSession, resource: Resource, row: Any, *, today: date) -> None:
    """End it softly: it can be restored. What others still stand in stays."""
    for user in resource.users:
        table = user.class_
        alive = table.deleted_at.is_(None) if hasattr(table, "deleted_at") else _lasts(table, today)
        if await tx.scalar(select(exists().where(user == row.id, alive))):
            raise Problem("still-in-use")
    row.deleted_at = func.clock_timestamp()
    row.revision += 1
    await tx.flush()


def _lasts(table: Any, today: date) -> Any:
    """Who leaves later is still there."""
    return or_(table.valid_to.is_(None), table.valid_to >= today)


async def restore(tx: AsyncSession, resource: Resource, caller: Caller, id_: UUID, *, today: date) -> Any:
    """Bring back what was deleted; bringing back what is there changes nothing."""
    row = await tx.scalar(
        select(resource.table).where(resource.table.id == id_, resource.covers(caller, today)).with_for_update()
    )
    if row is None:
        raise Problem("not-found")
    if row.deleted_at is not None:
        for parent in resource.parents:
            place = getattr(row, parent.field, None)
            alive = select(parent.table.id).where(parent.table.id == place, parent.table.deleted_at.is_(None))
            if place is not None and await tx.scalar(alive) is None:
                raise Problem("place-deleted", field=parent.field)
        row.deleted_at = None
        row.revision += 1
        await tx.flush()
    return row


async def _known(tx: AsyncSession, resource: Resource, body: Any) -> Any:
    """The row this create may be a repetition of: by id when one was sent, else by external id."""
    table = resource.table
    if body.id is not None:
        known = await tx.scalar(select(table).where(table.id == body.id))
        if known is not None:
            return known
    same_key = select(table).where(table.external_id == body.external_id, table.deleted_at.is_(None))
    found = await tx.scalar(same_key)
    if found is not None and body.id is not None:
        raise Problem("external-id-taken")
    return found


async def _refuse_difference(
    tx: AsyncSession, resource: Resource, caller: Caller, known: Any, *, body: Any, content: dict[str, Any], today: date
) -> None:
    visible = await tx.scalar(query(resource, caller, today=today).where(resource.table.id == known.id))
    (answer,) = await to_wire(tx, resource, [known], today=today)
    differing = [
        name
        for name, value in content.items()
        if name not in PERIOD_FIELDS and hasattr(answer, name) and getattr(answer, name) != value
    ]
    if (
        visible is not None
        and resource.history
        and _other_period(resource, answer, content, sent=body.model_fields_set)
    ):
        differing += [name for name in PERIOD_FIELDS if name in body.model_fields_set]
    if differing or visible is None:
        if body.id is None:
            raise Problem("external-id-taken")
        raise Problem("same-id-other-content", fields=", ".join(differing) if visible is not None else "…")


def _other_period(resource: Resource, answer: Any, content: dict[str, Any], *, sent: set[str]) -> bool:
    """Whether the period that was sent is none of those that are known."""
    asked = [name for name in PERIOD_FIELDS if name in sent]
    known = [tuple(getattr(period, name) for name in asked) for period in answer.memberships]
    return bool(asked) and tuple(content.get(name) for name in asked) not in known


async def _resolved(
    tx: AsyncSession,
    resource: Resource,
    caller: Caller,
    content: Mapping[str, Any],
    *,
    asked: set[str],
    partial: bool = False,
) -> dict[str, Any]:
    """`content` with every reference as an id of a place the caller covers."""
    resolved = dict(content)
    for parent in resource.parents:
        by_key = resolved.pop(parent.external_field, None)
        if parent.field in asked and parent.external_field in asked:
            both = f"{parent.field}, {parent.external_field}"
            error = field_fault(f"/{parent.external_field}", "two-references", fields=both)
            raise Problem("invalid-input", errors=[error])
        if by_key is not None or resolved.get(parent.field) is not None:
            resolved[parent.field] = await _place(tx, parent, caller, id_=resolved.get(parent.field), key=by_key)
        elif parent.external_field in asked:
            resolved[parent.field] = None
        elif parent.required and not partial:
            error = field_fault(f"/{parent.field}", "missing")
            raise Problem("invalid-input", errors=[error])
        elif not caller.everywhere and not partial and resource.parents[0] is parent:
            raise Problem("outside-your-place")
    return resolved


async def _place(tx: AsyncSession, parent: Parent, caller: Caller, *, id_: UUID | None, key: str | None) -> UUID:
    """The place, held so that nobody deletes it before what shall be in there is seen to be."""
    table = parent.table
    wanted = table.id == id_ if id_ is not None else table.external_id == key
    query = select(table.id).where(wanted, table.deleted_at.is_(None), parent.covers(caller))
    found = await tx.scalar(query.with_for_update(read=True, of=table))
    if found is None:
        raise Problem("unknown-reference", field=parent.field if id_ is not None else parent.external_field)
    return UUID(str(found))


def _split(resource: Resource, content: dict[str, Any]) -> tuple[dict[str, Any], tuple[Any, ...], dict[str, Any]]:
    """The columns of the row, its place, and the period asked for."""
    fields = _place_fields(resource)
    period = {name: content[name] for name in PERIOD_FIELDS if content.get(name) is not None}
    hidden = set(PERIOD_FIELDS) | (set(fields) if resource.dated else set())
    columns = {name: value for name, value in content.items() if name not in hidden}
    return columns, tuple(content.get(field) for field in fields), period


def _may_be_empty(resource: Resource, name: str) -> bool:
    column = resource.table.__table__.columns.get(name)
    return name in PERIOD_FIELDS or (column is not None and bool(column.nullable))
