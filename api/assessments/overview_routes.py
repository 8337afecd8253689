"""Development of units, areas and the municipality over HTTP: sums only, so it needs no right to read a child's."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.assessments import development_overview
from api.assessments.development_overview import Found
from api.assessments.development_result_schemas import DevelopmentOverviewOut
from api.assessments.development_room import half_year_of, used_instrument
from api.assessments.development_schemas import HalfYearText
from api.audit import record
from api.clock import Today
from api.db import DatabaseDep
from api.problems import documented
from domain.development_overview import Part, ScopeKind
from domain.text import Text

router = APIRouter(prefix="/v1", tags=["development"])


Reader = Annotated[Caller, Depends(Allow("reports:read"))]
PROBLEMS = documented("not-found", "outside-your-place")


@dataclass(frozen=True, slots=True)
class About:
    """Which half-year, and who asks."""

    caller: Reader
    database: DatabaseDep
    today: Today
    half_year: Annotated[HalfYearText | None, Query(description="Such as `2026-H2`; that of today when left out")] = (
        None
    )

    async def found(self, kind: ScopeKind, id: UUID | None) -> tuple[Found, str]:
        """The overview and its half-year; that it was read is noted before anybody sees it."""
        half_year = half_year_of(self.half_year, self.today)
        async with self.database.reading(self.caller.municipality_id) as tx:
            found = await development_overview.gather(tx, self.caller, half_year, kind=kind, id=id)
        subject = f"{kind}/development" if id is None else f"{kind}s/{id}/development"
        async with self.database.writing(self.caller.municipality_id) as tx:
            await record(tx, self.caller, action="read", subject=subject, half_year=str(half_year))
        return found, str(half_year)


AboutPlace = Annotated[About, Depends()]


@router.get("/units/{id}/development", operation_id="getUnitDevelopment", responses=PROBLEMS)
async def get_unit(id: UUID, about: AboutPlace) -> DevelopmentOverviewOut:
    """A unit and its rooms: how many children are in each band, where there are enough of them to say so."""
    return _wire(*await about.found("unit", id))


@router.get("/areas/{id}/development", operation_id="getAreaDevelopment", responses=PROBLEMS)
async def get_area(id: UUID, about: AboutPlace) -> DevelopmentOverviewOut:
    """An area and its units, with a funnel of the units for each learning area."""
    return _wire(*await about.found("area", id))


@router.get("/municipality/development", operation_id="getMunicipalityDevelopment", responses=PROBLEMS)
async def get_municipality(about: AboutPlace) -> DevelopmentOverviewOut:
    """The municipality, its areas and units, with a funnel of the units for each learning area."""
    return _wire(*await about.found("municipality", None))


def _wire(found: Found, half_year: str) -> DevelopmentOverviewOut:
    titles = _titles(found)
    told = found.overview
    return DevelopmentOverviewOut.model_validate(
        {
            "half_year": half_year,
            "instrument": used_instrument(found.instrument),
            "whole": _place(told.whole, titles),
            "parts": [_place(part, titles) for part in told.parts],
            "funnels": [
                {
                    "area": area,
                    "title": asdict(titles[area]),
                    "count": plot.count,
                    "n": plot.n,
                    "target": plot.target,
                    "points": [
                        {
                            "unit_id": point.key,
                            "name": found.names[point.key],
                            "count": point.count,
                            "n": point.n,
                            "share": point.share,
                            "position": point.position,
                        }
                        | {name: getattr(point.limits, name) for name in _LIMITS}
                        for point in plot.points
                    ],
                }
                for area, plot in told.funnels.items()
                if plot is not None
            ],
            "fewest": told.fewest,
        }
    )


_LIMITS = ("low_998", "low_95", "high_95", "high_998")


def _titles(found: Found) -> dict[str, Text]:
    return {group.key: group.title for group in found.instrument.form.groups} if found.instrument else {}


def _place(part: Part, titles: dict[str, Text]) -> dict[str, Any]:
    areas = part.areas and [
        it and {"area": it.area, "title": asdict(titles[it.area]), "counts": dict(it.counts), "n": it.n}
        for it in part.areas
    ]
    named = {name: getattr(part, name) for name in ("kind", "id", "external_id", "name", "assessed")}
    return {**named, "areas": list(areas) if areas is not None else None, "suppressed": part.hidden}
