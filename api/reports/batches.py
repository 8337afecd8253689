"""Report batches: ordered, followed, and handed out as one ZIP."""

from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_area, covers_unit
from api.access.principals import Caller
from api.jobs import enqueue
from api.problems import Problem, sentences
from api.reports.batch_kinds import contents_of
from api.reports.batch_schemas import BatchIssue, ReportBatchIn, ReportBatchOut
from api.reports.documents import check_version
from api.reports.register import check_allowed
from api.reports.tables import ReportBatch, ReportFile
from api.roster.tables import Area, Unit

JOB, EXPIRY_JOB = "report-batch", "report-batch-expiry"


async def order(
    tx: AsyncSession, caller: Caller, body: ReportBatchIn
) -> tuple[ReportBatch, Literal["created", "unchanged"]]:
    """A batch with a place for the report of each unit or room, in the order of their external ids, and its job."""
    check_allowed(caller, body.kind)
    check_version(contents_of(body).views, body.version, format=body.format)
    asked = await contents_of(body).asked(tx, caller, body)
    drawn = {"language": body.language, "format": body.format, "version": body.version}
    content = {"kind": body.kind, "round_id": None, "first_week": None, "last_week": None, **asked, **drawn}
    if body.id is not None:
        known = await tx.scalar(select(ReportBatch).where(ReportBatch.id == body.id))
        if known is not None:
            differing = [name for name, value in content.items() if getattr(known, name) != value]
            if differing:
                raise Problem("same-id-other-content", fields=", ".join(differing))
            return known, "unchanged"
    mine = {"municipality_id": caller.municipality_id}
    values = {**mine, "id": body.id or uuid4(), "created_by": caller.subject, "status": "queued", **content}
    batch = (await tx.scalars(insert(ReportBatch).returning(ReportBatch), values)).one()
    places = [
        {**mine, "batch_id": batch.id, "position": position, **place}
        for position, place in enumerate((await tx.execute(contents_of(batch).places(batch))).mappings())
    ]
    if places:
        await tx.execute(insert(ReportFile), places)
    await enqueue(tx, JOB, municipality_id=caller.municipality_id, subject_id=batch.id)
    return batch, "created"


async def find(tx: AsyncSession, caller: Caller, id_: UUID) -> ReportBatch:
    """A batch whose whole scope the caller covers, of documents the caller may read."""
    row = await tx.scalar(select(ReportBatch).where(ReportBatch.id == id_))
    if row is None or not await _covered(tx, caller, row):
        raise Problem("not-found")
    check_allowed(caller, row.kind)
    return row


async def _covered(tx: AsyncSession, caller: Caller, row: ReportBatch) -> bool:
    if caller.everywhere or row.scope_kind == "municipality":
        return caller.everywhere
    place = (
        select(Area.id).where(Area.id == row.scope_id, covers_area(caller))
        if row.scope_kind == "area"
        else select(Unit.id).where(Unit.id == row.scope_id, covers_unit(caller))
    )
    return await tx.scalar(place) is not None


async def to_wire(tx: AsyncSession, row: ReportBatch) -> ReportBatchOut:
    mine = ReportFile.batch_id == row.id
    total, done = (await tx.execute(select(func.count(), func.count(ReportFile.made_at)).where(mine))).one()
    names = "unit_id", "unit_external_id", "room_id", "room_external_id", "issue", "issue_params"
    columns = (getattr(ReportFile, name) for name in names)
    issues = select(*columns).where(mine, ReportFile.issue.is_not(None)).order_by(ReportFile.position)
    period = {"from": row.first_week, "to": row.last_week}
    common = "id", "kind", "language", "format", "version", "status", "created_at", "finished_at", "expires_at"
    return ReportBatchOut(
        survey_round_id=row.round_id,
        scope="municipality" if row.scope_kind == "municipality" else f"{row.scope_kind}:{row.scope_id}",
        total=total,
        done=done,
        issues=[_issue(**found) for found in (await tx.execute(issues)).mappings()],
        **period,
        **{name: getattr(row, name) for name in common},
    )


def _issue(issue: str, issue_params: dict[str, Any] | None, **place: Any) -> BatchIssue:
    return BatchIssue(code=issue, sentence=sentences(issue, **issue_params or {}), **place)
