"""What an aggregate report tells beside participation, against the room's own report, which is made another way."""

from random import Random
from typing import Any

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api

PERIOD = {"from": "2026-W35", "to": "2026-W42"}
DAYS = ("2026-08-24", "2026-09-02", "2026-09-10", "2026-09-18", "2026-09-21", "2026-09-29", "2026-10-08", "2026-10-12")
WEEKS = tuple(f"2026-W{number}" for number in range(35, 43))
AREAS, STRATEGIES = ("language", "mathematics", "socio_emotional"), ("open_questions", "wait_time", "praise_the_effort")


def child(number: int) -> dict[str, Any]:
    """Of every trait some of each; of two nothing is known."""
    if number > 21:
        return {}
    born = "2022-05" if number % 2 else "2024-05"
    return {"multilingual": number % 3 == 0, "sex": ("boy", "girl")[number % 2], "support_need": number % 4 == 0,
            "birth_month": born}  # fmt: skip


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    """Twenty-one children; a random history of activities in eight weeks, of which the last is not completed."""
    furnished = await furnish(admin, children=[child(number) for number in range(1, 22)])
    chance, codes = Random(7), [code for code in furnished.children if code.startswith("B")]
    often = [code for code in codes if int(code[1:]) % 3]  # who is not multilingual takes part more
    for day in DAYS:
        for _ in range(12):
            body = furnished.activity(
                *chance.sample(chance.choice((often, often, often, codes)), chance.choice((1, 5, 9))),
                observed_on=day,
                recorded_at=f"{day}T10:15:00+02:00",
                kind=chance.choice(("immersion_activity", "focus_conversation")),
                learning_areas=chance.sample(AREAS, chance.choice((1, 2))),
                strategies=chance.sample(STRATEGIES, chance.choice((0, 1, 2))),
            )
            answer = await admin.post("/v1/activities", json=body)
            assert answer.status_code == 201, answer.text
    for week in WEEKS[:-1]:
        assert (await admin.put(f"/v1/rooms/{furnished.bi}/weeks/{week}", json={"completed": True})).status_code == 200
    return furnished


async def report(client: Api, path: str, **asked: str) -> Any:
    answer = await client.get(f"/v1/{path}/report", params=PERIOD | {"format": "json"} | asked)
    assert answer.status_code == 200, answer.text
    return answer.json() if asked.get("format", "json") == "json" else answer.text


async def unit_of(admin: Api, key: str = "sol") -> str:
    return str((await admin.get("/v1/units", params={"external_id": key})).json()["items"][0]["id"])


async def test_a_unit_of_one_room_says_what_the_room_says(admin: Api, rooms: Rooms) -> None:
    room = await report(admin, f"rooms/{rooms.bi}")
    unit = await report(admin, f"units/{await unit_of(admin)}")
    assert {one["trait"] for one in unit["comparisons"]} == {"multilingual", "age", "sex", "support_need"}
    assert unit["comparisons"] == room["comparisons"]
    assert any(one["pointed_out"] is not None for one in unit["comparisons"]), unit["comparisons"]
    for name in ("strategies", "activities", "composition"):
        assert unit[name] == room[name], name
    assert [area["counts"] for area in unit["areas"]] == [area["counts"] for area in room["areas"]]
    assert unit["activities"] == 84
    assert unit["composition"]["mixings"]


async def test_of_a_trait_with_few_children_nothing_is_told(admin: Api, rooms: Rooms) -> None:
    """Two of five with support needs are not known to have them any more: the trait is left out, with its groups."""
    for code in ("B04", "B08"):
        path = f"/v1/children/{rooms.children[code]}"
        etag = (await admin.get(path)).headers["etag"]
        answer = await admin.patch(path, json={"support_need": None}, headers={"If-Match": etag})
        assert answer.status_code == 200, answer.text
    unit = await report(admin, f"units/{await unit_of(admin)}")
    assert {one["trait"] for one in unit["comparisons"]} == {"multilingual", "age", "sex"}
    assert {one["trait"] for one in unit["composition"]["mixings"]} == {"multilingual"}
    page = await report(admin, f"units/{await unit_of(admin)}", format="html", language="en")
    assert "Without support needs" not in page
    assert "Multilingual" in page


async def test_of_a_hidden_unit_nothing_is_told(admin: Api, rooms: Rooms) -> None:
    """The other unit has one child; what its room did would tell of it."""
    body = rooms.activity("H01", room_id=rooms.humle)
    assert (await admin.post("/v1/activities", json=body)).status_code == 201
    for week in WEEKS:
        assert (await admin.put(f"/v1/rooms/{rooms.humle}/weeks/{week}", json={"completed": True})).status_code == 200
    hidden = await report(admin, f"units/{await unit_of(admin, 'mane')}")
    told = ("comparisons", "areas", "strategies", "activities", "composition", "practice", "development")
    assert not any(hidden[name] for name in told)
    assert hidden["place"]["cell"] is None


async def test_core_elements_are_the_mean_of_three_rooms_or_more(admin: Api, rooms: Rooms) -> None:
    unit, more = await unit_of(admin), []
    for key in ("myre", "edderkop"):
        body = {"external_id": key, "name": key.title(), "unit_external_id": "sol"}
        more.append((await admin.post("/v1/rooms", json=body)).json()["id"])
        kid = {"external_id": f"{key}-1", "room_id": more[-1], "valid_from": "2026-08-01"}
        assert (await admin.post("/v1/children", json=kid)).status_code == 201
    for number, room in enumerate((rooms.bi, *more)):
        answers = {"small_groups_1": 2 + number, "small_groups_2": 2 + number, "conversations_1": 3,
                   "conversations_2": 4}  # fmt: skip
        body = {"id": rooms.activity()["id"], "room_id": room, "kind": "joint", "state": "final",
                "first_week": "2026-W34", "answers": answers}  # fmt: skip
        assert (await report(admin, f"units/{unit}"))["practice"] is None
        answer = await admin.post("/v1/practice-evaluations", json=body)
        assert answer.status_code == 201, answer.text
    practice = (await report(admin, f"units/{unit}"))["practice"]
    assert practice["rooms"] == [3]
    scores = {it["trend"]["element"]: it["trend"]["scores"] for it in practice["elements"]}
    assert scores["small_groups"] == [3.0]
    assert scores["strategies"] == [None]
    assert (await report(admin, "municipality"))["practice"]["rooms"] == [3]
    page = await report(admin, f"units/{unit}", format="html")
    assert "3 stuer i uge 34–41" in page


@pytest.mark.parametrize("chart", ["groups", "areas", "strategies", "composition"])
async def test_each_part_is_a_chart_of_its_own(admin: Api, rooms: Rooms, chart: str) -> None:
    answer = await admin.get(f"/v1/units/{await unit_of(admin)}/charts/{chart}", params=PERIOD | {"format": "svg"})
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"<?xml")
