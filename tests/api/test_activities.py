"""Activities over HTTP, one at a time: recorded once, corrected with care, withdrawn softly."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


async def test_recording_asks_for_a_token_and_the_scope(world: World, anonymous: Api) -> None:
    assert (await anonymous.post("/v1/activities", json={})).status_code == 401
    reader = await world.client("administration", scopes=["observations:read", "children:read"])
    answer = await reader.post("/v1/activities", json={})
    assert (answer.status_code, answer.json()["params"]) == (403, {"needed": "observations:write"})


async def test_an_activity_is_answered_as_it_was_stored(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    answer = await admin.post("/v1/activities", json=sent)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    stamps = {"recorded_at": "2026-10-12T08:15:00Z", "week": "2026-W42", "withdrawn_at": None, "revision": 1}
    assert answer.json() == sent | stamps
    assert (await admin.get(f"/v1/activities/{sent['id']}")).json() == sent | stamps


async def test_the_same_again_changes_nothing_whatever_the_order_of_its_lists(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity("B01", "B02", "B03")
    first = await admin.post("/v1/activities", json=sent)
    again = await admin.post("/v1/activities", json=sent | {"child_ids": sent["child_ids"][::-1]})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["revision"] == 1


async def test_the_same_id_with_other_content_is_refused_and_says_where_it_differs(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    await admin.post("/v1/activities", json=sent)
    answer = await admin.post("/v1/activities", json=sent | {"kind": "focus_conversation", "strategies": []})
    assert (answer.status_code, answer.json()["code"]) == (409, "same-id-other-content")
    assert answer.json()["params"] == {"fields": "kind, strategies"}
    assert (await admin.get(f"/v1/activities/{sent['id']}")).json()["kind"] == "immersion_activity"


async def test_an_id_used_in_another_room_tells_nothing_of_it(world: World, admin: Api, rooms: Rooms) -> None:
    there = rooms.activity(room_id=rooms.humle, child_ids=[rooms.children["H01"]], kind="focus_conversation")
    assert (await admin.post("/v1/activities", json=there)).status_code == 201
    educator = await world.client("educator", places=["room:bi"])
    answer = await educator.post("/v1/activities", json=rooms.activity(id=there["id"]))
    assert (answer.status_code, answer.json()["params"]) == (409, {"fields": "…"})
    assert (await educator.get(f"/v1/activities/{there['id']}")).status_code == 404


async def test_two_identical_posts_at_once_make_one_activity(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    answers = await asyncio.gather(*(admin.post("/v1/activities", json=sent) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len((await admin.get("/v1/activities")).json()["items"]) == 1


async def test_of_two_different_posts_at_once_one_is_told_so(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    answers = await asyncio.gather(
        admin.post("/v1/activities", json=sent),
        admin.post("/v1/activities", json=sent | {"kind": "focus_conversation"}),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_references_may_be_external_ids(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity(room_external_id="bi", child_external_ids=["B01", "B02"])
    by_key = {name: value for name, value in sent.items() if name not in ("room_id", "child_ids")}
    answer = await admin.post("/v1/activities", json=by_key)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["room_id"], set(answer.json()["child_ids"])) == (rooms.bi, set(sent["child_ids"]))
    by_id = {name: value for name, value in sent.items() if not name.endswith(("external_id", "external_ids"))}
    assert (await admin.post("/v1/activities", json=by_id)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"kind": "play"}, "/kind"),
        ({"learning_areas": []}, "/learning_areas"),
        ({"learning_areas": ["Sprog"]}, "/learning_areas/0"),
        ({"learning_areas": ["language", "language"]}, "/learning_areas"),
        ({"strategies": [f"s{number}" for number in range(21)]}, "/strategies"),
        ({"strategies": ["a\x00"]}, "/strategies/0"),
        ({"child_ids": []}, "/child_ids"),
        ({"child_ids": [str(uuid4())] * 2}, "/child_ids"),
        ({"child_ids": [str(uuid4()) for _ in range(61)]}, "/child_ids"),
        ({"child_ids": None}, "/child_ids"),
        ({"child_external_ids": ["B01"]}, "/child_external_ids"),
        ({"room_external_id": "bi"}, "/room_external_id"),
        ({"observed_on": "1999-12-31"}, "/observed_on"),
        ({"observed_on": "2026-02-30"}, "/observed_on"),
        ({"observed_on": "2026-10-12T00:00:00"}, "/observed_on"),
        ({"observed_on": 10**30}, "/observed_on"),
        ({"recorded_at": "2026-10-12T10:15:00"}, "/recorded_at"),
        ({"recorded_at": "0001-01-01T00:00:00+14:00"}, "/recorded_at"),
        ({"recorded_at": 1}, "/recorded_at"),
        ({"id": 10**400}, "/id"),
        ({"id": None}, "/id"),
        ({"colour": "blue"}, "/colour"),
    ],
)
async def test_what_is_not_an_activity_is_refused_where_it_is_wrong(
    admin: Api, rooms: Rooms, wrong: dict[str, Any], pointer: str
) -> None:
    answer = await admin.post("/v1/activities", json=rooms.activity() | wrong)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"{", b"\xff", b'{"id": "\\ud800"}', b"1" * 5000])
async def test_any_body_gets_a_problem(admin: Api, body: bytes) -> None:
    for path in ("/v1/activities", "/v1/activities/batch"):
        answer = await admin.post(path, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422), (path, answer.text)


async def test_an_activity_cannot_lie_in_the_future(admin: Api, rooms: Rooms) -> None:
    today = await admin.post("/v1/activities", json=rooms.activity(observed_on="2026-10-19"))
    tomorrow = await admin.post("/v1/activities", json=rooms.activity(observed_on="2026-10-20"))
    assert (today.status_code, tomorrow.status_code) == (201, 422)
    assert tomorrow.json()["code"] == "future-date"


async def test_every_child_belongs_to_the_room_that_day(admin: Api, rooms: Rooms) -> None:
    elsewhere = await admin.post("/v1/activities", json=rooms.activity("B01", "H01"))
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "child-not-in-room")
    before = await admin.post("/v1/activities", json=rooms.activity("B01", observed_on="2026-07-31"))
    assert (before.status_code, before.json()["code"]) == (422, "child-not-in-room")
    unknown = await admin.post("/v1/activities", json=rooms.activity(child_ids=[str(uuid4())]))
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown-reference")


async def test_whether_a_child_elsewhere_exists_is_not_told(world: World, rooms: Rooms) -> None:
    educator = await world.client("educator", places=["room:bi"])
    there = await educator.post("/v1/activities", json=rooms.activity("B01", "H01"))
    nowhere = await educator.post("/v1/activities", json=rooms.activity(child_ids=[str(uuid4())]))
    assert (there.json()["code"], there.json()["params"]) == (nowhere.json()["code"], nowhere.json()["params"])
    other_room = rooms.activity(room_id=rooms.humle, child_ids=[rooms.children["H01"]])
    answer = await educator.post("/v1/activities", json=other_room)
    assert (answer.status_code, answer.json()["params"]) == (422, {"field": "room_id"})


async def test_a_replay_is_recognised_although_the_child_has_moved_since(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity("B01")
    await admin.post("/v1/activities", json=sent)
    await admin.patch(
        f"/v1/children/{rooms.children['B01']}",
        json={"room_external_id": "humle", "valid_from": "2026-08-01"},
        headers={"If-Match": "*"},
    )
    assert (await admin.post("/v1/activities", json=sent)).status_code == 200
    assert (await admin.post("/v1/activities", json=rooms.activity("B01"))).json()["code"] == "child-not-in-room"


async def test_a_correction_needs_the_version_that_was_seen(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    path = f"/v1/activities/{sent['id']}"
    tag = (await admin.post("/v1/activities", json=sent)).headers["etag"]
    correction = {"kind": "focus_conversation", "child_external_ids": ["B03"]}
    assert (await admin.patch(path, json=correction)).status_code == 428
    corrected = await admin.patch(path, json=correction, headers={"If-Match": tag})
    assert (corrected.status_code, corrected.headers["etag"]) == (200, '"2"')
    assert (corrected.json()["kind"], corrected.json()["child_ids"]) == (
        "focus_conversation",
        [rooms.children["B03"]],
    )
    assert corrected.json()["learning_areas"] == sent["learning_areas"]
    stale = await admin.patch(path, json=correction, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")


async def test_a_correction_must_be_true_of_the_room_and_the_day(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity("B01")
    await admin.post("/v1/activities", json=sent)
    for correction, code in (
        ({"observed_on": "2026-07-01"}, "child-not-in-room"),
        ({"observed_on": "2026-12-24"}, "future-date"),
        ({"child_ids": [rooms.children["H01"]]}, "child-not-in-room"),
        ({"child_external_ids": ["nobody"]}, "unknown-reference"),
        ({"kind": None}, "invalid-input"),
        ({"room_id": rooms.humle}, "invalid-input"),
    ):
        answer = await admin.patch(f"/v1/activities/{sent['id']}", json=correction, headers={"If-Match": "*"})
        assert (answer.status_code, answer.json()["code"]) == (422, code), correction
    assert (await admin.get(f"/v1/activities/{sent['id']}")).json()["revision"] == 1


async def test_what_is_withdrawn_is_gone_but_a_late_copy_is_recognised(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    await admin.post("/v1/activities", json=sent)
    path = f"/v1/activities/{sent['id']}"
    assert (await admin.delete(path, headers={"If-Match": '"7"'})).status_code == 412
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404
    assert (await admin.get("/v1/activities")).json()["items"] == []
    late = await admin.post("/v1/activities", json=sent)
    assert (late.status_code, late.json()["withdrawn_at"] is None) == (200, False)


async def test_a_list_is_of_a_room_and_of_days_and_comes_in_pages(admin: Api, rooms: Rooms) -> None:
    for day in ("2026-10-05", "2026-10-12", "2026-10-13", "2026-10-14"):
        await admin.post("/v1/activities", json=rooms.activity(observed_on=day))
    there = rooms.activity(room_id=rooms.humle, child_ids=[rooms.children["H01"]])
    await admin.post("/v1/activities", json=there)
    params = {"room_id": rooms.bi, "from": "2026-10-12", "to": "2026-10-13", "limit": "1"}
    first = (await admin.get("/v1/activities", params=params)).json()
    second = (await admin.get("/v1/activities", params=params | {"cursor": first["next"]})).json()
    days = {item["observed_on"] for page in (first, second) for item in page["items"]}
    assert (days, second["next"]) == ({"2026-10-12", "2026-10-13"}, None)
    assert (await admin.get("/v1/activities", params={"from": "yesterday"})).status_code == 422


async def test_an_educator_reads_the_own_room_only(world: World, admin: Api, rooms: Rooms) -> None:
    await admin.post("/v1/activities", json=rooms.activity())
    there = rooms.activity(room_id=rooms.humle, child_ids=[rooms.children["H01"]])
    await admin.post("/v1/activities", json=there)
    educator = await world.client("educator", places=["room:bi"])
    listed = (await educator.get("/v1/activities")).json()["items"]
    assert {item["room_id"] for item in listed} == {rooms.bi}
    for answer in (
        await educator.get(f"/v1/activities/{there['id']}"),
        await educator.patch(f"/v1/activities/{there['id']}", json={}, headers={"If-Match": "*"}),
        await educator.delete(f"/v1/activities/{there['id']}"),
    ):
        assert answer.status_code == 404


async def test_who_recorded_corrected_and_withdrew_is_in_the_log(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    path = f"/v1/activities/{sent['id']}"
    await admin.post("/v1/activities", json=sent)
    await admin.post("/v1/activities", json=sent)
    await admin.patch(path, json={"strategies": []}, headers={"If-Match": "*"})
    await admin.get(path)
    await admin.delete(path)
    events = (await admin.get("/v1/audit-events", params={"subject": f"activities/{sent['id']}"})).json()["items"]
    assert sorted(event["action"] for event in events) == ["correct", "create", "read", "withdraw"]
