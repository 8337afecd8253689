"""Is this paper ours, what was it made from, and do the same data say the same today?"""

from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Depends, Path
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.dependencies import Allow
from api.access.principals import Caller
from api.db import DatabaseDep
from api.observations.periods import Period
from api.observations.sums import bring_up_to_date
from api.problems import Problem, documented
from api.reports import overview, readiness, register, room
from api.reports.batch_schemas import OverviewSource, ReadinessSource, RoomSource, VerificationOut
from api.reports.register import Made
from api.reports.tables import Report
from domain.participation_overview import ScopeKind
from reporting.document import code_for

router = APIRouter(prefix="/v1/reports", tags=["reports"])


@router.get("/{code}/verification", operation_id="verifyReport", responses=documented("not-found"))
async def verify_report(
    code: Annotated[str, Path(max_length=40, description="As printed at the foot of a page", examples=["K7F2-91QX"])],
    caller: Annotated[Caller, Depends(Allow("reports:read", perhaps=tuple(register.NEEDED.values())))],
    database: DatabaseDep,
) -> VerificationOut:
    """What the document with this code was made from, and whether the same data give the same numbers today.

    The report is built anew from the round's frozen results, or from what is recorded about the room now.
    """
    async with database.reading(caller.municipality_id) as tx:
        row = await register.find(tx, code)
    register.check_allowed(caller, row.kind)
    if row.kind == "overview":
        async with database.writing(caller.municipality_id) as tx:
            await bring_up_to_date(tx, caller.municipality_id)
    async with database.reading(caller.municipality_id) as tx:
        made = await _made_today(tx, caller, row)
    today = code_for(made.report)
    return VerificationOut(
        code=row.code,
        kind=cast("Any", row.kind),
        made_from=_source(row, made.report),
        same_today=today == row.code,
        today_code=today,
    )


async def _made_today(tx: AsyncSession, caller: Caller, row: Report) -> Made[Any]:
    """The same report as it would be made now, under the name of the software that made it then: an update that changes
    no number changes no code. Who does not cover the place is told that there is no such document."""
    software = row.versions["software"]
    try:
        if row.kind == "room":
            period = Period(cast("Any", row.first_week), cast("Any", row.last_week))
            with_development = "development" in row.versions
            return await room.gather_report(
                tx, caller, cast("Any", row.room_id), period, software=software, with_development=with_development
            )
        if row.kind == "overview":
            period = Period(cast("Any", row.first_week), cast("Any", row.last_week))
            kind = cast("ScopeKind", row.scope_kind)
            id_ = None if kind == "municipality" else row.scope_id
            return await overview.gather_report(tx, caller, period, kind=kind, id=id_, software=software)
        scope = _scope(row)
        since = UUID(row.versions["since"]) if "since" in row.versions else None
        return await readiness.gather(tx, caller, round_id=row.round_id, scope=scope, since=since, software=software)
    except Problem as problem:
        if problem.code == "outside-your-place":
            raise Problem("not-found") from None
        raise


def _scope(row: Report) -> str:
    return "municipality" if row.scope_kind == "municipality" else f"{row.scope_kind}:{row.scope_id}"


def _source(row: Report, report: Any) -> ReadinessSource | RoomSource | OverviewSource:
    common = {
        "data_time": row.data_time,
        "versions": row.versions,
        "n": row.n,
        "first_made_at": row.first_made_at,
    }
    if row.kind == "room":
        weeks = {"first_week": row.first_week, "last_week": row.last_week}
        return RoomSource.model_validate({"room_id": row.room_id, "room": report.room, **weeks, **common})
    if row.kind == "overview":
        weeks = {"first_week": row.first_week, "last_week": row.last_week}
        return OverviewSource.model_validate({"scope": _scope(row), "place": report.place.name, **weeks, **common})
    place = {"scope": _scope(row), "place": report.place.name, "round_title": report.round_title}
    return ReadinessSource.model_validate({"survey_round_id": row.round_id, **place, **common})
