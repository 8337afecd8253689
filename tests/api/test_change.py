"""Change since an earlier round through the interface, from the rounds as they were answered."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api import rounds
from tests.conftest import Api, World


@pytest.fixture
async def two(admin: Api) -> tuple[str, str]:
    """Two rounds a year apart; much better answers the second time, and a lower response rate."""
    await rounds.units(admin)
    assert (await admin.post("/v1/instruments", json=rounds.questionnaire())).status_code == 201
    before = await rounds.closed(admin, year=2025, levels=(2, 3), invited=25)
    fewer = rounds.SIZES | {"stor": 13}
    now = await rounds.closed(admin, year=2026, levels=(4, 5), sizes=fewer, invited=25)
    return before, now


async def change(client: Api, round_id: str, **asked: Any) -> Any:
    return await client.get(f"/v1/survey-rounds/{round_id}/change", params=asked)


async def test_a_unit_is_told_then_and_now_with_the_interval_of_the_difference(
    admin: Api, two: tuple[str, str]
) -> None:
    before, now = two
    found = (await change(admin, now, scope="unit:stor")).json()
    assert (found["since"]["id"], found["since"]["title"], found["comparable"]) == (before, "Runde 2025", True)
    for component in found["components"]:
        told = {}
        for name, round_id in (("before", before), ("now", now)):
            path = f"/v1/survey-rounds/{round_id}/results"
            results = (await admin.get(path, params={"scope": "unit:stor"})).json()
            told[name] = next(it for it in results["components"] if it["key"] == component["key"])
            assert (component[name], component[f"n_{name}"]) == (told[name]["score"], told[name]["n"])
        difference = component["difference"]
        assert difference["value"] == pytest.approx(told["now"]["score"] - told["before"]["score"], abs=1e-9)
        assert 0 < difference["low"] < difference["value"] < difference["high"]
        assert component["verdict"] == "up"
    assert found["readiness"]["difference"] > 0
    assert found["response"]["careful"] is True
    assert found["response"]["shift"] == pytest.approx(
        (found["response"]["n_now"] - found["response"]["n_before"]) / 25
    )


async def test_what_either_round_hides_stays_hidden(admin: Api, two: tuple[str, str]) -> None:
    for unit in ("lille", "mellem"):
        found = (await change(admin, two[1], scope=f"unit:{unit}")).json()
        assert {it["verdict"] for it in found["components"]} == {"not_shown"}
        numbers = ("before", "now", "n_before", "n_now", "difference")
        assert {it[name] for it in found["components"] for name in numbers} == {None}
        assert found["readiness"] is None
        assert (found["response"]["n_before"], found["response"]["now"]) == (None, None)


async def test_change_comes_by_setting_type_and_role_too(admin: Api, two: tuple[str, str]) -> None:
    found = (await change(admin, two[1], by="setting_type")).json()
    assert {group["key"] for group in found["groups"]} == {"childminding", "kindergarten"}
    assert {it["verdict"] for group in found["groups"] for it in group["components"]} == {"up"}
    roles = (await change(admin, two[1], by="role")).json()
    assert {group["key"] for group in roles["groups"]} == {"educator", "assistant"}
    assert {group["response"]["careful"] for group in roles["groups"]} == {None}


async def test_the_latest_earlier_round_is_taken_unless_another_is_asked_for(admin: Api, two: tuple[str, str]) -> None:
    before, now = two
    last = await rounds.closed(admin, year=2027, levels=(4, 5))
    older = await rounds.closed(admin, year=2020, levels=(3, 4))  # brought in afterwards
    assert (await change(admin, last)).json()["since"]["id"] == now
    assert (await change(admin, last, since=before)).json()["since"]["id"] == before
    assert (await change(admin, before)).json()["since"]["id"] == older
    late = await change(admin, older)
    assert (late.status_code, late.json()["code"]) == (404, "no-earlier-round")


async def test_what_cannot_be_compared_with_is_refused_by_name(admin: Api, two: tuple[str, str]) -> None:
    before, now = two
    other = rounds.questionnaire(key="andet")
    await admin.post("/v1/instruments", json=other)
    still_open = await rounds.opened(admin, year=2024)
    another = await rounds.opened(admin, year=2023, key="andet")
    await admin.post(f"/v1/survey-rounds/{another}/close")
    refused = {
        str(uuid4()): (422, "unknown-reference"),
        still_open: (409, "earlier-round-not-closed"),
        another: (409, "other-instrument"),
        now: (422, "round-not-earlier"),
    }
    for since, expected in refused.items():
        answer = await change(admin, now, since=since)
        assert (answer.status_code, answer.json()["code"]) == expected
    assert (await change(admin, before, since=now)).json()["code"] == "round-not-earlier"
    assert (await change(admin, still_open)).json()["code"] == "results-not-frozen"
    assert (await change(admin, now, since="x")).json()["code"] == "invalid-input"


async def test_a_place_that_the_earlier_round_did_not_know_has_no_change(admin: Api, two: tuple[str, str]) -> None:
    body = {"external_id": "ny", "name": "Ny", "setting_type": "nursery", "area_external_id": "ost"}
    await admin.post("/v1/units", json=body)
    now = await rounds.closed(admin, year=2027, levels=(3, 4), sizes=rounds.SIZES | {"ny": 20})
    since = await change(admin, now, scope="unit:ny", since=two[0])
    assert (since.status_code, since.json()["code"]) == (404, "no-earlier-round")
    assert (await change(admin, now, scope="unit:ny")).json()["code"] == "no-earlier-round"
    for scope, new in (("municipality", 1), ("area:ost", 1), ("unit:stor", 0)):
        found = (await change(admin, now, scope=scope)).json()
        assert (found["new_units"], found["gone_units"]) == (new, 0)


async def test_between_versions_the_line_is_broken_unless_the_items_are_mapped(
    admin: Api, two: tuple[str, str]
) -> None:
    same = {item["key"]: item["key"] for item in rounds.questionnaire()["items"] if item["component"] == "will"}
    mapped = rounds.questionnaire(3, equivalences=[{"version": 1, "items": same}])
    for body in (rounds.questionnaire(2), mapped):
        assert (await admin.post("/v1/instruments", json=body)).status_code == 201
    second = await rounds.closed(admin, year=2027, levels=(2, 3), version=2)
    third = await rounds.closed(admin, year=2028, levels=(2, 3), version=3)
    broken = (await change(admin, second)).json()
    assert (broken["comparable"], broken["readiness"]) == (False, None)
    assert {(it["verdict"], it["broken"]["code"]) for it in broken["components"]} == {("line_broken", "no-equivalence")}
    assert {it["difference"] for it in broken["components"]} == {None}
    will, can = (await change(admin, third, since=two[1])).json()["components"]
    assert (will["verdict"], will["earlier_key"]) == ("down", "will")
    assert (can["verdict"], can["broken"]) == (
        "line_broken",
        {"code": "items-not-mapped", "items": ["can1", "can2", "can3"]},
    )


async def test_a_leader_sees_the_change_of_the_own_unit_only(world: World, admin: Api, two: tuple[str, str]) -> None:
    leader = await world.client("leader", places=["unit:stor"])
    assert (await change(leader, two[1], scope="unit:stor")).status_code == 200
    assert (await change(leader, two[1], scope="unit:dagpleje")).status_code == 404
    assert (await change(leader, two[1])).json()["code"] == "outside-your-place"


async def test_results_carry_the_words_and_every_rule(admin: Api, two: tuple[str, str]) -> None:
    found = (await admin.get(f"/v1/survey-rounds/{two[1]}/results", params={"scope": "unit:stor"})).json()
    scores = [it["score"] for it in found["components"]]
    assert found["readiness_by_rule"]["mean"] == pytest.approx(sum(scores) / 2)
    assert found["readiness_by_rule"]["min"] == min(scores)
    assert found["readiness_by_rule"]["geometric_mean"] == pytest.approx((scores[0] * scores[1]) ** 0.5)
    assert found["readiness"] == found["readiness_by_rule"]["mean"]
    assert (found["position"], found["bands_version"]) == ("over_over", "lebreton-senter-2008")
    assert {it["agreement_band"] for it in found["components"]} <= {"strong", "very_strong"}
    items = [item for it in found["components"] for item in it["items"]]
    assert all((item["rwg"] is None) == (item["distribution"] is None) for item in items)
    assert all(0 <= item["rwg"] <= 1 for item in items if item["rwg"] is not None)
    report = await admin.get(f"/v1/survey-rounds/{two[1]}/report", params={"scope": "unit:stor", "format": "json"})
    assert report.json()["map"]["position"] == found["position"]
    hidden = (await admin.get(f"/v1/survey-rounds/{two[1]}/results", params={"scope": "unit:lille"})).json()
    assert (hidden["position"], hidden["readiness_by_rule"]["min"]) == (None, None)
    assert {it["agreement_band"] for it in hidden["components"]} == {None}


async def test_the_report_shows_the_change_and_takes_another_round_when_asked(admin: Api, two: tuple[str, str]) -> None:
    now = two[1]
    older = await rounds.closed(admin, year=2020, levels=(3, 4))
    path, asked = f"/v1/survey-rounds/{now}/report", {"scope": "unit:stor", "format": "json"}
    usual = (await admin.get(path, params=asked)).json()
    other = (await admin.get(path, params=asked | {"since": older})).json()
    assert (usual["since"]["title"], other["since"]["title"]) == ("Runde 2025", "Runde 2020")
    assert usual["code"] != other["code"]
    told = (await change(admin, now, scope="unit:stor")).json()
    shown = {it["key"]: it["difference"]["value"] for it in usual["since"]["change"]["components"]}
    assert shown == {it["key"]: it["difference"]["value"] for it in told["components"]}
    chart = await admin.get(f"/v1/survey-rounds/{now}/charts/change", params={"scope": "unit:stor", "format": "svg"})
    assert b"steget" in chart.content or "højere".encode() in chart.content
    first = (await admin.get(f"/v1/survey-rounds/{older}/report", params=asked)).json()
    assert first["since"] is None
    refused = await admin.get(path, params=asked | {"since": str(uuid4())})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown-reference")


async def test_a_report_after_an_earlier_round_comes_in_every_format(admin: Api, two: tuple[str, str]) -> None:
    for scope in ("municipality", "area:ost", "unit:stor", "unit:lille"):
        for format in ("html", "pdf", "csv", "png", "svg"):
            asked = {"scope": scope, "format": format}
            answer = await admin.get(f"/v1/survey-rounds/{two[1]}/report", params=asked)
            assert answer.status_code == 200, (asked, answer.text)
    page = await admin.get(f"/v1/survey-rounds/{two[1]}/report", params={"scope": "unit:stor", "format": "html"})
    assert "Siden sidst" in page.text
    assert "Sammenlignet med »Runde 2025«" in page.text
    for format, starts in (("png", b"\x89PNG"), ("svg", b"<?xml")):
        asked = {"scope": "unit:stor", "format": format, "language": "en"}
        chart = await admin.get(f"/v1/survey-rounds/{two[1]}/charts/change", params=asked)
        assert (chart.status_code, chart.content[: len(starts)]) == (200, starts)
