"""What staff record: activities with the children who took part, weekly tallies, and which weeks are complete."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Date, DateTime, Index, SmallInteger, Text, Uuid, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import Identified, OfMunicipality, Timestamped, within
from api.db import Row

MONDAY = "(extract(isodow from week) = 1)"


class Activity(Row, Identified, Timestamped):
    """One observed activity. The children stand in the row: an observation is stored whole or not at all."""

    __tablename__ = "activities"
    __table_args__ = (
        within("room_id", "rooms"),
        CheckConstraint("kind IN ('immersion_activity', 'focus_conversation')", name="kind"),
        CheckConstraint("cardinality(child_ids) > 0", name="child_ids"),
        Index("activities_room_week_idx", "municipality_id", "room_id", "week"),
    )

    room_id: Mapped[UUID]
    observed_on: Mapped[date] = mapped_column(Date)
    week: Mapped[date] = mapped_column(
        Date, Computed("observed_on - (extract(isodow from observed_on)::int - 1)", persisted=True)
    )
    kind: Mapped[str] = mapped_column(Text)
    learning_areas: Mapped[list[str]] = mapped_column(ARRAY(Text))
    strategies: Mapped[list[str]] = mapped_column(ARRAY(Text))
    child_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    recorded_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revision: Mapped[int] = mapped_column(server_default="1")
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ActivityVersion(Row, OfMunicipality):
    """What an activity said before it was changed, until when, and by whom it was changed how. Written once."""

    __tablename__ = "activity_versions"
    __table_args__ = (
        within("activity_id", "activities"),
        CheckConstraint("change IN ('correct', 'withdraw', 'restore')", name="change"),
    )

    activity_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    observed_on: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(Text)
    learning_areas: Mapped[list[str]] = mapped_column(ARRAY(Text))
    strategies: Mapped[list[str]] = mapped_column(ARRAY(Text))
    child_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    change: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class RoomWeek(Row, OfMunicipality, Timestamped):
    __tablename__ = "room_weeks"
    __table_args__ = (within("room_id", "rooms"), CheckConstraint(MONDAY, name="monday"))

    room_id: Mapped[UUID] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    closed: Mapped[bool]
    completed: Mapped[bool]
    revision: Mapped[int] = mapped_column(server_default="1")


class RoomWeekVersion(Row, OfMunicipality):
    """How a room's week stood, with every tally, before it was changed, and by whom it was changed. Written once.

    `tallies` are `{"child_id", "immersion_activity", "focus_conversation", "absent"}`.
    """

    __tablename__ = "room_week_versions"
    __table_args__ = (within("room_id", "rooms"), CheckConstraint(MONDAY, name="monday"))

    room_id: Mapped[UUID] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    closed: Mapped[bool]
    completed: Mapped[bool]
    tallies: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class WeekTally(Row, OfMunicipality):
    """A child's week in a room as counted by hand; NULL is "not counted", never zero."""

    __tablename__ = "week_tallies"
    __table_args__ = (
        within("room_id", "rooms"),
        within("child_id", "children"),
        CheckConstraint(MONDAY, name="monday"),
        CheckConstraint("immersion_activity BETWEEN 0 AND 99", name="immersion_activity"),
        CheckConstraint("focus_conversation BETWEEN 0 AND 99", name="focus_conversation"),
    )

    room_id: Mapped[UUID] = mapped_column(primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    immersion_activity: Mapped[int | None] = mapped_column(SmallInteger)
    focus_conversation: Mapped[int | None] = mapped_column(SmallInteger)
    absent: Mapped[bool]
