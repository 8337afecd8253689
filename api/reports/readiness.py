"""The readiness report of a closed round: gathered from what was frozen, built by `reporting.readiness`."""

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.access.tables import Municipality
from api.surveys import change, instruments, results, rounds
from api.surveys.tables import SurveyResult
from domain.readiness import Cell
from reporting.readiness.build import Earlier, Parent, Place, ReadinessData, ReadinessReport, Versions, build_report


async def gather(
    tx: AsyncSession, caller: Caller, *, round_id: Any, scope: str, since: UUID | None = None
) -> ReadinessReport:
    """The report of `scope`: its own frozen results, beside those around it and those of an earlier round: `since`,
    or the latest there is."""
    round_ = await rounds.find(tx, round_id)
    focus = await results.find(tx, caller, round_, scope)
    instrument = instruments.to_domain(await instruments.find(tx, round_.instrument_key, round_.instrument_version))
    earlier = await change.find_earlier(tx, round_, focus, since=since)
    municipality = (await tx.scalars(select(Municipality))).one()
    published = await results.others(tx, round_.id, kinds=("municipality", "area", "unit"))
    parents = _parents(focus, published)
    cells = _setting_types(focus, published)
    return build_report(
        ReadinessData(
            instrument=instrument,
            round_title=round_.title,
            opens_on=round_.opens_on,
            closes_on=round_.closes_on,
            closed_at=round_.closed_at or datetime.max.replace(tzinfo=UTC),  # a round with results has been closed
            municipality=municipality.name,
            place=Place(kind=focus.scope_kind, name=focus.name, trail=tuple(row.name for row in parents)),  # type: ignore[arg-type]
            focus=results.value_of(focus),
            parents=tuple(
                Parent(kind=row.scope_kind, name=row.name, results=results.value_of(row))  # type: ignore[arg-type]
                for row in parents
            ),
            peers=tuple((row.name, results.value_of(row)) for row in _peers(focus, published)),
            setting_types=cells,
            versions=Versions(rules=f"{instrument.key} v{instrument.version}", software=version("vls")),
            earlier=None if earlier is None else _earlier(earlier),
        )
    )


def _earlier(found: change.Earlier) -> Earlier:
    return Earlier(
        title=found.round_.title,
        opens_on=found.round_.opens_on,
        closes_on=found.round_.closes_on,
        instrument=found.instrument,
        results=found.value,
        new_units=found.new_units,
        gone_units=found.gone_units,
    )


def _parents(focus: SurveyResult, published: list[SurveyResult]) -> list[SurveyResult]:
    """Nearest first: the area of a unit, then the municipality."""
    around = [row for row in published if row.scope_kind == "area" and row.scope_id == focus.area_id]
    if focus.scope_kind != "municipality":
        around += [row for row in published if row.scope_kind == "municipality"]
    return around


def _peers(focus: SurveyResult, published: list[SurveyResult]) -> list[SurveyResult]:
    """The other dots of the map: the units in the place, or beside the unit."""
    units = [row for row in published if row.scope_kind == "unit" and row.scope_id != focus.scope_id]
    if focus.scope_kind == "area":
        return [row for row in units if row.area_id == focus.scope_id]
    return units


def _setting_types(focus: SurveyResult, published: list[SurveyResult]) -> tuple[Cell, ...]:
    whole = next(row for row in published if row.scope_kind == "municipality")
    row = whole if focus.scope_kind == "unit" else focus
    return results.value_of(row).by.get("setting_type", ())


def draw(report: ReadinessReport, **options: Any) -> bytes:
    """Runs in a render worker, the only place that loads matplotlib and typst."""
    from reporting.readiness.render import render  # noqa: PLC0415

    return render(report, **options)
