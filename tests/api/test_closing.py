"""Closing a round: answers stop at once, the results come when they are computed, and tell no more than they show."""

import asyncio
import itertools
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.problems import Problem
from api.surveys import freezing, rounds
from api.surveys.reading import note_reading
from tests.api.answering import ITEMS, Round, made_round
from tests.conftest import Api, World


async def answered(world: World, admin: Api, people: Api, **sizes: int) -> Round:
    made = await made_round(world, admin, people)
    lines = ["unit_external_id,respondent_key," + ",".join(ITEMS)]
    lines += [f"{unit},{unit}{n}," + ",".join(str(3 + n % 3) * 6) for unit, size in sizes.items() for n in range(size)]
    verdict = await admin.upload("survey-answers", "\n".join(lines).encode(), round_id=made.id)
    assert verdict["status"] == "done", verdict
    return made


async def test_progress_of_a_closed_round_tells_no_number_that_its_results_hide(
    world: World, admin: Api, anonymous: Api
) -> None:
    round_ = await answered(world, admin, anonymous, sol=3, maane=8, stjerne=9)
    assert await round_.answered() == {"sol": 3, "maane": 8, "stjerne": 9}
    await admin.post(f"{round_.path}/close")
    assert await round_.answered() == {"sol": None, "maane": None, "stjerne": 9}
    assert (await admin.get(f"{round_.path}/progress")).json()["answered"] is None  # 20 less 9 is what is hidden
    shown = (await admin.get(f"{round_.path}/results", params={"scope": "unit:maane"})).json()
    assert (shown["n"], shown["merged"]["results"]["n"]) == (None, 11)


async def test_until_the_results_are_computed_whoever_asks_is_told_so(world: World, admin: Api, anonymous: Api) -> None:
    """A server that stops after the close leaves no results behind; the job makes them, once."""
    round_ = await answered(world, admin, anonymous, sol=12, maane=12)
    database, mine, id_ = world.app.state.database, UUID(world.id), UUID(round_.id)
    async with database.writing(mine) as tx:
        await rounds.close(tx, id_)
    for path in ("results", "results?scope=unit:sol", "report?format=json", "change"):
        early = await admin.get(f"{round_.path}/{path}")
        assert (early.status_code, early.json()["code"]) == (409, "results-not-frozen"), path
    assert await round_.answered() == {"sol": None, "maane": None, "stjerne": None}
    for _ in range(2):
        await freezing.freeze(database, mine, id_)
        assert (await admin.get(f"{round_.path}/results")).json()["n"] == 24


async def test_results_of_a_round_that_was_opened_again_meanwhile_are_thrown_away(
    world: World, admin: Api, anonymous: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = await answered(world, admin, anonymous, sol=12, maane=12)
    computed = freezing._computed

    async def slowly(snapshot: Any) -> Any:
        assert (await admin.post(f"{round_.path}/reopen")).json()["state"] == "open"
        return await computed(snapshot)

    monkeypatch.setattr(freezing, "_computed", slowly)
    await admin.post(f"{round_.path}/close")
    assert (await admin.get(f"{round_.path}")).json()["state"] == "open"
    assert (await admin.get(f"{round_.path}/results")).json()["code"] == "results-not-frozen"
    monkeypatch.undo()
    await admin.post(f"{round_.path}/close")
    assert (await admin.get(f"{round_.path}/results")).json()["n"] == 24


async def test_a_round_closed_by_several_at_once_is_computed_once(
    world: World, admin: Api, anonymous: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = await answered(world, admin, anonymous, sol=12, maane=12)
    computed, begun, go_on = freezing._computed, [], asyncio.Event()

    async def slowly(snapshot: Any) -> Any:
        begun.append(snapshot)
        await go_on.wait()
        return await computed(snapshot)

    monkeypatch.setattr(freezing, "_computed", slowly)
    closes = [asyncio.create_task(admin.post(f"{round_.path}/close")) for _ in range(3)]
    job = asyncio.create_task(freezing.job(world.app.state.database, UUID(world.id), UUID(round_.id)))
    await asyncio.wait([*closes, job], timeout=1)
    go_on.set()
    assert {answer.status_code for answer in await asyncio.gather(*closes)} == {200}
    await job
    assert len(begun) == 1
    assert (await admin.get(f"{round_.path}/results")).json()["n"] == 24


async def test_a_round_opened_and_closed_again_meanwhile_gets_the_results_of_the_second_close(
    world: World, admin: Api, anonymous: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = await answered(world, admin, anonymous, sol=12, maane=12)
    computed, calls = freezing._computed, itertools.count(1)

    async def slowly(snapshot: Any) -> Any:
        if next(calls) == 1:
            await admin.post(f"{round_.path}/reopen")
            for token in await round_.links("sol", 3):
                await round_.submit(token, 4)
            async with world.app.state.database.writing(UUID(world.id)) as tx:
                await rounds.close(tx, UUID(round_.id))
        return await computed(snapshot)

    monkeypatch.setattr(freezing, "_computed", slowly)
    assert (await admin.post(f"{round_.path}/close")).status_code == 200
    assert (await admin.get(f"{round_.path}/results")).json()["n"] == 27


async def test_a_close_holds_though_its_results_fail_and_the_job_goes_on_trying(
    world: World, admin: Api, anonymous: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = await answered(world, admin, anonymous, sol=12, maane=12)
    database, mine, id_ = world.app.state.database, UUID(world.id), UUID(round_.id)

    async def fails(_: Any) -> Any:
        raise MemoryError

    async def waiting() -> int:
        of_round = "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'survey-results' AND execute_after > now()"
        async with database.reading(mine) as tx:
            query = text(f"{of_round} AND convert_from(payload, 'UTF8') LIKE :id")
            return int((await tx.execute(query, {"id": f"%{round_.id}%"})).scalar_one())

    monkeypatch.setattr(freezing, "_computed", fails)
    assert (await admin.post(f"{round_.path}/close")).json()["state"] == "closed"
    assert await waiting() == 1
    with pytest.raises(MemoryError):
        await freezing.job(database, mine, id_)
    assert await waiting() == 2
    monkeypatch.undo()
    await freezing.job(database, mine, id_)
    assert (await admin.get(f"{round_.path}/results")).json()["n"] == 24


async def test_results_read_while_the_round_was_opened_and_closed_again_were_seen_by_nobody(
    world: World, admin: Api, anonymous: Api
) -> None:
    """However quickly: the time of closing is told to the second."""
    round_ = await answered(world, admin, anonymous, sol=12, maane=12)
    database, mine = world.app.state.database, UUID(world.id)
    first = (await admin.post(f"{round_.path}/close")).json()

    async def read() -> None:
        async with database.reading(mine) as tx:
            note_reading(tx, await rounds.find(tx, UUID(round_.id)))
            for step in ("reopen", "close"):
                await admin.post(f"{round_.path}/{step}")
            async with database.writing(mine) as other:
                at = {"at": datetime.fromisoformat(first["closed_at"]), "id": round_.id}
                await other.execute(text("UPDATE survey_rounds SET closed_at = :at WHERE id = :id"), at)

    with pytest.raises(Problem, match="results-not-frozen"):
        await read()
    assert (await admin.post(f"{round_.path}/reopen")).status_code == 200


async def test_a_large_round_is_computed_in_a_process_of_its_own(
    world: World, admin: Api, anonymous: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "_LARGE", 10)
    round_ = await answered(world, admin, anonymous, sol=12, maane=12)
    await admin.post(f"{round_.path}/close")
    assert (await admin.get(f"{round_.path}/results")).json()["n"] == 24
