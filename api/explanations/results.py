"""Explaining a number of a closed round: the cell is found as its results are, and explained from what it publishes."""

from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.explanations.schemas import InputOut, ResultExplanationOut, VersionsOut
from api.field_faults import field_fault
from api.problems import Problem
from api.surveys import change, results, rounds
from api.surveys.results import By
from domain.change import RoundChange, compare
from domain.instruments import Instrument
from domain.readiness import Cell, ScopeResults
from reporting.explanations.measures import MEASURES, SINCE
from reporting.explanations.readiness import explain
from reporting.explanations.values import Asked, Explanation, Subject, UnknownNumberError


@dataclass(frozen=True, slots=True)
class Where:
    """Which cell of a round: a scope, one category of a cut of it, or the group it is `merged` in; `since` only matters
    for change."""

    round_id: UUID
    scope: str
    by: By | None
    group: str | None
    merged: bool
    since: UUID | None


async def explained(tx: AsyncSession, caller: Caller, where: Where, asked: Asked) -> ResultExplanationOut:
    round_ = await rounds.find(tx, where.round_id)
    row = await results.find(tx, caller, round_, where.scope)
    instrument, value = await rounds.instrument_of(tx, round_), results.value_of(row)
    cell = _cell(value, where)
    earlier = None
    if asked.measure in SINCE:
        if where.merged:
            raise _wrong("merged", "no-change-of-merged")
        earlier = await change.find_earlier(tx, round_, row, since=where.since)
        if earlier is None:
            raise Problem("no-earlier-round")
    subject = Subject(
        instrument=instrument,
        cell=cell,
        kind=value.scope.kind,
        whole=where.group is None and not where.merged,
        change=_change(instrument, cell, where, earlier),
    )
    found = _explain(subject, asked)
    return ResultExplanationOut.model_validate(
        {
            **asdict(found),
            "inputs": [InputOut(name=name, value=_plain(value)) for name, value in found.inputs],
            "value": _plain(found.value),
            "round_id": round_.id,
            "closed_at": cast("Any", round_.closed_at),
            "scope": results.scope_of(row),
            "by": where.by,
            "group": where.group,
            "merged": where.merged,
            "component": asked.component,
            "item": asked.item,
            "since": change.earlier_to_wire(earlier) if earlier else None,
            "versions": VersionsOut(instrument=f"{instrument.key} v{instrument.version}", software=version("vls")),
        }
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _cell(value: ScopeResults, where: Where) -> Cell:
    if (where.by is None) != (where.group is None):
        raise _wrong("group", "by-and-group")
    if where.merged:
        if where.by is not None:
            raise _wrong("merged", "merged-and-group")
        if value.merged is None:
            raise Problem("not-found")
        return value.merged.cell
    if where.by is None:
        return value.total
    cell = next((cell for cell in value.by.get(where.by, ()) if cell.key == where.group), None)
    if cell is None:
        raise Problem("not-found")
    return cell


def _change(instrument: Instrument, cell: Cell, where: Where, earlier: change.Earlier | None) -> RoundChange | None:
    if earlier is None:
        return None
    before = _cell(earlier.value, where)
    return compare(cell, before, instrument=instrument, earlier=earlier.instrument)


def _explain(subject: Subject, asked: Asked) -> Explanation:
    """An unknown component or item is not there; a measure that does not fit is a mistake in the question."""
    try:
        return explain(subject, asked)
    except UnknownNumberError as unknown:
        if unknown.name != "measure":
            raise Problem("not-found") from None
        fitting = ", ".join(name for name, measure in MEASURES.items() if asked.level in measure.levels)
        raise _wrong("measure", "unknown-measure", measures=fitting) from None


def _wrong(parameter: str, code: str, **params: str) -> Problem:
    return Problem("invalid-input", errors=[field_fault(f"/query/{parameter}", code, **params)])
