"""What docs/observations.md says of each thing that can be wrong about an observation.

Each has its answer, and nothing else is lost or changed by it.
"""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api

WEEK = "2026-W42"


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


async def stood(admin: Api, rooms: Rooms) -> dict[str, Any]:
    """Everything recorded in the room."""
    activities = (await admin.get("/v1/activities", params={"room_id": rooms.bi})).json()["items"]
    week = (await admin.get(f"/v1/rooms/{rooms.bi}/weeks/{WEEK}")).json()
    return {"activities": activities, "week": week}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"child_external_ids": ["H01"], "child_ids": None}, "child-not-in-room"),
        ({"child_external_ids": ["B99"], "child_ids": None}, "unknown-reference"),
        ({"observed_on": "2026-07-31"}, "child-not-in-room"),
        ({"observed_on": "2026-10-20"}, "future-date"),
        ({"observed_on": "2026-02-30"}, "invalid-input"),
        ({"learning_areas": ["yoga"]}, "unknown-word"),
        ({"strategies": ["yoga"]}, "unknown-word"),
        ({"kind": "play"}, "invalid-input"),
        ({"child_ids": []}, "invalid-input"),
    ],
)
async def test_an_activity_that_cannot_be_is_refused_alone_and_in_a_batch(
    admin: Api, rooms: Rooms, wrong: dict[str, Any], code: str
) -> None:
    before = await stood(admin, rooms)
    answer = await admin.post("/v1/activities", json=rooms.activity("B01") | wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await stood(admin, rooms) == before
    good = rooms.activity("B01")
    batch = await admin.post("/v1/activities/batch", json={"items": [rooms.activity("B01") | wrong, good]})
    assert [(item["result"], item["code"]) for item in batch.json()["items"]] == [("rejected", code), ("created", None)]
    assert [activity["id"] for activity in (await stood(admin, rooms))["activities"]] == [good["id"]]


@pytest.mark.parametrize("named", ["child_ids", "child_external_ids"])
@pytest.mark.parametrize(("who", "why"), [("H01", "not-in-room-then"), ("B99", "unknown-child")])
async def test_of_many_children_those_who_were_not_there_are_pointed_at(
    admin: Api, rooms: Rooms, named: str, who: str, why: str
) -> None:
    keys, ids = ["B01", who, "B02"], rooms.children | {"B99": str(uuid4())}
    children = {"child_ids": None, named: [ids[key] for key in keys] if named == "child_ids" else keys}
    body = {key: value for key, value in (rooms.activity("B01") | children).items() if value is not None}
    told = (await admin.post("/v1/activities", json=body)).json()
    assert [(it["pointer"], it["code"]) for it in told["errors"]] == [(f"/{named}/1", why)]
    stored = rooms.activity("B01")
    await admin.post("/v1/activities", json=stored)
    patch = {named: body[named]}
    told = (await admin.patch(f"/v1/activities/{stored['id']}", json=patch, headers={"If-Match": "*"})).json()
    assert [(it["pointer"], it["code"]) for it in told["errors"]] == [(f"/{named}/1", why)]


async def test_the_same_id_with_other_content_changes_nothing_and_says_what_differs(admin: Api, rooms: Rooms) -> None:
    first = rooms.activity("B01")
    await admin.post("/v1/activities", json=first)
    before = await stood(admin, rooms)
    other = first | {"kind": "focus_conversation", "child_ids": [rooms.children["B02"]]}
    answer = await admin.post("/v1/activities", json=other)
    assert (answer.status_code, answer.json()["code"]) == (409, "same-id-other-content")
    assert answer.json()["params"] == {"fields": "kind, child_ids"}
    assert await stood(admin, rooms) == before


@pytest.mark.parametrize(
    ("week", "body", "code", "pointer"),
    [
        ("2026-W44", {"completed": True}, "future-date", None),
        ("2025-W53", {"completed": True}, "invalid-week", None),
        ("2026-W00", {"completed": True}, "invalid-week", None),
        (
            WEEK,
            {"tallies": [{"child_external_id": "B01"}, {"child_external_id": "H01"}]},
            "child-not-in-room",
            "/tallies/1",
        ),
        (WEEK, {"tallies": [{"child_external_id": "B99"}]}, "unknown-reference", None),
        (
            WEEK,
            {"tallies": [{"child_external_id": "B01", "focus_conversation": -1}]},
            "invalid-input",
            "/tallies/0/focus_conversation",
        ),
        (
            WEEK,
            {"tallies": [{"child_external_id": "B01", "immersion_activity": 100}]},
            "invalid-input",
            "/tallies/0/immersion_activity",
        ),
        (
            WEEK,
            {"tallies": [{"child_external_id": "B01", "immersion_activity": 0.5}]},
            "invalid-input",
            "/tallies/0/immersion_activity",
        ),
        (WEEK, {"closed": True, "completed": True}, "invalid-input", "/completed"),
        (
            WEEK,
            {"tallies": [{"child_external_id": "B01"}, {"child_external_id": "B01"}]},
            "invalid-input",
            "/tallies/1",
        ),
    ],
)
async def test_a_week_that_cannot_be_is_refused_and_stands_as_it_stood(
    admin: Api, rooms: Rooms, week: str, body: dict[str, Any], code: str, pointer: str | None
) -> None:
    tallied = {"tallies": [{"child_external_id": "B01", "immersion_activity": 2}]}
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/{WEEK}", json=tallied)
    before = await stood(admin, rooms)
    answer = await admin.put(f"/v1/rooms/{rooms.bi}/weeks/{week}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert pointer is None or answer.json()["errors"][0]["pointer"] == pointer
    assert await stood(admin, rooms) == before


async def test_week_53_is_a_week_where_the_year_has_one(admin: Api, rooms: Rooms) -> None:
    """2020 had one; 2026 has one too, which is still to come."""
    assert (await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2020-W53", json={"closed": True})).status_code == 200
    later = await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W53", json={"closed": True})
    assert later.json()["code"] == "future-date"


async def test_a_room_that_moves_in_the_middle_of_a_period_keeps_what_it_recorded(admin: Api, rooms: Rooms) -> None:
    """The report names the unit of the period's last day, and holds the room against the line of its kind."""
    mane = (await admin.get("/v1/units", params={"external_id": "mane"})).json()["items"][0]
    await admin.patch(f"/v1/units/{mane['id']}", json={"setting_type": "nursery"}, headers={"If-Match": "*"})
    lines = [
        {"kind": "immersion_activity", "per_week": 2},
        {"kind": "immersion_activity", "setting_type": "nursery", "per_week": 4},
        {"kind": "focus_conversation", "per_week": 1},
    ]
    decided = {"version": 1, "valid_from": "2026-08-01", "content": {"lines": lines}}
    assert (await admin.post("/v1/configuration/thresholds", json=decided)).status_code == 201
    for week in range(35, 43):
        tallies = [{"child_external_id": "B01", "immersion_activity": 3}]
        await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W{week}", json={"completed": True, "tallies": tallies})
    moved = {"unit_external_id": "mane", "valid_from": "2026-09-30"}
    assert (await admin.patch(f"/v1/rooms/{rooms.bi}", json=moved, headers={"If-Match": "*"})).status_code == 200

    async def told(first: int, last: int) -> tuple[str, float, int]:
        period = {"from": f"2026-W{first}", "to": f"2026-W{last}"}
        value = (await admin.get(f"/v1/rooms/{rooms.bi}/report", params=period | {"format": "json"})).json()
        line = value["thresholds"]["per_week"]["immersion_activity"]
        return value["unit"], line, value["children"][0]["measures"]["immersion_activity"]["count"]

    assert await told(35, 42) == ("Månen", 4.0, 24)
    assert await told(35, 39) == ("Solsikken", 2.0, 15)
