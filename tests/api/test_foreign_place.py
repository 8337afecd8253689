"""Every operation x every role x a place of the same municipality that is not theirs: the tree is walls, not a filter.

A new operation is asked what `test_foreign_municipality` knows to ask it.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.api.test_foreign_municipality import (
    BY_TOKEN,
    INSTRUMENT,
    MARK,
    OPEN_TO_ALL,
    Foreign,
    all_rejected,
    ask,
    enrolled,
    goal,
    meeting,
    operations,
    refused,
)
from tests.conftest import Api, World

NEXT_DOOR = "NABOENS"  # stands in every name and key of the room next door
# What belongs to the municipality as a whole and is read by whoever may read surveys or the roster.
COMMON = {
    "getMe", "getMunicipality", "listInstruments", "listSurveyRounds", "getSurveyRound", "getProgress",
    "listInvitations", "getCalendar", "getVocabulary", "getThresholds", "getCalendarVersion", "getVocabularyVersion",
    "getThresholdsVersion", "getCalendarPreview",
}  # fmt: skip


async def made(admin: Api, path: str, body: dict[str, Any]) -> str:
    answer = await admin.post(f"/v1/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json().get("id"))


async def furnish_room(admin: Api, *, unit: str, key: str, name: str) -> dict[str, str]:
    """A room of `unit` with a child, somebody who works there, an activity and a completed week."""
    room = await made(admin, "rooms", {"external_id": f"{key}-room", "name": name, "unit_id": unit})
    child = await made(
        admin,
        "children",
        {
            "external_id": f"{key}-child",
            "first_name": name,
            "room_id": room,
            "valid_from": "2026-01-01",
            "birth_month": "2023-04",
        },
    )
    staff = {"external_id": f"{key}-staff", "name": name, "role": "educator", "unit_id": unit, "room_id": room}
    activity = {
        "id": str(uuid4()), "room_id": room, "observed_on": "2026-10-01",
        "kind": "focus_conversation", "learning_areas": ["language"], "strategies": [], "child_ids": [child],
    }  # fmt: skip
    ids = {"rooms": room, "children": child, "staff": await made(admin, "staff", staff)}
    ids["activities"] = await made(admin, "activities", activity)
    evaluation = {
        "id": str(uuid4()), "room_id": room, "kind": "joint", "first_week": "2026-W35", "state": "final",
        "answers": {"planning_1": 4}, "comments": {"general": name}, "agreements": [{"text": name}],
    }  # fmt: skip
    ids["practice-evaluations"] = await made(admin, "practice-evaluations", evaluation)
    assessment = {
        "id": str(uuid4()), "room_id": room, "child_id": child, "kind": "individual", "rater_id": ids["staff"],
        "assessed_on": "2026-10-01", "answers": {"language_1": 4}, "comment": name,
    }  # fmt: skip
    ids["development-assessments"] = await made(admin, "development-assessments", assessment)
    ids["meetings"] = await made(admin, "meetings", meeting(room, name))
    ids["goals"] = await made(admin, "goals", goal(room, name))
    ids["devices"] = await made(admin, "devices", {"room_id": room, "name": name})
    week = await admin.put(f"/v1/rooms/{room}/weeks/2026-W40", json={"completed": True, "tallies": []})
    assert week.status_code == 200
    return ids


@pytest.fixture(scope="module")
async def world(new_world: Callable[[], Awaitable[World]]) -> World:
    return await new_world()


@pytest.fixture(scope="module")
async def places(world: World) -> dict[str, Foreign]:
    """`unit`: everything of another unit in another area. `room`: everything of the room next door."""
    async with await world.client() as admin:
        mine = await made(admin, "areas", {"external_id": "mine", "name": "Mit område"})
        theirs = await made(admin, "areas", {"external_id": f"{MARK}-area", "name": f"{MARK} område"})
        units = [
            await made(admin, "units", {"external_id": key, "name": name, "setting_type": "nursery", "area_id": area})
            for key, name, area in (("a", "Mit hus", mine), (f"{MARK}-unit", f"{MARK} hus", theirs))
        ]
        await furnish_room(admin, unit=units[0], key="a1", name="Min stue")
        next_door = await furnish_room(admin, unit=units[0], key=f"{NEXT_DOOR}-a2", name=f"{NEXT_DOOR} stue")
        elsewhere = await furnish_room(admin, unit=units[1], key=f"{MARK}-b", name=f"{MARK} stue")
        common = await survey(admin) | {"areas": theirs, "units": units[1]}
        for room in (elsewhere, next_door):
            report = await admin.get(f"/v1/rooms/{room['rooms']}/report", params={"format": "json"})
            room["reports"] = report.json()["code"]
    return {
        "unit": Foreign(world=world, ids=elsewhere | common),
        "room": Foreign(world=world, ids=next_door | common),
    }


async def survey(admin: Api) -> dict[str, str]:
    """A closed round in which both units answered."""
    neutral = json.loads(json.dumps(INSTRUMENT).replace(MARK, "faelles"))
    await made(admin, "instruments", neutral)
    body = {
        "instrument_key": neutral["key"], "instrument_version": 1, "title": "Fælles runde",
        "opens_on": "2026-09-01", "closes_on": "2026-09-30",
    }  # fmt: skip
    round_id = await made(admin, "survey-rounds", body)
    await admin.post(f"/v1/survey-rounds/{round_id}/open")
    rows = [f"{unit},{n % 5 + 1}" for unit in ("a", f"{MARK}-unit") for n in range(12)]
    verdict = await admin.upload("survey-answers", "\n".join(["unit_external_id,i", *rows]).encode(), round_id=round_id)
    assert verdict["status"] == "done"
    assert (await admin.post(f"/v1/survey-rounds/{round_id}/close")).status_code == 200
    return {"survey-rounds": round_id, "imports": verdict["id"]}


@pytest.fixture(scope="module")
async def neighbours(world: World, places: dict[str, Foreign]) -> dict[str, Api]:
    """Every role that has a place, at the place named `a` or in it; and the one that may see nothing."""
    async with await world.client() as admin:
        tablet = await enrolled(admin, "a1-room")
    return {
        "area_leader": await world.client("area_leader", places=["area:mine"]),
        "leader": await world.client("leader", places=["unit:a"]),
        "educator": await world.client("educator", places=["room:a1-room"]),
        "researcher": await world.client("researcher"),
        "integration": await world.client("integration", places=["unit:a"]),
        "device": tablet,
    }


async def walk(client: Api, role: str, foreign: Foreign, app: Any, *, mark: str = MARK) -> None:
    for method, template, operation, has_body in operations(app):
        if operation in OPEN_TO_ALL | BY_TOKEN:
            continue
        answer = await ask(client, foreign, method, template, operation, has_body)
        what = f"{role}: {method} {template} -> {answer.status_code} {answer.text[:300]}"
        is_list = method == "GET" and "{" not in template
        if operation == "createActivities":
            assert all_rejected(answer), what
        elif operation == "createDownloadLink":
            if answer.status_code == 201:
                answer = await Api(app).get(answer.json()["url"])
            assert answer.status_code in (403, 404), what
        elif not (operation in COMMON or is_list):
            assert refused(answer), what
        sent = json.dumps(foreign.body(operation)) if has_body and operation != "createImport" else ""
        kinds = ("areas", "units", "rooms", "children", "staff", "activities", "practice-evaluations",
                 "development-assessments", "goals", "meetings", "devices")  # fmt: skip
        for secret in (MARK, mark, *(foreign.ids[kind] for kind in kinds)):
            if secret not in sent:
                assert secret not in answer.text, what


@pytest.mark.parametrize("role", ["area_leader", "leader", "educator", "researcher", "integration", "device"])
async def test_another_unit_is_walked_by_every_role(
    neighbours: dict[str, Api], places: dict[str, Foreign], app: Any, role: str
) -> None:
    await walk(neighbours[role], role, places["unit"], app)


@pytest.mark.parametrize("role", ["educator", "device"])
async def test_the_room_next_door_is_walked_by_those_of_a_room(
    neighbours: dict[str, Api], places: dict[str, Foreign], app: Any, role: str
) -> None:
    await walk(neighbours[role], role, places["room"], app, mark=NEXT_DOOR)


async def test_what_is_ones_own_cannot_be_hung_elsewhere(
    neighbours: dict[str, Api], places: dict[str, Foreign]
) -> None:
    client, foreign = neighbours["integration"], places["unit"].ids
    (room,) = (await client.get("/v1/rooms", params={"external_id": "a1-room"})).json()["items"]
    (child,) = (await client.get("/v1/children", params={"external_id": "a1-child"})).json()["items"]
    for path, body in (
        (f"rooms/{room['id']}", {"unit_id": foreign["units"]}),
        (f"children/{child['id']}", {"room_id": foreign["rooms"]}),
    ):
        answer = await client.patch(f"/v1/{path}", json=body, headers={"If-Match": "*"})
        assert (answer.status_code, answer.json()["code"]) == (422, "unknown-reference")


async def test_the_walk_meets_doors_that_open_for_others(world: World, places: dict[str, Foreign]) -> None:
    """The same ids answer whoever covers them: a walk past what is not there would prove nothing."""
    async with await world.client() as admin:
        for foreign in places.values():
            for path in (
                *(f"{kind}/{foreign.ids[kind]}" for kind in ("areas", "units", "rooms", "children", "staff")),
                f"activities/{foreign.ids['activities']}",
                f"practice-evaluations/{foreign.ids['practice-evaluations']}",
                f"development-assessments/{foreign.ids['development-assessments']}",
                f"goals/{foreign.ids['goals']}",
                f"meetings/{foreign.ids['meetings']}",
                f"meetings/{foreign.ids['meetings']}/report?format=json",
                f"rooms/{foreign.ids['rooms']}/development",
                f"rooms/{foreign.ids['rooms']}/practice",
                f"rooms/{foreign.ids['rooms']}/report?format=json",
                f"survey-rounds/{foreign.ids['survey-rounds']}/results?scope=unit:{foreign.ids['units']}",
                f"survey-rounds/{foreign.ids['survey-rounds']}/report?format=json&scope=unit:{foreign.ids['units']}",
                f"imports/{foreign.ids['imports']}",
            ):
                answer = await admin.get(f"/v1/{path}")
                assert answer.status_code == 200, path
            row = (await admin.get(f"/v1/rooms/{foreign.ids['rooms']}")).json()
            assert row["name"].startswith((MARK, NEXT_DOOR))
            assert row["revision"] == 1
