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
from tests.api.test_report_batches import fetched, finished
from tests.api.test_surveys import INSTRUMENT, ROUND
from tests.conftest import SECRET, TODAY, Api, World

UNITS, ANSWERS = 16, 5
Wanted = tuple[dict[str, Any], list[tuple[str, dict[str, str]]]]
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
        "VLS_SECRET_KEY": SECRET,
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


@pytest.fixture(scope="module")
async def rooms(admin: Api, closed: str) -> list[str]:
    """A room in each unit, with a child and a week that was recorded."""
    made = []
    for unit in range(UNITS):
        place = {"external_id": f"r{unit:02}", "name": f"Stue {unit}", "unit_external_id": f"u{unit:02}"}
        made.append((await admin.post("/v1/rooms", json=place)).json()["id"])
        child = {"external_id": f"B{unit:02}", "room_id": made[-1], "valid_from": "2026-01-01"}
        tally = {"child_id": (await admin.post("/v1/children", json=child)).json()["id"], "immersion_activity": unit}
        body = {"completed": True, "tallies": [tally]}
        assert (await admin.put(f"/v1/rooms/{made[-1]}/weeks/2026-W40", json=body)).status_code == 200
    return made


@pytest.fixture(params=["readiness", "room"])
def wanted(request: pytest.FixtureRequest, closed: str, rooms: list[str]) -> Wanted:
    """A batch to order, and what each of its documents is asked for with when alone."""
    if request.param == "readiness":
        alone = [(f"survey-rounds/{closed}/report", {"scope": f"unit:u{unit:02}"}) for unit in range(UNITS)]
        return {"survey_round_id": closed}, alone
    period = {"from": "2026-W35", "to": "2026-W42"}
    return {"kind": "room"} | period, [(f"rooms/{room}/report", period) for room in rooms]


async def test_a_batch_outlives_the_workers_that_make_it(apart: World, admin: Api, wanted: Wanted) -> None:
    body, alone = wanted
    location = (await admin.post("/v1/report-batches", json=body)).headers["location"]
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
        path, asked = alone[unit]
        assert files[unit][1] == (await admin.get(f"/v1/{path}", params=asked)).content


async def test_a_room_that_is_gone_or_has_left_the_place_is_an_issue_and_loses_no_other(
    apart: World, admin: Api, rooms: list[str]
) -> None:
    await admin.post("/v1/areas", json={"external_id": "n", "name": "Nord"})
    for unit in range(3):
        (found,) = (await admin.get("/v1/units", params={"external_id": f"u{unit:02}"})).json()["items"]
        change = {"area_external_id": "n"}
        await admin.patch(f"/v1/units/{found['id']}", json=change, headers={"If-Match": "*"})
    empty = await admin.post("/v1/rooms", json={"external_id": "ny", "name": "Ny", "unit_external_id": "u01"})
    order = {"kind": "room", "from": "2026-W35", "to": "2026-W42", "scope": "area:n", "format": "csv"}
    location = (await admin.post("/v1/report-batches", json=order)).headers["location"]
    away = await admin.patch(f"/v1/rooms/{rooms[1]}", json={"unit_external_id": "u09"}, headers={"If-Match": "*"})
    gone = await admin.delete(f"/v1/rooms/{empty.json()['id']}", headers={"If-Match": "*"})
    assert (away.status_code, gone.status_code) == (200, 204), gone.text
    async with working(apart.settings, apart.app.state.database, renderer=apart.app.state.renderer):
        batch = await finished(admin, location)
    assert (batch["status"], batch["done"]) == ("done", 4)
    assert [(issue["room_external_id"], issue["code"]) for issue in batch["issues"]] == [
        ("ny", "not-found"), ("r01", "not-found"),
    ]  # fmt: skip
    assert [name[:8] for name in await fetched(admin, location)] == ["contents", "0001-u00", "0004-u02"]
