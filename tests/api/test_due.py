"""What is due in a room: what nobody has recorded, whom nobody has seen, what is to be evaluated and assessed."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

BORN = "2023-03"  # old enough for the instrument that comes along, young enough too


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


async def due(client: Api, room: str) -> dict[str, Any]:
    answer = await client.get(f"/v1/rooms/{room}/due")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def complete(admin: Api, rooms: Rooms, *weeks: int, tallies: list[dict[str, Any]] | None = None) -> None:
    for week in weeks:
        body = {"completed": True, "tallies": tallies or []}
        answer = await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W{week}", json=body)
        assert answer.status_code == 200, answer.text


async def test_weeks_nobody_completed_are_due_the_oldest_first(admin: Api, rooms: Rooms) -> None:
    await complete(admin, rooms, *range(34, 41))
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W41", json={"closed": True})
    await admin.post("/v1/activities", json=rooms.activity(observed_on="2026-10-12"))
    found = (await due(admin, rooms.bi))["weeks"]
    assert found == [{"week": "2026-W42", "by": "2026-10-18", "overdue": True, "begun": True}]
    await complete(admin, rooms, 42)
    assert (await due(admin, rooms.bi))["weeks"] == []  # this week is not due before its Friday
    waiting = [week["week"] for week in (await due(admin, rooms.humle))["weeks"]]
    assert waiting == [f"2026-W{week}" for week in range(35, 43)]  # nobody asks for what is longer ago


async def test_a_room_without_children_owes_nothing(admin: Api, rooms: Rooms) -> None:
    empty = await admin.post("/v1/rooms", json={"external_id": "tom", "name": "Tom", "unit_external_id": "sol"})
    found = await due(admin, empty.json()["id"])
    assert [found[what] for what in ("weeks", "unobserved", "evaluations", "assessments", "meetings", "goals")] == (
        [[]] * 6
    )


async def test_a_child_nobody_has_seen_for_three_weeks_that_count_is_named(admin: Api, rooms: Rooms) -> None:
    both = [{"child_external_id": child, "immersion_activity": 1} for child in ("B01", "B02")]
    await complete(admin, rooms, 36, tallies=both)
    await complete(admin, rooms, 37, 39, 40, tallies=both[:1])
    await complete(admin, rooms, 38, tallies=[*both[:1], {"child_external_id": "B02", "absent": True}])
    found = (await due(admin, rooms.bi))["unobserved"]
    assert found == [
        {"child_id": rooms.children["B02"], "external_id": "B02", "weeks": 3, "last_seen": "2026-W36"},
        {"child_id": rooms.children["B03"], "external_id": "B03", "weeks": 3, "last_seen": None},
    ]
    await admin.post("/v1/activities", json=rooms.activity("B03", observed_on="2026-10-13"))  # its week is still open
    assert [child["external_id"] for child in (await due(admin, rooms.bi))["unobserved"]] == ["B02"]
    leaves = {"valid_to": "2026-10-16"}
    await admin.patch(f"/v1/children/{rooms.children['B02']}", json=leaves, headers={"If-Match": "*"})
    assert (await due(admin, rooms.bi))["unobserved"] == []


async def test_practice_is_due_with_the_period_of_the_calendar_until_the_team_has_evaluated_it(
    admin: Api, rooms: Rooms
) -> None:
    assert (await due(admin, rooms.bi))["evaluations"] == []  # nothing recorded, nothing to evaluate
    await complete(admin, rooms, 42)
    (without,) = (await due(admin, rooms.bi))["evaluations"]
    assert (without["first_week"], without["last_week"]) == ("2026-W35", "2026-W42")
    content = {"themes": ["Tema 1", "Tema 2"], "starts": "2026-W34", "report_from_theme": 1}
    body = {"version": 1, "valid_from": "2026-08-01", "content": content}
    assert (await admin.post("/v1/configuration/calendar", json=body)).status_code == 201
    (planned,) = (await due(admin, rooms.bi))["evaluations"]
    assert planned == {"first_week": "2026-W34", "last_week": "2026-W41", "by": "2026-10-11", "overdue": True}
    evaluation = {
        "id": str(uuid4()), "room_id": rooms.bi, "kind": "joint", "first_week": "2026-W34", "state": "final",
        "answers": {},
    }  # fmt: skip
    form = (await admin.get("/v1/practice-forms/vls-demo-praksis/versions/1")).json()
    evaluation["answers"] = {item["key"]: 4 for item in form["items"]}
    made = await admin.post("/v1/practice-evaluations", json=evaluation)
    assert made.status_code == 201, made.text
    assert (await due(admin, rooms.bi))["evaluations"] == []


async def test_children_are_due_for_assessment_in_the_window(admin: Api) -> None:
    born = [{"birth_month": BORN}, {"birth_month": BORN, "valid_from": "2026-10-12"}, {}, {"birth_month": "2026-06"}]
    rooms = await furnish(admin, children=born)
    found = (await due(admin, rooms.bi))["assessments"]
    assert [(one["external_id"], one["half_year"], one["step"], one["missing"]) for one in found] == [
        ("B01", "2026-H2", "individual", 2)  # B02 has just come, B03's birth month is unknown, B04 is a baby
    ]
    assert date.fromisoformat(found[0]["by"]) == date(2026, 10, 31)


async def test_the_window_is_that_of_the_municipalitys_calendar(admin: Api) -> None:
    rooms = await furnish(admin, children=[{"birth_month": BORN}])
    calendar = {"themes": ["Tema 1"], "autumn_window": {"first": "11-02", "last": "11-29"}}
    body = {"version": 1, "valid_from": "2026-08-01", "content": calendar}
    assert (await admin.post("/v1/configuration/calendar", json=body)).status_code == 201
    assert (await due(admin, rooms.bi))["assessments"] == []
    found = (await admin.get(f"/v1/rooms/{rooms.bi}/development", params={"half_year": "2026-H2"})).json()
    assert (found["window_opens"], found["window_closes"], found["rules"]["windows"]) == (
        "2026-11-02", "2026-11-29", "v1",
    )  # fmt: skip
    for wrong in ({"first": "06-01", "last": "07-31"}, {"first": "11-29", "last": "11-02"}):
        body = {"version": 2, "valid_from": "2027-01-01", "content": calendar | {"autumn_window": wrong}}
        answer = await admin.post("/v1/configuration/calendar", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "window-outside-its-half")


async def test_a_child_that_was_assessed_before_it_moved_here_is_not_asked_for_again(admin: Api) -> None:
    rooms = await furnish(admin, children=[{"birth_month": BORN}])
    form = (await admin.get("/v1/development-instruments/vls-demo-udvikling/versions/1")).json()
    alone = form | {"key": "alene", "ratings_before_joint": 0}
    assert (await admin.post("/v1/development-instruments", json=alone)).status_code == 201
    body = {
        "id": str(uuid4()), "room_id": rooms.bi, "child_external_id": "B01", "kind": "joint", "state": "final",
        "assessed_on": "2026-09-07", "answers": {item["key"]: 4 for item in form["items"]},
    }  # fmt: skip
    made = await admin.post("/v1/development-assessments", json=body)
    assert made.status_code == 201, made.text
    moves = {"room_external_id": "humle", "valid_from": "2026-09-14"}
    await admin.patch(f"/v1/children/{rooms.children['B01']}", json=moves, headers={"If-Match": "*"})
    assert (await due(admin, rooms.humle))["assessments"] == []
    assert (await admin.delete(f"/v1/development-assessments/{made.json()['id']}")).status_code == 204
    assert [one["external_id"] for one in (await due(admin, rooms.humle))["assessments"]] == ["B01"]


async def test_who_covers_the_room_may_ask_and_it_is_logged(world: World, admin: Api, rooms: Rooms) -> None:
    educator = await world.client("educator", places=["room:bi"])
    await due(educator, rooms.bi)
    assert (await educator.get(f"/v1/rooms/{rooms.humle}/due")).status_code == 404
    events = (await admin.get("/v1/audit-events", params={"subject": f"rooms/{rooms.bi}/due"})).json()["items"]
    assert ["educator" in event["actor"] for event in events] == [True]


async def test_a_meeting_is_due_eight_weeks_after_the_last(admin: Api, rooms: Rooms) -> None:
    assert (await due(admin, rooms.bi))["meetings"] == []
    await complete(admin, rooms, 40)
    assert (await due(admin, rooms.bi))["meetings"] == [{"last_held_on": None, "by": "2026-10-19", "overdue": False}]
    for day, expected in (
        ("2026-08-17", [{"last_held_on": "2026-08-17", "by": "2026-10-12", "overdue": True}]),
        ("2026-08-31", [{"last_held_on": "2026-08-31", "by": "2026-10-26", "overdue": False}]),
        ("2026-09-01", []),
    ):
        meeting = {"id": str(uuid4()), "room_id": rooms.bi, "held_on": day, "participants": 3}
        assert (await admin.post("/v1/meetings", json=meeting)).status_code == 201
        assert (await due(admin, rooms.bi))["meetings"] == expected


async def test_goals_wait_for_their_next_step(admin: Api, world: World, rooms: Rooms) -> None:
    made = {}
    for title, first, last in (("Nyt", "2026-W43", "2026-W50"), ("Forbi", "2026-W30", "2026-W38"),
                               ("Senere", "2026-W44", "2026-W50")):  # fmt: skip
        goal = {
            "id": str(uuid4()), "room_id": rooms.bi, "title": title, "measure": "mean_rate",
            "about": "focus_conversation", "target": 1, "first_week": first, "last_week": last, "initiative": "Tal",
        }  # fmt: skip
        assert (await admin.post("/v1/goals", json=goal)).status_code == 201
        made[title] = goal["id"]
    started = {"step": "started"}
    await admin.patch(f"/v1/goals/{made['Forbi']}", json=started, headers={"If-Match": "*"})
    assert (await due(admin, rooms.bi))["goals"] == [
        {"goal_id": made["Forbi"], "title": "Forbi", "step": "evaluated", "by": "2026-10-04", "overdue": True},
        {"goal_id": made["Nyt"], "title": "Nyt", "step": "started", "by": "2026-10-25", "overdue": False},
    ]
    assert (await due(admin, rooms.humle))["goals"] == []
