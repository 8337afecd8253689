"""Published instruments, rounds, the answers, and what was frozen when a round closed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    false,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import Identified, OfMunicipality, Timestamped, within
from api.db import Row


class InstrumentRow(Row, OfMunicipality, Timestamped):
    """A published version; the row is written once."""

    __tablename__ = "instruments"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class SurveyRound(Row, Identified, Timestamped):
    __tablename__ = "survey_rounds"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'closed')", name="state"),
        CheckConstraint("closes_on >= opens_on", name="period"),
        CheckConstraint("read_at IS NULL OR answer_salt IS NULL", name="salt_gone"),
        CheckConstraint("read_at IS NULL OR state = 'closed'", name="read_is_closed"),
        ForeignKeyConstraint(
            ["municipality_id", "instrument_key", "instrument_version"],
            ["instruments.municipality_id", "instruments.key", "instruments.version"],
        ),
    )

    instrument_key: Mapped[str] = mapped_column(Text)
    instrument_version: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    opens_on: Mapped[date] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(Text)
    # `area:ID` and `unit:ID` that are asked; NULL is the whole municipality.
    scope: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    # Turns a respondent's key into the id of the answer; thrown away when the results are first read, which is when the
    # round can no more be opened again, so nobody can test a key afterwards.
    answer_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    # The code of what hinders its e-mails, if anything does.
    mail_problem: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(server_default="1")


class RoundInvited(Row, OfMunicipality):
    """How many of a unit's staff were asked."""

    __tablename__ = "round_invited"
    __table_args__ = (within("round_id", "survey_rounds"), within("unit_id", "units"))

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    invited: Mapped[int]


class SurveyResponse(Row, OfMunicipality):
    """One person's answers in the instrument's order, NULL where missing. No time, no name, no order of arrival."""

    __tablename__ = "survey_responses"
    __table_args__ = (
        within("round_id", "survey_rounds"),
        within("unit_id", "units"),
        Index("survey_responses_unit_idx", "municipality_id", "round_id", "unit_id"),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    role: Mapped[str | None] = mapped_column(Text)
    answers: Mapped[list[int | None]] = mapped_column(ARRAY(SmallInteger))
    # Answered through a link: mixed anew, under new ids, with each further answer of the unit (docs/anonymity.md).
    through_link: Mapped[bool] = mapped_column(server_default=false())


class SurveyResult(Row, OfMunicipality):
    """What is published about one scope of a closed round: disclosure control is already applied."""

    __tablename__ = "survey_results"
    __table_args__ = (
        within("round_id", "survey_rounds"),
        Index("survey_results_scope_key", "municipality_id", "round_id", "scope_kind", "scope_id", unique=True),
    )

    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    scope_kind: Mapped[str] = mapped_column(Text, primary_key=True)
    scope_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    area_id: Mapped[UUID | None]
    setting_type: Mapped[str | None] = mapped_column(Text)
    value: Mapped[dict[str, Any]] = mapped_column(JSONB)
