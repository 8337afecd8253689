"""Making the documents of a batch: in portions, each document kept as soon as it is made.

A portion ends after a few seconds and hands the rest on in a job of its own, so that other work gets its turn and a
worker that is told to stop can. A worker that is killed leaves its job behind; whoever takes it goes on where it was.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.db import Database, is_passing
from api.jobs import enqueue
from api.problems import Problem
from api.reports import register
from api.reports.batch_kinds import Gather, contents_of
from api.reports.batches import EXPIRY_JOB, JOB
from api.reports.documents import content
from api.reports.register import Made
from api.reports.rendering import Renderer
from api.reports.tables import ReportBatch, ReportFile
from api.settings import Settings

log = structlog.get_logger("vls.reports")
PORTION_SECONDS = 5.0
ATTEMPTS = 2  # a document that was too slow gets another chance on a worker of its own
WAIT_WHEN_BUSY = 0.5

Work = Callable[[Database, UUID, UUID], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Portion:
    """What is left of a batch, as of the start of a job."""

    batch: ReportBatch
    gather: Gather
    missing: list[ReportFile]


def job(renderer: Renderer, settings: Settings, *, today: Callable[[], date]) -> Work:
    """The work of a batch. One document more than there are render workers is on its way, so that none waits for us."""

    async def run(database: Database, municipality_id: UUID, batch_id: UUID) -> None:
        try:
            async with database.writing(municipality_id) as tx:
                portion = await _start(tx, batch_id, today=today())
            if portion is None:
                return  # a second delivery of a job that is over
            await _work(database, renderer, portion, at_once=settings.render_workers + 1)
            async with database.writing(municipality_id) as tx:
                await _close(tx, portion.batch, days=settings.report_file_days)
        except Exception as error:
            if is_passing(error):
                raise  # the job is done again, and goes on where it was
            log.exception("report batch failed", batch_id=str(batch_id))
            async with database.writing(municipality_id) as tx:
                await _fail(tx, municipality_id, batch_id, days=settings.report_file_days)

    return run


async def _start(tx: AsyncSession, batch_id: UUID, *, today: date) -> Portion | None:
    waiting = ReportBatch.id == batch_id, ReportBatch.status.in_(("queued", "running"))
    batch = await tx.scalar(select(ReportBatch).where(*waiting).with_for_update())
    if batch is None:
        return None
    batch.status = "running"
    missing = select(ReportFile).where(ReportFile.batch_id == batch_id, ReportFile.made_at.is_(None))
    return Portion(
        batch=batch,
        gather=await contents_of(batch).gatherer(tx, batch, today),
        missing=list(await tx.scalars(missing.order_by(ReportFile.position))),
    )


async def _work(database: Database, renderer: Renderer, portion: Portion, *, at_once: int) -> None:
    """Make documents until all are made or the time of the portion is over."""
    over = time.monotonic() + PORTION_SECONDS

    async def lane(places: Iterator[ReportFile]) -> None:
        for place in places:
            await _make(database, renderer, portion, place)
            if time.monotonic() > over:
                return

    places = iter(portion.missing)  # shared: each lane takes the next one
    async with asyncio.TaskGroup() as lanes:
        for _ in range(at_once):
            lanes.create_task(lane(places))


async def _make(database: Database, renderer: Renderer, portion: Portion, place: ReportFile) -> None:
    """One document, or the reason why there is none; kept before the next one is begun."""
    batch, municipality_id = portion.batch, portion.batch.municipality_id
    made: Made[Any] | None = None
    values: dict[str, Any] = {"made_at": func.clock_timestamp()}
    try:
        async with database.reading(municipality_id) as tx:
            made = await portion.gather(tx, place)
        values["content"] = await _drawn(renderer, batch, made)
    except Problem as problem:
        values["issue"], values["issue_params"] = problem.code, problem.params
    except Exception as error:
        if is_passing(error):
            raise  # the database is away: nothing this document could help
        log.exception("report of a batch failed", batch_id=str(batch.id), position=place.position)
        values["issue"] = "internal-error"
    async with database.writing(municipality_id) as tx:
        if made is not None and "content" in values:
            values["code"] = await register.enter(tx, municipality_id, made)
        mine = ReportFile.batch_id == batch.id, ReportFile.position == place.position, ReportFile.made_at.is_(None)
        await tx.execute(update(ReportFile).where(*mine).values(values))


async def _drawn(renderer: Renderer, batch: ReportBatch, made: Made[Any]) -> bytes:
    """The document's bytes, the same as when it is asked for alone."""
    views, slow = contents_of(batch).views, 0
    asked: dict[str, Any] = {"format": batch.format, "language": batch.language}
    if len(views.versions) > 1:
        asked["version"] = batch.version
    while True:
        try:
            return await content(renderer, views, made.report, **asked)
        except Problem as problem:
            if problem.code == "rendering-too-slow":
                slow += 1
            if problem.code not in ("busy", "rendering-too-slow") or slow == ATTEMPTS:
                raise
        await asyncio.sleep(WAIT_WHEN_BUSY)  # those who wait in front of a screen come first


async def _close(tx: AsyncSession, batch: ReportBatch, *, days: int) -> None:
    """Hand the rest on, or finish: the files of an earlier batch of the same are replaced by these."""
    missing = select(ReportFile.position).where(ReportFile.batch_id == batch.id, ReportFile.made_at.is_(None))
    if await tx.scalar(missing.limit(1)) is not None:
        await enqueue(tx, JOB, municipality_id=batch.municipality_id, subject_id=batch.id)
        return
    running = ReportBatch.id == batch.id, ReportBatch.status == "running"
    done = await tx.execute(update(ReportBatch).where(*running).values(_ended("done", days=days)))
    if not done.rowcount:  # type: ignore[attr-defined]
        return  # another worker, which took this job for abandoned, was first
    same = (
        getattr(ReportBatch, name) == getattr(batch, name)
        for name in (
            "kind",
            "round_id",
            "first_week",
            "last_week",
            "scope_kind",
            "scope_id",
            "language",
            "format",
            "version",
        )
    )
    earlier = select(ReportBatch.id).where(
        *same, ReportBatch.id != batch.id, ReportBatch.status == "done", ReportBatch.created_at < batch.created_at
    )
    await _remove(tx, list(await tx.scalars(earlier)))
    await enqueue(
        tx, EXPIRY_JOB, municipality_id=batch.municipality_id, subject_id=batch.id, after=timedelta(days=days)
    )


async def _fail(tx: AsyncSession, municipality_id: UUID, batch_id: UUID, *, days: int) -> None:
    """What was made is kept and can be fetched; what was not, says so."""
    missing = ReportFile.batch_id == batch_id, ReportFile.made_at.is_(None)
    await tx.execute(update(ReportFile).where(*missing).values(issue="internal-error", made_at=func.clock_timestamp()))
    await tx.execute(update(ReportBatch).where(ReportBatch.id == batch_id).values(_ended("failed", days=days)))
    await enqueue(tx, EXPIRY_JOB, municipality_id=municipality_id, subject_id=batch_id, after=timedelta(days=days))


def _ended(status: str, *, days: int) -> dict[str, Any]:
    now = func.clock_timestamp()
    return {"status": status, "finished_at": now, "expires_at": now + timedelta(days=days)}


async def expire(database: Database, municipality_id: UUID, batch_id: UUID) -> None:
    """The time of the files is over. The register still knows the documents."""
    async with database.writing(municipality_id) as tx:
        await _remove(tx, [batch_id])


async def _remove(tx: AsyncSession, batch_ids: list[UUID]) -> None:
    if not batch_ids:
        return
    await tx.execute(update(ReportFile).where(ReportFile.batch_id.in_(batch_ids)).values(content=None))
    gone = ReportBatch.id.in_(batch_ids), ReportBatch.removed_at.is_(None)
    await tx.execute(update(ReportBatch).where(*gone).values(removed_at=func.clock_timestamp()))
