"""What a batch is of: the readiness reports of a round's units, or the data reports of rooms over a period."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_unit, named_place
from api.access.principals import Caller, Place, PlaceKind
from api.clock import COPENHAGEN
from api.field_faults import field_fault
from api.observations.periods import Period
from api.problems import Problem
from api.reports import readiness, room
from api.reports.batch_schemas import ReportBatchIn
from api.reports.documents import Views
from api.reports.register import Kind, Made
from api.reports.tables import ReportBatch, ReportFile
from api.roster.tables import Room, Unit
from api.surveys import change, results, rounds
from api.surveys.reading import note_reading
from api.surveys.tables import SurveyResult, SurveyRound

Places = Select[*tuple[Any, ...]]
Gather = Callable[[AsyncSession, ReportFile], Awaitable[Made[Any]]]


@dataclass(frozen=True, slots=True)
class Contents:
    """How the documents of one kind of batch are ordered, found and made.

    `asked` says what an order is about, or refuses it; `places` are the documents' units (and rooms), by external id;
    `gatherer` reads what all documents have in common and gives what makes the report of one; `at` dates the files.
    """

    views: Views[Any]
    asked: Callable[[AsyncSession, Caller, ReportBatchIn], Awaitable[dict[str, Any]]]
    places: Callable[[ReportBatch], Places]
    gatherer: Callable[[AsyncSession, ReportBatch, date], Awaitable[Gather]]
    at: Callable[[AsyncSession, ReportBatch], Awaitable[datetime]]


async def _asked_units(tx: AsyncSession, caller: Caller, body: ReportBatchIn) -> dict[str, Any]:
    _only(body, needs=("survey_round_id",), not_of_it=("first", "last"))
    round_ = await rounds.find(tx, cast("UUID", body.survey_round_id))
    await named_place(tx, caller, body.scope, pointer="/scope")
    scope = await results.find(tx, caller, round_, body.scope)
    return {"round_id": round_.id, "scope_kind": scope.scope_kind, "scope_id": scope.scope_id}


async def _asked_rooms(tx: AsyncSession, caller: Caller, body: ReportBatchIn) -> dict[str, Any]:
    _only(body, needs=("first", "last"), not_of_it=("survey_round_id",))
    period = Period.checked(cast("Any", body.first), cast("Any", body.last))
    kind, id_ = await named_place(tx, caller, body.scope, pointer="/scope")
    return {"scope_kind": kind, "scope_id": id_, "first_week": period.first, "last_week": period.last}


def _only(body: ReportBatchIn, *, needs: tuple[str, ...], not_of_it: tuple[str, ...]) -> None:
    """Each kind has fields of its own."""
    names = {name: field.alias or name for name, field in ReportBatchIn.model_fields.items()}
    missing = [name for name in needs if getattr(body, name) is None]
    extra = [name for name in not_of_it if getattr(body, name) is not None]
    errors = [
        field_fault(f"/{names[name]}", code, kind=body.kind)
        for found, code in ((missing, "missing"), (extra, "not-of-this-kind"))
        for name in found
    ]
    if errors:
        raise Problem("invalid-input", errors=errors)


def _units(batch: ReportBatch) -> Places:
    """The units of the scope that the round has frozen results of.

    An area is as it is today, as for whoever asks for one report: its leader has no right to a unit that has left it.
    """
    frozen = (SurveyResult.municipality_id == Unit.municipality_id) & (SurveyResult.scope_id == Unit.id)
    query: Places = (
        select(Unit.id.label("unit_id"), Unit.external_id.label("unit_external_id"))
        .join(SurveyResult, frozen)
        .where(SurveyResult.round_id == batch.round_id, SurveyResult.scope_kind == "unit")
        .order_by(Unit.external_id, Unit.id)
    )
    if batch.scope_kind == "municipality":
        return query
    return query.where((Unit.area_id if batch.scope_kind == "area" else Unit.id) == batch.scope_id)


def _rooms(batch: ReportBatch) -> Places:
    """The rooms there are today."""
    query: Places = (
        select(
            Unit.id.label("unit_id"),
            Unit.external_id.label("unit_external_id"),
            Room.id.label("room_id"),
            Room.external_id.label("room_external_id"),
        )
        .join(Unit, (Unit.municipality_id == Room.municipality_id) & (Unit.id == Room.unit_id))
        .where(Room.deleted_at.is_(None), covers_unit(_reader_of(batch)))
        .order_by(Unit.external_id, Room.external_id, Room.id)
    )
    return query


async def _readiness_reports(tx: AsyncSession, batch: ReportBatch, _: date) -> Gather:
    snapshot = await readiness.snapshot(tx, await rounds.find(tx, cast("UUID", batch.round_id)))

    async def gather(tx: AsyncSession, file: ReportFile) -> Made[Any]:
        note_reading(tx, snapshot.round_)
        mine = SurveyResult.round_id == batch.round_id, SurveyResult.scope_kind == "unit"
        focus = (await tx.scalars(select(SurveyResult).where(*mine, SurveyResult.scope_id == file.unit_id))).one()
        return snapshot.report(focus, earlier=await change.find_earlier(tx, snapshot.round_, focus, since=None))

    return gather


async def _room_reports(_: AsyncSession, batch: ReportBatch, today: date) -> Gather:
    reader, period = _reader_of(batch), Period(cast("Any", batch.first_week), cast("Any", batch.last_week))

    ordered_on = batch.created_at.astimezone(COPENHAGEN).date()

    async def gather(tx: AsyncSession, file: ReportFile) -> Made[Any]:
        await room.refuse_before_opening(tx, reader, cast("UUID", file.room_id), today=ordered_on)
        return await room.gather_open(tx, reader, cast("UUID", file.room_id), period, today=today)

    return gather


def _reader_of(batch: ReportBatch) -> Caller:
    """The batch itself as a caller: it sees the place it was ordered for, so not a room that has left it since."""
    place = Place(cast("PlaceKind", batch.scope_kind), batch.scope_id)
    return Caller(
        municipality_id=batch.municipality_id,
        subject=f"report-batch:{batch.id}",
        name="report batch",
        role="integration",
        places=(place,),
        scopes=frozenset(),
    )


async def _closed_at(tx: AsyncSession, batch: ReportBatch) -> datetime:
    closed_at = await tx.scalar(select(SurveyRound.closed_at).where(SurveyRound.id == batch.round_id))
    return closed_at or batch.created_at


async def _last_day(_: AsyncSession, batch: ReportBatch) -> datetime:
    return datetime.combine(Period(cast("Any", batch.first_week), cast("Any", batch.last_week)).last_day, time())


CONTENTS: Mapping[Kind, Contents] = {
    "readiness": Contents(
        views=readiness.VIEWS,
        asked=_asked_units,
        places=_units,
        gatherer=_readiness_reports,
        at=_closed_at,
    ),
    "room": Contents(
        views=room.VIEWS,
        asked=_asked_rooms,
        places=_rooms,
        gatherer=_room_reports,
        at=_last_day,
    ),
}


def contents_of(batch: ReportBatch | ReportBatchIn) -> Contents:
    return CONTENTS[cast("Kind", batch.kind)]
