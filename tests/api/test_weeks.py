"""A room's week over HTTP: closed, completed or open, and the tallies of its children."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


def path(rooms: Rooms, week: str = "2026-W42") -> str:
    return f"/v1/rooms/{rooms.bi}/weeks/{week}"


def tally(child: str, **counts: Any) -> dict[str, Any]:
    return {"child_external_id": child} | counts


async def test_a_week_nobody_spoke_of_is_not_recorded(admin: Api, rooms: Rooms) -> None:
    answer = await admin.get(path(rooms))
    assert answer.json() == {
        "room_id": rooms.bi,
        "week": "2026-W42",
        "state": "not_recorded",
        "closed": False,
        "completed": False,
        "tallies": [],
        "revision": 0,
    }


async def test_what_is_left_out_of_a_tally_was_not_counted(admin: Api, rooms: Rooms) -> None:
    tallies = [tally("B01", immersion_activity=3), tally("B02", absent=True), tally("B03", focus_conversation=0)]
    answer = await admin.put(path(rooms), json={"completed": True, "tallies": tallies})
    assert (answer.status_code, answer.json()["state"]) == (200, "completed")
    assert [
        (row["external_id"], row["immersion_activity"], row["focus_conversation"], row["absent"])
        for row in answer.json()["tallies"]
    ] == [("B01", 3, None, False), ("B02", None, None, True), ("B03", None, 0, False)]
    assert (await admin.get(path(rooms))).json() == answer.json()


async def test_the_same_again_changes_nothing_and_something_else_is_a_new_revision(admin: Api, rooms: Rooms) -> None:
    body = {"completed": True, "tallies": [tally("B01", immersion_activity=3)]}
    tags = [(await admin.put(path(rooms), json=body)).headers["etag"] for _ in range(2)]
    body["tallies"][0]["immersion_activity"] = 4  # type: ignore[index]
    tags.append((await admin.put(path(rooms), json=body)).headers["etag"])
    assert tags == ['"1"', '"1"', '"2"']


async def test_a_late_tally_does_not_reopen_a_completed_week(admin: Api, rooms: Rooms) -> None:
    await admin.put(path(rooms), json={"completed": True})
    late = await admin.put(path(rooms), json={"tallies": [tally("B01", immersion_activity=3)]})
    assert late.json()["state"] == "completed"
    states = [
        (await admin.put(path(rooms), json=said)).json()["state"] for said in ({"closed": True}, {"closed": False})
    ]
    assert states == ["closed", "not_recorded"]


async def test_what_was_said_of_another_revision_is_refused(admin: Api, rooms: Rooms) -> None:
    seen = (await admin.put(path(rooms), json={"completed": True})).headers["etag"]
    await admin.put(path(rooms), json={"tallies": [tally("B01", immersion_activity=3)]})
    stale = await admin.put(path(rooms), json={"completed": False}, headers={"If-Match": seen})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    assert (await admin.get(path(rooms))).json()["state"] == "completed"


async def test_who_may_not_read_children_gets_back_only_those_it_named(world: World, admin: Api, rooms: Rooms) -> None:
    await admin.put(path(rooms), json={"tallies": [tally("B01", immersion_activity=3), tally("B02", absent=True)]})
    async with await world.client("integration", scopes=["observations:write"]) as writer:
        assert (await writer.put(path(rooms), json={})).json()["tallies"] == []
        named = await writer.put(path(rooms), json={"tallies": [tally("B01", immersion_activity=4)]})
    assert [row["external_id"] for row in named.json()["tallies"]] == ["B01"]


async def test_children_who_are_not_named_keep_their_tally(admin: Api, rooms: Rooms) -> None:
    await admin.put(path(rooms), json={"tallies": [tally("B01", immersion_activity=3), tally("B02", absent=True)]})
    answer = await admin.put(path(rooms), json={"tallies": [tally("B01", focus_conversation=1)]})
    assert [
        (row["immersion_activity"], row["focus_conversation"], row["absent"]) for row in answer.json()["tallies"]
    ] == [
        (None, 1, False),
        (None, None, True),
    ]


async def test_two_tablets_at_once_both_arrive(admin: Api, rooms: Rooms) -> None:
    bodies = [{"tallies": [tally(child, immersion_activity=2)]} for child in ("B01", "B02", "B03")]
    answers = await asyncio.gather(*(admin.put(path(rooms), json=body) for body in bodies))
    assert sorted(answer.headers["etag"] for answer in answers) == ['"1"', '"2"', '"3"']
    assert len((await admin.get(path(rooms))).json()["tallies"]) == 3


@pytest.mark.parametrize("week", ["2025-W53", "2026-W00", "2026-42", "uge42", "9999999999-W01", "2026-W42-1"])
async def test_a_week_that_does_not_exist_is_refused(admin: Api, rooms: Rooms, week: str) -> None:
    for answer in (await admin.put(path(rooms, week), json={}), await admin.get(path(rooms, week))):
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-week")


async def test_a_week_is_spoken_of_from_its_monday_on(admin: Api, rooms: Rooms) -> None:
    assert (await admin.put(path(rooms, "2026-W43"), json={"completed": True})).status_code == 200
    answer = await admin.put(path(rooms, "2026-W44"), json={"closed": True})
    assert (answer.status_code, answer.json()["code"]) == (422, "future-date")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"closed": True, "completed": True}, "/completed"),
        ({"closed": "yes"}, "/closed"),
        ({"tallies": [{}]}, "/tallies/0/child_id"),
        ({"tallies": [tally("B01", child_id=str(uuid4()))]}, "/tallies/0/child_id"),
        ({"tallies": [tally("B01"), tally("B01")]}, "/tallies/1"),
        ({"tallies": [tally("B01", immersion_activity=100)]}, "/tallies/0/immersion_activity"),
        ({"tallies": [tally("B01", immersion_activity=-1)]}, "/tallies/0/immersion_activity"),
        ({"tallies": [tally("B01", immersion_activity=True)]}, "/tallies/0/immersion_activity"),
        ({"tallies": [tally("B01", focus_conversation=10**40)]}, "/tallies/0/focus_conversation"),
        ({"tallies": [tally("B\x00")]}, "/tallies/0/child_external_id"),
        ({"colour": "blue"}, "/colour"),
    ],
)
async def test_what_is_not_a_week_is_refused_where_it_is_wrong(
    admin: Api, rooms: Rooms, body: dict[str, Any], pointer: str
) -> None:
    answer = await admin.put(path(rooms), json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_child_was_in_the_room_on_some_day_of_the_week(admin: Api, rooms: Rooms) -> None:
    moved = {"room_external_id": "humle", "valid_from": "2026-10-14"}
    await admin.patch(f"/v1/children/{rooms.children['B01']}", json=moved, headers={"If-Match": "*"})
    body = {"tallies": [tally("B01", absent=True)]}
    assert (await admin.put(path(rooms, "2026-W42"), json=body)).status_code == 200
    answer = await admin.put(path(rooms, "2026-W43"), json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "child-not-in-room")
    answer = await admin.put(path(rooms), json={"tallies": [tally("nobody", absent=True)]})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-reference")


async def test_nobody_reaches_a_room_elsewhere(world: World, rooms: Rooms, new_world: Any) -> None:
    educator = await world.client("educator", places=["room:humle"])
    stranger = await (await new_world()).client()
    for client in (educator, stranger):
        for answer in (await client.put(path(rooms), json={}), await client.get(path(rooms))):
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
