"""Following what changes: whatever is written, and however transactions overtake each other, nothing is missed."""

import asyncio
from collections import Counter
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.api.observing import Rooms, furnish
from tests.api.test_roster_import import FILES, zipped
from tests.conftest import Api, World


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


async def followed(client: Api, after: str | None = None, **asked: Any) -> tuple[list[dict[str, Any]], str | None]:
    """Everything that has changed, page by page, and where to go on from."""
    found: list[dict[str, Any]] = []
    while True:
        answer = await client.get("/v1/changes", params={**asked, **({"after": after} if after else {})})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        after = page["next"]
        if not page["more"]:
            return found, after


def named(items: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(item["kind"], item["key"]) for item in items}


async def test_from_the_beginning_everything_is_there_once_and_can_be_read_where_it_says(
    admin: Api, rooms: Rooms
) -> None:
    activity = rooms.activity()
    assert (await admin.post("/v1/activities", json=activity)).status_code == 201
    assert (await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W42", json={"completed": True})).status_code == 200
    items, _ = await followed(admin, limit=2)
    assert len(items) == len(named(items))
    assert named(items) >= {
        ("room", rooms.bi), ("activity", activity["id"]), ("week", f"{rooms.bi}/2026-W42"),
        *(("child", child) for child in rooms.children.values()),
    }  # fmt: skip
    for item in items:
        assert (await admin.get(item["href"])).status_code == 200, item
        assert not item["gone"]


async def test_only_what_changed_since_comes_after(admin: Api, rooms: Rooms) -> None:
    _, after = await followed(admin)
    assert await followed(admin, after) == ([], after)
    child = rooms.children["B01"]
    etag = (await admin.get(f"/v1/children/{child}")).headers["etag"]
    changed = await admin.patch(f"/v1/children/{child}", json={"sex": "girl"}, headers={"If-Match": etag})
    assert changed.status_code == 200
    (item,), after = await followed(admin, after)
    assert (item["kind"], item["key"], item["gone"]) == ("child", child, False)
    moved = {"room_id": rooms.humle, "valid_from": "2026-10-01"}
    etag = changed.headers["etag"]
    answer = await admin.patch(f"/v1/children/{child}", json=moved, headers={"If-Match": etag})
    assert answer.status_code == 200, answer.text
    (item,), after = await followed(admin, after)
    assert (item["kind"], item["key"]) == ("child", child)
    assert await followed(admin, after) == ([], after)


async def test_what_is_deleted_or_withdrawn_is_gone(admin: Api, rooms: Rooms) -> None:
    activity = rooms.activity()
    assert (await admin.post("/v1/activities", json=activity)).status_code == 201
    goal = {
        "id": str(uuid4()), "room_id": rooms.bi, "title": "Flere med", "measure": "mean_rate",
        "about": "focus_conversation", "target": 1, "first_week": "2026-W40", "last_week": "2026-W50",
    }  # fmt: skip
    meeting = {"id": str(uuid4()), "room_id": rooms.bi, "held_on": "2026-10-12", "participants": 3}
    assert (await admin.post("/v1/goals", json=goal)).status_code == 201
    assert (await admin.post("/v1/meetings", json=meeting)).status_code == 201
    items, after = await followed(admin)
    for kind, made in (("goal", goal), ("meeting", meeting)):
        (href,) = (item["href"] for item in items if (item["kind"], item["key"]) == (kind, made["id"]))
        assert (await admin.get(href)).status_code == 200
        assert (await admin.delete(href, headers={"If-Match": "*"})).status_code == 204
    assert (await admin.delete(f"/v1/activities/{activity['id']}")).status_code == 204
    child = rooms.children["H01"]
    assert (await admin.delete(f"/v1/children/{child}")).status_code == 204
    items, _ = await followed(admin, after)
    assert {(item["kind"], item["key"], item["gone"]) for item in items} >= {
        ("activity", activity["id"], True), ("child", child, True), ("goal", goal["id"], True),
        ("meeting", meeting["id"], True),
    }  # fmt: skip


async def test_one_follows_what_one_may_read_and_the_whole_or_nothing(world: World, rooms: Rooms) -> None:
    roster = await world.client("integration", scopes=["roster:read"])
    items, _ = await followed(roster)
    assert {item["kind"] for item in items} == {"unit", "room"}
    refused = await roster.get("/v1/changes", params={"kind": ["room", "activity"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    nothing = await world.client("integration", scopes=["imports:write"])
    assert (await nothing.get("/v1/changes")).json()["code"] == "not-allowed"
    leader = await world.client("leader", places=["unit:sol"])
    assert (await leader.get("/v1/changes")).json()["code"] == "outside-your-place"
    wrong = await roster.get("/v1/changes", params={"after": "x"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/query/after")


async def test_an_import_is_followed_and_so_is_who_belongs_where(admin: Api) -> None:
    assert (await admin.upload("roster", zipped(FILES)))["status"] == "done"
    first, after = await followed(admin)
    assert Counter(item["kind"] for item in first) == {"area": 2, "unit": 2, "room": 3, "child": 2, "staff": 2}
    assert (await admin.upload("roster", zipped(FILES)))["status"] == "done"
    assert await followed(admin, after) == ([], after)
    moved = FILES | {"children.csv": FILES["children.csv"].replace("C2,Humle", "C2,Bi")}
    assert (await admin.upload("roster", zipped(moved)))["status"] == "done"
    items, _ = await followed(admin, after)
    assert [item["kind"] for item in items] == ["child"]


async def test_a_change_that_is_committed_late_is_not_missed(world: World, admin: Api, rooms: Rooms) -> None:
    """Its moment is before that of one that was committed first and read already."""
    _, after = await followed(admin)
    room = "UPDATE rooms SET name = name || '!' WHERE id = :id"
    async with world.app.state.database.writing(UUID(world.id)) as late:
        await late.execute(text(room), {"id": rooms.bi})
        async with world.app.state.database.writing(UUID(world.id)) as early:
            await early.execute(text(room), {"id": rooms.humle})
        seen, after = await followed(admin, after)
    rest, _ = await followed(admin, after)
    assert named(seen) | named(rest) == {("room", rooms.bi), ("room", rooms.humle)}


async def test_nothing_is_missed_while_many_write_at_once(world: World, admin: Api, rooms: Rooms) -> None:
    """A follower asks all the while; what it knows at the end is what the newest state of everything is."""
    database, chance, writing = world.app.state.database, Random(5), True
    known: dict[tuple[str, str], str] = {}
    _, cursor = await followed(admin, kind="child")

    async def write(number: int) -> None:
        own = Random(number)
        for turn in range(12):
            async with database.writing(UUID(world.id)) as tx:
                child = own.choice(sorted(rooms.children.values()))
                named = {"id": child, "name": f"{number}-{turn}"}
                await tx.execute(text("UPDATE children SET first_name = :name WHERE id = :id"), named)
                await asyncio.sleep(own.random() * 0.02)

    async def follow() -> None:
        nonlocal cursor
        while writing:
            await look()
            await asyncio.sleep(chance.random() * 0.01)

    async def look() -> None:
        nonlocal cursor
        items, cursor = await followed(admin, cursor, kind="child", limit=2)
        for item in items:
            known["child", item["key"]] = (await admin.get(item["href"])).json()["first_name"]

    following = asyncio.create_task(follow())
    await asyncio.gather(*(write(number) for number in range(8)))
    writing = False
    await following
    await look()
    for child in rooms.children.values():
        now = (await admin.get(f"/v1/children/{child}")).json()["first_name"]
        assert known.get(("child", child)) == now
