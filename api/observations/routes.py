"""Observations over HTTP: activities, a room's weeks, and the participation they add up to."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Header, Query, Request, Response

from api.access.dependencies import Allow, Writing
from api.access.principals import Caller
from api.audit import record
from api.clock import Today
from api.concurrency import expect, tagged
from api.db import DatabaseDep
from api.observations import batches, history, participation, room_weeks, store
from api.observations.periods import PeriodQuery, WeekPath
from api.observations.schemas import (
    ActivityBatchIn,
    ActivityBatchOut,
    ActivityFilter,
    ActivityIn,
    ActivityOut,
    ActivityPatch,
    ActivityVersionOut,
    ParticipationOut,
    RoomWeekIn,
    RoomWeekOut,
    RoomWeekVersionOut,
)
from api.observations.tables import Activity
from api.paging import Page, page_of
from api.problems import documented, language_of

router = APIRouter(prefix="/v1", tags=["observations"])

Observer = Annotated[Caller, Depends(Allow("observations:write"))]
Reader = Annotated[Caller, Depends(Allow("observations:read", "children:read"))]
IfMatch = Annotated[str | None, Header(description="The ETag you have seen", max_length=100)]
REFUSED = ("unknown-reference", "unknown-word", "child-not-in-room", "future-date")
WITH_BODY = ("malformed-request", "body-too-large", "unsupported-media-type")


@router.post(
    "/activities",
    operation_id="createActivity",
    status_code=201,
    responses=documented("same-id-other-content", *REFUSED, *WITH_BODY)
    | {200: {"model": ActivityOut, "description": "It was there already with this content"}},
)
async def create_activity(
    body: Annotated[ActivityIn, Body()], caller: Observer, tx: Writing, today: Today, response: Response
) -> ActivityOut:
    """Record an activity. The same again answers 200 and changes nothing."""
    (outcome,) = await store.record_activities(tx, caller, [body], today=today)
    activity = batches.activity_of(outcome)
    if outcome.result == "created":
        await record(tx, caller, action="create", subject=f"activities/{activity.id}")
    response.status_code = 201 if outcome.result == "created" else 200
    return tagged(response, ActivityOut.model_validate(activity))  # type: ignore[return-value]


@router.post("/activities/batch", operation_id="createActivities", responses=documented(*WITH_BODY))
async def create_activities(
    request: Request, body: ActivityBatchIn, caller: Observer, tx: Writing, today: Today
) -> ActivityBatchOut:
    """Record up to 500 activities; each is judged alone, and each gets an answer."""
    outcomes = await store.record_activities(tx, caller, batches.read(body.items), today=today)
    answer = batches.answer(outcomes, language=language_of(request))
    created = sum(outcome.result == "created" for outcome in outcomes)
    if created:
        await record(tx, caller, action="create", subject="activities", count=created)
    return answer


@router.get("/activities", operation_id="listActivities", responses=documented())
async def list_activities(
    caller: Reader, tx: Writing, filters: Annotated[ActivityFilter, Query()]
) -> Page[ActivityOut]:
    """The activities that were recorded and not withdrawn."""
    page = await page_of(
        tx,
        store.filtered(caller, filters),
        key=Activity.id,
        wire=ActivityOut,
        limit=filters.limit,
        cursor=filters.cursor,
    )
    await record(tx, caller, action="list", subject="activities", count=len(page.items))
    return page


@router.get("/activities/{id}", operation_id="getActivity", responses=documented("not-found"))
async def get_activity(id: UUID, caller: Reader, tx: Writing, response: Response) -> ActivityOut:
    """One activity."""
    row = await store.find(tx, caller, id)
    await record(tx, caller, action="read", subject=f"activities/{id}")
    return tagged(response, ActivityOut.model_validate(row))  # type: ignore[return-value]


@router.patch(
    "/activities/{id}",
    operation_id="correctActivity",
    responses=documented("not-found", "stale-version", "precondition-required", *REFUSED, *WITH_BODY),
)
async def correct_activity(
    id: UUID,
    *,
    body: Annotated[ActivityPatch, Body()],
    caller: Observer,
    tx: Writing,
    today: Today,
    response: Response,
    if_match: IfMatch = None,
) -> ActivityOut:
    """Correct what was recorded; needs If-Match."""
    row = await store.find(tx, caller, id)
    await expect(tx, row, if_match)
    row = await store.correct(tx, caller, row, body, today=today)
    await record(tx, caller, action="correct", subject=f"activities/{id}", fields=sorted(body))
    return tagged(response, ActivityOut.model_validate(row))  # type: ignore[return-value]


@router.delete(
    "/activities/{id}",
    operation_id="withdrawActivity",
    status_code=204,
    responses=documented("not-found", "stale-version"),
)
async def withdraw_activity(id: UUID, caller: Observer, tx: Writing, if_match: IfMatch = None) -> None:
    """Withdraw an activity: it no longer counts."""
    row = await store.find(tx, caller, id)
    await expect(tx, row, if_match, required=False)
    await store.withdraw(tx, caller, row)
    await record(tx, caller, action="withdraw", subject=f"activities/{id}")


@router.post(
    "/activities/{id}/restore",
    operation_id="restoreActivity",
    responses=documented("not-found", "stale-version"),
)
async def restore_activity(
    id: UUID, caller: Observer, tx: Writing, response: Response, if_match: IfMatch = None
) -> ActivityOut:
    """Bring back an activity that was withdrawn: it counts again."""
    row = await store.find(tx, caller, id, withdrawn=True)
    await expect(tx, row, if_match, required=False)
    row = await store.restore(tx, caller, row)
    await record(tx, caller, action="restore", subject=f"activities/{id}")
    return tagged(response, ActivityOut.model_validate(row))  # type: ignore[return-value]


@router.get("/activities/{id}/history", operation_id="getActivityHistory", responses=documented("not-found"))
async def get_activity_history(id: UUID, caller: Reader, tx: Writing) -> Page[ActivityVersionOut]:
    """Everything the activity has said, the first first: also of one that was withdrawn."""
    row = await store.find(tx, caller, id, withdrawn=True)
    await record(tx, caller, action="read", subject=f"activities/{id}/history")
    return Page(items=await history.of_activity(tx, row), next=None)


@router.put(
    "/rooms/{id}/weeks/{week}",
    operation_id="putRoomWeek",
    responses=documented("not-found", "invalid-week", "stale-version", *REFUSED, *WITH_BODY),
)
async def put_room_week(
    id: UUID,
    week: WeekPath,
    *,
    body: RoomWeekIn,
    caller: Observer,
    tx: Writing,
    today: Today,
    response: Response,
    if_match: IfMatch = None,
) -> RoomWeekOut:
    """Say how the week stands. What is left out, and children who are not named, stay as they were.

    With `If-Match` only if it still is as you have seen it. A caller who may not read children gets back only the
    tallies of those named.
    """
    before, after = await room_weeks.put(tx, caller, id, week, body, today=today, if_match=if_match)
    action = "read" if before == after else "change"
    await record(tx, caller, action=action, subject=f"rooms/{id}/weeks/{after.week}", tallies=len(body.tallies))
    if "children:read" not in caller.scopes:
        after = room_weeks.only_named(after, body)
    return tagged(response, after)  # type: ignore[return-value]


@router.get("/rooms/{id}/weeks/{week}", operation_id="getRoomWeek", responses=documented("not-found", "invalid-week"))
async def get_room_week(id: UUID, week: WeekPath, caller: Reader, tx: Writing, response: Response) -> RoomWeekOut:
    """How the week stands; a week nobody has said anything about is `not_recorded`."""
    found = await room_weeks.find(tx, caller, id, week)
    await record(tx, caller, action="read", subject=f"rooms/{id}/weeks", week=str(week))
    return tagged(response, found)  # type: ignore[return-value]


@router.get(
    "/rooms/{id}/weeks/{week}/history",
    operation_id="getRoomWeekHistory",
    responses=documented("not-found", "invalid-week"),
)
async def get_room_week_history(id: UUID, week: WeekPath, caller: Reader, tx: Writing) -> Page[RoomWeekVersionOut]:
    """Everything that was said of the week, the first first: also what was changed after it was completed."""
    now = await room_weeks.find(tx, caller, id, week)
    await record(tx, caller, action="read", subject=f"rooms/{id}/weeks", week=str(week))
    return Page(items=await history.of_week(tx, now), next=None)


@router.get(
    "/rooms/{id}/participation",
    operation_id="getParticipation",
    responses=documented("not-found", "invalid-week", "period-too-long"),
)
async def get_participation(id: UUID, period: PeriodQuery, caller: Reader, database: DatabaseDep) -> ParticipationOut:
    """How often each child took part, per counted week. The last eight whole weeks unless others are asked for."""
    async with database.reading(caller.municipality_id) as tx:
        observed = await participation.gather(tx, caller, id, period)
    async with database.writing(caller.municipality_id) as tx:
        await record(tx, caller, action="read", subject=f"rooms/{id}/participation", weeks=len(period.weeks))
    return participation.to_wire(observed, participation.measured(observed))
