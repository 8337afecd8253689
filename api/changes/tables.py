"""The last change of everything that can be followed. Triggers write it in the transaction of the change (see the
migration), whoever makes it: nobody who writes to a table need know that it is followed."""

from datetime import datetime

from sqlalchemy import DateTime, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import OfMunicipality
from api.db import Row


class Change(Row, OfMunicipality):
    """One row a thing: `key` is its id, for a week the room's id and the week (`.../2026-W35`). `changed_at` is read
    while the transaction is announced (`change_moment()`), so `api.audit.settled_before` holds for it too."""

    __tablename__ = "changes"
    __table_args__ = (Index("changes_order_idx", "municipality_id", "changed_at", "kind", "key"),)

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    gone: Mapped[bool]
