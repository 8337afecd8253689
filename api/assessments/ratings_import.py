"""Practice evaluations and development assessments in bulk: gather what is known, let the domain plan, write it.

A handful of statements whatever the size of the file, and one for each correction.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.assessments.development import INSTRUMENTS, instrument_of
from api.assessments.development_tables import DevelopmentAssessment, DevelopmentAssessmentRevision
from api.assessments.periods import last_weeks
from api.assessments.practice import FORMS, GENERAL, form_of
from api.assessments.records import content_fields, plain
from api.assessments.tables import PracticeEvaluation, PracticeEvaluationRevision
from api.audit import record_as
from api.imports.outcome import Counts, Outcome
from api.imports.rows import read_rows
from api.imports.tables import Import
from api.problems import Problem
from api.roster.tables import Child, ChildRoom, Room, Staff
from domain.issues import Params, RowIssue
from domain.ratings_plan import (
    KnownChild,
    KnownRoom,
    KnownStaff,
    PlannedRating,
    RatingPlan,
    Standing,
    plan_development,
    plan_practice,
)
from domain.ratings_sheet import DEVELOPMENT_COLUMNS, PRACTICE_COLUMNS, RatingFile, read_ratings

PRACTICE, DEVELOPMENT = "practice-evaluations", "development-assessments"
Planner = Callable[[RatingFile], RatingPlan]


async def import_practice(tx: AsyncSession, received: Import, *, today: date) -> Outcome:
    """Evaluations of rooms, rated with the form that the request names."""
    try:
        wire = await FORMS.adopt(tx, received.municipality_id, *_named(received), field="key")
    except Problem:
        return _unknown_form(received)
    table = await asyncio.to_thread(read_rows, received.body or b"")
    file = await asyncio.to_thread(read_ratings, table, PRACTICE_COLUMNS, form_of(wire))
    mine = PracticeEvaluation
    rows = (await tx.scalars(select(mine).where(mine.withdrawn_at.is_(None)))).all() if file.lines else []
    spans: dict[str, list[tuple[date, date]]] = {}
    for row in rows:
        spans.setdefault(str(row.room_id), []).append((row.first_week, row.last_week))
    last_week = await last_weeks(tx, today=today)
    plan = await asyncio.to_thread(
        plan_practice,
        file.lines,
        rooms=await _rooms(tx),
        staff=await _staff(tx),
        standing={(str(row.room_id), row.first_week, _text(row.rater_id)): _standing(row) for row in rows},
        spans=spans,
        last_week=lambda unit, first: last_week(UUID(unit), first),
        today=today,
    )
    fixed = {"form_key": wire.key, "form_version": wire.version, "agreements": []}
    return await _written(
        tx,
        received,
        file,
        plan,
        notes=table.assumptions,
        tables=(PracticeEvaluation, PracticeEvaluationRevision),
        content=lambda planned: {
            **fixed,
            **planned.values,
            "room_id": UUID(planned.values["room_id"]),
            "comments": {GENERAL: planned.comment} if planned.comment else {},
        },
    )


async def import_development(tx: AsyncSession, received: Import, *, today: date) -> Outcome:
    """Assessments of children, rated with the instrument that the request names."""
    try:
        wire = await INSTRUMENTS.adopt(tx, received.municipality_id, *_named(received), field="key")
    except Problem:
        return _unknown_form(received)
    instrument = instrument_of(wire)
    table = await asyncio.to_thread(read_rows, received.body or b"")
    file = await asyncio.to_thread(read_ratings, table, DEVELOPMENT_COLUMNS, instrument.form)
    mine = DevelopmentAssessment
    here = mine.withdrawn_at.is_(None), mine.instrument_key == wire.key
    rows = (await tx.scalars(select(mine).where(*here))).all() if file.lines else []
    plan = await asyncio.to_thread(
        plan_development,
        file.lines,
        instrument=instrument,
        rooms=await _rooms(tx),
        staff=await _staff(tx),
        children=await _children(tx, [line.values["child_external_id"] for line in file.lines]),
        standing={(str(row.child_id), row.half_year, _text(row.rater_id)): _standing(row) for row in rows},
        today=today,
    )
    fixed = {"instrument_key": wire.key, "instrument_version": wire.version, "norm_version": wire.norms.version}
    return await _written(
        tx,
        received,
        file,
        plan,
        notes=table.assumptions,
        tables=(DevelopmentAssessment, DevelopmentAssessmentRevision),
        content=lambda planned: {
            **fixed,
            **planned.values,
            "room_id": UUID(planned.values["room_id"]),
            "child_id": UUID(planned.values["child_id"]),
            "results": [asdict(result) for result in planned.values["results"]],
            "comment": planned.comment,
        },
    )


def _named(received: Import) -> tuple[str | None, int | None]:
    return received.params.get("key"), received.params.get("version")


def _unknown_form(received: Import) -> Outcome:
    params: Params = {"key": str(received.params.get("key")), "version": int(received.params.get("version") or 0)}
    return Outcome(total=Counts(), issues=(RowIssue(None, None, None, "unknown-form", params),))


def _text(id_: UUID | None) -> str | None:
    return None if id_ is None else str(id_)


def _standing(row: Any) -> Standing:
    comment = row.comments.get(GENERAL, "") if isinstance(row, PracticeEvaluation) else row.comment
    return Standing(str(row.id), row.state, row.answers, comment)


async def _rooms(tx: AsyncSession) -> dict[str, KnownRoom]:
    query = select(Room.external_id, Room.id, Room.unit_id).where(Room.deleted_at.is_(None))
    return {key: KnownRoom(str(id_), str(unit)) for key, id_, unit in await tx.execute(query)}


async def _staff(tx: AsyncSession) -> dict[str, KnownStaff]:
    query = select(Staff.external_id, Staff.id, Staff.unit_id).where(Staff.deleted_at.is_(None))
    return {key: KnownStaff(str(id_), str(unit)) for key, id_, unit in await tx.execute(query)}


async def _children(tx: AsyncSession, keys: Sequence[str]) -> dict[str, KnownChild]:
    wanted = set(keys)
    stays: dict[UUID, list[tuple[str, date, date | None]]] = {}
    columns = ChildRoom.child_id, ChildRoom.room_id, ChildRoom.valid_from, ChildRoom.valid_to
    for child, room, first, last in await tx.execute(select(*columns)):
        stays.setdefault(child, []).append((str(room), first, last))
    query = select(Child.external_id, Child.id, Child.birth_month, Child.sex).where(Child.deleted_at.is_(None))
    return {
        key: KnownChild(str(id_), born, sex, tuple(stays.get(id_, ())))
        for key, id_, born, sex in await tx.execute(query)
        if key in wanted
    }


async def _written(
    tx: AsyncSession,
    received: Import,
    file: RatingFile,
    plan: RatingPlan,
    *,
    notes: tuple[RowIssue, ...],
    tables: tuple[Any, Any],
    content: Callable[[PlannedRating], dict[str, Any]],
) -> Outcome:
    issues = (*file.issues, *plan.findings.issues())
    if issues:
        rejected = len({issue.row for issue in issues if issue.row is not None})
        return Outcome(total=Counts(rejected=rejected), issues=issues, notes=notes)
    table, revisions = tables
    new = [_row(received, planned, content(planned)) for planned in plan.creates]
    if new:
        await tx.execute(insert(table), new)
    corrected = [await _corrected(tx, table, planned, content(planned)) for planned in plan.corrections]
    fields = content_fields(table)
    kept = [
        {
            "municipality_id": received.municipality_id,
            "id": row["id"],
            "revision": row["revision"],
            "body": {name: plain(row[name]) for name in fields} | {"withdrawn": False},
            "changed_by": received.created_by,
        }
        for row in (*new, *corrected)
    ]
    if kept:
        await tx.execute(insert(revisions), kept)
        dataset = received.dataset
        await record_as(
            tx, received.municipality_id, actor=received.created_by, action="import", subject=dataset, count=len(kept)
        )
    counts = Counts(created=len(new), updated=len(corrected), unchanged=plan.unchanged)
    return Outcome(total=counts, tables={received.dataset: counts}, notes=notes)


def _row(received: Import, planned: PlannedRating, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "municipality_id": received.municipality_id,
        "id": uuid4(),
        "kind": planned.kind,
        "rater_id": UUID(planned.rater_id) if planned.rater_id else None,
        "state": planned.state,
        "answers": planned.answers,
        "revision": 1,
        **content,
    }


async def _corrected(tx: AsyncSession, table: Any, planned: PlannedRating, content: dict[str, Any]) -> dict[str, Any]:
    """The row as it stands after the correction. What an import does not hold, such as agreements, stays."""
    assert planned.known is not None  # noqa: S101 - a correction corrects something
    kept = {"agreements", "room_id"}
    changed = {name: value for name, value in content.items() if name not in kept}
    changed |= {"state": planned.state, "answers": planned.answers, "revision": table.revision + 1}
    statement = update(table).where(table.id == UUID(planned.known.id)).values(changed).returning(table)
    row = (await tx.scalars(statement, execution_options={"populate_existing": True})).one()
    return {name: getattr(row, name) for name in ("id", "revision", *content_fields(table))}
