"""Rounds: draft, open, closed. Closing computes and freezes every result, and can be undone until somebody looks."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import SmallInteger, delete, func, insert, literal, null, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.field_faults import field_fault
from api.problems import Problem
from api.roster.tables import Area, Unit
from api.surveys import instruments, mails
from api.surveys.invited import invited_by_unit
from api.surveys.schemas import InvitedIn, ProgressOut, RoundIn, RoundPatch, UnitProgress
from api.surveys.scope import asked_units, named_units, resolved
from api.surveys.tables import RoundInvited, SurveyResponse, SurveyResult, SurveyRound
from domain.cuts import Unit as UnitValue
from domain.instruments import Instrument
from domain.readiness import ScopeResults
from domain.results import compute_results
from domain.scales import MISSING


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
    """Freeze every result. From here on every report reads what was frozen."""
    row = await find(tx, id_, locked=True)
    if row.state == "draft":
        raise Problem("round-state", state=row.state)
    if row.state == "closed":
        return row
    snapshot = await _gather(tx, row)
    results = await asyncio.to_thread(snapshot.compute)
    await tx.execute(insert(SurveyResult), snapshot.rows(row, results))
    row.state, row.closed_at = "closed", func.date_trunc("second", func.clock_timestamp())
    row.revision += 1
    await tx.flush()
    await tx.refresh(row)
    return row


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Everything a round's results are computed from, as of its closing."""

    instrument: Instrument
    municipality_id: UUID
    municipality: str
    areas: Sequence[Area]
    units: Sequence[Unit]
    invited: dict[str, int | None]
    unit_ids: Sequence[UUID]
    roles: Sequence[str | None]
    answers: Any

    def compute(self) -> dict[Any, ScopeResults]:
        position = {unit.id: index for index, unit in enumerate(self.units)}
        names = sorted({role for role in self.roles if role is not None})
        role_position = {role: index for index, role in enumerate(names)}
        return compute_results(
            self.instrument,
            answers=self.answers,
            unit_index=np.array([position[id_] for id_ in self.unit_ids], dtype=np.intp),
            role_index=np.array([role_position.get(role or "", -1) for role in self.roles], dtype=np.intp),
            units=[
                UnitValue(
                    id=str(unit.id), area_id=str(unit.area_id) if unit.area_id else None, setting_type=unit.setting_type
                )
                for unit in self.units
            ],
            roles=names,
            invited=self.invited,
            municipality_id=str(self.municipality_id),
        )

    def rows(self, round_: SurveyRound, results: dict[Any, ScopeResults]) -> list[dict[str, Any]]:
        areas, units = {str(area.id): area for area in self.areas}, {str(unit.id): unit for unit in self.units}
        rows = []
        for scope, value in results.items():
            unit = units.get(scope.id)
            place = unit or areas.get(scope.id)
            rows.append(
                {
                    "municipality_id": round_.municipality_id,
                    "round_id": round_.id,
                    "scope_kind": scope.kind,
                    "scope_id": UUID(scope.id),
                    "name": place.name if place else self.municipality,
                    "area_id": unit.area_id if unit else None,
                    "setting_type": unit.setting_type if unit else None,
                    "value": asdict(value),
                }
            )
        return rows


async def _gather(tx: AsyncSession, row: SurveyRound) -> _Snapshot:
    from api.access.tables import Municipality  # noqa: PLC0415

    instrument = instruments.to_domain(await instruments.find(tx, row.instrument_key, row.instrument_version))
    known = func.array_replace(SurveyResponse.answers, null(), literal(MISSING, SmallInteger))  # 4.5 million answers
    columns = select(SurveyResponse.unit_id, SurveyResponse.role, known)
    responses = (await tx.execute(columns.where(SurveyResponse.round_id == row.id).order_by(SurveyResponse.id))).all()
    answered_in = {unit_id for unit_id, _, _ in responses}
    asked = asked_units(row) | Unit.id.in_(answered_in)
    units = (await tx.scalars(select(Unit).where(asked).order_by(Unit.id))).all()
    invited = await invited_by_unit(tx, row.id)
    municipality = (await tx.scalars(select(Municipality))).one()
    return _Snapshot(
        instrument=instrument,
        municipality_id=municipality.id,
        municipality=municipality.name,
        areas=(await tx.scalars(select(Area))).all(),
        units=[unit for unit in units if unit.deleted_at is None or unit.id in answered_in],
        invited={str(unit_id): count for unit_id, count in invited.items()},
        unit_ids=[unit_id for unit_id, _, _ in responses],
        roles=[role for _, role, _ in responses],
        answers=np.array([values for _, _, values in responses], dtype=np.int8).reshape(
            len(responses), len(instrument.items)
        ),
    )


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
    """Invited and answered, for the units that `covered` lets through."""
    answered = (
        select(SurveyResponse.unit_id, func.count().label("n"))
        .where(SurveyResponse.round_id == row.id)
        .group_by(SurveyResponse.unit_id)
        .subquery()
    )
    query = (
        select(Unit.id, func.coalesce(answered.c.n, 0))
        .outerjoin(answered, answered.c.unit_id == Unit.id)
        .where(covered, (asked_units(row) & Unit.deleted_at.is_(None)) | (answered.c.n > 0))
        .order_by(Unit.id)
    )
    invited = await invited_by_unit(tx, row.id)
    found = (await tx.execute(query)).all()
    units = [UnitProgress(unit_id=id_, invited=invited.get(id_), answered=n) for id_, n in found]
    known = [unit.invited for unit in units if unit.invited is not None]
    return ProgressOut(
        invited=sum(known) if known and len(known) == len(units) else None,
        answered=sum(unit.answered for unit in units),
        units=units,
    )
