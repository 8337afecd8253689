"""Meetings over HTTP, and the reports they talked about."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from api.access.dependencies import Allow, Reading, Writing
from api.access.principals import Caller
from api.assessments import records
from api.assessments.schemas import HistoryOut
from api.audit import record
from api.clock import Today
from api.concurrency import expect, tagged
from api.db import DatabaseDep
from api.learning import meetings
from api.learning.meeting_schemas import MeetingFilter, MeetingIn, MeetingOut, MeetingPatch, MeetingSummary
from api.learning.tables import Meeting, MeetingRevision
from api.paging import Page, keyset
from api.problems import Problem, documented
from api.reports import kept, room
from api.reports.documents import Asked, answer, content_of

router = APIRouter(prefix="/v1/meetings", tags=["learning"])

# Which of the two reports is kept for a reader turns on `development:read`.
Writer = Annotated[Caller, Depends(Allow("observations:write", perhaps=("development:read",)))]
Reader = Annotated[Caller, Depends(Allow("observations:read", perhaps=("development:read",)))]
ReportReader = Annotated[
    Caller, Depends(Allow("observations:read", "reports:read", "children:read", perhaps=("development:read",)))
]
IfMatch = Annotated[str | None, Header(description="The ETag you have seen", max_length=100)]
WITH_BODY = ("malformed-request", "body-too-large", "unsupported-media-type")


@router.post(
    "",
    operation_id="createMeeting",
    status_code=201,
    responses=documented("same-id-other-content", "unknown-reference", "future-date", "period-too-long", *WITH_BODY)
    | {200: {"model": MeetingOut, "description": "It was there already with this content"}},
)
async def create_meeting(
    request: Request, body: MeetingIn, caller: Writer, database: DatabaseDep, today: Today, response: Response
) -> MeetingOut:
    """Record a meeting of a room's team. The report it talked about is kept with its data, as they are now."""
    about = await meetings.discussed(database, caller, body, today=today)
    async with database.writing(caller.municipality_id) as tx:
        row, result = await meetings.create(tx, caller, body, about)
        if result == "created":
            await record(tx, caller, action="create", subject=f"meetings/{row.id}", report=row.report_code)
        made = await meetings.to_wire(tx, caller, row)
    response.status_code = 201 if result == "created" else 200
    return tagged(response, made)  # type: ignore[return-value]


@router.get("", operation_id="listMeetings", responses=documented())
async def list_meetings(
    caller: Reader, tx: Reading, filters: Annotated[MeetingFilter, Query()]
) -> Page[MeetingSummary]:
    """The meetings of your rooms that were not withdrawn."""
    rows, following = await keyset(
        tx, meetings.filtered(caller, filters), key=Meeting.id, limit=filters.limit, cursor=filters.cursor
    )
    return Page(items=meetings.summaries(caller, rows), next=following)


@router.get("/{id}", operation_id="getMeeting", responses=documented("not-found"))
async def get_meeting(id: UUID, caller: Reader, tx: Reading, response: Response) -> MeetingOut:
    """One meeting, and what became of the agreements before it."""
    row = await meetings.find(tx, caller, id)
    return tagged(response, await meetings.to_wire(tx, caller, row))  # type: ignore[return-value]


@router.patch(
    "/{id}",
    operation_id="correctMeeting",
    responses=documented("not-found", "stale-version", "precondition-required", *WITH_BODY),
)
async def correct_meeting(
    request: Request,
    id: UUID,
    *,
    body: MeetingPatch,
    caller: Writer,
    tx: Writing,
    response: Response,
    if_match: IfMatch = None,
) -> MeetingOut:
    """Correct a meeting; needs If-Match. Every revision is kept, and the report stays the one talked about."""
    row = await meetings.find(tx, caller, id)
    await expect(tx, row, if_match)
    row = await meetings.correct(tx, caller, row, body)
    await record(tx, caller, action="correct", subject=f"meetings/{id}", fields=sorted(body.model_fields_set))
    return tagged(response, await meetings.to_wire(tx, caller, row))  # type: ignore[return-value]


@router.delete(
    "/{id}", operation_id="withdrawMeeting", status_code=204, responses=documented("not-found", "stale-version")
)
async def withdraw_meeting(id: UUID, caller: Writer, tx: Writing, if_match: IfMatch = None) -> None:
    """Withdraw a meeting: what it agreed on no longer waits."""
    row = await meetings.find(tx, caller, id)
    await expect(tx, row, if_match, required=False)
    await records.withdraw(tx, caller, row, MeetingRevision)
    await record(tx, caller, action="withdraw", subject=f"meetings/{id}")


@router.get("/{id}/history", operation_id="getMeetingHistory", responses=documented("not-found"))
async def get_meeting_history(id: UUID, caller: Reader, tx: Reading) -> HistoryOut:
    """What stood there, revision by revision."""
    await meetings.find(tx, caller, id)
    return await records.history(tx, id, MeetingRevision)


@router.get(
    "/{id}/report",
    operation_id="getMeetingReport",
    response_class=Response,
    tags=["document"],
    responses=documented("not-found", "rendering-too-slow", "link-expired")
    | content_of("pdf", "png", "svg", "html", "json", "csv"),
)
async def get_meeting_report(id: UUID, caller: ReportReader, database: DatabaseDep, asked: Asked) -> Response:
    """The room data report that the meeting talked about, unchanged whatever was corrected since: the same code and the
    same pages. Whether the data say the same today: `GET /v1/reports/{code}/verification`."""
    async with database.reading(caller.municipality_id) as tx:
        code = meetings.code_for_reader(caller, await meetings.find(tx, caller, id))
        if code is None:
            raise Problem("not-found")
        report = await kept.reopen(tx, code)
    async with database.writing(caller.municipality_id) as tx:
        await record(tx, caller, action="read", subject=f"meetings/{id}/report", code=code)
    return await answer(asked, room.VIEWS, report)
