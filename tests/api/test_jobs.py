"""The queue keeps what failed in tables that no policy guards: nobody's data may get there."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import text
from structlog.processors import ExceptionRenderer
from structlog.testing import capture_logs

from api import jobs
from api.db import Database
from api.logs import formatted
from tests.conftest import World

SECRET = "anna@solsikken.dk"


async def fails(database: Database, municipality_id: UUID, subject_id: UUID) -> None:
    """PostgreSQL quotes the row that it refuses."""
    async with database.writing(municipality_id) as tx:
        row = {"m": municipality_id, "h": b"x", "r": subject_id, "u": subject_id, "a": SECRET}
        await tx.execute(
            text(
                "INSERT INTO survey_invitations (municipality_id, token_hash, round_id, unit_id, channel, address)"
                " VALUES (:m, :h, :r, :u, 'pigeon', :a)"
            ),
            row,
        )


async def test_a_job_that_fails_leaves_no_row_behind_in_queue_or_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    database, kind = world.app.state.database, f"fails-{uuid4().hex[:8]}"
    with capture_logs([ExceptionRenderer(formatted)]) as lines:
        async with jobs.worker(world.settings, database, {kind: fails}):
            async with database.writing(UUID(world.id)) as tx:
                await jobs.enqueue(tx, kind, municipality_id=UUID(world.id), subject_id=uuid4())
            kept = await _kept(database, kind)
    assert "CheckViolationError" in kept or "IntegrityError" in kept
    logged = f"{lines} {caplog.text}"
    assert "job failed" in logged
    assert "JobFailedError" in caplog.text  # the queue's own log
    assert "survey_invitations_channel_check" in logged  # what is needed to find the fault
    assert SECRET not in kept + logged


async def test_a_queue_that_lost_its_connection_works_on_with_another(world: World, superuser_url: str) -> None:
    database, kind, done = world.app.state.database, f"lost-{uuid4().hex[:8]}", asyncio.Queue[UUID]()

    async def work(_: Database, __: UUID, subject_id: UUID) -> None:
        await done.put(subject_id)

    async def one_more() -> None:
        subject = uuid4()
        async with database.writing(UUID(world.id)) as tx:
            await jobs.enqueue(tx, kind, municipality_id=UUID(world.id), subject_id=subject)
        assert await asyncio.wait_for(done.get(), 60) == subject

    async with jobs.worker(world.settings, database, {kind: work}):
        for _ in range(2):
            await one_more()
            assert await _cut(superuser_url, database.engine.url.database) >= 1
        await one_more()


async def _cut(superuser_url: str, database: str) -> int:
    """End the connections of all queues; how many there were."""
    connection = await asyncpg.connect(superuser_url.replace("+asyncpg", ""))
    ended = await connection.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = $2",
        jobs.QUEUE_CONNECTION,
        database,
    )
    await connection.close()
    return len(ended)


async def _kept(database: Database, kind: str) -> str:
    query = text(
        "SELECT string_agg(l::text, ' ') FROM pgqueuer_log l WHERE entrypoint = :kind AND traceback IS NOT NULL"
    )
    for _ in range(300):
        async with database.engine.connect() as connection:
            found: Any = (await connection.execute(query, {"kind": kind})).scalar()
        if found:
            return str(found)
        await asyncio.sleep(0.05)
    raise AssertionError("the queue noted no failure")
