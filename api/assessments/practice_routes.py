"""Practice forms and practice evaluations over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from api.access.dependencies import Allow, Reading, Writing
from api.access.principals import Caller
from api.assessments import practice, records
from api.assessments.practice_schemas import (
    PracticeEvaluationFilter,
    PracticeEvaluationIn,
    PracticeEvaluationOut,
    PracticeEvaluationPatch,
    PracticeFormIO,
    PracticeOut,
)
from api.assessments.schemas import HistoryOut, PublishedSummary
from api.assessments.tables import PracticeEvaluation, PracticeEvaluationRevision
from api.audit import record
from api.clock import Today
from api.concurrency import expect, tagged
from api.paging import Cursor, Limit, Page, keyset
from api.problems import Problem, documented

router = APIRouter(prefix="/v1", tags=["practice"])

Observer = Annotated[Caller, Depends(Allow("observations:write"))]
Reader = Annotated[Caller, Depends(Allow("observations:read"))]
IfMatch = Annotated[str | None, Header(description="The ETag you have seen", max_length=100)]
FormKey = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$")]
FormVersion = Annotated[int, Path(ge=1, le=1_000_000)]
WITH_BODY = ("malformed-request", "body-too-large", "unsupported-media-type")


@router.post(
    "/practice-forms",
    operation_id="publishPracticeForm",
    status_code=201,
    responses=documented("version-published", "invalid-instrument", "outside-your-place", *WITH_BODY)
    | {200: {"model": PracticeFormIO, "description": "It was published already with this content"}},
)
async def publish_form(
    request: Request, body: PracticeFormIO, caller: Observer, tx: Writing, response: Response
) -> PracticeFormIO:
    """Publish a version of the practice form, for the whole municipality. A published version never changes."""
    if not caller.everywhere:
        raise Problem("outside-your-place")
    result = await practice.FORMS.publish(tx, caller.municipality_id, body)
    if result == "created":
        await record(tx, caller, action="publish", subject=f"practice-forms/{body.key}/versions/{body.version}")
    response.status_code = 201 if result == "created" else 200
    return body


@router.get("/practice-forms", operation_id="listPracticeForms", responses=documented())
async def list_forms(_: Reader, tx: Reading, limit: Limit = 100, cursor: Cursor = None) -> Page[PublishedSummary]:
    """All published versions, and the demo form that comes along."""
    return await practice.FORMS.page(tx, limit=limit, cursor=cursor)


@router.get(
    "/practice-forms/{key}/versions/{version}", operation_id="getPracticeForm", responses=documented("not-found")
)
async def get_form(key: FormKey, version: FormVersion, _: Reader, tx: Reading) -> PracticeFormIO:
    """A version, as it was published."""
    return await practice.FORMS.find(tx, key, version)


@router.post(
    "/practice-evaluations",
    operation_id="createPracticeEvaluation",
    status_code=201,
    responses=documented(
        "same-id-other-content", "unknown-reference", "future-date", "invalid-answers", "already-rated",
        "periods-overlap", *WITH_BODY,
    )
    | {200: {"model": PracticeEvaluationOut, "description": "It was there already with this content"}},
)  # fmt: skip
async def create_evaluation(
    request: Request, body: PracticeEvaluationIn, caller: Observer, tx: Writing, today: Today, response: Response
) -> PracticeEvaluationOut:
    """Evaluate a room's practice in a period: one colleague's rating, or what the team agreed on."""
    row, result = await practice.create(tx, caller, body, today=today)
    if result == "created":
        await record(tx, caller, action="create", subject=f"practice-evaluations/{row.id}")
    response.status_code = 201 if result == "created" else 200
    return await _answer(tx, response, row)


@router.get("/practice-evaluations", operation_id="listPracticeEvaluations", responses=documented("invalid-week"))
async def list_evaluations(
    caller: Reader, tx: Reading, filters: Annotated[PracticeEvaluationFilter, Query()]
) -> Page[PracticeEvaluationOut]:
    """The evaluations of your rooms that were not withdrawn."""
    rows, following = await keyset(
        tx,
        practice.filtered(caller, filters),
        key=PracticeEvaluation.id,
        limit=filters.limit,
        cursor=filters.cursor,
    )
    return Page(items=await practice.to_wire(tx, rows), next=following)


@router.get("/practice-evaluations/{id}", operation_id="getPracticeEvaluation", responses=documented("not-found"))
async def get_evaluation(id: UUID, caller: Reader, tx: Reading, response: Response) -> PracticeEvaluationOut:
    """One evaluation with its scores."""
    return await _answer(tx, response, await practice.find(tx, caller, id))


@router.patch(
    "/practice-evaluations/{id}",
    operation_id="correctPracticeEvaluation",
    responses=documented(
        "not-found", "stale-version", "precondition-required", "invalid-answers", "already-final", *WITH_BODY
    ),
)
async def correct_evaluation(
    request: Request,
    id: UUID,
    *,
    body: PracticeEvaluationPatch,
    caller: Observer,
    tx: Writing,
    response: Response,
    if_match: IfMatch = None,
) -> PracticeEvaluationOut:
    """Correct an evaluation, or make it final; needs If-Match. Every revision is kept."""
    row = await practice.find(tx, caller, id)
    await expect(tx, row, if_match)
    row = await practice.correct(tx, caller, row, body)
    subject = f"practice-evaluations/{id}"
    await record(tx, caller, action="correct", subject=subject, fields=sorted(body.model_fields_set))
    return await _answer(tx, response, row)


@router.delete(
    "/practice-evaluations/{id}",
    operation_id="withdrawPracticeEvaluation",
    status_code=204,
    responses=documented("not-found", "stale-version"),
)
async def withdraw_evaluation(id: UUID, caller: Observer, tx: Writing, if_match: IfMatch = None) -> None:
    """Withdraw an evaluation: it no longer counts."""
    row = await practice.find(tx, caller, id)
    await expect(tx, row, if_match, required=False)
    await records.withdraw(tx, caller, row, PracticeEvaluationRevision)
    await record(tx, caller, action="withdraw", subject=f"practice-evaluations/{id}")


@router.get(
    "/practice-evaluations/{id}/history",
    operation_id="getPracticeEvaluationHistory",
    responses=documented("not-found"),
)
async def get_evaluation_history(id: UUID, caller: Reader, tx: Reading) -> HistoryOut:
    """What stood there, revision by revision."""
    await practice.find(tx, caller, id)
    return await records.history(tx, id, PracticeEvaluationRevision)


@router.get("/rooms/{id}/practice", operation_id="getRoomPractice", responses=documented("not-found"))
async def get_room_practice(
    id: UUID,
    caller: Reader,
    tx: Reading,
    periods: Annotated[int, Query(ge=1, le=26, description="How many at most, counted from the last")] = 6,
) -> PracticeOut:
    """The core elements over the periods that the room's team has evaluated together."""
    return await practice.of_room(tx, caller, id, periods=periods)


async def _answer(tx: Reading, response: Response, row: PracticeEvaluation) -> PracticeEvaluationOut:
    (answer,) = await practice.to_wire(tx, [row])
    return tagged(response, answer)  # type: ignore[return-value]
