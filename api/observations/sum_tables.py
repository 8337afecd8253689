"""Each room's weeks summed up for the aggregates, and marks of the weeks to be summed anew.

Triggers of the database write the marks, in the transaction of whatever changed (see the migration): whoever writes to
activities, tallies, weeks or stays need not know of them.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, Identity, LargeBinary, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from api.columns import OfMunicipality, within
from api.db import Row


class WeekSum(Row, OfMunicipality):
    """A week that a room has said something about. `records` are those of `domain.participation_totals`, of the
    children who belonged to the room on any of its weekdays; empty unless the week is completed. `summed_at` is
    when the sum changed last."""

    __tablename__ = "week_sums"
    __table_args__ = (within("room_id", "rooms"),)

    week: Mapped[date] = mapped_column(Date, primary_key=True)
    room_id: Mapped[UUID] = mapped_column(primary_key=True)
    completed: Mapped[bool]
    closed: Mapped[bool]
    records: Mapped[bytes] = mapped_column(LargeBinary)
    summed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class WeekSumSlot(Row, OfMunicipality):
    """The number a child has in the records of a room, given once."""

    __tablename__ = "week_sum_slots"
    __table_args__ = (within("room_id", "rooms"), within("child_id", "children"))

    room_id: Mapped[UUID] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger)


class WeekSumMark(Row, OfMunicipality):
    """Something of these weeks has changed since they were summed up. Only ever added, and removed by who sums up."""

    __tablename__ = "week_sum_marks"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    room_id: Mapped[UUID]
    first_week: Mapped[date] = mapped_column(Date)
    last_week: Mapped[date] = mapped_column(Date)
