"""Rounds and frozen results over HTTP."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.dependencies import Allow, Reading, Writing
from api.access.places import covers_unit
from api.access.principals import Caller
from api.audit import record
from api.concurrency import expect, tagged
from api.db import DatabaseDep
from api.paging import Cursor, Limit, Page, page_of
from api.problems import Problem, documented
from api.surveys import freezing, results, rounds
from api.surveys.result_schemas import ResultsOut
from api.surveys.schemas import InvitedIn, ProgressOut, RoundIn, RoundOut, RoundPatch
from api.surveys.tables import SurveyRound

router = APIRouter(prefix="/v1", tags=["surveys"])

SurveyReader = Annotated[Caller, Depends(Allow("surveys:read"))]
SurveyWriter = Annotated[Caller, Depends(Allow("surveys:write"))]


def whole_municipality(caller: SurveyWriter) -> Caller:
    """Rounds and instruments belong to the municipality as a whole."""
    if not caller.everywhere:
        raise Problem("outside-your-place")
    return caller


Administrator = Annotated[Caller, Depends(whole_municipality)]


@dataclass(frozen=True, slots=True)
class Step:
    """A round on its way from one state to another."""

    id: UUID
    caller: Administrator
    tx: Writing
    response: Response

    async def take(self, action: str, move: Callable[[AsyncSession, UUID], Awaitable[SurveyRound]]) -> RoundOut:
        row = await move(self.tx, self.id)
        await record(self.tx, self.caller, action=action, subject=f"survey-rounds/{self.id}")
        return _answer(self.response, row)


Stepping = Annotated[Step, Depends()]


@router.post(
    "/survey-rounds",
    operation_id="createSurveyRound",
    status_code=201,
    responses=documented("same-id-other-content", "unknown-reference", "outside-your-place")
    | {200: {"model": RoundOut, "description": "It was there already with this content"}},
)
async def create_round(body: RoundIn, caller: Administrator, tx: Writing, response: Response) -> RoundOut:
    """A new round, as a draft."""
    row, result = await rounds.create(tx, caller, body)
    if result == "created":
        await record(tx, caller, action="create", subject=f"survey-rounds/{row.id}")
    response.status_code = 201 if result == "created" else 200
    return _answer(response, row)


@router.get("/survey-rounds", operation_id="listSurveyRounds", responses=documented())
async def list_rounds(_: SurveyReader, tx: Reading, limit: Limit = 100, cursor: Cursor = None) -> Page[RoundOut]:
    """All rounds of the municipality."""
    return await page_of(tx, select(SurveyRound), key=SurveyRound.id, wire=RoundOut, limit=limit, cursor=cursor)


@router.get("/survey-rounds/{id}", operation_id="getSurveyRound", responses=documented("not-found"))
async def get_round(id: UUID, _: SurveyReader, tx: Reading, response: Response) -> RoundOut:
    """One round and its state."""
    return _answer(response, await rounds.find(tx, id))


@router.patch(
    "/survey-rounds/{id}",
    operation_id="changeSurveyRound",
    responses=documented("not-found", "round-state", "stale-version", "precondition-required", "outside-your-place"),
)
async def change_round(
    id: UUID,
    body: RoundPatch,
    caller: Administrator,
    tx: Writing,
    response: Response,
    if_match: Annotated[str | None, Header(max_length=100)] = None,
) -> RoundOut:
    """Change title or dates until the round is closed; needs If-Match."""
    row = await rounds.find(tx, id)
    await expect(tx, row, if_match)
    row = await rounds.change(tx, row, body)
    await record(tx, caller, action="change", subject=f"survey-rounds/{id}", fields=sorted(body.model_fields_set))
    return _answer(response, row)


@router.post(
    "/survey-rounds/{id}/open",
    operation_id="openSurveyRound",
    responses=documented("not-found", "round-state", "outside-your-place"),
)
async def open_round(step: Stepping) -> RoundOut:
    """Let answers in."""
    return await step.take("open", rounds.open_)


@router.post(
    "/survey-rounds/{id}/close",
    operation_id="closeSurveyRound",
    responses=documented("not-found", "round-state", "outside-your-place"),
)
async def close_round(id: UUID, caller: Administrator, database: DatabaseDep, response: Response) -> RoundOut:
    """Every result is computed once and frozen. Closed for good as soon as somebody has seen a result.

    The results of a large round may take longer than this answer; until they are there, whoever asks for them is told
    so (`results-not-frozen`).
    """
    async with database.writing(caller.municipality_id) as tx:
        closed = await Step(id, caller, tx, response).take("close", rounds.close)
    await freezing.freeze_for_a_while(database, caller.municipality_id, id)
    return closed


@router.post(
    "/survey-rounds/{id}/reopen",
    operation_id="reopenSurveyRound",
    responses=documented("not-found", "round-state", "results-were-read", "outside-your-place"),
)
async def reopen_round(step: Stepping) -> RoundOut:
    """Let answers in again. Refused once anybody has seen a result: the difference would tell what came later."""
    return await step.take("reopen", rounds.reopen)


@router.put(
    "/survey-rounds/{id}/invited",
    operation_id="setInvited",
    responses=documented("not-found", "round-state", "unknown-reference", "unit-not-in-round", "outside-your-place"),
)
async def set_invited(id: UUID, body: InvitedIn, caller: Administrator, tx: Writing) -> ProgressOut:
    """Say how many were asked in each unit, so that response rates can be known."""
    row = await rounds.find(tx, id, locked=True)
    await rounds.set_invited(tx, caller, row, body)
    await record(tx, caller, action="change", subject=f"survey-rounds/{id}/invited", units=len(body.units))
    return await rounds.progress(tx, row, covered=covers_unit(caller))


@router.get("/survey-rounds/{id}/progress", operation_id="getProgress", responses=documented("not-found"))
async def get_progress(id: UUID, caller: SurveyReader, tx: Reading) -> ProgressOut:
    """Invited and answered for each unit of yours; never what was answered."""
    return await rounds.progress(tx, await rounds.find(tx, id), covered=covers_unit(caller))


@router.get(
    "/survey-rounds/{id}/results",
    operation_id="getResults",
    responses=documented("not-found", "results-not-frozen", "outside-your-place"),
)
async def get_results(
    id: UUID,
    caller: Annotated[Caller, Depends(Allow("reports:read", "surveys:read"))],
    database: DatabaseDep,
    scope: Annotated[str, Query(max_length=100, description="municipality, area:ID or unit:ID")] = "municipality",
    by: Annotated[results.Groups | None, Query(description="`area`: of the municipality, each area by its id")] = None,
) -> ResultsOut:
    """The frozen results of one place; too small groups are hidden, and what would reveal them."""
    async with database.reading(caller.municipality_id) as tx:
        round_ = await rounds.find(tx, id)
        row = await results.find(tx, caller, round_, scope)
        instrument = await rounds.instrument_of(tx, round_)
        groups = await results.groups_of(tx, row, by)
    async with database.writing(caller.municipality_id) as tx:
        place = f"{row.scope_kind}:{row.scope_id}"
        await record(tx, caller, action="read", subject=f"survey-rounds/{id}/results", scope=place)
    return results.to_wire(round_, row, instrument, by=by, groups=groups)


def _answer(response: Response, row: SurveyRound) -> RoundOut:
    return tagged(response, RoundOut.model_validate(row))  # type: ignore[return-value]
