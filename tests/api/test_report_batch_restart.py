"""A worker that is killed in the middle of a batch, or told to stop: nothing is lost, and nothing made twice."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from api.main import create_app
from api.migrate import prepare_embedded
from api.operator import as_owner, create_municipality
from api.settings import Settings
from api.worker import working
from tests.api.test_report_batches import fetched, finished, order
from tests.api.test_surveys import INSTRUMENT, ROUND
from tests.conftest import SECRET, TODAY, Api, World

UNITS, ANSWERS = 16, 5
SILENCE = 2.0


@pytest.fixture(scope="module")
async def apart(superuser_url: str) -> AsyncIterator[World]:
    """A municipality in a database whose queue only the workers of the test work on."""
    asked = Settings(secret_key=SecretStr(SECRET), worker=False, _env_file=None)
    settings = await prepare_embedded(asked, superuser_url, name=f"vls_restart_{os.getpid()}")
    app = create_app(settings, today=lambda: TODAY)
    async with app.router.lifespan_context(app):
        made = await as_owner(settings, lambda tx: create_municipality(tx, code="101", name="Kommune"))
        yield World(app=app, settings=settings, code="101", id=made["id"])


@contextmanager
def worker(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """`vls worker` in a process of its own; whatever it leaves behind is ended with it."""
    environment = os.environ | {
        "VLS_DATABASE_URL": str(settings.database_url),
        "VLS_JOB_SILENCE_SECONDS": str(SILENCE),
        "VLS_RENDER_WORKERS": "1",
    }
    command = [sys.executable, "-m", "api.cli", "worker"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
async def admin(apart: World) -> AsyncIterator[Api]:
    async with await apart.client() as client:
        yield client


@pytest.fixture(scope="module")
async def closed(admin: Api, apart: World) -> str:
    """A closed round of many units, so that a batch takes a while."""
    lines = ["unit_external_id,role," + ",".join(item["key"] for item in INSTRUMENT["items"])]
    for unit in range(UNITS):
        body = {"external_id": f"u{unit:02}", "name": f"Hus {unit}", "setting_type": "kindergarten"}
        await admin.post("/v1/units", json=body)
        for person in range(ANSWERS):
            answers = ",".join(str((unit + person + item) % 5 + 1) for item in range(len(INSTRUMENT["items"])))
            lines.append(f"u{unit:02},educator,{answers}")
    await admin.post("/v1/instruments", json=INSTRUMENT)
    round_ = (await admin.post("/v1/survey-rounds", json=ROUND)).json()["id"]
    await admin.post(f"/v1/survey-rounds/{round_}/open")
    async with working(apart.settings, apart.app.state.database, renderer=apart.app.state.renderer):
        verdict = await admin.upload("survey-answers", "\n".join(lines).encode(), round_id=round_)
    assert verdict["report"]["created"] == UNITS * ANSWERS
    await admin.post(f"/v1/survey-rounds/{round_}/close")
    return str(round_)


async def in_the_middle(admin: Api, location: str, *, least: int) -> int:
    for _ in range(1200):
        done = (await admin.get(location)).json()["done"]
        if done >= least:
            return int(done)
        await asyncio.sleep(0.03)
    raise AssertionError("the worker does not work")


async def made_at(world: World, location: str) -> dict[int, Any]:
    query = "SELECT position, made_at FROM report_files WHERE batch_id = :id AND made_at IS NOT NULL"
    async with world.app.state.database.reading(UUID(world.id)) as tx:
        rows = (await tx.execute(text(query), {"id": location.rpartition("/")[2]})).all()
    return {position: at for position, at in rows}


async def test_a_batch_outlives_the_workers_that_make_it(apart: World, admin: Api, closed: str) -> None:
    location = (await order(admin, closed)).headers["location"]
    with worker(apart.settings) as killed:
        assert await in_the_middle(admin, location, least=2) < UNITS
        killed.kill()
        killed.wait()
    kept = await made_at(apart, location)
    assert 2 <= len(kept) < UNITS
    assert (await admin.get(location)).json()["status"] == "running"
    with worker(apart.settings) as stopped:  # takes the job over once the first has been silent for long enough
        await in_the_middle(admin, location, least=len(kept) + 1)
        stopped.terminate()
        assert stopped.wait(30) == 0
    async with working(apart.settings, apart.app.state.database, renderer=apart.app.state.renderer):
        batch = await finished(admin, location)
    assert (batch["status"], batch["done"], batch["issues"]) == ("done", UNITS, [])
    after = await made_at(apart, location)
    assert {position: after[position] for position in kept} == kept
    files = list((await fetched(admin, location)).items())[1:]
    assert len(files) == UNITS
    for unit in (0, 7, UNITS - 1):
        alone = await admin.get(f"/v1/survey-rounds/{closed}/report", params={"scope": f"unit:u{unit:02}"})
        assert files[unit][1] == alone.content
