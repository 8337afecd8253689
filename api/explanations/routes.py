"""Explanations over HTTP, with the same access as the numbers themselves."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.audit import record
from api.db import DatabaseDep
from api.explanations import results, rooms
from api.explanations.schemas import ParticipationExplanationOut, ResultExplanationOut
from api.observations import participation
from api.observations.periods import PeriodQuery
from api.problems import documented
from api.surveys.results import By
from domain.observations import Kind
from reporting.explanations.measures import MEASURE_OF, MEASURES
from reporting.explanations.values import Asked

router = APIRouter(prefix="/v1/explanations", tags=["explanations"])

Name = Annotated[str | None, Query(max_length=100)]
MeasureName = Annotated[
    str | None,
    Query(
        max_length=30,
        description="; ".join(
            (
                "score, of the whole place readiness, unless given",
                ", ".join(MEASURES),
                "or the name of any number in results, such as ci_low",
            )
        ),
    ),
]
CHANGE = ("unknown-reference", "earlier-round-not-closed", "other-instrument", "round-not-earlier", "no-earlier-round")


@router.get(
    "/survey-rounds/{id}",
    operation_id="explainResult",
    responses=documented("not-found", "results-not-frozen", "outside-your-place", *CHANGE),
)
async def explain_result(
    id: UUID,
    caller: Annotated[Caller, Depends(Allow("reports:read", "surveys:read"))],
    database: DatabaseDep,
    scope: Annotated[str, Query(max_length=100, description="municipality, area:ID or unit:ID")] = "municipality",
    component: Name = None,
    item: Name = None,
    measure: MeasureName = None,
    by: Annotated[By | None, Query()] = None,
    group: Name = None,
    merged: Annotated[
        bool, Query(description="Of the group that a small unit is shown in, `merged` in results")
    ] = False,
    since: Annotated[UUID | None, Query(description="For `change`: the earlier round")] = None,
) -> ResultExplanationOut:
    """How a number of a closed round was made, of what, and by which rules; or why it is not shown."""
    where = results.Where(round_id=id, scope=scope, by=by, group=group, merged=merged, since=since)
    usual = "readiness" if component is None and item is None else "score"
    async with database.reading(caller.municipality_id) as tx:
        found = await results.explained(
            tx, caller, where, Asked(MEASURE_OF.get(measure or usual, measure or usual), component, item)
        )
    async with database.writing(caller.municipality_id) as tx:
        await record(tx, caller, action="read", subject=f"survey-rounds/{id}/results", scope=scope)
    return found


@router.get(
    "/rooms/{id}",
    operation_id="explainParticipation",
    responses=documented("not-found", "invalid-week", "period-too-long"),
)
async def explain_participation(
    id: UUID,
    period: PeriodQuery,
    caller: Annotated[Caller, Depends(Allow("observations:read", "children:read"))],
    database: DatabaseDep,
    child_id: UUID,
    kind: Kind,
) -> ParticipationExplanationOut:
    """Which weeks counted for a child, what was recorded in each, and the line it is held against."""
    async with database.reading(caller.municipality_id) as tx:
        observed = await participation.gather(tx, caller, id, period)
    found = rooms.explained(observed, child_id, kind)
    async with database.writing(caller.municipality_id) as tx:
        await record(tx, caller, action="read", subject=f"children/{child_id}/participation", weeks=len(period.weeks))
    return found
