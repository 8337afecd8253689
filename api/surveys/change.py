"""Which earlier round a place is compared with, and the comparison on the wire."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from api.problems import Problem
from api.surveys import results, rounds
from api.surveys.change_schemas import ChangeCell, ChangeOut, ChangeRulesOut, EarlierRound
from api.surveys.reading import note_reading
from api.surveys.results import By
from api.surveys.tables import SurveyResult, SurveyRound
from domain.change import RoundChange, compare
from domain.instruments import Instrument
from domain.readiness import Cell, ScopeResults

# When a round was: by its own dates, so that an old round that was brought in later counts as the old one it is.
_WHEN = (SurveyRound.opens_on, SurveyRound.closes_on, SurveyRound.closed_at, SurveyRound.created_at)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier closed round, with what it published about the place, and how many of the units are new since or
    were only there then."""

    round_: SurveyRound
    instrument: Instrument
    value: ScopeResults
    new_units: int
    gone_units: int


async def find_earlier(
    tx: AsyncSession, round_: SurveyRound, row: SurveyResult, *, since: UUID | None
) -> Earlier | None:
    """The round `since`, else the latest one before `round_` with the same instrument that knew the place of `row`.

    Without `since` there may be none; a round that is asked for and does not fit is a problem.
    """
    earlier = await _latest(tx, round_, row) if since is None else await _asked_for(tx, round_, since)
    if earlier is None:
        return None
    found = await tx.scalar(
        select(SurveyResult).where(
            SurveyResult.round_id == earlier.id,
            SurveyResult.scope_kind == row.scope_kind,
            SurveyResult.scope_id == row.scope_id,
        )
    )
    if found is None:
        raise Problem("no-earlier-round")
    note_reading(tx, earlier)
    now, then = await _units(tx, round_, row), await _units(tx, earlier, found)
    return Earlier(
        round_=earlier,
        instrument=await rounds.instrument_of(tx, earlier),
        value=results.value_of(found),
        new_units=len(now - then),
        gone_units=len(then - now),
    )


async def _units(tx: AsyncSession, round_: SurveyRound, row: SurveyResult) -> set[UUID]:
    """The units that the place of `row` had when `round_` closed: a place may have become another."""
    query = select(SurveyResult.scope_id).where(SurveyResult.round_id == round_.id, SurveyResult.scope_kind == "unit")
    if row.scope_kind == "unit":
        return {row.scope_id}
    if row.scope_kind == "area":
        query = query.where(SurveyResult.area_id == row.scope_id)
    return set(await tx.scalars(query))


async def _latest(tx: AsyncSession, round_: SurveyRound, row: SurveyResult) -> SurveyRound | None:
    about_the_place = select(SurveyResult.round_id).where(
        SurveyResult.scope_kind == row.scope_kind, SurveyResult.scope_id == row.scope_id
    )
    query = select(SurveyRound).where(
        SurveyRound.instrument_key == round_.instrument_key,
        SurveyRound.state == "closed",
        SurveyRound.id != round_.id,
        SurveyRound.id.in_(about_the_place),
        tuple_(*_WHEN) < _when(round_),
    )
    latest = await tx.scalars(query.order_by(*(column.desc() for column in _WHEN)).limit(1))
    return latest.first()


async def _asked_for(tx: AsyncSession, round_: SurveyRound, since: UUID) -> SurveyRound:
    earlier = await tx.scalar(select(SurveyRound).where(SurveyRound.id == since))
    if earlier is None:
        raise Problem("unknown-reference", field="since")
    if earlier.state != "closed":
        raise Problem("earlier-round-not-closed")
    if earlier.instrument_key != round_.instrument_key:
        raise Problem("other-instrument", now=round_.instrument_key, earlier=earlier.instrument_key)
    if _when(earlier) >= _when(round_):
        raise Problem("round-not-earlier")
    return earlier


def _when(round_: SurveyRound) -> tuple[Any, ...]:
    return round_.opens_on, round_.closes_on, round_.closed_at, round_.created_at


def compared(instrument: Instrument, now: ScopeResults, earlier: Earlier) -> RoundChange:
    return compare(now.total, earlier.value.total, instrument=instrument, earlier=earlier.instrument)


def to_wire(
    round_: SurveyRound, row: SurveyResult, instrument: Instrument, earlier: Earlier, *, by: By | None
) -> ChangeOut:
    now = results.value_of(row)
    whole = compared(instrument, now, earlier)
    groups = [_cell(change, key) for key, change in _groups(instrument, now, earlier, by)] if by else None
    return ChangeOut(
        round_id=round_.id,
        instrument_key=round_.instrument_key,
        instrument_version=round_.instrument_version,
        closed_at=cast("Any", round_.closed_at),
        scope=results.scope_of(row),
        since=earlier_to_wire(earlier),
        comparable=not whole.broken,
        new_units=earlier.new_units,
        gone_units=earlier.gone_units,
        rules=ChangeRulesOut.model_validate(whole.rules),
        by=by,
        groups=groups,
        **_parts(whole),
    )


def earlier_to_wire(earlier: Earlier) -> EarlierRound:
    return EarlierRound(
        id=earlier.round_.id,
        title=earlier.round_.title,
        instrument_version=earlier.round_.instrument_version,
        opens_on=earlier.round_.opens_on,
        closes_on=earlier.round_.closes_on,
        closed_at=cast("Any", earlier.round_.closed_at),
    )


def _groups(instrument: Instrument, now: ScopeResults, earlier: Earlier, by: By) -> Iterator[tuple[str, RoundChange]]:
    """The categories that both rounds had."""
    before: dict[str, Cell] = {cell.key: cell for cell in earlier.value.by.get(by, ())}
    for cell in now.by.get(by, ()):
        if cell.key in before:
            yield cell.key, compare(cell, before[cell.key], instrument=instrument, earlier=earlier.instrument)


def _cell(change: RoundChange, key: str) -> ChangeCell:
    return ChangeCell(key=key, **_parts(change))


def _parts(change: RoundChange) -> dict[str, Any]:
    fields = asdict(change)
    return {name: fields[name] for name in ("components", "readiness", "response")}
