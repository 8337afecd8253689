"""The development of a unit, an area or the municipality in a half-year, gathered for the domain to sum up and hide."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.access.tables import Municipality
from api.assessments.development import INSTRUMENTS, instrument_of
from api.assessments.development_tables import DevelopmentAssessment
from api.observations.overview import covered_place
from api.problems import Problem
from api.roster.tables import Area, Room, RoomUnit, Unit, UnitArea
from domain.development import AreaResult, DevelopmentInstrument
from domain.development_overview import Assessed, DevelopmentOverview, Named, ScopeKind, development_overview
from domain.half_years import HalfYear


@dataclass(frozen=True, slots=True)
class Found:
    """The overview, and the instrument it is about: the one most children were assessed with; `None` without any."""

    overview: DevelopmentOverview
    instrument: DevelopmentInstrument | None
    names: dict[str, str]


async def gather(tx: AsyncSession, caller: Caller, half_year: HalfYear, *, kind: ScopeKind, id: UUID | None) -> Found:
    """Six statements whatever the size. Only final joint assessments count."""
    place = await covered_place(tx, caller, kind, id)
    municipality = (await tx.scalars(select(Municipality))).one()
    areas = [
        Named(str(area.id), area.external_id, area.name, None)
        for area in await tx.scalars(select(Area).order_by(Area.name, Area.id))
    ]
    area_at = {area.id: at for at, area in enumerate(areas)}
    units = await _units(tx, half_year, area_at)
    unit_at = {unit.id: at for at, unit in enumerate(units)}
    rooms = await _rooms(tx, half_year, unit_at)
    room_at = {room.id: at for at, room in enumerate(rooms)}
    mine = DevelopmentAssessment
    query = select(mine.room_id, mine.instrument_key, mine.instrument_version, mine.results).where(
        mine.half_year == str(half_year), mine.kind == "joint", mine.state == "final", mine.withdrawn_at.is_(None)
    )
    rows = [row for row in await tx.execute(query) if str(row.room_id) in room_at]
    used = Counter((row.instrument_key, row.instrument_version) for row in rows)
    version = max(used, key=lambda it: (used[it], it), default=None)
    instrument = instrument_of(await INSTRUMENTS.find(tx, *version)) if version else None
    children = [
        Assessed(room_at[str(row.room_id)], tuple(AreaResult(**result) for result in row.results))
        for row in rows
        if (row.instrument_key, row.instrument_version) == version
    ]
    try:
        told = development_overview(
            children,
            rooms=rooms,
            units=units,
            areas=areas,
            municipality=Named(str(municipality.id), municipality.code, municipality.name, None),
            learning_areas=[group.key for group in instrument.form.groups] if instrument else [],
            kind=kind,
            id=str(place),
        )
    except KeyError:
        raise Problem("not-found") from None
    return Found(told, instrument, {unit.id: unit.name for unit in units})


async def _units(tx: AsyncSession, half_year: HalfYear, area_at: dict[str, int]) -> list[Named]:
    """Every unit with the area it lay in on the half-year's last day: an area's sum of then stays what it was."""
    day = half_year.last_day
    lay = and_(
        UnitArea.municipality_id == Unit.municipality_id,
        UnitArea.unit_id == Unit.id,
        UnitArea.valid_from <= day,
        or_(UnitArea.valid_to.is_(None), UnitArea.valid_to >= day),
    )
    area = case((UnitArea.id.is_(None), Unit.area_id), else_=UnitArea.area_id).label("area_id")
    query = select(Unit.id, Unit.external_id, Unit.name, area).outerjoin(UnitArea, lay).order_by(Unit.name, Unit.id)
    return [
        Named(str(row.id), row.external_id, row.name, area_at.get(str(row.area_id))) for row in await tx.execute(query)
    ]


async def _rooms(tx: AsyncSession, half_year: HalfYear, unit_at: dict[str, int]) -> list[Named]:
    """Every room with the unit it belonged to on the half-year's last day; deleted ones too: what was assessed there
    was."""
    day = half_year.last_day
    belonged = and_(
        RoomUnit.municipality_id == Room.municipality_id,
        RoomUnit.room_id == Room.id,
        RoomUnit.valid_from <= day,
        or_(RoomUnit.valid_to.is_(None), RoomUnit.valid_to >= day),
    )
    query = (
        select(Room.id, Room.external_id, Room.name, func.coalesce(RoomUnit.unit_id, Room.unit_id).label("unit_id"))
        .outerjoin(RoomUnit, belonged)
        .order_by(Room.name, Room.id)
    )
    return [Named(str(row.id), row.external_id, row.name, unit_at[str(row.unit_id)]) for row in await tx.execute(query)]
