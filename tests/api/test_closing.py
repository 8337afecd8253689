"""Closing a round: answers stop at once, the results come when they are computed, and tell no more than they show."""

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
