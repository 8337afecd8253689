"""Development assessments: recorded, corrected, withdrawn. Bands are worked out when a rating is written, and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_child, covers_room
from api.access.principals import Caller
from api.assessments import records
from api.assessments.development_schemas import (
    DevelopmentAssessmentFilter,
    DevelopmentAssessmentIn,
    DevelopmentAssessmentPatch,
    DevelopmentInstrumentIO,
)
from api.assessments.development_tables import (
    DevelopmentAssessment,
    DevelopmentAssessmentRevision,
    DevelopmentInstrumentRow,
)
from api.assessments.published import Shelf, text_of
from api.field_faults import field_fault, found_by_domain
from api.observations.intake import Stay, was_there
from api.observations.store import gather_known
from api.problems import Problem
from api.roster.tables import Child, Room
from domain.development import DevelopmentInstrument, NormRow, Norms, age_in_months, age_range, assess
from domain.development_problems import DEVELOPMENT_CATALOGUE, development_problems
from domain.forms import Form, FormItem, Group, answer_problems
from domain.half_years import HalfYear
from domain.instruments import Scale


def instrument_of(wire: DevelopmentInstrumentIO) -> DevelopmentInstrument:
    """The published wire form as the value the domain computes with."""
    form = Form(
        key=wire.key,
        version=wire.version,
        title=text_of(wire.title),
        scale=Scale(wire.scale.min, wire.scale.max, tuple(text_of(label) for label in wire.scale.labels)),
        groups=tuple(Group(area.key, text_of(area.title), area.min_answered_share) for area in wire.areas),
        items=tuple(FormItem(item.key, item.area, text_of(item.text)) for item in wire.items),
        source=text_of(wire.source),
    )
    norms = Norms(
        version=wire.norms.version,
        source=text_of(wire.norms.source),
        monolingual=wire.norms.monolingual,
        rows=tuple(NormRow(**row.model_dump()) for row in wire.norms.rows),
    )
    return DevelopmentInstrument(form, norms, wire.ratings_before_joint)


INSTRUMENTS = Shelf(
    table=DevelopmentInstrumentRow,
    wire=DevelopmentInstrumentIO,
    problems=lambda wire: tuple(development_problems(instrument_of(wire))),
    catalogue=DEVELOPMENT_CATALOGUE,
    default="development_instrument.json",
)


def readable(caller: Caller, *, today: date) -> Select[Any]:
    """The record follows the child: whoever works with the child today may read it, and nobody else any longer."""
    query = select(DevelopmentAssessment).where(DevelopmentAssessment.withdrawn_at.is_(None))
    children = select(Child.id).where(covers_child(caller, today=today), Child.deleted_at.is_(None))
    return query.where(DevelopmentAssessment.child_id.in_(children))


def filtered(caller: Caller, filters: DevelopmentAssessmentFilter, *, today: date) -> Select[Any]:
    names = ("room_id", "child_id", "half_year", "kind", "state")
    asked = {name: value for name in names if (value := getattr(filters, name)) is not None}
    return readable(caller, today=today).filter_by(**asked)


async def find(tx: AsyncSession, caller: Caller, id_: UUID, *, today: date) -> DevelopmentAssessment:
    query = readable(caller, today=today).where(DevelopmentAssessment.id == id_)
    row: DevelopmentAssessment | None = await tx.scalar(query)
    if row is None:
        raise Problem("not-found")
    return row


async def find_to_change(tx: AsyncSession, caller: Caller, id_: UUID, *, today: date) -> DevelopmentAssessment:
    """What was made in another room is read there, not changed."""
    row = await find(tx, caller, id_, today=today)
    if await tx.scalar(select(Room.id).where(Room.id == row.room_id, covers_room(caller))) is None:
        raise Problem("outside-your-place")
    return row


async def create(
    tx: AsyncSession, caller: Caller, body: DevelopmentAssessmentIn, *, today: date
) -> tuple[DevelopmentAssessment, Literal["created", "unchanged"]]:
    """A new assessment; the same id with the same content changes nothing, also after a correction."""
    room = await records.room_of(tx, caller, body)
    child = await _child(tx, caller, body, room=room, today=today)
    await records.hold(tx, caller, "development", child.id)
    wire = await INSTRUMENTS.adopt(
        tx, caller.municipality_id, body.instrument_key, body.instrument_version, field="instrument_key"
    )
    content = {
        "room_id": room.id,
        "child_id": child.id,
        "kind": body.kind,
        "rater_id": await records.rater_of(tx, caller, body, kind=body.kind, room=room),
        "instrument_key": wire.key,
        "instrument_version": wire.version,
        "assessed_on": body.assessed_on,
        "state": body.state,
        "answers": body.answers,
        "comment": body.comment,
    }
    known = await tx.get(DevelopmentAssessment, (caller.municipality_id, body.id))
    if known is not None:
        named = {name: content[name] for name in content if body.instrument_key or not name.startswith("instrument_")}
        readable_too = await tx.scalar(
            readable(caller, today=today).where(DevelopmentAssessment.id == known.id).with_only_columns(func.count())
        )
        await records.refuse_difference(
            tx, caller, known, named, DevelopmentAssessmentRevision, covered=bool(readable_too)
        )
        return known, "unchanged"
    row = DevelopmentAssessment(municipality_id=caller.municipality_id, id=body.id, revision=1, **content)
    await _judge(tx, row, child, wire)
    await _refuse_second(tx, row)
    tx.add(row)
    await records.keep(tx, caller, row, DevelopmentAssessmentRevision)
    await tx.refresh(row)
    return row, "created"


async def _child(tx: AsyncSession, caller: Caller, body: DevelopmentAssessmentIn, *, room: Room, today: date) -> Child:
    """The child, who was in the room on the day."""
    if body.assessed_on > today:
        raise Problem("future-date")
    field = "child_id" if body.child_id else "child_external_id"
    if (body.child_id is None) == (body.child_external_id is None):
        raise records.one_reference("child_id")
    ids, keys = [body.child_id] if body.child_id else [], [body.child_external_id] if body.child_external_id else []
    known = await gather_known(tx, caller, child_ids=ids, child_keys=keys)
    child_id = body.child_id or known.children.get(body.child_external_id or "")
    if child_id is None or child_id not in known.stays:
        raise Problem("unknown-reference", field=field)
    _refuse_absent(known.stays[child_id], room.id, body.assessed_on, field=field)
    return (await tx.scalars(select(Child).where(Child.id == child_id))).one()


def _refuse_absent(stays: Sequence[Stay], room_id: UUID, day: date, *, field: str) -> None:
    if not was_there(stays, room_id, first=day, last=day):
        raise Problem("child-not-in-room", errors=[field_fault(f"/{field}", "not-in-room-then")])


async def _judge(tx: AsyncSession, row: DevelopmentAssessment, child: Child, wire: DevelopmentInstrumentIO) -> None:
    """Refuse what cannot be; else set age, half-year and results."""
    instrument = instrument_of(wire)
    if child.birth_month is None:
        raise Problem("birth-month-unknown")
    months, (youngest, oldest) = age_in_months(child.birth_month, row.assessed_on), age_range(instrument)
    if not youngest <= months <= oldest:
        raise Problem("outside-age-range", months=months, first=youngest, last=oldest)
    errors = found_by_domain(answer_problems(instrument.form, row.answers), DEVELOPMENT_CATALOGUE)
    if row.state == "final" and not any(value is not None for value in row.answers.values()):
        errors.append(field_fault("/answers", "nothing-answered"))
    if errors:
        raise Problem("invalid-answers", errors=errors)
    row.half_year, row.age_months, row.norm_version = str(HalfYear.of(row.assessed_on)), months, wire.norms.version
    row.results = [asdict(it) for it in assess(instrument, row.answers, age_months=months, sex=child.sex)]
    if row.kind == "joint" and row.state == "final":
        await _refuse_early(tx, row, needed=wire.ratings_before_joint)


async def _refuse_early(tx: AsyncSession, row: DevelopmentAssessment, *, needed: int) -> None:
    """First each on their own, then together: otherwise the second only repeats what the first said."""
    there = await tx.scalar(
        _same(row)
        .where(DevelopmentAssessment.kind == "individual", DevelopmentAssessment.state == "final")
        .with_only_columns(func.count())
    )
    if (there or 0) < needed:
        raise Problem("ratings-first", needed=needed, there=there or 0)


def _same(row: DevelopmentAssessment) -> Select[Any]:
    """What stands about the same child and half-year with the same instrument."""
    mine = DevelopmentAssessment
    return select(mine).where(
        mine.child_id == row.child_id,
        mine.instrument_key == row.instrument_key,
        mine.half_year == row.half_year,
        mine.withdrawn_at.is_(None),
    )


async def _refuse_second(tx: AsyncSession, row: DevelopmentAssessment) -> None:
    mine = DevelopmentAssessment
    same = _same(row).where(mine.kind == row.kind, mine.rater_id.is_not_distinct_from(row.rater_id), mine.id != row.id)
    if await tx.scalar(same) is not None:
        raise Problem("already-rated")


async def correct(
    tx: AsyncSession,
    caller: Caller,
    row: DevelopmentAssessment,
    body: DevelopmentAssessmentPatch,
    *,
    today: date,
) -> DevelopmentAssessment:
    """Apply what was sent and work the bands out anew, by what is known of the child now; every revision is kept."""
    records.refuse_reopening(row, body.state)
    sent: Mapping[str, Any] = body.model_dump(exclude_unset=True)
    if sent.get("assessed_on", row.assessed_on) > today:
        raise Problem("future-date")
    for name, value in sent.items():
        setattr(row, name, row.answers | value if name == "answers" else value)
    child = (await tx.scalars(select(Child).where(Child.id == row.child_id))).one()
    if "assessed_on" in sent:
        known = await gather_known(tx, caller, child_ids=[child.id])
        _refuse_absent(known.stays.get(child.id, ()), row.room_id, row.assessed_on, field="assessed_on")
    wire = await INSTRUMENTS.find(tx, row.instrument_key, row.instrument_version)
    with tx.no_autoflush:
        await _judge(tx, row, child, wire)
        await _refuse_second(tx, row)
    row.revision += 1
    await records.keep(tx, caller, row, DevelopmentAssessmentRevision)
    await tx.refresh(row)
    return row
