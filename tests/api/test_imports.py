"""Imports under trouble: a job delivered twice, a slow line, and observations that arrive meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from api.imports import store
from api.imports.importers import importers
from api.imports.roster import import_roster
from tests.api.observing import furnish
from tests.api.test_roster_import import FILES, zipped
from tests.conftest import TODAY, Api, World


async def test_a_job_delivered_twice_gives_one_verdict(world: World, admin: Api, app: Any) -> None:
    deliver = store.job(importers(lambda: TODAY))
    headers = {"Content-Type": "application/zip"}
    for _ in range(3):
        answer = await admin.post("/v1/imports/roster?mode=commit", content=zipped(FILES), headers=headers)
        id_ = UUID(answer.json()["id"])
        await asyncio.gather(*(deliver(app.state.database, UUID(world.id), id_) for _ in range(4)))
        verdict = (await admin.get(f"/v1/imports/{id_}")).json()
        counts = {name: verdict["report"][name] for name in ("created", "unchanged")}
        assert (verdict["status"], sum(counts.values())) == ("done", 11)


async def test_uploads_on_a_slow_line_hold_nobody_up(admin: Api, app: Any) -> None:
    go_on = asyncio.Event()

    async def stalled() -> AsyncIterator[bytes]:
        yield b"PK"
        await go_on.wait()

    headers = {"Content-Type": "application/zip"}
    slow = [
        asyncio.create_task(admin.post("/v1/imports/roster", content=stalled(), headers=headers))
        for _ in range(app.state.settings.database_pool + 5)
    ]
    await asyncio.sleep(0.5)
    async with asyncio.timeout(5):
        assert (await admin.get("/v1/units")).status_code == 200
    go_on.set()
    assert {answer.status_code for answer in await asyncio.gather(*slow)} == {202}


async def test_observations_are_recorded_while_a_roster_is_read(world: World, admin: Api, app: Any) -> None:
    """The import locks what it may change, but a row that only refers to it need not wait."""
    rooms = await furnish(admin)
    files = {"rooms.csv": "external_id,unit_external_id,name\nbi,sol,Bi\n"}
    async with app.state.database.writing(UUID(world.id)) as tx:
        outcome = await import_roster(tx, municipality_id=UUID(world.id), body=zipped(files), today=TODAY)
        assert outcome.total.updated == 1
        async with asyncio.timeout(5):
            answer = await admin.post("/v1/activities", json=rooms.activity())
    assert answer.status_code == 201
