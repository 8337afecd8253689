"""Participation of units, areas and the municipality, over HTTP: sums only, so it needs no right to read children."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.audit import record
from api.db import Database, DatabaseDep
from api.observations import overview
from api.observations.overview_schemas import ObservedPlaceOut, OverviewOut
from api.observations.periods import Period, PeriodQuery
from api.problems import documented
from domain.participation_overview import Part, ScopeKind

router = APIRouter(prefix="/v1", tags=["observations"])

Reader = Annotated[Caller, Depends(Allow("reports:read"))]
PROBLEMS = documented("not-found", "invalid-week", "period-too-long", "outside-your-place")


@router.get("/units/{id}/participation", operation_id="getUnitParticipation", responses=PROBLEMS)
async def get_unit(id: UUID, period: PeriodQuery, caller: Reader, database: DatabaseDep) -> OverviewOut:
    """A unit and its rooms: how many children are below the dashed line, where enough children are judged to say so."""
    return await _answer(database, caller, period, kind="unit", id=id)


@router.get("/areas/{id}/participation", operation_id="getAreaParticipation", responses=PROBLEMS)
async def get_area(id: UUID, period: PeriodQuery, caller: Reader, database: DatabaseDep) -> OverviewOut:
    """An area and its units."""
    return await _answer(database, caller, period, kind="area", id=id)


@router.get("/municipality/participation", operation_id="getMunicipalityParticipation", responses=PROBLEMS)
async def get_municipality(period: PeriodQuery, caller: Reader, database: DatabaseDep) -> OverviewOut:
    """The municipality, its areas, kinds of unit, and units."""
    return await _answer(database, caller, period, kind="municipality", id=None)


async def _answer(
    database: Database, caller: Caller, period: Period, *, kind: ScopeKind, id: UUID | None
) -> OverviewOut:
    found, thresholds = await overview.gather(database, caller, period, kind=kind, id=id)
    subject = f"{kind}/participation" if id is None else f"{kind}s/{id}/participation"
    async with database.writing(caller.municipality_id) as tx:
        await record(tx, caller, action="read", subject=subject, weeks=len(period.weeks))
    return OverviewOut.model_validate(
        {
            "from": period.first,
            "to": period.last,
            "whole": _place(found.whole),
            "parts": [_place(part) for part in found.parts],
            "fewest": found.fewest,
            "versions": {"thresholds": thresholds.version, "rules": thresholds.rules.version},
        }
    )


def _place(part: Part) -> ObservedPlaceOut:
    cell = part.cell and {
        "judged": part.cell.judged,
        "below": {"both": part.cell.below_both} | {str(kind): below for kind, below in part.cell.below.items()},
        "reach_both": part.cell.reach_both,
        "per_week": part.cell.per_week,
    }
    weeks = {state: getattr(part, state) for state in ("completed", "closed", "not_recorded")}
    named = {name: getattr(part, name) for name in ("kind", "id", "external_id", "name", "setting_type", "rooms")}
    return ObservedPlaceOut.model_validate({**named, "weeks": weeks, "cell": cell, "suppressed": part.hidden})
