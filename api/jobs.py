"""Background work through a queue in the same database: enqueued in the transaction that made it necessary."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

import asyncpg
import structlog
from pgqueuer import PgQueuer, Queries
from pgqueuer.db import AsyncpgDriver
from pgqueuer.models import Job
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from api.db import APP_ROLE, Database
from api.settings import Settings, sqlalchemy_url

_LOOK_AGAIN = timedelta(seconds=30)  # for jobs whose worker has fallen silent; new ones announce themselves

log = structlog.get_logger("vls.jobs")
Work = Callable[[Database, UUID, UUID], Awaitable[None]]


class Task(BaseModel):
    """What a job is about: ids only. The queue is not under row-level security, so it holds nothing else."""

    municipality_id: UUID
    subject_id: UUID


async def enqueue(
    tx: AsyncSession, kind: str, *, municipality_id: UUID, subject_id: UUID, after: timedelta | None = None
) -> None:
    """Queue `kind` for a subject, to begin `after` a while; the job exists if and only if the transaction commits."""
    raw = await (await tx.connection()).get_raw_connection()
    assert raw.driver_connection is not None  # noqa: S101 - an open session has one
    task = Task(municipality_id=municipality_id, subject_id=subject_id)
    await Queries(AsyncpgDriver(raw.driver_connection)).enqueue(
        kind, task.model_dump_json().encode(), execute_after=after
    )


@asynccontextmanager
async def worker(settings: Settings, database: Database, kinds: Mapping[str, Work]) -> AsyncIterator[None]:
    """Work the queue while the context lasts; a job of a killed worker is picked up by another."""
    dsn = sqlalchemy_url(settings.database_url or "").replace("+asyncpg", "")
    connection = await asyncpg.connect(dsn, server_settings={"role": APP_ROLE})
    queue = PgQueuer.from_asyncpg_connection(connection)
    for kind, work in kinds.items():
        queue.entrypoint(kind)(_runner(database, work))
    silence = timedelta(seconds=settings.job_silence_seconds)
    running = asyncio.create_task(queue.run(heartbeat_timeout=silence, dequeue_timeout=min(silence, _LOOK_AGAIN)))
    try:
        yield
    finally:
        queue.shutdown.set()
        with suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(running, 10)
        await connection.close()


class JobFailedError(Exception):
    """What the queue is told of a failure: it keeps tracebacks in a table, where no row's content belongs."""


def _runner(database: Database, work: Work) -> Callable[[Job], Awaitable[None]]:
    async def run(job: Job) -> None:
        task = Task.model_validate_json(job.payload or b"")
        log.info("job", kind=job.entrypoint, subject=str(task.subject_id))
        try:
            await work(database, task.municipality_id, task.subject_id)
        except Exception as error:
            log.exception("job failed", kind=job.entrypoint, subject=str(task.subject_id))
            failure = type(error).__name__
        else:
            return
        raise JobFailedError(failure)  # outside: it must not carry the error with it

    return run
