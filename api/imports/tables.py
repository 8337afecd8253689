"""Imports as they were received, how far they are, and what was found in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import Identified, OfMunicipality, Timestamped, within
from api.db import Row


class Import(Row, Identified, Timestamped):
    """`body` is dropped when the import is over: a file about children is not kept longer than needed."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("status IN ('queued', 'running', 'done', 'refused', 'failed')", name="status"),
        CheckConstraint("mode IN ('check', 'commit')", name="mode"),
    )

    dataset: Mapped[str] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(Text)
    params: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_by: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ImportIssue(Row, OfMunicipality):
    __tablename__ = "import_issues"
    __table_args__ = (within("import_id", "imports"),)

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str | None] = mapped_column(Text)
    row: Mapped[int | None]
    column: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    params: Mapped[dict[str, Any]] = mapped_column(JSONB)
