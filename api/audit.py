"""The log of who did what: written in the same transaction as the deed, so that neither stands without the other."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.access.tables import AuditEvent


async def record(tx: AsyncSession, caller: Caller, *, action: str, subject: str, **detail: Any) -> None:
    """Note that `caller` did `action` to `subject`. `detail` never holds names or answers."""
    actor = f"{caller.subject} ({caller.role})"
    await record_as(tx, caller.municipality_id, actor=actor, action=action, subject=subject, **detail)


async def record_as(
    tx: AsyncSession, municipality_id: UUID, *, actor: str, action: str, subject: str, **detail: Any
) -> None:
    """The same for what a job does on behalf of `actor`."""
    await tx.execute(
        insert(AuditEvent).values(
            municipality_id=municipality_id, id=uuid4(), actor=actor, action=action, subject=subject, detail=detail
        )
    )
