"""Goals of rooms and units, and meetings of rooms. Every revision is kept beside them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.assessments.tables import Revision
from api.columns import Identified, Timestamped, within
from api.db import Row


class Goal(Row, Identified, Timestamped):
    """What a room or a unit wants to reach. Weeks are Mondays. `baseline` and `evaluated` are readings as they were
    computed then; how far it has come today is computed, and stored nowhere."""

    __tablename__ = "goals"
    __table_args__ = (
        within("room_id", "rooms"),
        within("unit_id", "units"),
        CheckConstraint("(room_id IS NULL) <> (unit_id IS NULL)", name="place"),
        CheckConstraint("step IN ('chosen', 'started', 'evaluated', 'decided')", name="step"),
        CheckConstraint(
            "(decision IS NOT NULL) = (step = 'decided') AND decision IN ('go_on', 'adjust', 'stop')", name="decision"
        ),
        CheckConstraint(
            "extract(isodow from first_week) = 1 AND extract(isodow from last_week) = 1 AND last_week >= first_week"
            " AND extract(isodow from baseline_first_week) = 1 AND extract(isodow from baseline_last_week) = 1"
            " AND baseline_last_week >= baseline_first_week",
            name="weeks",
        ),
        Index("goals_room_idx", "municipality_id", "room_id"),
        Index("goals_unit_idx", "municipality_id", "unit_id"),
    )

    room_id: Mapped[UUID | None]
    unit_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    about: Mapped[str | None] = mapped_column(Text)
    baseline_first_week: Mapped[date] = mapped_column(Date)
    baseline_last_week: Mapped[date] = mapped_column(Date)
    first_week: Mapped[date] = mapped_column(Date)
    last_week: Mapped[date] = mapped_column(Date)
    target: Mapped[float]
    responsible: Mapped[str] = mapped_column(Text)
    initiative: Mapped[str] = mapped_column(Text)
    step: Mapped[str] = mapped_column(Text)
    evaluation: Mapped[str] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(Text)
    baseline: Mapped[dict[str, Any]] = mapped_column(JSONB)
    evaluated: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    revision: Mapped[int] = mapped_column(server_default="1", sort_order=80)
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), sort_order=93)


class GoalRevision(Row, Revision):
    __tablename__ = "goal_revisions"
    __table_args__ = (within("id", "goals"),)


class Meeting(Row, Identified, Timestamped):
    """A meeting of a room's team over the report of the weeks from `first_week` to `last_week` (Mondays). The report is
    kept under its code: as everybody there sees it, and with the children's development where there was any."""

    __tablename__ = "meetings"
    __table_args__ = (
        within("room_id", "rooms"),
        CheckConstraint("participants > 0", name="participants"),
        CheckConstraint(
            "extract(isodow from first_week) = 1 AND extract(isodow from last_week) = 1 AND last_week >= first_week",
            name="weeks",
        ),
        Index("meetings_room_idx", "municipality_id", "room_id", "held_on"),
    )

    room_id: Mapped[UUID]
    held_on: Mapped[date] = mapped_column(Date)
    participants: Mapped[int]
    first_week: Mapped[date] = mapped_column(Date)
    last_week: Mapped[date] = mapped_column(Date)
    report_code: Mapped[str | None] = mapped_column(Text)
    development_report_code: Mapped[str | None] = mapped_column(Text)
    interpretation: Mapped[str] = mapped_column(Text)
    adjustments: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    followed_up: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    revision: Mapped[int] = mapped_column(server_default="1", sort_order=80)
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), sort_order=93)


class MeetingRevision(Row, Revision):
    __tablename__ = "meeting_revisions"
    __table_args__ = (within("id", "meetings"),)
