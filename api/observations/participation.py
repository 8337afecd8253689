"""What was observed in a room over a period, gathered as it stands, and the participation measured from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.configuration import store as configuration
from api.configuration.store import InForce
from api.observations.periods import Period
from api.observations.room_weeks import find_room, state_of
from api.observations.schemas import (
    BelowOut,
    ChildParticipationOut,
    MeasureOut,
    ParticipationOut,
    PerKind,
    RuleVersions,
    WeekOut,
)
from api.observations.tables import Activity, RoomWeek, WeekTally
from api.roster.tables import Child, ChildRoom, Room, RoomUnit, Unit
from domain import observations as domain
from domain.observations import KINDS, WeekState
from domain.participation import ChildParticipation, RoomParticipation, measure_participation
from domain.thresholds import Thresholds
from domain.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """What counts of an activity. `child_ids` are texts, as the domain knows children."""

    week: date
    kind: domain.Kind
    learning_areas: tuple[str, ...]
    strategies: tuple[str, ...]
    child_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observed:
    """Everything recorded about a room in a period, what it is judged by, and when any of it changed last.

    `unit` is where the room belonged on the period's last day. `thresholds` are those in force on its first day, so
    that a line drawn in the middle of a period holds from the next one on; `vocabulary` that of its last day.
    """

    room: Room
    unit: Unit
    thresholds: Thresholds
    vocabulary: Vocabulary
    children: tuple[domain.Child, ...]
    weeks: tuple[domain.RoomWeek, ...]
    activities: tuple[ActivityRow, ...]
    tallies: tuple[domain.Tally, ...]
    changed_at: datetime


async def gather(tx: AsyncSession, caller: Caller, room_id: UUID, period: Period) -> Observed:
    """Seven statements whatever the room's size."""
    room = await find_room(tx, caller, room_id)
    unit = await unit_of(tx, room, period.last_day)
    decided = await configuration.load(tx, "calendar", "thresholds", "vocabulary")
    children, children_changed = await _children(tx, room_id, period)
    activities, activities_changed = await _activities(tx, room_id, period)
    weeks, weeks_changed = await _weeks(tx, room_id, period, decided, {activity.week for activity in activities})
    known = {child.id for child in children}
    tallies = [tally for tally in await _tallies(tx, room_id, period) if tally.child_id in known]
    return Observed(
        room=room,
        unit=unit,
        thresholds=decided.thresholds(period.first),
        vocabulary=decided.vocabulary(period.last_day),
        children=children,
        weeks=weeks,
        activities=activities,
        tallies=tuple(tallies),
        changed_at=max([room.updated_at, *children_changed, *weeks_changed, *activities_changed]),
    )


async def unit_of(tx: AsyncSession, room: Room, day: date) -> Unit:
    """The unit the room belonged to on a day; the one it belongs to now where the history says nothing of the day."""
    then = (
        select(RoomUnit.unit_id)
        .where(
            RoomUnit.room_id == room.id,
            RoomUnit.valid_from <= day,
            or_(RoomUnit.valid_to.is_(None), RoomUnit.valid_to >= day),
        )
        .scalar_subquery()
    )
    return (await tx.scalars(select(Unit).where(Unit.id == func.coalesce(then, room.unit_id)))).one()


async def _children(tx: AsyncSession, room_id: UUID, period: Period) -> tuple[tuple[domain.Child, ...], list[datetime]]:
    """The children who were in the room on any day of the period, by external id; and when anything of them changed.

    A deleted child is no longer there, but the deletion was a change.
    """
    query = (
        select(Child, ChildRoom.valid_from, ChildRoom.valid_to)
        .join(ChildRoom, (ChildRoom.municipality_id == Child.municipality_id) & (ChildRoom.child_id == Child.id))
        .where(
            ChildRoom.room_id == room_id,
            ChildRoom.valid_from <= period.last_day,
            or_(ChildRoom.valid_to.is_(None), ChildRoom.valid_to >= period.first),
        )
        .order_by(ChildRoom.valid_from)
    )
    rows: dict[UUID, Child] = {}
    stays: dict[UUID, list[domain.Membership]] = {}
    for child, valid_from, valid_to in await tx.execute(query):
        rows[child.id] = child
        stays.setdefault(child.id, []).append(domain.Membership(valid_from, valid_to))
    there = sorted((row for row in rows.values() if row.deleted_at is None), key=lambda child: child.external_id)
    return tuple(_child(child, stays[child.id]) for child in there), [row.updated_at for row in rows.values()]


def _child(row: Child, stays: Sequence[domain.Membership]) -> domain.Child:
    return domain.Child(
        id=str(row.id),
        external_id=row.external_id,
        birth_month=row.birth_month,
        sex=row.sex,
        multilingual=row.multilingual,
        support_need=row.support_need,
        memberships=tuple(stays),
    )


async def _weeks(
    tx: AsyncSession, room_id: UUID, period: Period, decided: InForce, observed: set[date]
) -> tuple[tuple[domain.RoomWeek, ...], list[datetime]]:
    """What the room has said of each week; of one it has said nothing about, what the calendar says.

    The calendar closes no week in which somebody recorded something.
    """
    query = select(RoomWeek).where(RoomWeek.room_id == room_id, RoomWeek.week.between(period.first, period.last))
    rows = {row.week: row for row in await tx.scalars(query)}
    said = {week: state_of(closed=row.closed, completed=row.completed) for week, row in rows.items()}
    silent = (week for week in period.weeks if week not in said and week not in observed)
    closed: dict[date, WeekState] = {week: "closed" for week in silent if decided.closed(week)}
    states = closed | said
    weeks = tuple(domain.RoomWeek(week, states.get(week, "not_recorded")) for week in period.weeks)
    return weeks, [row.updated_at for row in rows.values()]


async def _activities(
    tx: AsyncSession, room_id: UUID, period: Period
) -> tuple[tuple[ActivityRow, ...], list[datetime]]:
    """The activities, in the order of their days. A withdrawn one does not count, but its withdrawal was a change."""
    columns = Activity.week, Activity.kind, Activity.learning_areas, Activity.strategies, Activity.child_ids
    query = (
        select(*columns, Activity.withdrawn_at, Activity.updated_at)
        .where(Activity.room_id == room_id, Activity.week.between(period.first, period.last))
        .order_by(Activity.observed_on, Activity.id)
    )
    rows = (await tx.execute(query)).all()
    counted = tuple(
        ActivityRow(
            week,
            cast(domain.Kind, kind),  # a check constraint holds it to the two
            tuple(areas),
            tuple(strategies),
            tuple(map(str, children)),
        )
        for week, kind, areas, strategies, children, withdrawn_at, _ in rows
        if withdrawn_at is None
    )
    return counted, [row.updated_at for row in rows]


async def _tallies(tx: AsyncSession, room_id: UUID, period: Period) -> list[domain.Tally]:
    columns = (getattr(WeekTally, name) for name in ("child_id", "week", *KINDS, "absent"))
    query = select(*columns).where(WeekTally.room_id == room_id, WeekTally.week.between(period.first, period.last))
    return [domain.Tally(str(child), week, *counts) for child, week, *counts in await tx.execute(query)]


def occurrences_of(observed: Observed) -> list[domain.Occurrence]:
    """Each child of each activity."""
    return [
        domain.Occurrence(child, activity.week, activity.kind, 1)
        for activity in observed.activities
        for child in activity.child_ids
    ]


def measured(observed: Observed) -> RoomParticipation:
    return measure_participation(
        children=observed.children,
        weeks=observed.weeks,
        occurrences=occurrences_of(observed),
        tallies=observed.tallies,
        thresholds=observed.thresholds.of(observed.unit.setting_type),
        rules=observed.thresholds.rules,
    )


def to_wire(observed: Observed, measure: RoomParticipation) -> ParticipationOut:
    return ParticipationOut.model_validate(
        {
            "room_id": observed.room.id,
            "from": measure.weeks[0].week,
            "to": measure.weeks[-1].week,
            "weeks": [WeekOut(week=week.week, state=week.state) for week in measure.weeks],
            "thresholds": PerKind(**measure.thresholds.per_week),
            "children": [_child_out(one) for one in measure.children],
            "below": BelowOut(**measure.below, both=measure.below_both),
            "judged": measure.judged,
            "incomplete": measure.incomplete,
            "versions": RuleVersions(thresholds=measure.thresholds.version, rules=measure.rules.version),
        }
    )


def _child_out(one: ChildParticipation) -> ChildParticipationOut:
    measures: dict[str, Any] = {kind: MeasureOut.model_validate(one.measures[kind]) for kind in KINDS}
    return ChildParticipationOut(
        child_id=UUID(one.child.id),
        external_id=one.child.external_id,
        counted_weeks=one.counted_weeks,
        too_early=one.too_early,
        states=list(one.states),
        **measures,
    )
