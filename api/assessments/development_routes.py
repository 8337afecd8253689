"""Development instruments and assessments over HTTP. Whatever is read about a child is noted before it is shown."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from api.access.dependencies import Allow, Reading, Writing
from api.access.principals import Caller
from api.assessments import development, development_room, records
from api.assessments.development_result_schemas import DevelopmentOut
from api.assessments.development_schemas import (
    DevelopmentAssessmentFilter,
    DevelopmentAssessmentIn,
    DevelopmentAssessmentOut,
    DevelopmentAssessmentPatch,
    DevelopmentInstrumentIO,
    HalfYearText,
)
from api.assessments.development_tables import DevelopmentAssessment, DevelopmentAssessmentRevision
from api.assessments.schemas import HistoryOut, PublishedSummary
from api.audit import record
from api.clock import Today
from api.concurrency import expect, tagged
from api.paging import Cursor, Limit, Page, page_of
from api.problems import Problem, documented

router = APIRouter(prefix="/v1", tags=["development"])

Publisher = Annotated[Caller, Depends(Allow("development:write"))]
Assessor = Annotated[Caller, Depends(Allow("development:write", "children:read"))]
Reader = Annotated[Caller, Depends(Allow("development:read", "children:read"))]
InstrumentReader = Annotated[Caller, Depends(Allow("development:read"))]
IfMatch = Annotated[str | None, Header(description="The ETag you have seen", max_length=100)]
Key = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$")]
Version = Annotated[int, Path(ge=1, le=1_000_000)]
WITH_BODY = ("malformed-request", "body-too-large", "unsupported-media-type")
REFUSED = (
    "future-date", "child-not-in-room", "birth-month-unknown", "outside-age-range", "invalid-answers", "ratings-first",
    "already-rated",
)  # fmt: skip


@router.post(
    "/development-instruments",
    operation_id="publishDevelopmentInstrument",
    status_code=201,
    responses=documented("version-published", "invalid-instrument", "outside-your-place", *WITH_BODY)
    | {200: {"model": DevelopmentInstrumentIO, "description": "It was published already with this content"}},
)
async def publish_instrument(
    request: Request, body: DevelopmentInstrumentIO, caller: Publisher, tx: Writing, response: Response
) -> DevelopmentInstrumentIO:
    """Publish a version of a development instrument with its norms. A published version never changes."""
    if not caller.everywhere:
        raise Problem("outside-your-place")
    shelf = development.INSTRUMENTS
    result = await shelf.publish(tx, caller.municipality_id, body)
    if result == "created":
        subject = f"development-instruments/{body.key}/versions/{body.version}"
        await record(tx, caller, action="publish", subject=subject)
    response.status_code = 201 if result == "created" else 200
    return body


@router.get("/development-instruments", operation_id="listDevelopmentInstruments", responses=documented())
async def list_instruments(
    _: InstrumentReader, tx: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[PublishedSummary]:
    """All published versions, and the demo instrument that comes along."""
    return await development.INSTRUMENTS.page(tx, limit=limit, cursor=cursor)


@router.get(
    "/development-instruments/{key}/versions/{version}",
    operation_id="getDevelopmentInstrument",
    responses=documented("not-found"),
)
async def get_instrument(key: Key, version: Version, _: InstrumentReader, tx: Reading) -> DevelopmentInstrumentIO:
    """A version with its norms, as it was published."""
    return await development.INSTRUMENTS.find(tx, key, version)


@router.post(
    "/development-assessments",
    operation_id="createDevelopmentAssessment",
    status_code=201,
    responses=documented("same-id-other-content", "unknown-reference", *REFUSED, *WITH_BODY)
    | {200: {"model": DevelopmentAssessmentOut, "description": "It was there already with this content"}},
)
async def create_assessment(
    request: Request, body: DevelopmentAssessmentIn, caller: Assessor, tx: Writing, today: Today, response: Response
) -> DevelopmentAssessmentOut:
    """Assess a child of the room: one colleague's rating, or the joint one after two have rated on their own."""
    row, result = await development.create(tx, caller, body, today=today)
    action = "create" if result == "created" else "read"
    await record(tx, caller, action=action, subject=f"development-assessments/{row.id}", child=str(row.child_id))
    response.status_code = 201 if result == "created" else 200
    return _answer(response, row)


@router.get("/development-assessments", operation_id="listDevelopmentAssessments", responses=documented())
async def list_assessments(
    caller: Reader, tx: Writing, today: Today, filters: Annotated[DevelopmentAssessmentFilter, Query()]
) -> Page[DevelopmentAssessmentOut]:
    """The assessments, not withdrawn, of the children you work with today."""
    page = await page_of(
        tx,
        development.filtered(caller, filters, today=today),
        key=DevelopmentAssessment.id,
        wire=DevelopmentAssessmentOut,
        limit=filters.limit,
        cursor=filters.cursor,
    )
    children = sorted({str(item.child_id) for item in page.items})
    if children:
        await record(tx, caller, action="list", subject="development-assessments", children=children)
    return page


@router.get("/development-assessments/{id}", operation_id="getDevelopmentAssessment", responses=documented("not-found"))
async def get_assessment(
    id: UUID, caller: Reader, tx: Writing, today: Today, response: Response
) -> DevelopmentAssessmentOut:
    """One assessment with its raw scores and bands."""
    row = await development.find(tx, caller, id, today=today)
    await record(tx, caller, action="read", subject=f"development-assessments/{id}", child=str(row.child_id))
    return _answer(response, row)


@router.patch(
    "/development-assessments/{id}",
    operation_id="correctDevelopmentAssessment",
    responses=documented(
        "not-found", "outside-your-place", "stale-version", "precondition-required", "already-final", *REFUSED,
        *WITH_BODY,
    ),
)  # fmt: skip
async def correct_assessment(
    request: Request,
    id: UUID,
    *,
    body: DevelopmentAssessmentPatch,
    caller: Assessor,
    tx: Writing,
    today: Today,
    response: Response,
    if_match: IfMatch = None,
) -> DevelopmentAssessmentOut:
    """Correct an assessment, or make it final; needs If-Match. Every revision is kept."""
    row = await development.find_to_change(tx, caller, id, today=today)
    await expect(tx, row, if_match)
    row = await development.correct(tx, caller, row, body, today=today)
    await record(
        tx,
        caller,
        action="correct",
        subject=f"development-assessments/{id}",
        child=str(row.child_id),
        fields=sorted(body.model_fields_set),
    )
    return _answer(response, row)


@router.delete(
    "/development-assessments/{id}",
    operation_id="withdrawDevelopmentAssessment",
    status_code=204,
    responses=documented("not-found", "outside-your-place", "stale-version"),
)
async def withdraw_assessment(id: UUID, caller: Assessor, tx: Writing, today: Today, if_match: IfMatch = None) -> None:
    """Withdraw an assessment: it no longer counts."""
    row = await development.find_to_change(tx, caller, id, today=today)
    await expect(tx, row, if_match, required=False)
    await records.withdraw(tx, caller, row, DevelopmentAssessmentRevision)
    await record(tx, caller, action="withdraw", subject=f"development-assessments/{id}", child=str(row.child_id))


@router.get(
    "/development-assessments/{id}/history",
    operation_id="getDevelopmentAssessmentHistory",
    responses=documented("not-found"),
)
async def get_assessment_history(id: UUID, caller: Reader, tx: Writing, today: Today) -> HistoryOut:
    """What stood there, revision by revision."""
    row = await development.find(tx, caller, id, today=today)
    await record(tx, caller, action="read", subject=f"development-assessments/{id}", child=str(row.child_id))
    return await records.history(tx, id, DevelopmentAssessmentRevision)


@router.get(
    "/rooms/{id}/development",
    operation_id="getRoomDevelopment",
    responses=documented("not-found"),
)
async def get_room_development(
    id: UUID,
    caller: Reader,
    tx: Writing,
    today: Today,
    half_year: Annotated[
        HalfYearText | None, Query(description="Such as `2026-H2`; that of today when left out")
    ] = None,
) -> DevelopmentOut:
    """How many of the room's children are in each band, how that has changed since the half-year before, and whether
    colleagues see the same."""
    found = await development_room.of_room(tx, caller, id, development_room.half_year_of(half_year, today))
    await record(tx, caller, action="read", subject=f"rooms/{id}/development", half_year=found.half_year)
    return found


def _answer(response: Response, row: DevelopmentAssessment) -> DevelopmentAssessmentOut:
    return tagged(response, DevelopmentAssessmentOut.model_validate(row))  # type: ignore[return-value]
