"""The measures a goal can be about, read from what is recorded: a room's, or a unit's as the sum of its rooms'.

A window is some weeks long. Participation and activities are those of the window; practice is the last evaluation that
begins in it or before; development is that of the half-year of its last day, or of the one before while nobody is
assessed.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.assessments import practice
from api.assessments.development import INSTRUMENTS, instrument_of
from api.assessments.development_tables import DevelopmentAssessment
from api.configuration import store as configuration
from api.learning.tables import Goal
from api.observations.participation import Observed, gather, measured
from api.observations.periods import Period
from api.problems import Problem
from api.roster.tables import Room
from domain.development import AreaResult, age_appropriate
from domain.half_years import HalfYear
from domain.learning import MEASURES, MeasureKey, Reading
from domain.observations import Kind
from domain.participation import ChildParticipation
from domain.patterns import below_every_line


@dataclass(frozen=True, slots=True)
class Found:
    """A reading, by which versions of rules and forms, and for a share whether it holds for each child."""

    reading: Reading
    versions: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, bool] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What to read, in which rooms and weeks. `since`: what was evaluated or assessed before that day is of another
    time; `None` for a baseline."""

    rooms: Sequence[UUID]
    about: str | None
    window: Period
    since: date | None


async def rooms_of(tx: AsyncSession, goal: Goal) -> list[UUID]:
    """The room, or the rooms that belong to the unit now: baseline and follow-up are of the same rooms."""
    if goal.room_id is not None:
        return [goal.room_id]
    query = select(Room.id).where(Room.unit_id == goal.unit_id, Room.deleted_at.is_(None)).order_by(Room.id)
    return list(await tx.scalars(query))


async def read(tx: AsyncSession, caller: Caller, measure: MeasureKey, asked: Asked) -> Found:
    """The measure as it stands now. Who may see the rooms is checked again where they are gathered."""
    return await _READERS[measure](tx, caller, asked)


async def refuse_unknown(tx: AsyncSession, measure: MeasureKey, about: str | None, *, today: date) -> None:
    """What a goal is about is a word the municipality uses now."""
    known: set[str] = set()
    match MEASURES[measure].about:
        case None:
            return
        case "kind":
            known = {"immersion_activity", "focus_conversation"}
        case "element":
            form = await practice.FORMS.newest(tx) or practice.FORMS.along
            known = {element.key for element in form.elements}
        case "development_area":
            instrument = instrument_of(await INSTRUMENTS.newest(tx) or INSTRUMENTS.along)
            known = {group.key for group in instrument.form.groups}
        case "learning_area":
            decided = await configuration.load(tx, "vocabulary")
            known = {word.key for word in decided.vocabulary(today).learning_areas}
    if about not in known:
        raise Problem("unknown-word", field="about", words=str(about))


async def _observed(tx: AsyncSession, caller: Caller, asked: Asked) -> list[Observed]:
    return [await gather(tx, caller, room, asked.window) for room in asked.rooms]


def _versions(rooms: Sequence[Observed], *, line: bool) -> dict[str, str]:
    """Those a value depends on; `line` where it depends on where the dashed line lay."""
    rules = {room.thresholds.rules.version for room in rooms}
    lines = {room.thresholds.version for room in rooms} if line else set()
    return {"rules": ", ".join(sorted(rules))} | ({"thresholds": ", ".join(sorted(lines))} if line else {})


def _share(children: Mapping[str, bool], versions: Mapping[str, str]) -> Found:
    count, n = sum(children.values()), len(children)
    return Found(Reading(count / n if n else None, n, count), versions, children)


def _judged(rooms: Sequence[Observed]) -> Iterable[ChildParticipation]:
    """Each child once, as judged where it has most counted weeks; of two rooms with as many, where it came last."""
    best: dict[str, tuple[tuple[int, date], ChildParticipation]] = {}
    for one in (one for room in rooms for one in measured(room).children if not one.too_early):
        weight = one.counted_weeks, max(stay.valid_from for stay in one.child.memberships)
        if one.child.id not in best or best[one.child.id][0] < weight:
            best[one.child.id] = weight, one
    return (one for _, one in best.values())


async def _children_at_line(tx: AsyncSession, caller: Caller, asked: Asked) -> Found:
    rooms, kind = await _observed(tx, caller, asked), cast("Kind", asked.about)
    at_line = {one.child.id: one.measures[kind].below is False for one in _judged(rooms)}
    return _share(at_line, _versions(rooms, line=True))


async def _children_below_both(tx: AsyncSession, caller: Caller, asked: Asked) -> Found:
    rooms = await _observed(tx, caller, asked)
    low = {one.child.id: below_every_line(one) for one in _judged(rooms)}
    return _share(low, _versions(rooms, line=True))


async def _mean_rate(tx: AsyncSession, caller: Caller, asked: Asked) -> Found:
    rooms, kind = await _observed(tx, caller, asked), cast("Kind", asked.about)
    rates = [rate for one in _judged(rooms) if (rate := one.measures[kind].rate) is not None]
    return Found(Reading(fmean(rates) if rates else None, len(rates)), _versions(rooms, line=False))


async def _activities_a_week(tx: AsyncSession, caller: Caller, asked: Asked) -> Found:
    """Per completed week of a room; a week that was only tallied does not say which areas were worked with."""
    rooms, activities, weeks = await _observed(tx, caller, asked), 0, 0
    for room in rooms:
        told = {activity.week for activity in room.activities}
        tallied = {tally.week for tally in room.tallies if tally.immersion_activity or tally.focus_conversation}
        completed = {week.week for week in room.weeks if week.state == "completed"}
        known = completed - (tallied - told)
        weeks += len(known)
        mine = (activity for activity in room.activities if activity.week in known)
        activities += sum(asked.about in activity.learning_areas for activity in mine)
    return Found(Reading(activities / weeks if weeks else None, weeks), _versions(rooms, line=False))


async def _element_score(tx: AsyncSession, _: Caller, asked: Asked) -> Found:
    """The mean of the rooms' last joint evaluations, each counted once."""
    scores, versions = [], {}
    for room in asked.rooms:
        found = await practice.gather(tx, room, until=asked.window.last, periods=1)
        if not found.evaluations or (asked.since is not None and found.evaluations[-1].first_week < asked.since):
            continue
        last = found.evaluations[-1]
        score = next((it.scores[-1] for it in found.trends if it.element == asked.about), None)
        if score is not None:
            scores.append(score)
            versions["practice"] = f"{last.form_key} {last.form_version}"
    return Found(Reading(fmean(scores) if scores else None, len(scores)), versions)


async def _age_appropriate(tx: AsyncSession, _: Caller, asked: Asked) -> Found:
    """By the version of the instrument most used; what was assessed with another is not comparable."""
    half_year = HalfYear.of(asked.window.last_day)
    for half in (half_year, half_year.before):
        if asked.since is not None and half.last_day < asked.since:
            break
        mine = DevelopmentAssessment
        query = select(mine).where(
            mine.room_id.in_(asked.rooms),
            mine.half_year == str(half),
            mine.kind == "joint",
            mine.state == "final",
            mine.withdrawn_at.is_(None),
        )
        if asked.since is not None:
            query = query.where(mine.assessed_on >= asked.since)
        rows = (await tx.scalars(query)).all()
        if rows:
            used = [(row.instrument_key, row.instrument_version) for row in rows]
            version = max(set(used), key=lambda it: (used.count(it), it))
            results = {
                str(row.child_id): tuple(AreaResult(**result) for result in row.results)
                for row, of in zip(rows, used, strict=True)
                if of == version
            }
            named = {"development": f"{version[0]} {version[1]}", "half_year": str(half)}
            return _share(age_appropriate(str(asked.about), results), named)
    return Found(Reading(None, 0, 0), children={})


_READERS: Mapping[MeasureKey, Callable[[AsyncSession, Caller, Asked], Awaitable[Found]]] = {
    "children_at_line": _children_at_line,
    "children_below_both": _children_below_both,
    "mean_rate": _mean_rate,
    "element_score": _element_score,
    "age_appropriate": _age_appropriate,
    "activities_a_week": _activities_a_week,
}
