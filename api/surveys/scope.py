"""Which units a round asks: the whole municipality, or chosen areas and units."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import named
from api.problems import Problem
from api.roster.tables import Area, Unit
from api.surveys.tables import SurveyRound


class UnitReference(Protocol):
    """Names a unit by its id or by the municipality's own key."""

    @property
    def unit_id(self) -> UUID | None: ...

    @property
    def unit_external_id(self) -> str | None: ...


async def resolved(tx: AsyncSession, wanted: Sequence[str] | None) -> list[str] | None:
    """`area:KEY` and `unit:KEY` with the id for each key, sorted."""
    if wanted is None:
        return None
    found = set()
    tables: dict[str, Any] = {"area": Area, "unit": Unit}
    for index, place in enumerate(wanted):
        kind, _, key = place.partition(":")
        id_ = await tx.scalar(
            select(tables[kind].id).where(named(tables[kind], key), tables[kind].deleted_at.is_(None))
        )
        if id_ is None:
            raise Problem("unknown-reference", field=f"scope/{index}")
        found.add(f"{kind}:{id_}")
    return sorted(found)


def asked_units(round_: SurveyRound) -> ColumnElement[bool]:
    """The units the round asks, as a condition."""
    if round_.scope is None:
        return true()
    ids: dict[str, list[UUID]] = {"area": [], "unit": []}
    for place in round_.scope:
        kind, _, id_ = place.partition(":")
        ids[kind].append(UUID(id_))
    return or_(Unit.area_id.in_(ids["area"]), Unit.id.in_(ids["unit"]))


async def named_units(tx: AsyncSession, round_: SurveyRound, references: Sequence[UnitReference]) -> list[Unit]:
    """The unit of each reference; one that the round does not ask is refused by its place in the list."""
    units = (await tx.scalars(select(Unit).where(Unit.deleted_at.is_(None)))).all()
    asked = set(await tx.scalars(select(Unit.id).where(asked_units(round_))))
    by_id, by_key = {unit.id: unit for unit in units}, {unit.external_id: unit for unit in units}
    found = []
    for index, reference in enumerate(references):
        unit = by_id.get(reference.unit_id) if reference.unit_id else by_key.get(reference.unit_external_id or "")
        if unit is None:
            raise Problem("unknown-reference", field=f"units/{index}")
        if unit.id not in asked:
            raise Problem("unit-not-in-round", field=f"units/{index}")
        found.append(unit)
    return found
