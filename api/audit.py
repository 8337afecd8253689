"""The log of who did what: written in the same transaction as the deed, so that neither stands without the other."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Integer, cast, func, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.access.tables import AuditEvent

# A transaction that has written to the log holds a shared advisory lock of this class until it is over. The lock's
# number is the second in which it wrote (since 2020: it fits until 2088), so everybody sees what is not settled.
_CLASS = 0x617564
_SINCE = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
_NAMES = ("municipality_id", "id", "at", "actor", "action", "subject", "detail")


async def record(tx: AsyncSession, caller: Caller, *, action: str, subject: str, **detail: Any) -> None:
    """Note that `caller` did `action` to `subject`. `detail` never holds names or answers."""
    by_link = {"via": "link"} if caller.via == "link" else {}
    actor = f"{caller.subject} ({caller.role})"
    await record_as(tx, caller.municipality_id, actor=actor, action=action, subject=subject, **by_link, **detail)


async def record_as(
    tx: AsyncSession, municipality_id: UUID, *, actor: str, action: str, subject: str, **detail: Any
) -> None:
    """The same for what somebody who is no caller did: the operator, or a job."""
    second = cast(func.floor(func.date_part("epoch", func.clock_timestamp()) - _SINCE), Integer)
    announced = select(func.pg_advisory_xact_lock_shared(_CLASS, second)).cte("announced")
    values = {
        "municipality_id": municipality_id,
        "id": uuid4(),
        "at": func.clock_timestamp(),  # read when the lock is held
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": detail,
    }
    columns = AuditEvent.__table__.columns
    row: list[Any] = [value if name == "at" else literal(value, columns[name].type) for name, value in values.items()]
    await tx.execute(insert(AuditEvent).from_select(_NAMES, select(*row).select_from(announced)))


async def settled_before(tx: AsyncSession) -> datetime:
    """Every event before this moment is committed or never will be. Read it *before* the view the events come from.

    Events get their time when they are written and are seen when they are committed, so a newer one may be seen first.
    """
    query = text(
        "SELECT least(statement_timestamp(), min(to_timestamp(objid::bigint + :since)))"
        " FROM pg_locks WHERE locktype = 'advisory' AND classid = :class AND objsubid = 2"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    moment: datetime = (await tx.execute(query, {"since": _SINCE, "class": _CLASS})).scalar_one()
    return moment
