"""Goals: chosen with a baseline that is computed and kept, followed up from the data, taken from step to step."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_room, covers_unit
from api.access.principals import Caller
from api.assessments import records
from api.assessments.schemas import RoomReference
from api.field_faults import field_fault, found_by_domain
from api.learning import measures
from api.learning.goal_schemas import (
    FollowUpOut,
    GoalFilter,
    GoalIn,
    GoalOut,
    GoalPatch,
    GoalSummary,
    ReadingOut,
    reading_json,
)
from api.learning.measures import Asked, Found
from api.learning.tables import Goal, GoalRevision
from api.observations.periods import Period, last_whole_week
from api.problems import Problem
from api.roster.tables import Room, Unit
from domain.learning import LEARNING_CATALOGUE, Decision, MeasureKey, Reading, Step, goal_problems, judge, step_problems
from domain.learning import next_steps as steps_after
from domain.shares import ShareChange, change
from domain.weeks import WEEK
from reporting.goal_wording import follow_up_sentence

DEFAULT_WEEKS = 8
LONGEST = timedelta(weeks=156)
CONTENT = ("title", "measure", "about", "target", "first_week", "last_week", "responsible", "initiative")
OF_DEVELOPMENT = "age_appropriate"
OF_CHILDREN = ("children_at_line", "children_below_both", "mean_rate", OF_DEVELOPMENT)
"""Measures that count children: a goal of a small room tells of each of them."""


def covered(caller: Caller) -> Any:
    """Goals of rooms and units that are there and covered; those that count children, and those about development, for
    who may read these."""
    rooms = select(Room.id).where(covers_room(caller), Room.deleted_at.is_(None))
    units = select(Unit.id).where(covers_unit(caller), Unit.deleted_at.is_(None))
    place = or_(Goal.room_id.in_(rooms), Goal.unit_id.in_(units))
    return place & Goal.measure.not_in(list(_not_for(caller)))


def _not_for(caller: Caller) -> dict[str, str]:
    """The measures the caller may not read, each with the scope that is missing."""
    found = {} if "children:read" in caller.scopes else dict.fromkeys(OF_CHILDREN, "children:read")
    return found if "development:read" in caller.scopes else found | {OF_DEVELOPMENT: "development:read"}


def filtered(caller: Caller, filters: GoalFilter) -> Select[Any]:
    query = select(Goal).where(Goal.withdrawn_at.is_(None), covered(caller))
    if filters.on is not None:
        query = query.where(Goal.first_week <= filters.on, Goal.last_week >= filters.on)
    asked = {name: getattr(filters, name) for name in ("room_id", "unit_id", "step")}
    return query.filter_by(**{name: value for name, value in asked.items() if value is not None})


async def find(tx: AsyncSession, caller: Caller, id_: UUID) -> Goal:
    query = select(Goal).where(Goal.id == id_, Goal.withdrawn_at.is_(None), covered(caller))
    row: Goal | None = await tx.scalar(query)
    if row is None:
        raise Problem("not-found")
    return row


async def create(
    tx: AsyncSession, caller: Caller, body: GoalIn, *, today: date
) -> tuple[Goal, Literal["created", "unchanged"]]:
    """A new goal with its baseline; the same id with the same content changes nothing."""
    if needed := _not_for(caller).get(body.measure):
        raise Problem("not-allowed", needed=needed)
    room_id, unit_id = await _place(tx, caller, body)
    await records.hold(tx, caller, "goal", body.id)
    asked = {"room_id": room_id, "unit_id": unit_id, **{name: getattr(body, name) for name in CONTENT}}
    if body.baseline_first_week is not None:
        asked |= {"baseline_first_week": body.baseline_first_week, "baseline_last_week": body.baseline_last_week}
    known = await tx.get(Goal, (caller.municipality_id, body.id))
    if known is not None:
        mine = await tx.scalar(select(Goal.id).where(Goal.id == known.id, covered(caller)))
        await records.refuse_difference(tx, caller, known, asked, GoalRevision, covered=mine is not None)
        return known, "unchanged"
    _refuse(goal_problems(body.measure, about=body.about, target=body.target))
    await measures.refuse_unknown(tx, body.measure, body.about, today=today)
    window = _baseline_window(body, today)
    _refuse_too_long(body.first_week, body.last_week)
    row = Goal(
        municipality_id=caller.municipality_id,
        id=body.id,
        revision=1,
        step="chosen",
        evaluation="",
        **asked | {"baseline_first_week": window.first, "baseline_last_week": window.last},
    )
    row.baseline = reading_json(_reading(await _read(tx, caller, row, window, since=None), window, today))
    tx.add(row)
    await records.keep(tx, caller, row, GoalRevision)
    await tx.refresh(row)
    return row, "created"


async def _place(tx: AsyncSession, caller: Caller, body: GoalIn) -> tuple[UUID | None, UUID | None]:
    if body.room_id is not None or body.room_external_id is not None:
        asked = RoomReference(room_id=body.room_id, room_external_id=body.room_external_id)
        return (await records.room_of(tx, caller, asked)).id, None
    named = Unit.id == body.unit_id if body.unit_id else Unit.external_id == body.unit_external_id
    found = await tx.scalar(select(Unit.id).where(named, Unit.deleted_at.is_(None), covers_unit(caller)))
    if found is None:
        raise Problem("unknown-reference", field="unit_id" if body.unit_id else "unit_external_id")
    return None, found


def _baseline_window(body: GoalIn, today: date) -> Period:
    """The weeks named, else eight up to the week before the goal's first, as far as weeks are over."""
    if body.baseline_first_week is not None and body.baseline_last_week is not None:
        if body.baseline_last_week > today:
            raise Problem("future-date")
        return Period.checked(body.baseline_first_week, body.baseline_last_week)
    last = min(body.first_week - WEEK, last_whole_week(today))
    return Period(last - (DEFAULT_WEEKS - 1) * WEEK, last)


def _refuse(problems: Any) -> None:
    if errors := found_by_domain(problems, LEARNING_CATALOGUE):
        raise Problem("invalid-input", errors=errors)


def _refuse_too_long(first: date, last: date) -> None:
    if last < first:
        raise Problem("invalid-input", errors=[field_fault("/last_week", "after-the-end")])
    if last - first > LONGEST:
        raise Problem("period-too-long", weeks=LONGEST.days // 7)


async def _read(tx: AsyncSession, caller: Caller, row: Goal, window: Period, *, since: date | None) -> Found:
    asked = Asked(await measures.rooms_of(tx, row), row.about, window, since)
    return await measures.read(tx, caller, cast("MeasureKey", row.measure), asked)


def _reading(found: Found, window: Period, today: date) -> ReadingOut:
    return ReadingOut(
        first_week=window.first,
        last_week=window.last,
        versions=dict(found.versions),
        computed_on=today,
        **asdict(found.reading),
    )


def window_now(row: Goal, today: date) -> Period | None:
    """As many of the goal's last weeks that are over as the baseline has; `None` before the first is over."""
    last = min(row.last_week, last_whole_week(today))
    if last < row.first_week:
        return None
    return Period(max(row.first_week, last - (row.baseline_last_week - row.baseline_first_week)), last)


async def follow_up(tx: AsyncSession, caller: Caller, row: Goal, *, today: date) -> FollowUpOut:
    """How far the goal has come. The change is told from the data of today for both windows, so the same children can
    be compared without anything about a child being kept with the goal."""
    measure, window = cast("MeasureKey", row.measure), window_now(row, today)
    stored = ReadingOut.model_validate(row.baseline)
    before = await _read(tx, caller, row, Period(row.baseline_first_week, row.baseline_last_week), since=None)
    found = await _read(tx, caller, row, window, since=row.first_week) if window else None
    now = _reading(found, window, today) if found and window else None
    comparable = now is None or now.value is None or stored.value is None or _alike(stored, now)
    baseline = _value(stored) if comparable else Reading(None, 0)
    reading = _value(now) if now else None
    status = judge(measure, baseline=baseline, target=row.target, now=reading)
    told = _change(before, found) if comparable else None

    def sentence(language: Literal["da", "en"]) -> str:
        return follow_up_sentence(
            measure, baseline=_value(stored), target=row.target, now=reading, status=status, comparable=comparable,
            change=told, language=language,
        )  # fmt: skip

    return FollowUpOut(
        reading=now,
        status=status,
        ongoing=row.last_week > last_whole_week(today),
        comparable=comparable,
        baseline_today=before.reading.value,
        sentence={"da": sentence("da"), "en": sentence("en")},
    )


def _value(reading: ReadingOut) -> Reading:
    return Reading(reading.value, reading.n, reading.count)


def _alike(before: ReadingOut, now: ReadingOut) -> bool:
    """Whether both were read by the same line, rules and form; the half-year is another by intention."""
    kept = [{key: value for key, value in it.versions.items() if key != "half_year"} for it in (before, now)]
    return kept[0] == kept[1]


def _change(before: Found, now: Found | None) -> ShareChange | None:
    if now is None or now.children is None or before.children is None or not (now.children and before.children):
        return None
    return change(before=before.children, now=now.children)


async def correct(tx: AsyncSession, caller: Caller, row: Goal, body: GoalPatch, *, today: date) -> Goal:
    """Apply what was sent, or go a step on; what is read when the goal is evaluated is kept with it."""
    sent = {name: getattr(body, name) for name in body.model_fields_set}
    before, earlier = cast("Step", row.step), cast("Decision | None", row.decision)
    after = cast("Step", sent.get("step", before))
    decision = cast("Decision | None", sent.get("decision", earlier if after == before else None))
    words = {name: sent.get(name, getattr(row, name)) for name in ("initiative", "evaluation")}
    _refuse(step_problems(before, after, **words, decision=decision, earlier=earlier))
    _refuse(goal_problems(cast("MeasureKey", row.measure), about=row.about, target=sent.get("target", row.target)))
    _refuse_too_long(row.first_week, sent.get("last_week", row.last_week))
    for name, value in sent.items():
        setattr(row, name, value)
    row.decision = decision
    if after == "evaluated" and before != after:
        reading = (await follow_up(tx, caller, row, today=today)).reading
        row.evaluated = reading_json(reading) if reading else None
    row.revision += 1
    await records.keep(tx, caller, row, GoalRevision)
    await tx.refresh(row)
    return row


def summaries(rows: Sequence[Goal]) -> list[GoalSummary]:
    return [GoalSummary.model_validate(_fields(row)) for row in rows]


async def to_wire(tx: AsyncSession, caller: Caller, row: Goal, *, today: date) -> GoalOut:
    told = await follow_up(tx, caller, row, today=today)
    return GoalOut.model_validate({**_fields(row), "follow_up": told})


def _fields(row: Goal) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in GoalSummary.model_fields if name != "next_steps"}
    return {**fields, "next_steps": list(steps_after(cast("Step", row.step), cast("Decision | None", row.decision)))}
