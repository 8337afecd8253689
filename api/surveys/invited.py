"""How many of each unit were asked: what somebody said, and never fewer than were invited here."""

from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from api.surveys.invitation_tables import SurveyInvitation, SurveySharedLink
from api.surveys.tables import RoundInvited


async def invited_by_unit(tx: AsyncSession, round_id: UUID) -> dict[UUID, int]:
    """The number asked of each unit where it is known.

    A shared link asks as many as its cap; the tokens it hands out are not counted again. Where the number was also
    given, for instance since some answer on paper, the larger one holds.
    """
    personal = select(SurveyInvitation.unit_id, func.count().label("asked")).where(
        SurveyInvitation.round_id == round_id, SurveyInvitation.channel != "shared"
    )
    shared = select(SurveySharedLink.unit_id, SurveySharedLink.cap).where(SurveySharedLink.round_id == round_id)
    asked = union_all(personal.group_by(SurveyInvitation.unit_id), shared).subquery()
    query = select(asked.c.unit_id, func.sum(asked.c.asked)).group_by(asked.c.unit_id)
    counts: dict[UUID, int] = {unit_id: int(count) for unit_id, count in (await tx.execute(query)).all()}
    said = select(RoundInvited.unit_id, RoundInvited.invited).where(RoundInvited.round_id == round_id)
    for unit_id, count in (await tx.execute(said)).all():
        counts[unit_id] = max(count, counts.get(unit_id, 0))
    return counts
