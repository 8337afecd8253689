"""Practice evaluations: recorded, corrected, and added up over a room's periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_room
from api.access.principals import Caller
from api.assessments import records
from api.assessments.periods import last_weeks
from api.assessments.practice_schemas import (
    ElementScoreOut,
    ElementTrendOut,
    EvaluatedPeriodOut,
    PracticeEvaluationFilter,
    PracticeEvaluationIn,
    PracticeEvaluationOut,
    PracticeEvaluationPatch,
    PracticeFormIO,
    PracticeOut,
)
from api.assessments.published import Shelf, text_of
from api.assessments.tables import PracticeEvaluation, PracticeEvaluationRevision, PracticeForm
from api.field_faults import field_fault, found_by_domain
from api.observations.room_weeks import find_room
from api.problems import Problem
from api.roster.tables import Room
from api.surveys.instrument_schemas import TextIO
from domain.forms import Form, FormItem, Group, answer_problems, score_groups
from domain.instruments import Scale
from domain.practice import (
    DEFAULT_PRACTICE_RULES,
    HIGHEST,
    LOWEST,
    PRACTICE_CATALOGUE,
    ElementTrend,
    Evaluated,
    practice_problems,
    seen_differently,
    trend,
)

PERIODS_SHOWN = 6
GENERAL = "general"


def form_of(wire: PracticeFormIO) -> Form:
    """The published wire form as the value the domain computes with."""
    return Form(
        key=wire.key,
        version=wire.version,
        title=text_of(wire.title),
        scale=Scale(LOWEST, HIGHEST, tuple(text_of(label) for label in wire.labels)),
        groups=tuple(Group(it.key, text_of(it.title), it.min_answered_share) for it in wire.elements),
        items=tuple(FormItem(item.key, item.element, text_of(item.text)) for item in wire.items),
        source=text_of(wire.source),
    )


FORMS = Shelf(
    table=PracticeForm,
    wire=PracticeFormIO,
    problems=lambda wire: tuple(practice_problems(form_of(wire))),
    catalogue=PRACTICE_CATALOGUE,
    default="practice_form.json",
)


def visible(caller: Caller) -> Select[Any]:
    rooms = select(Room.id).where(covers_room(caller))
    query = select(PracticeEvaluation).where(PracticeEvaluation.withdrawn_at.is_(None))
    return query if caller.everywhere else query.where(PracticeEvaluation.room_id.in_(rooms))


def filtered(caller: Caller, filters: PracticeEvaluationFilter) -> Select[Any]:
    asked = {name: getattr(filters, name) for name in ("room_id", "first_week", "kind", "state")}
    return visible(caller).filter_by(**{name: value for name, value in asked.items() if value is not None})


async def find(tx: AsyncSession, caller: Caller, id_: UUID) -> PracticeEvaluation:
    row: PracticeEvaluation | None = await tx.scalar(visible(caller).where(PracticeEvaluation.id == id_))
    if row is None:
        raise Problem("not-found")
    return row


async def create(
    tx: AsyncSession, caller: Caller, body: PracticeEvaluationIn, *, today: date
) -> tuple[PracticeEvaluation, Literal["created", "unchanged"]]:
    """A new evaluation; the same id with the same content changes nothing."""
    room = await records.room_of(tx, caller, body)
    if body.first_week > today:
        raise Problem("future-date")
    await records.hold(tx, caller, "practice", room.id)
    last_week = await last_weeks(tx, today=today)
    form = await FORMS.adopt(tx, caller.municipality_id, body.form_key, body.form_version, field="form_key")
    content = {
        "room_id": room.id,
        "kind": body.kind,
        "rater_id": await records.rater_of(tx, caller, body, kind=body.kind, room=room),
        "first_week": body.first_week,
        "last_week": body.last_week or last_week(room.unit_id, body.first_week),
        "form_key": form.key,
        "form_version": form.version,
        "state": body.state,
        **body.model_dump(mode="json", include={"answers", "comments", "agreements"}),
    }
    known = await tx.get(PracticeEvaluation, (caller.municipality_id, body.id))
    if known is not None:
        named = {name: content[name] for name in content if body.form_key or not name.startswith("form_")}
        mine = await tx.scalar(select(Room.id).where(Room.id == known.room_id, covers_room(caller)))
        await records.refuse_difference(tx, caller, known, named, PracticeEvaluationRevision, covered=mine is not None)
        return known, "unchanged"
    row = PracticeEvaluation(municipality_id=caller.municipality_id, id=body.id, revision=1, **content)
    _refuse_wrong(row, form)
    await _refuse_overlap(tx, row)
    tx.add(row)
    await records.keep(tx, caller, row, PracticeEvaluationRevision)
    await tx.refresh(row)
    return row, "created"


def _refuse_wrong(row: PracticeEvaluation, form: PracticeFormIO) -> None:
    problems = tuple(answer_problems(form_of(form), row.answers))
    errors = found_by_domain(problems, PRACTICE_CATALOGUE)
    known = {GENERAL, *(element.key for element in form.elements)}
    errors += [
        field_fault(f"/comments/{key}", "unknown-element", general=GENERAL) for key in row.comments if key not in known
    ]
    if row.state == "final" and not any(value is not None for value in row.answers.values()):
        errors.append(field_fault("/answers", "nothing-answered"))
    if errors:
        raise Problem("invalid-answers", errors=errors)


async def _refuse_overlap(tx: AsyncSession, row: PracticeEvaluation) -> None:
    """One joint evaluation a period and one of each colleague; periods of a room are the same or apart."""
    mine = PracticeEvaluation
    there = await tx.execute(
        select(mine.first_week, mine.last_week, mine.kind, mine.rater_id).where(
            mine.room_id == row.room_id,
            mine.withdrawn_at.is_(None),
            mine.first_week <= row.last_week,
            mine.last_week >= row.first_week,
        )
    )
    for first, last, kind, rater in there:
        if (first, last) != (row.first_week, row.last_week):
            raise Problem("periods-overlap", first=f"{first:%G-W%V}", last=f"{last:%G-W%V}")
        if (kind, rater) == (row.kind, row.rater_id):
            raise Problem("already-rated")


async def correct(
    tx: AsyncSession, caller: Caller, row: PracticeEvaluation, body: PracticeEvaluationPatch
) -> PracticeEvaluation:
    """Apply what was sent; every revision is kept."""
    records.refuse_reopening(row, body.state)
    sent = body.model_dump(mode="json", exclude_unset=True)
    if "answers" in sent:
        sent["answers"] = row.answers | sent["answers"]
    for name, value in sent.items():
        setattr(row, name, value)
    _refuse_wrong(row, await FORMS.find(tx, row.form_key, row.form_version))
    row.revision += 1
    await records.keep(tx, caller, row, PracticeEvaluationRevision)
    await tx.refresh(row)
    return row


async def to_wire(tx: AsyncSession, rows: Sequence[PracticeEvaluation]) -> list[PracticeEvaluationOut]:
    forms = {key: await FORMS.find(tx, *key) for key in sorted({(row.form_key, row.form_version) for row in rows})}
    return [_wire(row, forms[row.form_key, row.form_version]) for row in rows]


def _wire(row: PracticeEvaluation, form: PracticeFormIO) -> PracticeEvaluationOut:
    titles = {element.key: element.title for element in form.elements}
    scores = [
        ElementScoreOut(element=it.group, title=titles[it.group], answered=it.answered, items=it.items, score=it.mean)
        for it in score_groups(form_of(form), row.answers)
    ]
    fields = {name: getattr(row, name) for name in PracticeEvaluationOut.model_fields if name != "scores"}
    return PracticeEvaluationOut.model_validate({**fields, "scores": scores})


@dataclass(frozen=True, slots=True)
class RoomPractice:
    """A room's final joint evaluations, the oldest first, each with what the colleagues behind it had answered."""

    evaluations: tuple[PracticeEvaluation, ...]
    individual: tuple[tuple[dict[str, int | None], ...], ...]
    trends: tuple[ElementTrend, ...]
    form: PracticeFormIO | None

    @property
    def titles(self) -> dict[str, TextIO]:
        return {it.key: it.title for it in self.form.elements} if self.form else {}


async def gather(
    tx: AsyncSession, room_id: UUID, *, until: date | None = None, periods: int = PERIODS_SHOWN
) -> RoomPractice:
    """The last `periods` that begin no later than `until`. Who may see the room is for the caller to know."""
    mine = PracticeEvaluation
    standing = [mine.room_id == room_id, mine.withdrawn_at.is_(None), mine.state == "final"]
    if until is not None:
        standing.append(mine.first_week <= until)
    newest = select(mine).where(*standing, mine.kind == "joint").order_by(mine.first_week.desc()).limit(periods)
    joint = tuple(reversed((await tx.scalars(newest)).all()))
    weeks = [row.first_week for row in joint]
    query = select(mine.first_week, mine.answers).where(
        *standing, mine.kind == "individual", mine.first_week.in_(weeks)
    )
    single = (await tx.execute(query.order_by(mine.rater_id))).all() if weeks else []
    forms = {key: form_of(await FORMS.find(tx, *key)) for key in {(row.form_key, row.form_version) for row in joint}}
    scored = [
        Evaluated(
            row.first_week,
            row.last_week,
            (row.form_key, row.form_version),
            score_groups(forms[row.form_key, row.form_version], row.answers),
        )
        for row in joint
    ]
    return RoomPractice(
        evaluations=joint,
        individual=tuple(tuple(answers for week, answers in single if week == row.first_week) for row in joint),
        trends=trend(scored),
        form=await FORMS.find(tx, joint[-1].form_key, joint[-1].form_version) if joint else None,
    )


async def of_room(tx: AsyncSession, caller: Caller, room_id: UUID, *, periods: int) -> PracticeOut:
    """The room's practice over time."""
    await find_room(tx, caller, room_id)
    found = await gather(tx, room_id, periods=periods)
    return PracticeOut(
        room_id=room_id,
        periods=[
            EvaluatedPeriodOut(
                evaluation_id=row.id,
                first_week=row.first_week,
                last_week=row.last_week,
                form_key=row.form_key,
                form_version=row.form_version,
                individual=len(ratings),
                seen_differently=dict(seen_differently(ratings)),
            )
            for row, ratings in zip(found.evaluations, found.individual, strict=True)
        ],
        elements=[
            ElementTrendOut(
                element=it.element,
                title=found.titles[it.element],
                scores=list(it.scores),
                step=it.step,
                difference=it.difference,
            )
            for it in found.trends
        ],
        rules_version=DEFAULT_PRACTICE_RULES.version,
    )
