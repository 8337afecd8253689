"""Frozen results, read by scope: a place the caller covers, optionally cut by setting type or role."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import ScopeKind, named_place
from api.access.principals import Caller
from api.problems import Problem
from api.surveys.reading import note_reading
from api.surveys.result_schemas import CellOut, MergedOut, ResultsOut, ScopeOut
from api.surveys.tables import SurveyResult, SurveyRound
from domain.agreement import rwg_of_counts
from domain.bands import DEFAULT_BANDS, agreement_band, icc1_band, icc2_band
from domain.estimates import map_position
from domain.instruments import Instrument
from domain.judgement import readiness_by_rule
from domain.readiness import Cell, Merged, ScopeResults, scope_results_from_dict

By = Literal["setting_type", "role"]
"""The cuts of a place that are frozen with it."""
Groups = Literal["setting_type", "role", "area"]
"""How results may be told apart; areas are places of their own, and of the municipality only."""


async def find(tx: AsyncSession, caller: Caller, round_: SurveyRound, scope: str) -> SurveyResult:
    """The frozen results of `municipality`, `area:ID` or `unit:ID`; ID may be an external id."""
    if round_.state != "closed" or not await frozen(tx, round_.id):
        raise Problem("results-not-frozen")
    kind, id_ = await named_place(tx, caller, scope)
    place = SurveyResult.scope_kind == kind, SurveyResult.scope_id == id_
    row = await tx.scalar(select(SurveyResult).where(SurveyResult.round_id == round_.id, *place))
    if row is None:
        raise Problem("not-found")
    note_reading(tx, round_)
    return row


async def frozen(tx: AsyncSession, round_id: UUID) -> bool:
    """Whether the results of a closed round are there: of a large one that takes a while."""
    municipality = exists().where(SurveyResult.round_id == round_id, SurveyResult.scope_kind == "municipality")
    return bool(await tx.scalar(select(municipality)))


async def people_of_units(tx: AsyncSession, round_id: UUID) -> dict[UUID, int | None]:
    """How many answered in each unit, where the results show it."""
    n = SurveyResult.value["total"]["n"].as_integer().label("n")
    query = select(SurveyResult.scope_id, n).where(SurveyResult.round_id == round_id, SurveyResult.scope_kind == "unit")
    return {place.scope_id: place.n for place in (await tx.execute(query)).all()}


def value_of(row: SurveyResult) -> ScopeResults:
    return scope_results_from_dict(row.value)


async def others(tx: AsyncSession, round_id: UUID, *, kinds: Sequence[ScopeKind]) -> list[SurveyResult]:
    """The other published scopes of a round, for quiet comparison in a report."""
    query = select(SurveyResult).where(SurveyResult.round_id == round_id, SurveyResult.scope_kind.in_(kinds))
    return list((await tx.scalars(query.order_by(SurveyResult.scope_id))).all())


async def groups_of(tx: AsyncSession, row: SurveyResult, by: Groups | None) -> list[Cell] | None:
    """The groups that results are told apart by; an area goes by its id."""
    if by != "area":
        return list(value_of(row).by.get(by, ())) if by else None
    areas = await others(tx, row.round_id, kinds=("area",)) if row.scope_kind == "municipality" else []
    return [replace(value_of(area).total, key=str(area.scope_id)) for area in areas]


def to_wire(
    round_: SurveyRound, row: SurveyResult, instrument: Instrument, *, by: Groups | None, groups: Sequence[Cell] | None
) -> ResultsOut:
    value = value_of(row)
    total = _cell(instrument, value.total)
    whole = {name: getattr(total, name) for name in CellOut.model_fields if name != "key"}
    return ResultsOut(
        round_id=round_.id,
        instrument_key=round_.instrument_key,
        instrument_version=round_.instrument_version,
        closed_at=cast("Any", round_.closed_at),
        scope=scope_of(row),
        bands_version=DEFAULT_BANDS.version,
        by=by,
        groups=None if groups is None else [_cell(instrument, cell) for cell in groups],
        merged=_merged(instrument, value.merged),
        **whole,
    )


def scope_of(row: SurveyResult) -> ScopeOut:
    return ScopeOut(kind=cast("ScopeKind", row.scope_kind), id=row.scope_id, name=row.name)


def _merged(instrument: Instrument, group: Merged | None) -> MergedOut | None:
    if group is None:
        return None
    area, cell = UUID(group.area_id) if group.area_id else None, _cell(instrument, group.cell)
    return MergedOut(units=len(group.units), setting_type=group.setting_type, area_id=area, results=cell)


def _cell(instrument: Instrument, cell: Cell) -> CellOut:
    """The frozen numbers with the words that follow from them."""
    fields = asdict(cell)
    of_cell = {"invited": cell.invited, "response_rate": cell.response_rate}
    fields["components"] = [component | of_cell | _words(component) for component in fields["components"]]
    place = {"readiness_by_rule": readiness_by_rule(cell.components), "position": map_position(instrument, cell)}
    return CellOut.model_validate(fields | place)


def _words(component: dict[str, Any]) -> dict[str, Any]:
    return {
        "agreement_band": agreement_band(component["rwg_j"]),
        "icc1_band": icc1_band(component["icc1"]),
        "icc2_band": icc2_band(component["icc2"]),
        "items": [item | _agreement(item["distribution"]) for item in component["items"]],
    }


def _agreement(distribution: Sequence[int] | None) -> dict[str, Any]:
    rwg = None if distribution is None else rwg_of_counts(distribution)
    return {"rwg": rwg, "agreement_band": agreement_band(rwg)}
