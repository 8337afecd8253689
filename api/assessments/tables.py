"""Practice forms, and what rooms answered to them. Every revision of an answer is kept beside it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKeyConstraint, Index, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import Identified, OfMunicipality, Timestamped, within
from api.db import Row

KIND = "kind IN ('individual', 'joint') AND (kind = 'individual') = (rater_id IS NOT NULL)"
STATE = "state IN ('draft', 'final')"


def published_as(key: str, version: str, table: str) -> ForeignKeyConstraint:
    """A reference to a published version of the municipality."""
    columns = [f"{table}.{name}" for name in ("municipality_id", "key", "version")]
    return ForeignKeyConstraint(["municipality_id", key, version], columns)


class Published(OfMunicipality, Timestamped):
    """A version that was published; the row is written once."""

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Answered(Identified, Timestamped):
    """A rating by one colleague (`individual`) or by the team together (`joint`)."""

    kind: Mapped[str] = mapped_column(Text, sort_order=20)
    rater_id: Mapped[UUID | None] = mapped_column(sort_order=21)
    state: Mapped[str] = mapped_column(Text, sort_order=22)
    answers: Mapped[dict[str, int | None]] = mapped_column(JSONB, sort_order=23)
    revision: Mapped[int] = mapped_column(server_default="1", sort_order=80)
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), sort_order=93)


class Revision(OfMunicipality):
    """What stood there as of a revision, who wrote it and when; written once and never changed."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    changed_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class PracticeForm(Row, Published):
    __tablename__ = "practice_forms"


class PracticeEvaluation(Row, Answered):
    """A room's evaluation of the period from the week of `first_week` to that of `last_week` (Mondays)."""

    __tablename__ = "practice_evaluations"
    __table_args__ = (
        within("room_id", "rooms"),
        within("rater_id", "staff"),
        published_as("form_key", "form_version", "practice_forms"),
        CheckConstraint(KIND, name="kind"),
        CheckConstraint(STATE, name="state"),
        CheckConstraint(
            "extract(isodow from first_week) = 1 AND extract(isodow from last_week) = 1 AND last_week >= first_week",
            name="weeks",
        ),
        Index(
            "practice_evaluations_rater_key", "municipality_id", "room_id", "first_week", "rater_id",
            unique=True, postgresql_where=text("withdrawn_at IS NULL AND kind = 'individual'"),
        ),
        Index(
            "practice_evaluations_joint_key", "municipality_id", "room_id", "first_week",
            unique=True, postgresql_where=text("withdrawn_at IS NULL AND kind = 'joint'"),
        ),
    )  # fmt: skip

    room_id: Mapped[UUID]
    first_week: Mapped[date] = mapped_column(Date)
    last_week: Mapped[date] = mapped_column(Date)
    form_key: Mapped[str] = mapped_column(Text)
    form_version: Mapped[int]
    comments: Mapped[dict[str, str]] = mapped_column(JSONB)
    agreements: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class PracticeEvaluationRevision(Row, Revision):
    __tablename__ = "practice_evaluation_revisions"
    __table_args__ = (within("id", "practice_evaluations"),)
