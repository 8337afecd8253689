"""A unit, an area or a municipality over a period: read from the sums of its rooms' weeks."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_area, covers_unit
from api.access.principals import Caller
from api.access.tables import Municipality
from api.configuration import store as configuration
from api.db import Database
from api.observations.periods import Period
from api.observations.sums import bring_up_to_date
from api.problems import Problem
from api.roster.tables import Area, Unit
from domain.cuts import SETTING_TYPES
from domain.participation_overview import AreaPlace, Overview, Places, RoomPlace, ScopeKind, UnitPlace, overview
from domain.participation_totals import Children, RoomRecords, Totals, measured_children, room_totals
from domain.thresholds import Thresholds

# A bit a week, so that a year of a room is one number. A room that was deleted since recorded what it did all the same;
# without it the sums would be others than before, by what its children did.
_ROOMS = text(
    """
    WITH said AS (
        SELECT room_id, string_agg(records, ''::bytea) AS records,
            coalesce(bit_or(1::bigint << ((week - CAST(:first AS date)) / 7)) FILTER (WHERE completed), 0) AS completed,
            coalesce(bit_or(1::bigint << ((week - CAST(:first AS date)) / 7)) FILTER (WHERE closed), 0) AS closed,
            bit_or(1::bigint << ((week - CAST(:first AS date)) / 7)) AS said
        FROM week_sums
        WHERE municipality_id = CAST(:municipality_id AS uuid) AND week BETWEEN :first AND :last
        GROUP BY room_id
    )
    SELECT room.id, room.external_id, room.name, coalesce(belonged.unit_id, room.unit_id) AS unit_id,
        coalesce(said.records, ''::bytea) AS records, coalesce(completed, 0) AS completed,
        coalesce(closed, 0) AS closed, coalesce(said, 0) AS said, room.deleted_at IS NOT NULL AS gone
    FROM rooms room
    LEFT JOIN said ON said.room_id = room.id
    LEFT JOIN room_units belonged ON belonged.room_id = room.id
        AND :last_day BETWEEN belonged.valid_from AND coalesce(belonged.valid_to, 'infinity'::date)
    WHERE said.room_id IS NOT NULL OR room.deleted_at IS NULL AND EXISTS (
        SELECT FROM child_rooms stay WHERE stay.room_id = room.id AND stay.valid_from <= :last_day
            AND coalesce(stay.valid_to, 'infinity'::date) >= :first)
    ORDER BY room.name, room.id
    """
)
_UNITS = text(
    """
    SELECT unit.id, unit.external_id, unit.name, unit.setting_type, CASE WHEN belonged.id IS NULL THEN unit.area_id
        ELSE belonged.area_id END AS area_id
    FROM units unit
    LEFT JOIN unit_areas belonged ON belonged.unit_id = unit.id
        AND :last_day BETWEEN belonged.valid_from AND coalesce(belonged.valid_to, 'infinity'::date)
    ORDER BY unit.name, unit.id
    """
)

# Who came into a room within the period may be judged in the one before as well; stays of a child do not overlap.
_MOVED = text(
    """
    SELECT child_id, room_id, slot FROM week_sum_slots
    WHERE child_id IN (SELECT child_id FROM child_rooms WHERE valid_from > :first AND valid_from <= :last_day)
    ORDER BY child_id
    """
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A municipality over a period: its places, each child in each room, the totals of each room, and what they were
    judged by."""

    places: Places
    children: Children
    totals: Totals
    thresholds: Thresholds
    created_at: datetime


async def gather(
    database: Database, caller: Caller, period: Period, *, kind: ScopeKind, id: UUID | None
) -> tuple[Overview, Thresholds]:
    """The overview of a place the caller covers. What was marked is summed up first, in a transaction of its own."""
    async with database.writing(caller.municipality_id) as tx:
        await bring_up_to_date(tx, caller.municipality_id)
    async with database.reading(caller.municipality_id) as tx:
        found, measured = await overview_of(tx, caller, period, kind=kind, id=id)
    return found, measured.thresholds


async def overview_of(
    tx: AsyncSession, caller: Caller, period: Period, *, kind: ScopeKind, id: UUID | None
) -> tuple[Overview, Measured]:
    """The same from what is summed up already."""
    place = await covered_place(tx, caller, kind, id)
    measured = await measure(tx, caller.municipality_id, period)
    try:
        return overview(measured.places, measured.totals, kind=kind, id=str(place)), measured
    except KeyError:
        raise Problem("not-found") from None


async def covered_place(tx: AsyncSession, caller: Caller, kind: ScopeKind, id: UUID | None) -> UUID:
    if kind == "municipality":
        if not caller.everywhere:
            raise Problem("outside-your-place")
        return caller.municipality_id
    table, covers = (Area, covers_area(caller)) if kind == "area" else (Unit, covers_unit(caller))
    found: UUID | None = await tx.scalar(select(table.id).where(table.id == id, table.deleted_at.is_(None), covers))
    if found is None:
        raise Problem("not-found")
    return found


async def measure(tx: AsyncSession, municipality_id: UUID, period: Period) -> Measured:
    """Six statements whatever the size."""
    decided = await configuration.load(tx, "calendar", "thresholds")
    thresholds = decided.thresholds(period.first)
    municipality = (await tx.scalars(select(Municipality))).one()
    areas = (await tx.execute(select(Area.id, Area.external_id, Area.name).order_by(Area.name, Area.id))).all()
    days = {"first": period.first, "last": period.last, "last_day": period.last_day}
    units = (await tx.execute(_UNITS, {"last_day": period.last_day})).all()
    rows = (await tx.execute(_ROOMS, {"municipality_id": municipality_id, **days})).all()
    area_at = {area.id: at for at, area in enumerate(areas)}
    unit_at = {unit.id: at for at, unit in enumerate(units)}
    weeks = period.weeks
    holidays = sum(1 << at for at, week in enumerate(weeks) if decided.closed(week))
    records = [RoomRecords(row.records, SETTING_TYPES.index(units[unit_at[row.unit_id]].setting_type)) for row in rows]
    places = Places(
        rooms=[_room(row, unit_at[row.unit_id], holidays, len(weeks)) for row in rows],
        units=[
            UnitPlace(str(unit.id), unit.external_id, unit.name, unit.setting_type, area_at.get(unit.area_id))
            for unit in units
        ],
        areas=[AreaPlace(str(area.id), area.external_id, area.name) for area in areas],
        municipality=AreaPlace(str(municipality.id), municipality.code, municipality.name),
    )
    lines = [thresholds.of(setting_type) for setting_type in SETTING_TYPES]
    moved = await _moved(tx, {row.id: at for at, row in enumerate(rows)}, period)
    children = measured_children(records, lines=lines, rules=thresholds.rules, moved=moved)
    return Measured(places, children, room_totals(children), thresholds, municipality.created_at)


async def _moved(tx: AsyncSession, room_at: dict[UUID, int], period: Period) -> list[list[tuple[int, int]]]:
    found = await tx.execute(_MOVED, {"first": period.first, "last_day": period.last_day})
    return [
        [(room_at[room], slot) for _, room, slot in stays if room in room_at]
        for _, stays in groupby(found, key=lambda row: row.child_id)
    ]


def _room(row: Any, unit: int, holidays: int, weeks: int) -> RoomPlace:
    """The calendar closes the weeks the room has said nothing about; one that is gone has nothing more to record."""
    closed = (row.closed | (holidays & ~row.said)).bit_count()
    completed = row.completed.bit_count()
    missing = 0 if row.gone else max(0, weeks - completed - closed)
    return RoomPlace(str(row.id), row.external_id, row.name, unit, completed, closed, missing)
