"""The tablets. Of codes and tokens only hashes are kept; the key to what a tablet holds is sealed with our secret."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import Identified, Timestamped, within
from api.db import Row


class Device(Row, Identified, Timestamped):
    __tablename__ = "devices"
    __table_args__ = (
        within("room_id", "rooms"),
        CheckConstraint("(enrol_hash IS NULL) = (enrol_expires_at IS NULL)", name="enrolment"),
        Index("devices_token_key", "token_hash", unique=True),
        Index("devices_enrol_key", "enrol_hash", unique=True),
        Index("devices_room_idx", "municipality_id", "room_id"),
    )

    room_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    enrol_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    enrol_expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    enrol_used_for: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The hash of the token that the code was used for."""
    enrolled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
