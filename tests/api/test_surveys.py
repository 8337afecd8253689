"""A round from its instrument to its report, through the promised interfaces only."""

import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Api, World

INSTRUMENT: dict[str, Any] = {
    "key": "kort",
    "version": 1,
    "title": {"da": "Kort skema", "en": "Short form"},
    "scale": {"min": 1, "max": 5, "labels": []},
    "components": [
        {"key": "will", "kind": "primary", "title": {"da": "Vilje", "en": "Will"}},
        {"key": "can", "kind": "primary", "title": {"da": "Kapacitet", "en": "Capacity"}},
    ],
    "items": [
        {
            "key": f"{component}{n}",
            "component": component,
            "text": {"da": f"Udsagn {component}{n}", "en": ""},
            "reverse": n == 2,
        }
        for component in ("will", "can")
        for n in (1, 2, 3)
    ],
}
ROUND = {
    "instrument_key": "kort",
    "instrument_version": 1,
    "title": "Første",
    "opens_on": "2026-09-01",
    "closes_on": "2026-09-30",
}
SIZES = {"lille": 3, "mellem": 8, "stor": 14, "dagpleje": 12}


def answers_csv(*, seed: int = 1) -> bytes:
    chance = random.Random(seed)
    lines = ["unit_external_id;respondent_key;role;" + ";".join(item["key"] for item in INSTRUMENT["items"])]
    for unit, size in SIZES.items():
        for person in range(size):
            given = [str(chance.choice([2, 3, 4, 5, "NA"])) for _ in INSTRUMENT["items"]]
            lines.append(";".join([unit, f"{unit}-{person}", "educator", *given]))
    return "\n".join(lines).encode()


@pytest.fixture
async def round_id(admin: Api) -> str:
    """An open round in a municipality of four units, one of them too small to be shown."""
    await admin.post("/v1/areas", json={"external_id": "ost", "name": "Øst"})
    for unit in SIZES:
        setting = "childminding" if unit == "dagpleje" else "kindergarten"
        body = {"external_id": unit, "name": unit.title(), "setting_type": setting, "area_external_id": "ost"}
        assert (await admin.post("/v1/units", json=body)).status_code == 201
    assert (await admin.post("/v1/instruments", json=INSTRUMENT)).status_code == 201
    made = await admin.post("/v1/survey-rounds", json=ROUND)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    assert (await admin.post(f"/v1/survey-rounds/{made.json()['id']}/open")).json()["state"] == "open"
    return str(made.json()["id"])


@pytest.fixture
async def closed(admin: Api, round_id: str) -> str:
    verdict = await admin.upload("survey-answers", answers_csv(), round_id=round_id)
    assert (verdict["status"], verdict["report"]["created"]) == ("done", sum(SIZES.values()))
    assert (await admin.post(f"/v1/survey-rounds/{round_id}/close")).json()["state"] == "closed"
    return round_id


async def test_a_corrected_file_without_keys_says_that_the_earlier_people_are_still_there(
    admin: Api, round_id: str
) -> None:
    header = "unit_external_id," + ",".join(item["key"] for item in INSTRUMENT["items"])
    first = f"{header}\nstor,1,2,3,4,5,1\nstor,2,2,3,4,5,1"
    await admin.upload("survey-answers", first.encode(), round_id=round_id)
    verdict = await admin.upload("survey-answers", first.replace("2,2,3", "3,2,3").encode(), round_id=round_id)
    (note,) = verdict["report"]["notes"]
    assert (verdict["report"]["created"], note["code"], note["params"]) == (1, "others-answered", {"count": 1})
    assert "respondent_key" in note["hint"]["da"]


async def test_a_published_version_never_changes(admin: Api) -> None:
    assert (await admin.post("/v1/instruments", json=INSTRUMENT)).status_code == 201
    assert (await admin.post("/v1/instruments", json=INSTRUMENT)).status_code == 200
    changed = await admin.post("/v1/instruments", json=INSTRUMENT | {"title": {"da": "Andet", "en": ""}})
    assert (changed.status_code, changed.json()["code"]) == (409, "version-published")
    read = await admin.get("/v1/instruments/kort/versions/1")
    assert read.json()["title"]["da"] == "Kort skema"


async def test_an_instrument_with_a_doubled_item_is_refused_where_it_is(admin: Api) -> None:
    broken = INSTRUMENT | {"items": [*INSTRUMENT["items"], INSTRUMENT["items"][0]]}
    answer = await admin.post("/v1/instruments", json=broken)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/items/6/key")


async def test_a_check_changes_nothing_and_the_same_file_twice_is_counted_once(admin: Api, round_id: str) -> None:
    rehearsal = await admin.upload("survey-answers", answers_csv(), mode="check", round_id=round_id)
    first = await admin.upload("survey-answers", answers_csv(), round_id=round_id)
    again = await admin.upload("survey-answers", answers_csv(), round_id=round_id)
    total = sum(SIZES.values())
    assert [verdict["report"]["created"] for verdict in (rehearsal, first, again)] == [total, total, 0]
    assert again["report"]["unchanged"] == total
    assert (await admin.get(f"/v1/survey-rounds/{round_id}/progress")).json()["answered"] == total


async def test_a_file_with_one_wrong_cell_is_refused_whole_and_says_where(admin: Api, round_id: str) -> None:
    wrong = answers_csv().replace(b"lille-1;educator;", b"lille-1;educator;9;", 1)
    wrong = wrong.split(b"\n")
    cells = wrong[2].split(b";")
    wrong[2] = b";".join([*cells[:4], *cells[5:]])
    verdict = await admin.upload("survey-answers", b"\n".join(wrong), round_id=round_id)
    assert verdict["status"] == "refused"
    assert [(issue["row"], issue["column"], issue["code"]) for issue in verdict["found"]] == [
        (3, "will1", "not-on-scale")
    ]
    assert set(verdict["found"][0]["sentence"]) == {"da", "en"}
    assert (await admin.get(f"/v1/survey-rounds/{round_id}/progress")).json()["answered"] == 0


async def test_answers_to_a_round_that_does_not_exist_are_refused_at_once(
    admin: Api, round_id: str, new_world: Callable[[], Awaitable[World]]
) -> None:
    async with await (await new_world()).client() as stranger:
        for client, unknown in ((admin, str(uuid4())), (stranger, round_id)):
            asked = {"mode": "commit", "round_id": unknown}
            answer = await client.post("/v1/imports/survey-answers", params=asked, content=answers_csv())
            assert (answer.status_code, answer.json()["code"]) == (422, "unknown-reference")
            assert answer.json()["params"] == {"field": "round_id"}
    assert (await admin.get(f"/v1/survey-rounds/{round_id}/progress")).json()["answered"] == 0


async def test_results_wait_for_the_close_and_then_stand(admin: Api, round_id: str) -> None:
    early = await admin.get(f"/v1/survey-rounds/{round_id}/results")
    assert (early.status_code, early.json()["code"]) == (409, "results-not-frozen")
    await admin.upload("survey-answers", answers_csv(), round_id=round_id)
    await admin.post(f"/v1/survey-rounds/{round_id}/close")
    results = (await admin.get(f"/v1/survey-rounds/{round_id}/results")).json()
    assert (results["n"], results["invited"], results["groups"]) == (37, None, None)
    late = await admin.upload("survey-answers", answers_csv(seed=2), round_id=round_id)
    assert (late["status"], late["found"][0]["code"]) == ("refused", "round-not-open")
    assert (await admin.get(f"/v1/survey-rounds/{round_id}/results")).json() == results


async def test_too_small_a_unit_and_what_would_reveal_it_are_hidden(admin: Api, closed: str) -> None:
    path = f"/v1/survey-rounds/{closed}/results"
    shown = {unit: (await admin.get(path, params={"scope": f"unit:{unit}"})).json() for unit in SIZES}
    assert {unit: result["n"] for unit, result in shown.items()} == {
        "lille": None,
        "mellem": None,
        "stor": 14,
        "dagpleje": 12,
    }
    assert shown["lille"]["suppressed"] == {"reason": "too_few_answers", "minimum": 5}
    assert shown["mellem"]["suppressed"] == {"reason": "protects_others", "minimum": 5}
    assert all(component["mean"] is None for component in shown["mellem"]["components"])


async def test_a_unit_too_small_to_be_shown_counts_in_a_group_that_its_leader_can_read(
    world: World, admin: Api, closed: str
) -> None:
    leader = await world.client("leader", places=["unit:lille"])
    path = f"/v1/survey-rounds/{closed}/results"
    merged = (await leader.get(path, params={"scope": "unit:lille"})).json()["merged"]
    assert (merged["units"], merged["setting_type"], merged["results"]["n"]) == (2, "kindergarten", 11)
    assert all(component["mean"] is not None for component in merged["results"]["components"])
    assert (await admin.get(path, params={"scope": "unit:stor"})).json()["merged"] is None


async def test_results_are_cut_by_setting_type(admin: Api, closed: str) -> None:
    answer = await admin.get(f"/v1/survey-rounds/{closed}/results", params={"by": "setting_type"})
    assert {group["key"]: group["n"] for group in answer.json()["groups"]} == {"childminding": 12, "kindergarten": 25}


async def test_results_are_told_apart_by_area_as_the_areas_themselves_are(admin: Api, closed: str) -> None:
    path = f"/v1/survey-rounds/{closed}/results"
    groups = (await admin.get(path, params={"by": "area"})).json()["groups"]
    areas = {area["id"] for area in (await admin.get("/v1/areas")).json()["items"]}
    assert {group["key"] for group in groups} == areas
    for group in groups:
        alone = (await admin.get(path, params={"scope": f"area:{group['key']}"})).json()
        assert {name: alone[name] for name in group if name != "key"} == {k: v for k, v in group.items() if k != "key"}
    of_a_unit = await admin.get(path, params={"by": "area", "scope": "unit:stor"})
    assert of_a_unit.json()["groups"] == []


async def test_a_unit_is_shown_no_setting_type_that_is_another_unit(admin: Api, closed: str) -> None:
    async def types(scope: str) -> list[str]:
        report = await admin.get(f"/v1/survey-rounds/{closed}/report", params={"format": "json", "scope": scope})
        return [cell["key"] for cell in report.json()["setting_types"]]

    assert await types("unit:stor") == ["kindergarten"]
    assert await types("municipality") == ["childminding", "kindergarten"]


async def test_response_rates_are_known_once_it_is_known_who_was_asked(admin: Api, round_id: str) -> None:
    units = [{"unit_external_id": unit, "invited": size + 2} for unit, size in SIZES.items()]
    assert (await admin.put(f"/v1/survey-rounds/{round_id}/invited", json={"units": units})).json()["invited"] == 45
    await admin.upload("survey-answers", answers_csv(), round_id=round_id)
    await admin.post(f"/v1/survey-rounds/{round_id}/close")
    results = (await admin.get(f"/v1/survey-rounds/{round_id}/results")).json()
    assert results["response_rate"] == pytest.approx(37 / 45)


@pytest.mark.parametrize(
    ("format", "starts"),
    [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<?xml"), ("json", b"{"), ("csv", b"\xef\xbb\xbf")],
)
async def test_the_report_comes_in_every_format_the_same_each_time(
    admin: Api, closed: str, format: str, starts: bytes
) -> None:
    path, asked = f"/v1/survey-rounds/{closed}/report", {"format": format, "scope": "unit:stor"}
    first, again = await admin.get(path, params=asked), await admin.get(path, params=asked)
    assert first.status_code == 200, first.text
    assert first.content.startswith(starts)
    assert first.content == again.content


async def test_a_suppressed_unit_has_a_report_that_says_so(admin: Api, closed: str) -> None:
    answer = await admin.get(f"/v1/survey-rounds/{closed}/report", params={"scope": "unit:lille"})
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")


async def test_a_leader_reads_the_own_unit_only(world: World, admin: Api, closed: str) -> None:
    leader = await world.client("leader", places=["unit:stor"])
    path = f"/v1/survey-rounds/{closed}/results"
    assert (await leader.get(path, params={"scope": "unit:stor"})).json()["n"] == 14
    assert (await leader.get(path, params={"scope": "unit:dagpleje"})).status_code == 404
    assert (await leader.get(path)).json()["code"] == "outside-your-place"


async def test_a_round_without_answers_closes_and_says_so(admin: Api, round_id: str) -> None:
    assert (await admin.post(f"/v1/survey-rounds/{round_id}/close")).status_code == 200
    results = (await admin.get(f"/v1/survey-rounds/{round_id}/results")).json()
    assert (results["n"], results["suppressed"]["reason"]) == (None, "too_few_answers")
    assert (await admin.get(f"/v1/survey-rounds/{round_id}/report")).status_code == 200


async def test_a_scope_that_is_none_is_refused(admin: Api, closed: str) -> None:
    path = f"/v1/survey-rounds/{closed}/results"
    assert (await admin.get(path, params={"scope": "planet:mars"})).status_code == 422
    assert (await admin.get(path, params={"scope": f"unit:{uuid4()}"})).status_code == 404
    assert (await admin.get(f"/v1/survey-rounds/{closed}/charts/nothing")).json()["code"] == "unknown-chart"


async def test_instruments_come_in_pages_by_key_and_version(admin: Api) -> None:
    wanted = [("a", 2), ("a", 10), ("b", 1), ("b", 2), ("c", 1)]
    for key, version in reversed(wanted):
        await admin.post("/v1/instruments", json=INSTRUMENT | {"key": key, "version": version})
    found, asked = [], {"limit": "2"}
    while "cursor" not in asked or asked["cursor"] is not None:
        page = (await admin.get("/v1/instruments", params=asked)).json()
        assert len(page["items"]) <= 2
        found += [(item["key"], item["version"]) for item in page["items"]]
        asked["cursor"] = page["next"]
    assert found == wanted


@pytest.mark.parametrize(
    "cursor", ["WyJhIiwgIi0xIl0", "WyJhIiwgIjk5OTk5OTk5OTkiXQ", "WyJcdTAwMDAiLCAiMSJd", "WyJcdWQ4MDAiLCAiMSJd"]
)
async def test_a_cursor_nobody_was_given_is_refused(admin: Api, cursor: str) -> None:
    answer = await admin.get("/v1/instruments", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")
