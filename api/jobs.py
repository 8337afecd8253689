"""Background work through a queue in the same database: enqueued in the transaction that made it necessary."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

import asyncpg
import structlog
from pgqueuer import PgQueuer, Queries
from pgqueuer.db import AsyncpgDriver
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from api.db import APP_ROLE, Database, is_passing
from api.settings import Settings, sqlalchemy_url

LOOK_AGAIN = timedelta(seconds=30)  # for jobs whose worker has fallen silent; new ones announce themselves
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0  # seconds before a lost queue is looked for again
RETRY = timedelta(seconds=30)  # after which a job is done again that a database kept back
_GIVE_UP = 30.0  # seconds after which a server that says nothing is away
QUEUE_CONNECTION = "vls queue"  # as the database lists it

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


def tried_again(kind: str, work: Work, *, after: timedelta) -> Work:
    """`work` that must be done in the end: whatever it fails of, it is queued again. What passes is anyhow."""

    async def run(database: Database, municipality_id: UUID, subject_id: UUID) -> None:
        try:
            await work(database, municipality_id, subject_id)
        except Exception as error:
            if not is_passing(error):
                async with database.writing(municipality_id) as tx:
                    await enqueue(tx, kind, municipality_id=municipality_id, subject_id=subject_id, after=after)
            raise

    return run


@asynccontextmanager
async def worker(settings: Settings, database: Database, kinds: Mapping[str, Work]) -> AsyncIterator[None]:
    """Work the queue while the context lasts; a job of a killed worker is picked up by another.

    A queue that cannot be reached at the start is an error. One that is lost later is looked for until it is back.
    """
    connection = await _connect(settings)
    stopping = asyncio.Event()
    silence = timedelta(seconds=settings.job_silence_seconds)
    running = asyncio.create_task(_run(settings, connection, database, kinds, silence=silence, stopping=stopping))
    try:
        yield
    finally:
        stopping.set()
        with suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(running, 10)


async def _connect(settings: Settings) -> asyncpg.Connection:
    dsn = sqlalchemy_url(settings.database_url or "").replace("+asyncpg", "")
    named = {"role": APP_ROLE, "application_name": QUEUE_CONNECTION}
    return await asyncpg.connect(dsn, server_settings=named, timeout=_GIVE_UP, command_timeout=_GIVE_UP)


async def _run(
    settings: Settings,
    connection: asyncpg.Connection | None,
    database: Database,
    kinds: Mapping[str, Work],
    *,
    silence: timedelta,
    stopping: asyncio.Event,
) -> None:
    """Work the queue of `connection`, and of another one whenever it is lost."""
    wait = _FIRST_WAIT
    while True:
        began = time.monotonic()
        try:
            connection = connection or await _connect(settings)
            await _work_queue(connection, database, kinds, silence=silence, stopping=stopping)
        except Exception as error:
            log.warning("the queue is lost", error=type(error).__name__)
        finally:
            if connection:
                connection.terminate()
            connection = None
        if time.monotonic() - began > _LONGEST_WAIT:
            wait = _FIRST_WAIT
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), wait)
        if stopping.is_set():
            return
        wait = min(2 * wait, _LONGEST_WAIT)


async def _work_queue(
    connection: asyncpg.Connection,
    database: Database,
    kinds: Mapping[str, Work],
    *,
    silence: timedelta,
    stopping: asyncio.Event,
) -> None:
    queue = PgQueuer.from_asyncpg_connection(connection)
    for kind, work in kinds.items():
        queue.entrypoint(kind)(_runner(database, work))
    stop = asyncio.create_task(_when(stopping, queue.shutdown.set))
    try:
        await queue.run(heartbeat_timeout=silence, dequeue_timeout=min(silence, LOOK_AGAIN))
    finally:
        stop.cancel()


async def _when(event: asyncio.Event, then: Callable[[], None]) -> None:
    await event.wait()
    then()


class JobFailedError(Exception):
    """What the queue is told of a failure: it keeps tracebacks in a table, where no row's content belongs."""


def _runner(database: Database, work: Work) -> Callable[[Job], Awaitable[None]]:
    async def run(job: Job) -> None:
        task = Task.model_validate_json(job.payload or b"")
        log.info("job", kind=job.entrypoint, subject=str(task.subject_id))
        try:
            await work(database, task.municipality_id, task.subject_id)
        except Exception as error:
            passing, failure = is_passing(error), type(error).__name__
            if passing:
                log.warning("job postponed", kind=job.entrypoint, subject=str(task.subject_id), error=failure)
            else:
                log.exception("job failed", kind=job.entrypoint, subject=str(task.subject_id))
        else:
            return
        raise (
            RetryRequested(RETRY, failure) if passing else JobFailedError(failure)
        )  # outside: it must not carry the error with it

    return run
