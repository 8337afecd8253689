"""The five roster resources as data: tables, wire types, parents and histories. `store` and `routes` serve all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement

from api.access.places import (
    covers_area,
    covers_child,
    covers_room,
    covers_staff,
    covers_unit,
    shows_area,
    shows_unit,
)
from api.access.principals import Caller, Scope
from api.roster import schemas
from api.roster.tables import Area, Child, ChildRoom, Room, RoomUnit, Staff, StaffPlace, Unit, UnitArea
from api.wire import Input, Output

Condition = Callable[[Caller], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Parent:
    """A reference upwards in the tree: the field, what it points at, and who may hang something there."""

    field: str
    table: Any
    covers: Condition
    required: bool = True

    @property
    def external_field(self) -> str:
        return self.field.removesuffix("_id") + "_external_id"


@dataclass(frozen=True, slots=True)
class Resource:
    """`parents` stand on the row unless `dated`: then only the history says where it belongs, and when."""

    path: str
    name: str
    table: Any
    wire_in: type[Input]
    wire_out: type[Output]
    wire_filter: type[schemas.Filter]
    read: Scope
    write: Scope
    shows: Callable[[Caller, date], ColumnElement[bool]]
    covers: Callable[[Caller, date], ColumnElement[bool]]  # what may be changed: never the places around one's own
    parents: tuple[Parent, ...] = ()
    history: Any = None
    dated: bool = False
    users: tuple[Any, ...] = ()  # columns that must not point here when it is deleted
    logged: bool = False

    @property
    def member(self) -> Any:
        """The column of the history that names a row of this resource."""
        return getattr(self.history, f"{self.name}_id")


AREAS = Resource(
    path="areas",
    name="area",
    table=Area,
    wire_in=schemas.AreaIn,
    wire_out=schemas.AreaOut,
    wire_filter=schemas.Filter,
    read="roster:read",
    write="roster:write",
    shows=lambda caller, _: shows_area(caller),
    covers=lambda caller, _: covers_area(caller),
    users=(Unit.area_id,),
)
UNITS = Resource(
    path="units",
    name="unit",
    table=Unit,
    wire_in=schemas.UnitIn,
    wire_out=schemas.UnitOut,
    wire_filter=schemas.UnitFilter,
    read="roster:read",
    write="roster:write",
    shows=lambda caller, _: shows_unit(caller),
    covers=lambda caller, _: covers_unit(caller),
    parents=(Parent("area_id", Area, covers_area, required=False),),
    history=UnitArea,
    users=(Room.unit_id, Staff.unit_id),
)
ROOMS = Resource(
    path="rooms",
    name="room",
    table=Room,
    wire_in=schemas.RoomIn,
    wire_out=schemas.RoomOut,
    wire_filter=schemas.RoomFilter,
    read="roster:read",
    write="roster:write",
    shows=lambda caller, _: covers_room(caller),
    covers=lambda caller, _: covers_room(caller),
    parents=(Parent("unit_id", Unit, covers_unit),),
    history=RoomUnit,
    users=(ChildRoom.room_id, Staff.room_id),
)
CHILDREN = Resource(
    path="children",
    name="child",
    table=Child,
    wire_in=schemas.ChildIn,
    wire_out=schemas.ChildOut,
    wire_filter=schemas.ChildFilter,
    read="children:read",
    write="children:write",
    shows=lambda caller, today: covers_child(caller, today=today),
    covers=lambda caller, today: covers_child(caller, today=today),
    parents=(Parent("room_id", Room, covers_room),),
    history=ChildRoom,
    dated=True,
    logged=True,
)
STAFF = Resource(
    path="staff",
    name="staff",
    table=Staff,
    wire_in=schemas.StaffIn,
    wire_out=schemas.StaffOut,
    wire_filter=schemas.StaffFilter,
    read="roster:read",
    write="roster:write",
    shows=lambda caller, _: covers_staff(caller),
    covers=lambda caller, _: covers_staff(caller),
    parents=(Parent("unit_id", Unit, covers_unit), Parent("room_id", Room, covers_room, required=False)),
    history=StaffPlace,
)
RESOURCES = (AREAS, UNITS, ROOMS, CHILDREN, STAFF)
