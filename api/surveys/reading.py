"""The first look at the results of a round. From then on it stays closed, and who answered is forgotten."""

from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.db import Note, afterwards
from api.problems import Problem
from api.surveys.invitation_tables import SurveyAddressee, SurveyInvitation
from api.surveys.tables import SurveyRound


def note_reading(tx: AsyncSession, round_: SurveyRound) -> None:
    """Whoever is shown frozen results calls this in the reading transaction; the mark is there before the answer is."""
    if round_.read_at is None:
        afterwards(tx, ("survey-round-read", round_.id), _read(round_.id, revision=round_.revision))


def _read(round_id: UUID, *, revision: int) -> Note:
    async def note(tx: AsyncSession) -> None:
        row = (await tx.scalars(select(SurveyRound).where(SurveyRound.id == round_id).with_for_update())).one()
        if (row.state, row.revision) != ("closed", revision):
            raise Problem("results-not-frozen")  # opened again while they were read: nobody has seen them
        if row.read_at is None:
            row.read_at, row.answer_salt = func.date_trunc("second", func.clock_timestamp()), None
            await _forget(tx, round_id)

    return note


async def _forget(tx: AsyncSession, round_id: UUID) -> None:
    """Of the invitations only their number is left, and that a link was one of this round."""
    bare = {"used": False, "draft": None, "address": None, "sealed_token": None, "mail": None}
    await tx.execute(update(SurveyInvitation).where(SurveyInvitation.round_id == round_id).values(bare))
    await tx.execute(delete(SurveyAddressee).where(SurveyAddressee.round_id == round_id))
