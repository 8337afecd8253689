"""Erasing children: every row about them goes, also from history; what is told of others stays.

What cannot be found by machine is free text: who has named a child in a comment or in minutes erases that by hand.
"""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.children.schemas import ErasureOut
from api.observations.sums import bring_up_to_date
from api.reports.tables import KeptReport
from api.roster.tables import Child, ChildRoom
from domain.cells import quoted
from reporting.room.kept import without_children

_ERASE = text("SELECT erase_children(:children, :keys, :codes, :bodies)").bindparams(
    bindparam("children", type_=ARRAY(Uuid)),
    *(bindparam(name, type_=ARRAY(Text)) for name in ("keys", "codes", "bodies")),
)


async def erase(tx: AsyncSession, municipality_id: UUID, children: Sequence[Child]) -> ErasureOut:
    """Erase `children`, and sum up anew the weeks they stood in."""
    keys = [child.external_id for child in children]
    reports = await _reports_without(tx, keys)
    given = {
        "children": [child.id for child in children],
        "keys": [quoted(key) for key in keys],
        "codes": list(reports),
        "bodies": list(reports.values()),
    }
    told = (await tx.execute(_ERASE, given)).scalar_one()
    await bring_up_to_date(tx, municipality_id)
    return ErasureOut.model_validate(told)


async def _reports_without(tx: AsyncSession, keys: Sequence[str]) -> dict[str, str]:
    """The kept reports that name any of the children, by their codes, as they are without."""
    named = or_(*(func.strpos(KeptReport.body, json.dumps(key, ensure_ascii=False)) > 0 for key in keys))
    rows = await tx.execute(select(KeptReport.code, KeptReport.body).where(named))
    changed = {code: (body, without_children(body, keys)) for code, body in rows}
    return {code: after for code, (before, after) in changed.items() if after != before}


async def expired(tx: AsyncSession, *, kept_from: date) -> list[Child]:
    """Children whose last day anywhere, or whose deletion, lies before `kept_from`, by their keys."""
    last_day = (
        select(func.max(func.coalesce(ChildRoom.valid_to, date.max)))
        .where(ChildRoom.child_id == Child.id)
        .scalar_subquery()
    )
    query = select(Child).where(or_(last_day < kept_from, Child.deleted_at < kept_from))
    return list(await tx.scalars(query.order_by(Child.external_id, Child.id)))
