"""Rounds: draft, open, closed. Closing computes and freezes every result, and can be undone until somebody looks."""

import secrets
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.field_faults import field_fault
from api.problems import Problem
from api.roster.tables import Unit
from api.surveys import freezing, instruments, mails, results
from api.surveys.invited import invited_by_unit
from api.surveys.schemas import InvitedIn, ProgressOut, RoundIn, RoundPatch, UnitProgress
from api.surveys.scope import asked_units, named_units, resolved
from api.surveys.tables import RoundInvited, SurveyResponse, SurveyResult, SurveyRound
from domain.instruments import Instrument


async def create(
    tx: AsyncSession, caller: Caller, body: RoundIn
) -> tuple[SurveyRound, Literal["created", "unchanged"]]:
    content = {name: value for name, value in body if name != "id"}
    content["scope"] = await resolved(tx, body.scope)
    if body.id is not None:
        known = await tx.scalar(select(SurveyRound).where(SurveyRound.id == body.id))
        if known is not None:
            differing = [name for name, value in content.items() if getattr(known, name) != value]
            if differing:
                raise Problem("same-id-other-content", fields=", ".join(differing))
            return known, "unchanged"
    try:
        await instruments.find(tx, body.instrument_key, body.instrument_version)
    except Problem:
        raise Problem("unknown-reference", field="instrument_key, instrument_version") from None
    values = {"municipality_id": caller.municipality_id, "id": body.id or uuid4(), "state": "draft", **content}
    return (await tx.scalars(insert(SurveyRound).returning(SurveyRound), values)).one(), "created"


async def find(tx: AsyncSession, id_: UUID, *, locked: bool = False) -> SurveyRound:
    query = select(SurveyRound).where(SurveyRound.id == id_)
    row = await tx.scalar(query.with_for_update() if locked else query)
    if row is None:
        raise Problem("not-found")
    return row


async def instrument_of(tx: AsyncSession, row: SurveyRound) -> Instrument:
    return instruments.to_domain(await instruments.find(tx, row.instrument_key, row.instrument_version))


async def change(tx: AsyncSession, row: SurveyRound, body: RoundPatch) -> SurveyRound:
    if row.state == "closed":
        raise Problem("round-state", state=row.state)
    for name, value in body.model_dump(exclude_unset=True, exclude_none=True).items():
        setattr(row, name, value)
    if row.closes_on < row.opens_on:
        pointer = "/closes_on" if body.closes_on else "/opens_on"
        error = field_fault(pointer, "invalid-period")
        raise Problem("invalid-input", errors=[error])
    row.revision += 1
    await tx.flush()
    return row


async def open_(tx: AsyncSession, id_: UUID) -> SurveyRound:
    """Opening an open round again changes nothing; a closed one stays closed."""
    row = await find(tx, id_, locked=True)
    if row.state == "closed":
        raise Problem("round-state", state=row.state)
    if row.state == "draft":
        row.state, row.answer_salt = "open", secrets.token_bytes(32)
        row.revision += 1
        await tx.flush()
        await mails.enqueue_for(tx, row)
    return row


async def reopen(tx: AsyncSession, id_: UUID) -> SurveyRound:
    """Undo a close that came too early. What was frozen is thrown away, so nobody can have seen it."""
    row = await find(tx, id_, locked=True)
    if row.state == "draft":
        raise Problem("round-state", state=row.state)
    if row.read_at is not None:
        raise Problem("results-were-read")
    if row.state == "closed":
        await tx.execute(delete(SurveyResult).where(SurveyResult.round_id == row.id))
        row.state, row.closed_at = "open", None
        row.revision += 1
        await tx.flush()
        await mails.enqueue_for(tx, row)
    return row


async def close(tx: AsyncSession, id_: UUID) -> SurveyRound:
    """From here on no answer comes in. The results are frozen from what there is: `api.surveys.freezing`."""
    row = await find(tx, id_, locked=True)
    if row.state == "draft":
        raise Problem("round-state", state=row.state)
    if row.state == "open":
        row.state, row.closed_at = "closed", func.date_trunc("second", func.clock_timestamp())
        row.revision += 1
        await tx.flush()
        await tx.refresh(row)
        await freezing.enqueue_for(tx, row)
    return row


async def set_invited(tx: AsyncSession, caller: Caller, row: SurveyRound, body: InvitedIn) -> None:
    if row.state == "closed":
        raise Problem("round-state", state=row.state)
    units = await named_units(tx, row, body.units)
    counts = {unit.id: said.invited for unit, said in zip(units, body.units, strict=True)}
    values = [
        {"municipality_id": caller.municipality_id, "round_id": row.id, "unit_id": id_, "invited": count}
        for id_, count in counts.items()
    ]
    statement = upsert(RoundInvited).values(values)
    keys = [RoundInvited.municipality_id, RoundInvited.round_id, RoundInvited.unit_id]
    await tx.execute(statement.on_conflict_do_update(index_elements=keys, set_={"invited": statement.excluded.invited}))


async def progress(tx: AsyncSession, row: SurveyRound, *, covered: Any) -> ProgressOut:
    """Invited and answered, for the units that `covered` lets through. Of a closed round the numbers are those of its
    results: where a unit's is hidden there, it is here too."""
    answered = (
        select(SurveyResponse.unit_id, func.count().label("n"))
        .where(SurveyResponse.round_id == row.id)
        .group_by(SurveyResponse.unit_id)
        .subquery()
    )
    query = (
        select(Unit.id, func.coalesce(answered.c.n, 0).label("n"))
        .outerjoin(answered, answered.c.unit_id == Unit.id)
        .where(covered, (asked_units(row) & Unit.deleted_at.is_(None)) | (answered.c.n > 0))
        .order_by(Unit.id)
    )
    invited = await invited_by_unit(tx, row.id)
    found: dict[UUID, int] = {unit.id: unit.n for unit in (await tx.execute(query)).all()}
    if row.state == "closed":
        shown = await results.people_of_units(tx, row.id)
        numbers = {id_: shown.get(id_) for id_ in found}
    else:
        numbers = {**found}
    units = [UnitProgress(unit_id=id_, invited=invited.get(id_), answered=n) for id_, n in numbers.items()]
    asked = _sum([unit.invited for unit in units]) if units else None
    return ProgressOut(invited=asked, answered=_sum(list(numbers.values())), units=units)


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Nothing if one of them is not known: it would be what is missing."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
