"""Who waits for whom while answers come in.

Answering holds the round open (shared) and then the unit (alone); whatever changes the round or its invitations as a
whole takes the round alone. Everybody locks in this order, and nobody writes an invitation without these locks.
"""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.problems import Problem
from api.surveys.tables import SurveyRound


async def held_open(tx: AsyncSession, round_id: UUID) -> SurveyRound:
    """The round; until the transaction ends nobody opens, closes or changes it."""
    query = select(SurveyRound).where(SurveyRound.id == round_id)
    row = await tx.scalar(query.with_for_update(read=True, key_share=True))
    if row is None:
        raise Problem("unknown-link")
    return row


async def alone_in_unit(tx: AsyncSession, round_id: UUID, unit_id: UUID) -> None:
    """Until the transaction ends nobody else saves, submits or is handed a token in this unit and round."""
    key = {"key": f"answers:{round_id}:{unit_id}"}
    await tx.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), key)
