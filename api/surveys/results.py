"""Frozen results, read by scope: a place the caller covers, optionally cut by setting type or role."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_area, covers_unit
from api.access.principals import Caller
from api.problems import FieldError, Problem
from api.roster.tables import Area, Unit
from api.surveys.reading import note_reading
from api.surveys.schemas import CellOut, MergedOut, ResultsOut, ScopeOut
from api.surveys.tables import SurveyResult, SurveyRound
from domain.agreement import rwg_of_counts
from domain.bands import DEFAULT_BANDS, agreement_band, icc1_band, icc2_band
from domain.estimates import map_position
from domain.instruments import Instrument
from domain.judgement import readiness_by_rule
from domain.readiness import Cell, Merged, ScopeResults, scope_results_from_dict

ScopeKind = Literal["municipality", "area", "unit"]
By = Literal["setting_type", "role"]


async def find(tx: AsyncSession, caller: Caller, round_: SurveyRound, scope: str) -> SurveyResult:
    """The frozen results of `municipality`, `area:ID` or `unit:ID`; ID may be an external id."""
    if round_.state != "closed":
        raise Problem("results-not-frozen")
    kind, id_ = await _place(tx, caller, scope)
    row = await tx.scalar(
        select(SurveyResult).where(
            SurveyResult.round_id == round_.id,
            SurveyResult.scope_kind == kind,
            true() if id_ is None else SurveyResult.scope_id == id_,
        )
    )
    if row is None:
        raise Problem("not-found")
    note_reading(tx, round_)
    return row


async def _place(tx: AsyncSession, caller: Caller, scope: str) -> tuple[ScopeKind, UUID | None]:
    kind, _, key = scope.partition(":")
    if kind == "municipality" and not key:
        if not caller.everywhere:
            raise Problem("outside-your-place")
        return "municipality", None
    tables: dict[str, tuple[Any, Any]] = {"area": (Area, covers_area), "unit": (Unit, covers_unit)}
    if kind not in tables or not key:
        detail = "write municipality, area:ID or unit:ID"
        raise Problem("invalid-input", errors=[FieldError(pointer="/query/scope", code="invalid-scope", detail=detail)])
    table, covers = tables[kind]
    found = await tx.scalar(select(table.id).where(_named(table, key), covers(caller)))
    if found is None:
        raise Problem("not-found")
    return cast("ScopeKind", kind), cast("UUID", found)


def _named(table: Any, key: str) -> Any:
    try:
        return table.id == UUID(key)
    except ValueError:
        return (table.external_id == key) & table.deleted_at.is_(None)


def value_of(row: SurveyResult) -> ScopeResults:
    return scope_results_from_dict(row.value)


async def others(tx: AsyncSession, round_id: UUID, *, kinds: Sequence[ScopeKind]) -> list[SurveyResult]:
    """The other published scopes of a round, for quiet comparison in a report."""
    query = select(SurveyResult).where(SurveyResult.round_id == round_id, SurveyResult.scope_kind.in_(kinds))
    return list((await tx.scalars(query.order_by(SurveyResult.scope_id))).all())


def to_wire(round_: SurveyRound, row: SurveyResult, instrument: Instrument, *, by: By | None) -> ResultsOut:
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
        groups=[_cell(instrument, cell) for cell in value.by.get(by, ())] if by else None,
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
