"""Practice evaluations over HTTP: forms that never change, one rating a colleague and one of the team, and history."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

DEMO = ("vls-demo-praksis", 1)
ELEMENTS = ("groups", "talk", "strategies", "plan")
FORM: dict[str, Any] = {
    "key": "vores",
    "version": 1,
    "title": "Vores skema",
    "elements": [{"key": key, "title": key.capitalize()} for key in ELEMENTS],
    "items": [{"key": f"{key}_{n}", "element": key, "text": "Vi gør det"} for key in ELEMENTS for n in range(3)],
}


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    furnished = await furnish(admin)
    for key in ("anna", "bo"):
        staff = {"external_id": key, "name": key, "role": "educator", "unit_external_id": "sol"}
        assert (await admin.post("/v1/staff", json=staff | {"room_external_id": "bi"})).status_code == 201
    other = {"external_id": "cilla", "name": "Cilla", "role": "educator", "unit_external_id": "mane"}
    assert (await admin.post("/v1/staff", json=other)).status_code == 201
    return furnished


def evaluation(rooms: Rooms, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "room_id": rooms.bi,
        "kind": "joint",
        "first_week": "2026-W34",
        "answers": {"small_groups_1": 4, "small_groups_2": 3, "planning_1": 5, "planning_2": None},
    } | fields


async def created(client: Api, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/practice-evaluations", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def refused(client: Api, body: dict[str, Any]) -> tuple[int, str]:
    answer = await client.post("/v1/practice-evaluations", json=body)
    return answer.status_code, answer.json()["code"]


async def test_without_a_form_of_its_own_a_municipality_uses_the_one_that_comes_along(admin: Api, rooms: Rooms) -> None:
    listed = (await admin.get("/v1/practice-forms")).json()["items"]
    assert [(form["key"], form["version"], form["published_at"]) for form in listed] == [(*DEMO, None)]
    form = (await admin.get(f"/v1/practice-forms/{DEMO[0]}/versions/{DEMO[1]}")).json()
    assert len(form["elements"]) == 4
    made = await created(admin, evaluation(rooms))
    assert (made["form_key"], made["form_version"], made["last_week"]) == (*DEMO, "2026-W41")
    listed = (await admin.get("/v1/practice-forms")).json()["items"]
    assert [(form["key"], form["published_at"] is None) for form in listed] == [(DEMO[0], False)]


async def test_a_score_is_the_mean_of_what_was_answered_and_missing_is_missing(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, evaluation(rooms))
    scores = {it["element"]: (it["answered"], it["items"], it["score"]) for it in made["scores"]}
    assert scores == {
        "small_groups": (2, 4, 3.5),
        "conversations": (0, 3, None),
        "strategies": (0, 4, None),
        "planning": (1, 3, None),
    }


async def test_a_published_form_never_changes_and_is_used_from_then_on(admin: Api, rooms: Rooms) -> None:
    first = await admin.post("/v1/practice-forms", json=FORM)
    again = await admin.post("/v1/practice-forms", json=FORM)
    other = await admin.post("/v1/practice-forms", json=FORM | {"title": "Et andet"})
    assert [answer.status_code for answer in (first, again, other)] == [201, 200, 409]
    assert other.json()["code"] == "version-published"
    made = await created(admin, evaluation(rooms, answers={"talk_0": 2, "talk_1": 3, "talk_2": 4}))
    assert (made["form_key"], made["scores"][1]["score"]) == ("vores", 3.0)
    three = FORM | {"key": "tre", "elements": FORM["elements"][:3]}
    answer = (await admin.post("/v1/practice-forms", json=three, headers={"Accept-Language": "en"})).json()
    assert answer["code"] == "invalid-instrument"
    assert {error["code"] for error in answer["errors"]} == {"not-four-elements", "unknown-group"}


async def test_the_same_again_changes_nothing_and_other_content_under_the_id_is_refused(
    admin: Api, rooms: Rooms
) -> None:
    body = evaluation(rooms)
    made = await created(admin, body)
    again = await admin.post("/v1/practice-evaluations", json=body)
    assert (again.status_code, again.json()) == (200, made)
    other = await admin.post("/v1/practice-evaluations", json=body | {"answers": {"planning_1": 1}})
    assert (other.status_code, other.json()["params"]) == (409, {"fields": "answers"})
    path = f"/v1/practice-evaluations/{made['id']}"
    await admin.patch(path, json={"answers": {"planning_2": 4}}, headers={"If-Match": '"1"'})
    late = await admin.post("/v1/practice-evaluations", json=body)
    assert (late.status_code, late.json()["revision"]) == (200, 2)


async def test_a_correction_keeps_what_stood_there_and_who_wrote_it(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, evaluation(rooms, comments={"general": "Travlt"}, agreements=[{"text": "Flere små"}]))
    path = f"/v1/practice-evaluations/{made['id']}"
    assert (await admin.patch(path, json={"state": "final"})).json()["code"] == "precondition-required"
    body = {
        "state": "final", "answers": {"planning_2": 3, "small_groups_2": None},
        "agreements": [{"text": "Flere små", "status": "done"}],
    }  # fmt: skip
    final = await admin.patch(path, json=body, headers={"If-Match": '"1"'})
    assert (final.status_code, final.headers["etag"], final.json()["state"]) == (200, '"2"', "final")
    assert final.json()["answers"] == {
        "small_groups_1": 4, "small_groups_2": None, "planning_1": 5, "planning_2": 3,
    }  # fmt: skip
    assert final.json()["comments"] == {"general": "Travlt"}
    stale = await admin.patch(path, json={"answers": {}}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    back = await admin.patch(path, json={"state": "draft"}, headers={"If-Match": "*"})
    assert (back.status_code, back.json()["code"]) == (409, "already-final")
    history = (await admin.get(f"{path}/history")).json()["items"]
    assert [(it["revision"], it["body"]["state"], it["body"]["answers"].get("planning_2")) for it in history] == [
        (1, "draft", None),
        (2, "final", 3),
    ]
    assert all("administration" in it["changed_by"] for it in history)


async def test_one_rating_of_each_colleague_and_one_of_the_team(admin: Api, rooms: Rooms) -> None:
    mine = {"kind": "individual", "state": "final"}
    await created(admin, evaluation(rooms, **mine, rater_external_id="anna", answers={"planning_1": 2}))
    await created(admin, evaluation(rooms, **mine, rater_external_id="bo", answers={"planning_1": 5}))
    assert await refused(admin, evaluation(rooms, **mine, rater_external_id="bo")) == (409, "already-rated")
    assert await refused(admin, evaluation(rooms, **mine, rater_external_id="cilla")) == (422, "unknown-reference")
    assert await refused(admin, evaluation(rooms, **mine)) == (422, "invalid-input")
    assert await refused(admin, evaluation(rooms, rater_external_id="bo")) == (422, "invalid-input")
    joint = await created(admin, evaluation(rooms, state="final", answers={"planning_1": 4, "planning_2": 4}))
    assert await refused(admin, evaluation(rooms)) == (409, "already-rated")
    room = (await admin.get(f"/v1/rooms/{rooms.bi}/practice")).json()
    assert [(it["evaluation_id"], it["individual"], it["seen_differently"]) for it in room["periods"]] == [
        (joint["id"], 2, {"planning_1": [2, 5]})
    ]
    assert (await admin.delete(f"/v1/practice-evaluations/{joint['id']}")).status_code == 204
    assert (await admin.get(f"/v1/practice-evaluations/{joint['id']}")).status_code == 404
    await created(admin, evaluation(rooms))


async def test_of_twenty_at_once_one_is_the_teams(admin: Api, rooms: Rooms) -> None:
    bodies = [evaluation(rooms) for _ in range(20)]
    answers = await asyncio.gather(*(admin.post("/v1/practice-evaluations", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 19


async def test_the_periods_of_a_room_are_the_same_or_apart(admin: Api, rooms: Rooms) -> None:
    await created(admin, evaluation(rooms))
    answer = await admin.post("/v1/practice-evaluations", json=evaluation(rooms, first_week="2026-W38"))
    assert (answer.status_code, answer.json()["code"]) == (409, "periods-overlap")
    assert answer.json()["params"] == {"first": "2026-W34", "last": "2026-W41"}
    await created(admin, evaluation(rooms, first_week="2026-W42", last_week="2026-W45"))


async def test_the_core_elements_over_the_periods(admin: Api, rooms: Rooms) -> None:
    for week, (groups, plan) in {"2026-W18": (2, 3), "2026-W26": (3, 3), "2026-W34": (4, None)}.items():
        answers = {"small_groups_1": groups, "small_groups_2": groups, "planning_1": plan, "planning_2": plan}
        await created(admin, evaluation(rooms, first_week=week, state="final", answers=answers))
    room = (await admin.get(f"/v1/rooms/{rooms.bi}/practice")).json()
    told = {it["element"]: (it["scores"], it["step"], it["difference"]) for it in room["elements"]}
    assert told["small_groups"] == ([2.0, 3.0, 4.0], "higher", 1.0)
    assert told["planning"] == ([3.0, 3.0, None], "unknown", None)
    last = (await admin.get(f"/v1/rooms/{rooms.bi}/practice", params={"periods": "1"})).json()
    assert [it["first_week"] for it in last["periods"]] == ["2026-W34"]


async def test_drafts_do_not_count(admin: Api, rooms: Rooms) -> None:
    await created(admin, evaluation(rooms))
    assert (await admin.get(f"/v1/rooms/{rooms.bi}/practice")).json()["periods"] == []


@pytest.mark.parametrize(
    ("fields", "code", "errors"),
    [
        ({"first_week": "2026-W44"}, "future-date", set()),
        ({"first_week": "2025-W53"}, "invalid-input", {"invalid-week"}),
        ({"last_week": "2026-W33"}, "invalid-input", {"after-the-end"}),
        ({"answers": {"planning_1": 6}}, "invalid-answers", {"not-on-scale"}),
        ({"answers": {"planning_9": 1}}, "invalid-answers", {"unknown-item"}),
        ({"answers": {"planning_1": 2.5}}, "invalid-input", {"int-type"}),
        ({"answers": {"planning_1": True}}, "invalid-input", {"int-type"}),
        ({"comments": {"elsewhere": "x"}}, "invalid-answers", {"unknown-element"}),
        ({"comments": {"general": "Barnet 010120-1234"}}, "invalid-input", {"looks-like-cpr"}),
        ({"state": "final", "answers": {}}, "invalid-answers", {"nothing-answered"}),
        ({"form_key": "vores"}, "invalid-input", {"half-a-reference"}),
        ({"form_key": "vores", "form_version": 7}, "unknown-reference", set()),
        ({"room_id": str(uuid4())}, "unknown-reference", set()),
        ({"room_external_id": "bi"}, "invalid-input", {"one-reference"}),
    ],
)
async def test_what_cannot_be_is_refused_with_its_code(
    admin: Api, rooms: Rooms, fields: dict[str, Any], code: str, errors: set[str]
) -> None:
    answer = await admin.post("/v1/practice-evaluations", json=evaluation(rooms) | fields)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert {error["code"] for error in answer.json()["errors"]} == errors


async def test_a_list_filters(admin: Api, rooms: Rooms) -> None:
    first = await created(admin, evaluation(rooms))
    await created(admin, evaluation(rooms, kind="individual", rater_external_id="anna"))
    await created(admin, evaluation(rooms, room_id=rooms.humle))
    asked = {"room_id": rooms.bi, "kind": "joint", "first_week": "2026-W34", "state": "draft"}
    listed = (await admin.get("/v1/practice-evaluations", params=asked)).json()["items"]
    assert [it["id"] for it in listed] == [first["id"]]
    assert len((await admin.get("/v1/practice-evaluations")).json()["items"]) == 3


async def test_an_educator_works_with_the_own_room_and_publishes_nothing(
    world: World, admin: Api, rooms: Rooms
) -> None:
    elsewhere = await created(admin, evaluation(rooms, room_id=rooms.humle))
    educator = await world.client("educator", places=["room:bi"])
    made = await created(educator, evaluation(rooms, kind="individual", rater_external_id="anna"))
    assert [it["id"] for it in (await educator.get("/v1/practice-evaluations")).json()["items"]] == [made["id"]]
    assert (await educator.get(f"/v1/practice-evaluations/{elsewhere['id']}")).status_code == 404
    assert (await educator.get(f"/v1/rooms/{rooms.humle}/practice")).status_code == 404
    assert (await educator.post("/v1/practice-forms", json=FORM)).json()["code"] == "outside-your-place"
    assert await refused(educator, evaluation(rooms, id=elsewhere["id"])) == (409, "same-id-other-content")
    reader = await world.client("integration", scopes=["roster:read"])
    assert (await reader.get("/v1/practice-evaluations")).json()["params"] == {"needed": "observations:read"}


async def test_what_was_done_stands_in_the_log(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, evaluation(rooms))
    path = f"practice-evaluations/{made['id']}"
    await admin.patch(f"/v1/{path}", json={"state": "final"}, headers={"If-Match": "*"})
    await admin.delete(f"/v1/{path}")
    events = (await admin.get("/v1/audit-events", params={"subject": path})).json()["items"]
    assert [event["action"] for event in events] == ["create", "correct", "withdraw"]
