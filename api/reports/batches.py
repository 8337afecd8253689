"""Report batches: ordered, followed, and handed out as one ZIP."""

from typing import Literal, cast
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.places import covers_area, covers_unit
from api.access.principals import Caller
from api.jobs import enqueue
from api.problems import CATALOGUE, Problem
from api.reports.batch_schemas import BatchIn, BatchIssue, BatchOut, Sentences
from api.reports.documents import check_version
from api.reports.tables import ReportBatch, ReportFile
from api.roster.tables import Area, Unit
from api.surveys import results, rounds
from api.surveys.tables import SurveyResult

JOB, EXPIRY_JOB = "report-batch", "report-batch-expiry"


async def order(tx: AsyncSession, caller: Caller, body: BatchIn) -> tuple[ReportBatch, Literal["created", "unchanged"]]:
    """A batch with a place for the report of each unit, in the order of their external ids, and its job."""
    check_version(body.version, format=body.format)
    round_ = await rounds.find(tx, body.survey_round_id)
    scope = await results.find(tx, caller, round_, body.scope)
    content = {
        "round_id": round_.id, "scope_kind": scope.scope_kind, "scope_id": scope.scope_id, "language": body.language,
        "format": body.format, "version": body.version,
    }  # fmt: skip
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
        {**mine, "batch_id": batch.id, "position": position, "unit_id": id_, "unit_external_id": key}
        for position, (id_, key) in enumerate(await _units(tx, scope))
    ]
    if places:
        await tx.execute(insert(ReportFile), places)
    await enqueue(tx, JOB, municipality_id=caller.municipality_id, subject_id=batch.id)
    return batch, "created"


async def _units(tx: AsyncSession, scope: SurveyResult) -> list[tuple[UUID, str]]:
    """The units of `scope` that the round has frozen results of: id and external id.

    An area is as it is today, as for whoever asks for one report: its leader has no right to a unit that has left it.
    """
    query = (
        select(Unit.id, Unit.external_id)
        .join(
            SurveyResult,
            (SurveyResult.municipality_id == Unit.municipality_id) & (SurveyResult.scope_id == Unit.id),
        )
        .where(SurveyResult.round_id == scope.round_id, SurveyResult.scope_kind == "unit")
    )
    if scope.scope_kind == "area":
        query = query.where(Unit.area_id == scope.scope_id)
    if scope.scope_kind == "unit":
        query = query.where(Unit.id == scope.scope_id)
    found = [(id_, key) for id_, key in (await tx.execute(query)).all()]
    return sorted(found, key=lambda unit: (unit[1], unit[0]))


async def find(tx: AsyncSession, caller: Caller, id_: UUID) -> ReportBatch:
    """A batch whose whole scope the caller covers."""
    row = await tx.scalar(select(ReportBatch).where(ReportBatch.id == id_))
    if row is None or not await _covered(tx, caller, row):
        raise Problem("not-found")
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


async def to_wire(tx: AsyncSession, row: ReportBatch) -> BatchOut:
    mine = ReportFile.batch_id == row.id
    counts = select(func.count(), func.count(ReportFile.made_at)).where(mine)
    total, done = (await tx.execute(counts)).one()
    columns = ReportFile.unit_id, ReportFile.unit_external_id, ReportFile.issue
    issues = select(*columns).where(mine, ReportFile.issue.is_not(None)).order_by(ReportFile.position)
    return BatchOut(
        id=row.id,
        survey_round_id=row.round_id,
        scope="municipality" if row.scope_kind == "municipality" else f"{row.scope_kind}:{row.scope_id}",
        language=cast("Literal['da', 'en']", row.language),
        format=row.format,
        version=row.version,
        status=row.status,
        total=total,
        done=done,
        issues=[_issue(unit_id, key, code) for unit_id, key, code in (await tx.execute(issues)).all() if code],
        created_at=row.created_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
    )


def _issue(unit_id: UUID, key: str, code: str) -> BatchIssue:
    kind = CATALOGUE[code]
    return BatchIssue(unit_id=unit_id, unit_external_id=key, code=code, sentence=Sentences(da=kind.da, en=kind.en))
