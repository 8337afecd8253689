"""Histories of belonging in the database: read, decide with `domain.memberships`, write the difference."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.field_faults import field_fault
from api.problems import Problem
from api.roster.resources import Resource
from domain.memberships import History, Period, period_on, place_on, with_period
from domain.roster_plan import SINCE_ALWAYS

PlaceIds = tuple[UUID | None, ...]


async def histories(tx: AsyncSession, resource: Resource, ids: Sequence[UUID]) -> dict[UUID, History[PlaceIds]]:
    """The history of each member, in the order of days."""
    table, fields = resource.history, [parent.field for parent in resource.parents]
    found: dict[UUID, list[Period[PlaceIds]]] = defaultdict(list)
    rows = await tx.scalars(select(table).where(resource.member.in_(ids)).order_by(table.valid_from))
    for row in rows:
        place = tuple(getattr(row, field) for field in fields)
        found[getattr(row, resource.member.key)].append(Period(place, row.valid_from, row.valid_to))
    return {id_: tuple(periods) for id_, periods in found.items()}


def current_place(history: History[PlaceIds], today: date) -> PlaceIds | None:
    """The place today; before the first period, the first one to come."""
    upcoming = next((period.place for period in history if period.valid_from > today), None)
    return place_on(history, today) or upcoming


async def move(
    tx: AsyncSession,
    resource: Resource,
    caller: Caller,
    row: Any,
    *,
    asked: Mapping[str, Any],
    period: Mapping[str, Any],
    today: date,
) -> None:
    """Let `row` belong where `asked` says, from `period["valid_from"]`: since always when it is new, else from today.

    A period without a place changes when it belongs to the place it has now. Days that are over, spent where the caller
    has no say, stay as they were.
    """
    before = (await histories(tx, resource, [row.id])).get(row.id, ())
    current = _current(before, today)
    fields = [parent.field for parent in resource.parents]
    here = current.place if current else tuple(getattr(row, field, None) for field in fields)
    place = tuple(asked.get(field, known) for field, known in zip(fields, here, strict=True))
    stays = current is not None and place == current.place
    start = period.get("valid_from") or (
        current.valid_from if stays and current else _start(resource, row, before, today)
    )
    end = period.get("valid_to", current.valid_to if stays and current else None)
    if end is not None and end < start:
        error = field_fault("/valid_to", "invalid-period")
        raise Problem("invalid-input", errors=[error])
    after = with_period(before, Period(place, start, end))
    if not caller.everywhere:
        await _refuse_rewriting(tx, resource, caller, before, after, today=today)
    await _write(tx, resource, row, after)


def _start(resource: Resource, row: Any, before: History[PlaceIds], today: date) -> date:
    return today if before else getattr(row, "birth_month", None) or _since(resource, today)


def _current(history: History[PlaceIds], today: date) -> Period[PlaceIds] | None:
    """The period of today, else the next one, else the last."""
    return period_on(history, today) or next(
        (period for period in history if period.valid_from > today), history[-1] if history else None
    )


async def _refuse_rewriting(
    tx: AsyncSession,
    resource: Resource,
    caller: Caller,
    before: History[PlaceIds],
    after: History[PlaceIds],
    *,
    today: date,
) -> None:
    parent = resource.parents[0]
    for period in before:
        over = min(period.last_day, today - timedelta(days=1))
        kept = next((one for one in after if one.place == period.place and one.valid_from == period.valid_from), None)
        if period.valid_from > over or (kept is not None and kept.last_day >= over):
            continue
        mine = select(parent.table.id).where(parent.table.id == period.place[0], parent.covers(caller))
        if await tx.scalar(mine) is None:
            raise Problem("outside-your-place")


def _since(resource: Resource, today: date) -> date:
    return today if resource.dated else SINCE_ALWAYS


async def _write(tx: AsyncSession, resource: Resource, row: Any, history: History[PlaceIds]) -> None:
    await tx.execute(delete(resource.history).where(resource.member == row.id))
    fields = [parent.field for parent in resource.parents]
    rows = [
        {
            "municipality_id": row.municipality_id,
            "id": uuid4(),
            resource.member.key: row.id,
            "valid_from": period.valid_from,
            "valid_to": period.valid_to,
            **dict(zip(fields, period.place, strict=True)),
        }
        for period in history
    ]
    await tx.execute(insert(resource.history), rows)
