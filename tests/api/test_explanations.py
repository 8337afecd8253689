"""Explain this number, through the interface: equal to the results, with the same access."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api import rounds
from tests.api.observing import Rooms, furnish
from tests.api.test_participation import WEEKS, observe
from tests.conftest import Api, World

FIELDS = {
    "n": ("n",), "mean": ("mean",), "sd": ("sd",), "score": ("score",), "ci": ("ci_low", "ci_high"),
    "score_ci": ("score_ci_low", "score_ci_high"), "fpc_ci": ("fpc_ci_low", "fpc_ci_high"), "unit_mean": ("unit_mean",),
    "positive_share": ("positive_share",), "negative_share": ("negative_share",), "rwg_j": ("rwg_j",),
    "agreement_band": ("agreement_band",), "icc1": ("icc1",), "icc2": ("icc2",), "alpha": ("alpha",),
    "alpha_standardised": ("alpha_standardised",), "omega": ("omega",), "classification": ("classification",),
    "spread": ("spread",),
}  # fmt: skip


@pytest.fixture
async def round_id(admin: Api) -> str:
    """Enough people for the reliability of the study."""
    await rounds.units(admin)
    await admin.post("/v1/instruments", json=rounds.questionnaire())
    sizes = {"lille": 3, "mellem": 8, "stor": 60, "dagpleje": 50}
    return await rounds.closed(admin, year=2026, levels=(2, 3, 4), sizes=sizes, invited=70)


async def explain(client: Api, round_id: str, **asked: Any) -> Any:
    return await client.get(f"/v1/explanations/survey-rounds/{round_id}", params=asked)


@pytest.mark.parametrize("where", [{}, {"scope": "unit:stor"}, {"scope": "unit:lille"}, {"by": "role"}])
async def test_every_number_of_a_component_is_the_one_in_the_results(
    admin: Api, round_id: str, where: dict[str, str]
) -> None:
    results = (await admin.get(f"/v1/survey-rounds/{round_id}/results", params=where)).json()
    cell, group = results, {}
    if "by" in where:
        cell = next(it for it in results["groups"] if it["key"] == "educator")
        group = {"group": "educator"}
    [component] = [it for it in cell["components"] if it["key"] == "will"]
    for measure, fields in FIELDS.items():
        answer = await explain(admin, round_id, component="will", measure=measure, **where, **group)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        expected = [component[name] for name in fields]
        value = None if None in expected else expected if len(expected) > 1 else expected[0]
        assert found["value"] == value, measure
        assert (found["why_empty"] is None) == (value is not None), measure
        assert found["n"] == component["n"]
    for item in component["items"]:
        for measure in ("n", "mean", "score", "rwg", "agreement_band", "positive_share", "distribution"):
            found = (await explain(admin, round_id, item=item["key"], measure=measure, **where, **group)).json()
            assert found["value"] == item[measure], (item["key"], measure)
    for measure in ("readiness", "position", "response_rate", "invited", "n"):
        found = (await explain(admin, round_id, measure=measure, **where, **group)).json()
        assert found["value"] == cell[measure], measure


async def test_an_explanation_says_how_of_what_and_by_which_rules(admin: Api, round_id: str) -> None:
    found = (await explain(admin, round_id, component="will", scope="unit:stor")).json()
    assert (found["measure"], found["level"]) == ("score", "component")
    assert [(item["key"], item["reverse"]) for item in found["items"]] == [
        ("will1", False), ("will2", True), ("will3", False),
    ]  # fmt: skip
    assert found["missing_rule"] == {"min_answered_share": 0.5, "items": 3, "least": 2}
    results = (await admin.get(f"/v1/survey-rounds/{round_id}/results", params={"scope": "unit:stor"})).json()
    [component] = [it for it in results["components"] if it["key"] == "will"]
    assert found["left_out"] == results["n"] - component["n"] > 0
    assert found["versions"]["instrument"] == "kort v1"
    item = (await explain(admin, round_id, item="will2", measure="distribution", scope="unit:stor")).json()
    assert item["value"] == component["items"][1]["distribution"]


async def test_what_is_hidden_is_explained_and_not_told(admin: Api, round_id: str) -> None:
    found = (await explain(admin, round_id, component="will", scope="unit:mellem")).json()
    assert (found["value"], found["n"], found["left_out"]) == (None, None, None)
    assert found["why_empty"]["code"] == "protects_others"
    assert {value for item in found["items"] for value in (item["n"], item["score"])} == {None}


async def test_change_is_explained_against_the_earlier_round(admin: Api, round_id: str) -> None:
    now = await rounds.closed(admin, year=2027, levels=(4, 5))
    asked = {"component": "will", "measure": "change", "scope": "unit:stor"}
    found = (await explain(admin, now, **asked)).json()
    told = (await admin.get(f"/v1/survey-rounds/{now}/change", params={"scope": "unit:stor"})).json()
    assert (found["value"], found["since"]) == (told["components"][0]["difference"]["value"], told["since"])
    alone = await explain(admin, round_id, **asked)
    assert (alone.status_code, alone.json()["code"]) == (404, "no-earlier-round")


async def test_what_is_asked_wrongly_is_refused_by_name(admin: Api, round_id: str) -> None:
    refused: list[tuple[dict[str, str], int, str]] = [
        ({"measure": "score"}, 422, "invalid-input"),
        ({"measure": "alpha", "item": "will1"}, 422, "invalid-input"),
        ({"component": "nothing"}, 404, "not-found"),
        ({"item": "nothing"}, 404, "not-found"),
        ({"component": "will", "by": "role"}, 422, "invalid-input"),
        ({"component": "will", "by": "role", "group": "nobody"}, 404, "not-found"),
        ({"component": "will", "scope": "planet:mars"}, 422, "invalid-input"),
    ]
    for asked, status, code in refused:
        answer = await explain(admin, round_id, **asked)
        assert (answer.status_code, answer.json()["code"]) == (status, code), asked


async def test_a_leader_has_the_numbers_of_the_own_unit_explained_only(world: World, admin: Api, round_id: str) -> None:
    leader = await world.client("leader", places=["unit:stor"])
    assert (await explain(leader, round_id, component="will", scope="unit:stor")).status_code == 200
    assert (await explain(leader, round_id, component="will", scope="unit:dagpleje")).status_code == 404
    assert (await explain(leader, round_id, component="will")).json()["code"] == "outside-your-place"


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    furnished = await furnish(admin)
    await observe(admin, furnished)
    return furnished


@pytest.mark.parametrize("kind", ["immersion_activity", "focus_conversation"])
@pytest.mark.parametrize("child", ["B01", "B02", "B03"])
async def test_the_weeks_of_a_child_add_up_to_what_participation_says(
    admin: Api, rooms: Rooms, child: str, kind: str
) -> None:
    asked = {"child_id": rooms.children[child], "kind": kind}
    found = (await admin.get(f"/v1/explanations/rooms/{rooms.bi}", params=asked)).json()
    told = (await admin.get(f"/v1/rooms/{rooms.bi}/participation")).json()
    [mine] = [it for it in told["children"] if it["external_id"] == child]
    assert (found["value"], found["count"], found["below"]) == tuple(
        mine[kind][it] for it in ("rate", "count", "below")
    )
    counted = [week["counted"] for week in found["weeks"] if week["counted"] is not None]
    assert (len(counted), sum(counted)) == (mine["counted_weeks"], mine[kind]["count"])
    assert [week["state"] for week in found["weeks"]] == mine["states"]
    assert [week["week"] for week in found["weeks"]] == WEEKS
    assert (found["line"]["per_week"], found["line"]["version"]) == (told["thresholds"][kind], "demo-1")


async def test_activities_and_tally_are_told_apart_and_the_larger_counts(admin: Api, rooms: Rooms) -> None:
    tallies = [{"child_external_id": "B01", "immersion_activity": 5}]
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/{WEEKS[2]}", json={"completed": True, "tallies": tallies})
    asked = {"child_id": rooms.children["B01"], "kind": "immersion_activity"}
    weeks = (await admin.get(f"/v1/explanations/rooms/{rooms.bi}", params=asked)).json()["weeks"]
    assert [(it["activities"], it["tally"], it["counted"]) for it in weeks[1:3]] == [(3, None, 3), (2, 5, 5)]
    assert [(it["state"], it["counted"]) for it in weeks[6:]] == [("closed", None), ("not_recorded", None)]


async def test_reading_a_childs_weeks_is_logged_and_needs_the_right_to(world: World, admin: Api, rooms: Rooms) -> None:
    asked = {"child_id": rooms.children["B01"], "kind": "immersion_activity"}
    path = f"/v1/explanations/rooms/{rooms.bi}"
    await admin.get(path, params=asked)
    events = (await admin.get("/v1/audit-events")).json()["items"]
    assert f"children/{rooms.children['B01']}/participation" in {event["subject"] for event in events}
    stranger = await world.client("educator", places=["room:humle"])
    assert (await stranger.get(path, params=asked)).status_code == 404
    assert (await admin.get(path, params=asked | {"child_id": str(uuid4())})).status_code == 404
    assert (await admin.get(path, params={"kind": "immersion_activity"})).status_code == 422
