"""How many of each unit were asked: what somebody said, and never fewer than were invited here one by one."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.surveys.invitation_tables import SurveyInvitation, SurveySharedLink
from api.surveys.tables import RoundInvited


async def invited_by_unit(tx: AsyncSession, round_id: UUID) -> dict[UUID, int]:
    """The number asked of each unit where it is known.

    A personal link or an e-mail asks one, also when it was withdrawn. Where the number was also given, for instance
    since some answer on paper, the larger one holds. A shared link says no more than how many it lets in: only where no
    number was given does it ask as many as its cap. The tokens it hands out are not counted again.
    """
    personally = select(SurveyInvitation.unit_id, func.count().label("asked")).where(
        SurveyInvitation.round_id == round_id, SurveyInvitation.channel != "shared"
    )
    shared = select(SurveySharedLink.unit_id, SurveySharedLink.cap).where(SurveySharedLink.round_id == round_id)
    given = select(RoundInvited.unit_id, RoundInvited.invited).where(RoundInvited.round_id == round_id)
    queries = personally.group_by(SurveyInvitation.unit_id), shared, given
    personal, caps, said = [{unit: int(n) for unit, n in (await tx.execute(query)).all()} for query in queries]
    return {
        unit_id: max(personal.get(unit_id, 0), said[unit_id])
        if unit_id in said
        else personal.get(unit_id, 0) + caps.get(unit_id, 0)
        for unit_id in personal | caps | said
    }
