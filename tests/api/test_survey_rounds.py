"""Rounds: whom they ask, when they may be changed, and when a close can be undone."""

from typing import Any
from uuid import UUID

import pytest

from api.problems import Problem
from api.surveys import results, rounds
from tests.api.answering import ITEMS, ROUND, Round, made_round, quiet_round
from tests.conftest import Api, World

quiet = pytest.fixture(scope="module")(quiet_round)


@pytest.fixture
async def round_(world: World, admin: Api, anonymous: Api) -> Round:
    return await made_round(world, admin, anonymous)


async def answered_round(world: World, admin: Api, people: Api, **round_: Any) -> Round:
    """Twelve have answered in each unit that is asked."""
    made = await made_round(world, admin, people, **round_)
    header = "unit_external_id,respondent_key," + ",".join(ITEMS)
    asked = ("sol", "maane") if round_ else ("sol", "maane", "stjerne")
    lines = [f"{unit},{unit}{n}," + ",".join(str(4 + n % 2) * 6) for unit in asked for n in range(12)]
    verdict = await admin.upload("survey-answers", "\n".join([header, *lines]).encode(), round_id=made.id)
    assert verdict["status"] == "done", verdict
    return made


async def test_a_round_may_ask_only_some(world: World, admin: Api, anonymous: Api) -> None:
    some = await answered_round(world, admin, anonymous, scope=["area:ost"])
    shown = (await admin.get(some.path)).json()["scope"]
    assert [place.split(":")[0] for place in shown] == ["area"]
    assert await some.answered() == {"sol": 12, "maane": 12}
    await admin.post(f"{some.path}/close")
    whole = (await admin.get(f"{some.path}/results")).json()
    assert whole["n"] == 24
    assert (await admin.get(f"{some.path}/results", params={"scope": "unit:sol"})).json()["n"] == 12
    assert (await admin.get(f"{some.path}/results", params={"scope": "unit:stjerne"})).status_code == 404
    assert (await admin.get(f"{some.path}/results", params={"scope": "area:vest"})).status_code == 404


async def test_answers_of_a_unit_that_is_not_asked_are_not_imported(world: World, admin: Api, anonymous: Api) -> None:
    some = await made_round(world, admin, anonymous, scope=["unit:sol"])
    csv = "unit_external_id," + ",".join(ITEMS) + "\nstjerne,4,4,4,4,4,4\n"
    verdict = await admin.upload("survey-answers", csv.encode(), round_id=some.id)
    assert (verdict["status"], verdict["found"][0]["code"]) == ("refused", "unknown-unit")
    said = await admin.put(f"{some.path}/invited", json={"units": [{"unit_external_id": "stjerne", "invited": 3}]})
    assert (said.status_code, said.json()["code"]) == (422, "unit-not-in-round")


async def test_the_same_scope_in_other_words_is_the_same_round(round_: Round) -> None:
    body = ROUND | {
        "id": "0190b3a4-0000-7000-8000-00000000abcd",
        "scope": ["unit:sol", f"unit:{round_.units['maane']}"],
    }
    assert (await round_.admin.post("/v1/survey-rounds", json=body)).status_code == 201
    turned = body | {"scope": ["unit:maane", "unit:sol", "unit:sol"]}
    assert (await round_.admin.post("/v1/survey-rounds", json=turned)).status_code == 200
    other = await round_.admin.post("/v1/survey-rounds", json=body | {"scope": None})
    assert (other.status_code, other.json()["params"]) == (409, {"fields": "scope"})


@pytest.mark.parametrize("scope", [[], ["planet:mars"], ["unit:"], "unit:sol"])
async def test_a_scope_that_is_none_is_refused(quiet: Round, scope: Any) -> None:
    answer = await quiet.admin.post("/v1/survey-rounds", json=ROUND | {"scope": scope})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")


async def test_a_scope_with_an_unknown_place_is_refused_by_its_place(quiet: Round) -> None:
    answer = await quiet.admin.post("/v1/survey-rounds", json=ROUND | {"scope": ["unit:sol", "area:nord"]})
    assert (answer.status_code, answer.json()["params"]) == (422, {"field": "scope/1"})


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"opens_on": None}, "/opens_on", "null-not-allowed"),
        ({"title": None, "closes_on": None}, "/title", "null-not-allowed"),
        ({"opens_on": "2026-10-31"}, "/opens_on", "invalid-period"),
        ({"closes_on": "2026-09-30"}, "/closes_on", "invalid-period"),
        ({"opens_on": "2026-12-02", "closes_on": "2026-12-01"}, "/closes_on", "invalid-period"),
    ],
)
async def test_dates_that_contradict_each_other_are_refused(
    quiet: Round, change: dict[str, Any], pointer: str, code: str
) -> None:
    answer = await quiet.admin.patch(quiet.path, json=change, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")
    assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (pointer, code)
    kept = (await quiet.admin.get(quiet.path)).json()
    assert (kept["opens_on"], kept["closes_on"], kept["revision"]) == ("2026-10-01", "2026-10-30", 2)


async def test_a_close_that_nobody_has_looked_at_can_be_undone(world: World, admin: Api, anonymous: Api) -> None:
    round_ = await answered_round(world, admin, anonymous)
    (token,) = await round_.links("sol", 1)
    await round_.people.put(f"/v1/answers/{token}", json={"answers": {"will1": 2}})
    assert (await admin.post(f"{round_.path}/close")).json()["closed_at"] is not None
    opened = await admin.post(f"{round_.path}/reopen")
    assert (opened.status_code, opened.json()["state"], opened.json()["closed_at"]) == (200, "open", None)
    assert (await admin.get(f"{round_.path}/results")).json()["code"] == "results-not-frozen"
    assert (await round_.people.get(f"/v1/answers/{token}")).json()["answers"] == {"will1": 2}
    assert (await round_.submit(token)).status_code == 200
    await admin.post(f"{round_.path}/close")
    assert (await admin.get(f"{round_.path}/results")).json()["n"] == 37


async def test_an_import_is_recognised_after_reopening(world: World, admin: Api, anonymous: Api) -> None:
    round_ = await answered_round(world, admin, anonymous)
    for step in ("close", "reopen"):
        await admin.post(f"{round_.path}/{step}")
    line = "unit_external_id,respondent_key," + ",".join(ITEMS) + "\nsol,sol0,4,4,4,4,4,4\n"
    verdict = await admin.upload("survey-answers", line.encode(), round_id=round_.id)
    assert (verdict["report"]["created"], verdict["report"]["unchanged"]) == (0, 1)


@pytest.mark.parametrize(
    "look",
    ["results", "results?scope=unit:sol&by=role", "report?format=json", "report?format=csv", "charts/map?format=svg"],
)
async def test_once_somebody_has_looked_it_stays_closed(world: World, admin: Api, anonymous: Api, look: str) -> None:
    round_ = await answered_round(world, admin, anonymous)
    await admin.post(f"{round_.path}/close")
    assert (await admin.get(f"{round_.path}/{look}")).status_code == 200
    refused = await admin.post(f"{round_.path}/reopen")
    assert (refused.status_code, refused.json()["code"]) == (409, "results-were-read")
    assert (await admin.get(f"{round_.path}/{look}")).status_code == 200


async def test_a_look_that_is_refused_is_none(world: World, admin: Api, anonymous: Api) -> None:
    round_ = await answered_round(world, admin, anonymous)
    await admin.post(f"{round_.path}/close")
    async with await world.client("leader", places=["unit:sol"]) as leader:
        assert (await leader.get(f"{round_.path}/results")).status_code == 403
        assert (await leader.get(f"{round_.path}/results", params={"scope": "unit:maane"})).status_code == 404
    await admin.get(f"{round_.path}/progress")
    assert (await admin.post(f"{round_.path}/reopen")).status_code == 200


async def test_results_that_are_thrown_away_while_they_are_read_are_shown_to_nobody(
    world: World, admin: Api, anonymous: Api
) -> None:
    round_ = await answered_round(world, admin, anonymous)
    await admin.post(f"{round_.path}/close")
    caller = world.app.state.signer.caller(admin.headers["authorization"].removeprefix("Bearer "))
    with pytest.raises(Problem, match="results-not-frozen"):  # noqa: PT012 - it is raised when the reading ends
        async with world.app.state.database.reading(UUID(world.id)) as tx:
            assert await results.find(tx, caller, await rounds.find(tx, UUID(round_.id)), "municipality")
            assert (await admin.post(f"{round_.path}/reopen")).status_code == 200


async def test_a_draft_is_not_reopened_and_an_open_round_stays_open(world: World, admin: Api, anonymous: Api) -> None:
    draft = await made_round(world, admin, anonymous, opened=False)
    assert (await admin.post(f"{draft.path}/reopen")).json()["code"] == "round-state"
    await admin.post(f"{draft.path}/open")
    assert (await admin.post(f"{draft.path}/reopen")).json()["state"] == "open"


async def test_a_round_nobody_answered_closes_and_its_reports_say_so(round_: Round) -> None:
    await round_.links("sol", 3)
    await round_.admin.post(f"{round_.path}/close")
    for scope in ("municipality", "area:ost", "unit:sol"):
        results = (await round_.admin.get(f"{round_.path}/results", params={"scope": scope})).json()
        assert (results["n"], results["suppressed"]["reason"]) == (None, "too_few_answers")
        report = await round_.admin.get(f"{round_.path}/report", params={"scope": scope})
        assert (report.status_code, report.content[:4]) == (200, b"%PDF")
