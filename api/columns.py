"""Columns that many tables share. Every key leads with the municipality, so a reference can never cross to another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, ForeignKeyConstraint, func
from sqlalchemy.orm import Mapped, mapped_column


class OfMunicipality:
    """A row of one municipality; row-level security hides it from every other."""

    municipality_id: Mapped[UUID] = mapped_column(
        ForeignKey("municipalities.id", ondelete="RESTRICT"), primary_key=True, sort_order=-2
    )


class Identified(OfMunicipality):
    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


class Timestamped:
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.clock_timestamp(), sort_order=90
    )
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True),
        server_default=func.clock_timestamp(),
        onupdate=func.clock_timestamp(),
        sort_order=91,
    )


def within(column: str, table: str) -> ForeignKeyConstraint:
    """A reference to a row of `table` in the same municipality."""
    return ForeignKeyConstraint(["municipality_id", column], [f"{table}.municipality_id", f"{table}.id"])
