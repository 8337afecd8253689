"""Places and people. The current parent stands on the row; its history stands in a membership table beside it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, DateTime, Index, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from api.columns import Identified, Timestamped, within
from api.db import Row
from domain.cuts import SETTING_TYPES

SEXES = ("girl", "boy")
STAFF_ROLES = ("leader", "educator", "assistant", "childminder", "other")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


class RosterRow(Identified, Timestamped):
    """What every roster object has: the municipality's own key, a revision for If-Match, and a soft end."""

    external_id: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(server_default="1", sort_order=80)
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), sort_order=92)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[object, ...]:
        unique = Index(
            f"{cls.__tablename__}_external_id_key",  # type: ignore[attr-defined]
            "municipality_id",
            "external_id",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        )
        return (unique, *cls.own_table_args())

    @classmethod
    def own_table_args(cls) -> tuple[object, ...]:
        return ()


class Area(Row, RosterRow):
    __tablename__ = "areas"

    name: Mapped[str] = mapped_column(Text)


class Unit(Row, RosterRow):
    __tablename__ = "units"

    area_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(Text)
    setting_type: Mapped[str] = mapped_column(Text)
    institution_number: Mapped[str | None] = mapped_column(Text)
    p_number: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def own_table_args(cls) -> tuple[object, ...]:
        return (
            within("area_id", "areas"),
            CheckConstraint(_one_of("setting_type", SETTING_TYPES), name="setting_type"),
            Index("units_area_id_idx", "municipality_id", "area_id"),
        )


class Room(Row, RosterRow):
    __tablename__ = "rooms"

    unit_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)

    @classmethod
    def own_table_args(cls) -> tuple[object, ...]:
        return (within("unit_id", "units"), Index("rooms_unit_id_idx", "municipality_id", "unit_id"))


class Child(Row, RosterRow):
    """A pseudonymous child: which room, and when, stands in `child_rooms` alone."""

    __tablename__ = "children"

    birth_month: Mapped[date | None] = mapped_column(Date)
    sex: Mapped[str | None] = mapped_column(Text)
    multilingual: Mapped[bool | None]
    support_need: Mapped[bool | None]
    first_name: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def own_table_args(cls) -> tuple[object, ...]:
        return (
            CheckConstraint("sex IS NULL OR " + _one_of("sex", SEXES), name="sex"),
            CheckConstraint("extract(day from birth_month) = 1", name="birth_month"),
        )


class Staff(Row, RosterRow):
    __tablename__ = "staff"

    unit_id: Mapped[UUID]
    room_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def own_table_args(cls) -> tuple[object, ...]:
        return (
            within("unit_id", "units"),
            within("room_id", "rooms"),
            CheckConstraint(_one_of("role", STAFF_ROLES), name="role"),
            Index("staff_unit_id_idx", "municipality_id", "unit_id"),
        )


class MembershipRow(Identified):
    """Where somebody or something belonged, and when; `valid_to` is the last day, empty while it lasts."""

    valid_from: Mapped[date] = mapped_column(Date, sort_order=10)
    valid_to: Mapped[date | None] = mapped_column(Date, sort_order=11)


def _membership_args(table: str, *, member: tuple[str, str], places: tuple[tuple[str, str], ...]) -> tuple[object, ...]:
    column, _ = member
    return (
        within(*member),
        *(within(*place) for place in places),
        CheckConstraint("valid_to >= valid_from", name="period"),
        Index(f"{table}_start_key", "municipality_id", column, "valid_from", unique=True),
        Index(
            f"{table}_open_key",
            "municipality_id",
            column,
            unique=True,
            postgresql_where=text("valid_to IS NULL"),
        ),
        *(Index(f"{table}_{place}_idx", "municipality_id", place, "valid_from") for place, _ in places),
    )


class UnitArea(Row, MembershipRow):
    __tablename__ = "unit_areas"
    __table_args__ = _membership_args("unit_areas", member=("unit_id", "units"), places=(("area_id", "areas"),))

    unit_id: Mapped[UUID]
    area_id: Mapped[UUID | None]


class RoomUnit(Row, MembershipRow):
    __tablename__ = "room_units"
    __table_args__ = _membership_args("room_units", member=("room_id", "rooms"), places=(("unit_id", "units"),))

    room_id: Mapped[UUID]
    unit_id: Mapped[UUID]


class ChildRoom(Row, MembershipRow):
    __tablename__ = "child_rooms"
    __table_args__ = _membership_args("child_rooms", member=("child_id", "children"), places=(("room_id", "rooms"),))

    child_id: Mapped[UUID]
    room_id: Mapped[UUID]


class StaffPlace(Row, MembershipRow):
    __tablename__ = "staff_places"
    __table_args__ = _membership_args(
        "staff_places", member=("staff_id", "staff"), places=(("unit_id", "units"), ("room_id", "rooms"))
    )

    staff_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    room_id: Mapped[UUID | None]
