"""The log: what stands in it, how it is searched, and that whoever follows it misses nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.audit import record_as
from tests.api.test_surveys import INSTRUMENT, ROUND, answers_csv
from tests.conftest import Api, World


@asynccontextmanager
async def writing(world: World, subject: str) -> AsyncIterator[None]:
    """A transaction that has written to the log and is not over yet."""
    async with world.app.state.database.writing(UUID(world.id)) as tx:
        await record_as(tx, UUID(world.id), actor="test", action="try", subject=subject)
        yield


async def log(admin: Api, **asked: str) -> list[dict[str, Any]]:
    """All pages, two events each."""
    found: list[dict[str, Any]] = []
    params = {"limit": "2"} | asked
    while True:
        answer = await admin.get("/v1/audit-events", params=params)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        if answer.json()["next"] is None:
            return found
        params["cursor"] = answer.json()["next"]


async def test_the_newest_comes_last_and_pages_neither_skip_nor_repeat(admin: Api, world: World) -> None:
    for n in range(7):
        async with writing(world, f"things/{n}"):
            pass
    events = await log(admin, actor="test")
    assert [event["subject"] for event in events] == [f"things/{n}" for n in range(7)]
    assert len({event["id"] for event in events}) == 7


async def test_whoever_follows_the_log_misses_nothing_that_is_committed_late(admin: Api, world: World) -> None:
    async with writing(world, "things/before"):
        pass
    await asyncio.sleep(1.1)  # what is not settled is known by the second
    async with writing(world, "things/slow"):
        async with writing(world, "things/quick"):
            pass
        async with writing(world, "things/later"):
            pass
        early = await log(admin, actor="test")
    rest = await log(admin, **{"actor": "test", "from": early[-1]["at"]})
    seen = [event["subject"] for event in early + rest[1:]]
    assert [event["subject"] for event in early] == ["things/before"]
    assert seen == ["things/before", "things/slow", "things/quick", "things/later"]


async def test_what_was_rolled_back_holds_nothing_up(admin: Api, world: World) -> None:
    with pytest.raises(RuntimeError):
        async with writing(world, "things/never"):
            raise RuntimeError
    async with writing(world, "things/after"):
        pass
    assert [event["subject"] for event in await log(admin, actor="test")] == ["things/after"]


async def test_the_log_is_searched_by_who_what_whom_and_when(admin: Api, world: World) -> None:
    unit = {"external_id": "u", "name": "U", "setting_type": "nursery"}
    unit_id = (await admin.post("/v1/units", json=unit)).json()["id"]
    await admin.patch(f"/v1/units/{unit_id}", json={"name": "V"}, headers={"If-Match": "*"})
    me = (await admin.get("/v1/me")).json()["subject"]
    created, changed = await log(admin, subject=f"units/{unit_id}")
    assert (created["action"], changed["action"]) == ("create", "change")
    assert await log(admin, actor=me, action="change") == [changed]
    assert await log(admin, actor=f"{me} (administration)", action="change") == [changed]
    assert await log(admin, actor=me[:-1]) == []
    assert await log(admin, **{"subject": f"units/{unit_id}", "to": changed["at"]}) == [created]
    assert await log(admin, **{"subject": f"units/{unit_id}", "from": changed["at"]}) == [changed]


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "0001-01-01T00:00:00+14:00"}, {"to": "9999-12-31T23:59:59-14:00"}, {"from": "2026-01-01T00:00:00"},
        {"from": "yesterday"}, {"actor": ""}, {"action": "x" * 201}, {"cursor": "WyIxIl0"}, {"unheard": "of"},
        {"cursor": "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwgIjAxOTBiM2E0LTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMSJd"},
    ],
)  # fmt: skip
async def test_a_question_that_makes_no_sense_is_refused(admin: Api, asked: dict[str, str]) -> None:
    answer = await admin.get("/v1/audit-events", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")


async def test_what_is_done_to_a_round_and_who_read_its_results_is_logged(admin: Api, world: World) -> None:
    await admin.post("/v1/units", json={"external_id": "stor", "name": "Stor", "setting_type": "nursery"})
    await admin.post("/v1/instruments", json=INSTRUMENT)
    row = (await admin.post("/v1/survey-rounds", json=ROUND | {"id": str(uuid4())})).json()
    path = f"/v1/survey-rounds/{row['id']}"
    await admin.post("/v1/survey-rounds", json=ROUND | {"id": row["id"]})  # the same again changes nothing
    await admin.patch(path, json={"title": "Anden"}, headers={"If-Match": "*"})
    await admin.put(f"{path}/invited", json={"units": [{"unit_external_id": "stor", "invited": 20}]})
    await admin.post(f"{path}/open")
    lines = [line for line in answers_csv().splitlines() if line.startswith((b"unit_", b"stor"))]
    await admin.upload("survey-answers", b"\n".join(lines), round_id=row["id"])
    await admin.post(f"{path}/close")
    leader = await world.client("leader", places=["unit:stor"])
    unit = {"scope": "unit:stor"}
    assert (await leader.get(f"{path}/results", params=unit)).status_code == 200
    assert (await leader.get(f"{path}/report", params=unit | {"format": "json"})).status_code == 200
    assert (await leader.get(f"{path}/charts/components", params=unit)).status_code == 200
    assert (await leader.get(f"{path}/results")).status_code == 403

    def done(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
        return [(event["action"], event["subject"].split(row["id"])[1]) for event in events if row["id"] in str(event)]

    everything = await log(admin)
    assert done([event for event in everything if "administration" in event["actor"]]) == [
        ("create", ""), ("change", ""), ("change", "/invited"), ("open", ""), ("close", ""),
    ]  # fmt: skip
    read = [event for event in everything if "leader" in event["actor"]]
    assert done(read) == [("read", "/results"), ("read", "/report"), ("read", "/report")]
    assert all(event["detail"]["scope"].startswith("unit:") for event in read)
