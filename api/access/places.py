"""The caller's place in the tree as SQL: every query about places or people carries one of these conditions.

`covers_*` means the place lies wholly within what the caller may work with; `shows_*` also lets somebody in a room see
the name of the unit and the area around it.
"""

from datetime import date
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.field_faults import field_fault
from api.problems import Problem
from api.roster.tables import Area, Child, ChildRoom, Room, Staff, Unit

ScopeKind = Literal["municipality", "area", "unit"]


async def named_place(
    tx: AsyncSession, caller: Caller, scope: str, *, pointer: str = "/query/scope"
) -> tuple[ScopeKind, UUID]:
    """The place that `municipality`, `area:ID` or `unit:ID` names; ID may be an external id. The caller covers it."""
    kind, _, key = scope.partition(":")
    if kind == "municipality" and not key:
        if not caller.everywhere:
            raise Problem("outside-your-place")
        return "municipality", caller.municipality_id
    tables: dict[str, tuple[Any, Any]] = {"area": (Area, covers_area), "unit": (Unit, covers_unit)}
    if kind not in tables or not key:
        raise Problem("invalid-input", errors=[field_fault(pointer, "invalid-scope")])
    table, covers = tables[kind]
    found = await tx.scalar(select(table.id).where(named(table, key), covers(caller)))
    if found is None:
        raise Problem("not-found")
    return cast("ScopeKind", kind), cast("UUID", found)


def named(table: Any, key: str) -> Any:
    """The place whose id, deleted or not, or whose external id `key` is."""
    try:
        return table.id == UUID(key)
    except ValueError:
        return (table.external_id == key) & table.deleted_at.is_(None)


def covers_area(caller: Caller) -> ColumnElement[bool]:
    return true() if caller.everywhere else _among(Area.id, caller.ids("area"))


def covers_unit(caller: Caller) -> ColumnElement[bool]:
    if caller.everywhere:
        return true()
    return or_(_among(Unit.id, caller.ids("unit")), _among(Unit.area_id, caller.ids("area")))


def covers_room(caller: Caller) -> ColumnElement[bool]:
    if caller.everywhere:
        return true()
    units = select(Unit.id).where(covers_unit(caller), Unit.municipality_id == Room.municipality_id)
    return or_(_among(Room.id, caller.ids("room")), Room.unit_id.in_(units))


def shows_unit(caller: Caller) -> ColumnElement[bool]:
    if caller.everywhere:
        return true()
    around = select(Room.unit_id).where(_among(Room.id, caller.ids("room")))
    return or_(covers_unit(caller), Unit.id.in_(around))


def shows_area(caller: Caller) -> ColumnElement[bool]:
    if caller.everywhere:
        return true()
    return or_(covers_area(caller), Area.id.in_(select(Unit.area_id).where(shows_unit(caller))))


def covers_child(caller: Caller, *, today: date) -> ColumnElement[bool]:
    """Children who belong to a covered room today or later."""
    if caller.everywhere:
        return true()
    rooms = select(Room.id).where(covers_room(caller), Room.municipality_id == Child.municipality_id)
    belongs = select(ChildRoom.child_id).where(
        ChildRoom.room_id.in_(rooms), or_(ChildRoom.valid_to.is_(None), ChildRoom.valid_to >= today)
    )
    return Child.id.in_(belongs)


def covers_staff(caller: Caller) -> ColumnElement[bool]:
    if caller.everywhere:
        return true()
    units = select(Unit.id).where(covers_unit(caller), Unit.municipality_id == Staff.municipality_id)
    return or_(Staff.unit_id.in_(units), and_(Staff.room_id.is_not(None), _among(Staff.room_id, caller.ids("room"))))


def _among(column: Any, ids: list[UUID]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(ids) if ids else false()
    return found
