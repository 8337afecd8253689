"""The register of the documents that were made, those kept with their data, and batches of them with their files."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, DateTime, LargeBinary, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import Identified, OfMunicipality, Timestamped, within
from api.db import Row


class Report(Row, OfMunicipality):
    """A document that was made, by the code printed on it, and what it was made from. Written once.

    The register outlives what it is about, hence ids without references.
    """

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint(
            "CASE kind WHEN 'readiness' THEN round_id IS NOT NULL AND scope_kind IS NOT NULL AND scope_id IS NOT NULL"
            " WHEN 'room' THEN room_id IS NOT NULL AND first_week IS NOT NULL AND last_week IS NOT NULL"
            " WHEN 'overview' THEN scope_kind IS NOT NULL AND scope_id IS NOT NULL AND first_week IS NOT NULL"
            " AND last_week IS NOT NULL"
            " ELSE false END",
            name="kind",
        ),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    round_id: Mapped[UUID | None]
    scope_kind: Mapped[str | None] = mapped_column(Text)
    scope_id: Mapped[UUID | None]
    room_id: Mapped[UUID | None]
    first_week: Mapped[date | None] = mapped_column(Date)
    last_week: Mapped[date | None] = mapped_column(Date)
    data_time: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    versions: Mapped[dict[str, Any]] = mapped_column(JSONB)
    n: Mapped[int | None]
    first_made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class KeptReport(Row, OfMunicipality):
    """A document with all its data, as `reporting.room.kept` writes it: what a meeting talked about. Written once.

    The text is no JSON column: numbers come back as they were written."""

    __tablename__ = "kept_reports"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())


class ReportBatch(Row, Identified, Timestamped):
    """The reports of all units of a scope in a round, or of all its rooms over a period, made by a job."""

    __tablename__ = "report_batches"
    __table_args__ = (
        CheckConstraint("status IN ('queued', 'running', 'done', 'failed')", name="status"),
        CheckConstraint("scope_kind IN ('municipality', 'area', 'unit')", name="scope_kind"),
        CheckConstraint(
            "CASE kind WHEN 'readiness' THEN round_id IS NOT NULL"
            " WHEN 'room' THEN first_week IS NOT NULL AND last_week IS NOT NULL"
            " ELSE false END",
            name="kind",
        ),
        within("round_id", "survey_rounds"),
    )

    kind: Mapped[str] = mapped_column(Text, server_default="readiness")
    round_id: Mapped[UUID | None]
    first_week: Mapped[date | None] = mapped_column(Date)
    last_week: Mapped[date | None] = mapped_column(Date)
    scope_kind: Mapped[str] = mapped_column(Text)
    scope_id: Mapped[UUID]
    language: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text)
    created_by: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    removed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ReportFile(Row, OfMunicipality):
    """A document of a batch, by its place in it. `made_at` is set once: with its content, or with what went wrong."""

    __tablename__ = "report_files"
    __table_args__ = (
        within("batch_id", "report_batches"),
        within("unit_id", "units"),
        within("room_id", "rooms"),
        CheckConstraint("made_at IS NOT NULL OR (content IS NULL AND issue IS NULL)", name="made"),
    )

    batch_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    unit_external_id: Mapped[str] = mapped_column(Text)
    room_id: Mapped[UUID | None]
    room_external_id: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    issue: Mapped[str | None] = mapped_column(Text)
    issue_params: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    made_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
