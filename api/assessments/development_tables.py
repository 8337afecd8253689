"""Development instruments, and the assessments of children. Every revision of an assessment is kept beside it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.assessments.tables import KIND, STATE, Answered, Published, Revision, published_as
from api.columns import within
from api.db import Row


class DevelopmentInstrumentRow(Row, Published):
    __tablename__ = "development_instruments"


class DevelopmentAssessment(Row, Answered):
    """A rating of one child, made in `room_id`. `results` are the raw scores and bands as of `norm_version`: they stay
    what they were when norms, or what is known of the child, change later."""

    __tablename__ = "development_assessments"
    __table_args__ = (
        within("room_id", "rooms"),
        within("child_id", "children"),
        within("rater_id", "staff"),
        published_as("instrument_key", "instrument_version", "development_instruments"),
        CheckConstraint(KIND, name="kind"),
        CheckConstraint(STATE, name="state"),
        CheckConstraint("half_year ~ '^[0-9]{4}-H[12]$'", name="half_year"),
        Index(
            "development_assessments_rater_key", "municipality_id", "child_id", "instrument_key", "half_year",
            "rater_id", unique=True, postgresql_where=text("withdrawn_at IS NULL AND kind = 'individual'"),
        ),
        Index(
            "development_assessments_joint_key", "municipality_id", "child_id", "instrument_key", "half_year",
            unique=True, postgresql_where=text("withdrawn_at IS NULL AND kind = 'joint'"),
        ),
        Index("development_assessments_room_idx", "municipality_id", "room_id", "half_year"),
    )  # fmt: skip

    room_id: Mapped[UUID]
    child_id: Mapped[UUID]
    instrument_key: Mapped[str] = mapped_column(Text)
    instrument_version: Mapped[int]
    norm_version: Mapped[str] = mapped_column(Text)
    assessed_on: Mapped[date] = mapped_column(Date)
    half_year: Mapped[str] = mapped_column(Text)
    age_months: Mapped[int] = mapped_column(SmallInteger)
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    comment: Mapped[str] = mapped_column(Text)


class DevelopmentAssessmentRevision(Row, Revision):
    __tablename__ = "development_assessment_revisions"
    __table_args__ = (within("id", "development_assessments"),)
