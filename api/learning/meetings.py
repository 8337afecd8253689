"""Meetings: recorded with the report they talked about, corrected, and followed up at the next one."""

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
from api.db import Database
from api.field_faults import field_fault
from api.learning.agreements import held, meetings_of
from api.learning.meeting_schemas import (
    EarlierAgreementOut,
    FollowedUpIO,
    MeetingFilter,
    MeetingIn,
    MeetingOut,
    MeetingPatch,
    MeetingSummary,
)
from api.learning.tables import Meeting, MeetingRevision
from api.observations.periods import Period, last_whole_week
from api.problems import Problem
from api.reports import kept, room
from api.reports.register import Made
from api.roster.tables import Room
from domain.agreements import Standing, waiting
from domain.weeks import WEEK
from reporting.room.build import RoomReport

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Discussed:
    """The weeks and their report: as everybody sees it, and with the children's development where there is any.
    Without reports where the unit's reports are not open yet."""

    period: Period
    plain: Made[RoomReport] | None
    with_development: Made[RoomReport] | None


async def discussed(database: Database, caller: Caller, body: MeetingIn, *, today: date) -> Discussed:
    """The report that the meeting talked about, gathered in a view of one moment."""
    if body.held_on > today:
        raise Problem("future-date")
    last = last_whole_week(body.held_on)
    period = Period(last - (WEEKS - 1) * WEEK, last)
    if body.first_week is not None and body.last_week is not None:
        period = Period.checked(body.first_week, body.last_week)
        if period.first > body.held_on:
            raise Problem("future-date")
    async with database.reading(caller.municipality_id) as tx:
        room_id = (await records.room_of(tx, caller, body)).id
        try:
            await room.refuse_before_opening(tx, caller, room_id, today=today)
        except Problem as problem:
            if problem.code != "report-not-open":
                raise
            return Discussed(period, None, None)
        plain, full = [
            await room.gather_report(tx, caller, room_id, period, with_development=asked) for asked in (False, True)
        ]
    return Discussed(period, plain, full if full.report.development is not None else None)


def filtered(caller: Caller, filters: MeetingFilter) -> Select[Any]:
    query = visible(caller)
    if filters.room_id is not None:
        query = query.where(Meeting.room_id == filters.room_id)
    if filters.held_from is not None:
        query = query.where(Meeting.held_on >= filters.held_from)
    return query if filters.held_to is None else query.where(Meeting.held_on <= filters.held_to)


def visible(caller: Caller) -> Select[Any]:
    rooms = select(Room.id).where(covers_room(caller))
    return select(Meeting).where(Meeting.withdrawn_at.is_(None), Meeting.room_id.in_(rooms))


async def find(tx: AsyncSession, caller: Caller, id_: UUID) -> Meeting:
    row: Meeting | None = await tx.scalar(visible(caller).where(Meeting.id == id_))
    if row is None:
        raise Problem("not-found")
    return row


async def create(
    tx: AsyncSession, caller: Caller, body: MeetingIn, about: Discussed
) -> tuple[Meeting, Literal["created", "unchanged"]]:
    """A meeting with the report it talked about; the same id with the same content changes nothing."""
    at = await records.room_of(tx, caller, body)
    await records.hold(tx, caller, "meetings", at.id)
    content = {
        "room_id": at.id,
        "held_on": body.held_on,
        "participants": body.participants,
        "interpretation": body.interpretation,
        "first_week": about.period.first,
        "last_week": about.period.last,
        **body.model_dump(mode="json", include={"adjustments", "followed_up"}),
    }
    known = await tx.get(Meeting, (caller.municipality_id, body.id))
    if known is not None:
        mine = await tx.scalar(select(Room.id).where(Room.id == known.room_id, covers_room(caller)))
        await records.refuse_difference(tx, caller, known, content, MeetingRevision, covered=mine is not None)
        return known, "unchanged"
    row = Meeting(municipality_id=caller.municipality_id, id=body.id, revision=1, **content)
    await _refuse_unknown(tx, row)
    reports = about.plain, about.with_development
    codes = [await kept.keep(tx, caller.municipality_id, made) if made else None for made in reports]
    row.report_code, row.development_report_code = codes
    tx.add(row)
    await records.keep(tx, caller, row, MeetingRevision)
    await tx.refresh(row)
    return row, "created"


async def _before(tx: AsyncSession, row: Meeting) -> list[Meeting]:
    """The room's meetings before this one; of the same day those that were recorded before."""
    others = [it for it in await meetings_of(tx, row.room_id) if it.id != row.id]
    return [
        it
        for it in others
        if it.held_on < row.held_on
        or (it.held_on == row.held_on and (row.created_at is None or it.created_at < row.created_at))
    ]


async def _refuse_unknown(tx: AsyncSession, row: Meeting) -> None:
    """What is followed up was agreed on at an earlier meeting of the room."""
    agreed = {it["id"] for meeting in await _before(tx, row) for it in meeting.adjustments}
    errors = [
        field_fault(f"/followed_up/{position}/adjustment_id", "unknown-agreement")
        for position, it in enumerate(row.followed_up)
        if it["adjustment_id"] not in agreed
    ]
    if errors:
        raise Problem("invalid-input", errors=errors)


async def correct(tx: AsyncSession, caller: Caller, row: Meeting, body: MeetingPatch) -> Meeting:
    """Apply what was sent; every revision is kept. The report stays the one that was talked about."""
    for name, value in body.model_dump(mode="json", exclude_unset=True).items():
        setattr(row, name, value)
    await _refuse_unknown(tx, row)
    row.revision += 1
    await records.keep(tx, caller, row, MeetingRevision)
    await tx.refresh(row)
    return row


def code_for_reader(caller: Caller, row: Meeting) -> str | None:
    """The report with the children's development is for those who may read that."""
    full = row.development_report_code if "development:read" in caller.scopes else None
    return full or row.report_code


def summaries(caller: Caller, rows: Sequence[Meeting]) -> list[MeetingSummary]:
    return [MeetingSummary.model_validate(_fields(caller, row)) for row in rows]


async def to_wire(tx: AsyncSession, caller: Caller, row: Meeting) -> MeetingOut:
    before = waiting([held(it) for it in await _before(tx, row)])
    said = {str(it["adjustment_id"]): FollowedUpIO.model_validate(it) for it in row.followed_up}
    earlier = [_earlier(it, said.get(it.adjustment.id)) for it in before]
    return MeetingOut.model_validate({**_fields(caller, row), "earlier": earlier})


def _earlier(it: Standing, said: FollowedUpIO | None) -> EarlierAgreementOut:
    fields = {name: getattr(it.adjustment, name) for name in ("id", "kind", "text", "responsible", "due_on")}
    status, note = (said.status, said.note) if said else ("open", "")
    return EarlierAgreementOut.model_validate(
        {"adjustment": fields, "agreed_on": it.agreed_on, "status": status, "note": note}
    )


def _fields(caller: Caller, row: Meeting) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in MeetingSummary.model_fields}
    return fields | {"report_code": code_for_reader(caller, row)}
