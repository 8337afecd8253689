"""Change since an earlier round over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.access.dependencies import Allow, Reading
from api.access.principals import Caller
from api.problems import Problem, documented
from api.surveys import change, results, rounds
from api.surveys.change_schemas import ChangeOut

router = APIRouter(prefix="/v1/survey-rounds", tags=["surveys"])

Scope = Annotated[str, Query(max_length=100, description="municipality, area:ID or unit:ID")]
Since = Annotated[
    UUID | None, Query(description="An earlier closed round; else the latest one with the same instrument and place")
]
PROBLEMS = ("unknown-reference", "earlier-round-not-closed", "other-instrument", "round-not-earlier")


@router.get(
    "/{id}/change",
    operation_id="getChange",
    responses=documented("not-found", "results-not-frozen", "outside-your-place", "no-earlier-round", *PROBLEMS),
)
async def get_change(
    id: UUID,
    caller: Annotated[Caller, Depends(Allow("reports:read", "surveys:read"))],
    tx: Reading,
    scope: Scope = "municipality",
    since: Since = None,
    by: Annotated[results.By | None, Query()] = None,
) -> ChangeOut:
    """What has changed in one place since an earlier round, with intervals, and what it may be called."""
    round_ = await rounds.find(tx, id)
    row = await results.find(tx, caller, round_, scope)
    earlier = await change.find_earlier(tx, round_, row, since=since)
    if earlier is None:
        raise Problem("no-earlier-round")
    return change.to_wire(round_, row, await rounds.instrument_of(tx, round_), earlier, by=by)
