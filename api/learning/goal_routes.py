"""Goals over HTTP."""

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
from api.learning import goals
from api.learning.goal_schemas import GoalFilter, GoalIn, GoalOut, GoalPatch, GoalSummary
from api.learning.tables import Goal, GoalRevision
from api.paging import Page, keyset
from api.problems import documented

router = APIRouter(prefix="/v1/goals", tags=["learning"])

# Goals that count children, or are about their development, are there for those who may read these.
Writer = Annotated[Caller, Depends(Allow("observations:write", perhaps=("children:read", "development:read")))]
Reader = Annotated[Caller, Depends(Allow("observations:read", perhaps=("children:read", "development:read")))]
IfMatch = Annotated[str | None, Header(description="The ETag you have seen", max_length=100)]
WITH_BODY = ("malformed-request", "body-too-large", "unsupported-media-type")


@router.post(
    "",
    operation_id="createGoal",
    status_code=201,
    responses=documented(
        "same-id-other-content", "unknown-reference", "unknown-word", "future-date", "period-too-long", *WITH_BODY
    )
    | {200: {"model": GoalOut, "description": "It was there already with this content"}},
)
async def create_goal(
    request: Request, body: GoalIn, caller: Writer, tx: Writing, today: Today, response: Response
) -> GoalOut:
    """Choose a goal for a room or a unit. Its baseline is computed now and kept."""
    row, result = await goals.create(tx, caller, body, today=today)
    if result == "created":
        await record(tx, caller, action="create", subject=f"goals/{row.id}")
    response.status_code = 201 if result == "created" else 200
    return tagged(response, await goals.to_wire(tx, caller, row, today=today))  # type: ignore[return-value]


@router.get("", operation_id="listGoals", responses=documented("invalid-week"))
async def list_goals(caller: Reader, tx: Reading, filters: Annotated[GoalFilter, Query()]) -> Page[GoalSummary]:
    """The goals of your rooms and units that were not withdrawn. How far one has come stands with it alone."""
    rows, following = await keyset(
        tx, goals.filtered(caller, filters), key=Goal.id, limit=filters.limit, cursor=filters.cursor
    )
    return Page(items=goals.summaries(rows), next=following)


@router.get("/{id}", operation_id="getGoal", responses=documented("not-found"))
async def get_goal(id: UUID, caller: Reader, tx: Reading, today: Today, response: Response) -> GoalOut:
    """One goal, and how far it has come in the data of today."""
    row = await goals.find(tx, caller, id)
    return tagged(response, await goals.to_wire(tx, caller, row, today=today))  # type: ignore[return-value]


@router.patch(
    "/{id}",
    operation_id="correctGoal",
    responses=documented("not-found", "stale-version", "precondition-required", "period-too-long", *WITH_BODY),
)
async def correct_goal(
    request: Request,
    id: UUID,
    *,
    body: GoalPatch,
    caller: Writer,
    tx: Writing,
    today: Today,
    response: Response,
    if_match: IfMatch = None,
) -> GoalOut:
    """Correct a goal or take it to its next step; needs If-Match. Every revision is kept."""
    row = await goals.find(tx, caller, id)
    await expect(tx, row, if_match)
    row = await goals.correct(tx, caller, row, body, today=today)
    await record(tx, caller, action="correct", subject=f"goals/{id}", fields=sorted(body.model_fields_set))
    return tagged(response, await goals.to_wire(tx, caller, row, today=today))  # type: ignore[return-value]


@router.delete(
    "/{id}", operation_id="withdrawGoal", status_code=204, responses=documented("not-found", "stale-version")
)
async def withdraw_goal(id: UUID, caller: Writer, tx: Writing, if_match: IfMatch = None) -> None:
    """Withdraw a goal: it is no longer followed up."""
    row = await goals.find(tx, caller, id)
    await expect(tx, row, if_match, required=False)
    await records.withdraw(tx, caller, row, GoalRevision)
    await record(tx, caller, action="withdraw", subject=f"goals/{id}")


@router.get("/{id}/history", operation_id="getGoalHistory", responses=documented("not-found"))
async def get_goal_history(id: UUID, caller: Reader, tx: Reading) -> HistoryOut:
    """What stood there, revision by revision."""
    await goals.find(tx, caller, id)
    return await records.history(tx, id, GoalRevision)
