"""The tenant, its API clients, and the log of who did what."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, Text, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import Identified, Timestamped
from api.db import Row


class Municipality(Row, Timestamped):
    __tablename__ = "municipalities"
    __table_args__ = (CheckConstraint("code ~ '^[1-9][0-9]{2}$'", name="code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)


class ApiClient(Row, Identified, Timestamped):
    """A machine that may ask for tokens. Only a hash of its secret is kept."""

    __tablename__ = "api_clients"

    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    places: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    secret_hash: Mapped[str] = mapped_column(Text)
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class AuditEvent(Row, Identified):
    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "municipality_id", "at"),)

    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
