"""Participation of units, areas and the municipality: sums of the rooms' own numbers, whatever happened to them."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

PERIOD = {"from": "2026-W35", "to": "2026-W42"}
WEEKS = [f"2026-W{number}" for number in range(35, 43)]
DAYS = ["08-24", "09-02", "09-10", "09-18", "09-21", "09-29", "10-08", "10-14"]


async def overview(client: Api, path: str) -> dict[str, Any]:
    answer = await client.get(f"/v1/{path}/participation", params=PERIOD)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def rooms_of(admin: Api, sizes: dict[str, int], *, area: str | None = None) -> dict[str, str]:
    """A unit for each key with a room of so many children, all weeks completed, every other child below the line."""
    ids = {}
    if area:
        await admin.post("/v1/areas", json={"external_id": area, "name": area})
    for key, size in sizes.items():
        unit = {"external_id": key, "name": key, "setting_type": "nursery", "area_external_id": area}
        ids[key] = (await admin.post("/v1/units", json=unit)).json()["id"]
        room = {"external_id": f"{key}-r", "name": f"{key}-r", "unit_external_id": key}
        room_id = (await admin.post("/v1/rooms", json=room)).json()["id"]
        for number in range(size):
            child = {"external_id": f"{key}-{number}", "room_id": room_id, "valid_from": "2026-08-01"}
            assert (await admin.post("/v1/children", json=child)).status_code == 201
        tallies = [
            {"child_external_id": f"{key}-{number}", "immersion_activity": 3, "focus_conversation": 2}
            for number in range(0, size, 2)
        ]
        for week in WEEKS:
            answer = await admin.put(f"/v1/rooms/{room_id}/weeks/{week}", json={"completed": True, "tallies": tallies})
            assert answer.status_code == 200, answer.text
    return ids


async def test_a_municipality_is_the_sum_of_its_areas_and_these_of_their_units(admin: Api) -> None:
    await rooms_of(admin, {"a1": 6, "a2": 9}, area="øst")
    await rooms_of(admin, {"b1": 12}, area="vest")
    body = await overview(admin, "municipality")
    whole = body["whole"]
    assert (whole["kind"], whole["rooms"], whole["weeks"]) == (
        "municipality",
        3,
        {"completed": 24, "closed": 0, "not_recorded": 0},
    )
    assert whole["cell"]["judged"] == 27
    assert whole["cell"]["below"] == {"immersion_activity": 13, "focus_conversation": 13, "both": 13}
    assert whole["cell"]["reach_both"] == 14
    assert whole["cell"]["per_week"]["immersion_activity"] == pytest.approx(14 * 3 / 27)
    found = {(part["kind"], part["name"]): part["cell"] and part["cell"]["judged"] for part in body["parts"]}
    assert found == {
        ("area", "vest"): 12,
        ("area", "øst"): 15,
        ("setting_type", "nursery"): 27,
        ("unit", "a1"): 6,
        ("unit", "a2"): 9,
        ("unit", "b1"): 12,
    }


async def test_small_groups_are_hidden_with_what_would_give_them_away(admin: Api) -> None:
    ids = await rooms_of(admin, {"tre": 3, "ni": 9, "tolv": 12}, area="øst")
    area = (await admin.get("/v1/areas")).json()["items"][0]["id"]
    body = await overview(admin, f"areas/{area}")
    assert body["whole"]["cell"]["judged"] == 24
    shown = {part["name"]: (part["cell"] is not None, part["suppressed"]) for part in body["parts"]}
    assert shown == {"tre": (False, "too_few"), "ni": (False, "protects_others"), "tolv": (True, None)}
    small = await overview(admin, f"units/{ids['tre']}")
    assert (small["whole"]["cell"], small["whole"]["suppressed"]) == (None, "too_few")
    assert [part["cell"] for part in small["parts"]] == [None]
    assert small["whole"]["weeks"]["completed"] == 8  # how far a place has come is about no child
    hidden = await overview(admin, f"units/{ids['ni']}")
    assert (hidden["whole"]["cell"], hidden["whole"]["suppressed"]) == (None, "protects_others")


async def test_nobody_is_shown_more_than_the_place_they_cover(world: World, admin: Api) -> None:
    ids = await rooms_of(admin, {"a1": 6, "a2": 9}, area="øst")
    leader = await world.client("leader", places=["unit:a1"])
    assert (await overview(leader, f"units/{ids['a1']}"))["whole"]["cell"]["judged"] == 6
    assert (await leader.get(f"/v1/units/{ids['a2']}/participation")).json()["code"] == "not-found"
    assert (await leader.get("/v1/municipality/participation")).json()["code"] == "outside-your-place"
    narrow = await world.client("administration", scopes=["reports:read"])
    assert (await overview(narrow, "municipality"))["whole"]["cell"]["judged"] == 15
    assert (await admin.get(f"/v1/areas/{uuid4()}/participation")).status_code == 404


async def test_a_municipality_without_rooms_has_nothing_to_show(admin: Api) -> None:
    body = await overview(admin, "municipality")
    assert (body["whole"]["rooms"], body["whole"]["cell"], body["parts"]) == (0, None, [])


async def test_weeks_nobody_spoke_of_are_closed_by_the_calendar_or_not_recorded(admin: Api) -> None:
    await furnish(admin)
    content = {"themes": ["Tema 1"], "closed_every_year": [{"title": "Efterår", "weeks": [42]}]}
    body = {"version": 1, "valid_from": "2026-08-01", "content": content}
    assert (await admin.post("/v1/configuration/calendar", json=body)).status_code == 201
    whole = (await overview(admin, "municipality"))["whole"]
    assert whole["weeks"] == {"completed": 0, "closed": 2, "not_recorded": 14}


async def _one_change(admin: Api, rooms: Rooms, random: Random, known: list[str]) -> None:
    """Something that may change what counts. Some of it is refused, which is fine."""
    room = random.choice((rooms.bi, rooms.humle))
    week, child = random.choice(WEEKS), random.choice(list(rooms.children))
    id_ = rooms.children[child]
    any_version = {"If-Match": "*"}
    what = random.randrange(9)
    if what <= 2:
        sent = rooms.activity(
            room_id=room,
            observed_on=f"2026-{random.choice(DAYS)}",
            kind=random.choice(("immersion_activity", "focus_conversation")),
            child_ids=random.sample(list(rooms.children.values()), random.randint(1, 3)),
        )
        if (await admin.post("/v1/activities", json=sent)).status_code == 201:
            known.append(sent["id"])
    elif what == 3 and known:
        body = {"observed_on": f"2026-{random.choice(DAYS)}", "child_ids": [id_]}
        await admin.patch(f"/v1/activities/{random.choice(known)}", json=body, headers=any_version)
    elif what == 4 and known:
        path = f"/v1/activities/{random.choice(known)}"
        await (admin.delete(path) if random.random() < 0.6 else admin.post(f"{path}/restore"))
    elif what == 5:
        body = {"room_id": room, "valid_from": f"2026-{random.choice(DAYS)}"}
        await admin.patch(f"/v1/children/{id_}", json=body, headers=any_version)
    elif what == 6 and random.random() < 0.3:
        await (admin.delete(f"/v1/children/{id_}") if random.random() < 0.5 else
               admin.post(f"/v1/children/{id_}/restore"))  # fmt: skip
    else:
        tally = {"child_id": id_, "immersion_activity": random.choice((None, 0, 2, 4)), "absent": random.random() < 0.2}
        state = random.choice(({"completed": True}, {"completed": True}, {"closed": True}, {"completed": False}, {}))
        await admin.put(f"/v1/rooms/{room}/weeks/{week}", json={**state, "tallies": [tally]})
        await admin.put(f"/v1/rooms/{room}/weeks/{week}", json=state)


async def _sums(world: World) -> list[Any]:
    async with world.app.state.database.reading(UUID(world.id)) as tx:
        query = "SELECT week, room_id, completed, closed, records FROM week_sums ORDER BY week, room_id"
        return list((await tx.execute(text(query))).all())


@pytest.mark.parametrize("seed", range(4))
async def test_sums_are_what_a_recomputation_gives_after_any_history_of_changes_at_once(
    new_world: Callable[[], Awaitable[World]], seed: int
) -> None:
    """Random changes, six at a time, with readers among them; then every mark is set anew."""
    world, random = await new_world(), Random(seed)
    async with await world.client() as admin:
        rooms = await furnish(admin, children=14)
        lines = [{"kind": kind, "per_week": 1} for kind in ("immersion_activity", "focus_conversation")]
        content = {"lines": lines, "rules": {"min_counted_weeks": 1}}  # so that nearly everybody is judged
        decided = {"version": 1, "valid_from": "2026-08-01", "content": content}
        assert (await admin.post("/v1/configuration/thresholds", json=decided)).status_code == 201
        for room in (rooms.bi, rooms.humle):
            for week in random.sample(WEEKS, 6):
                await admin.put(f"/v1/rooms/{room}/weeks/{week}", json={"completed": True})
        known: list[str] = []
        for _ in range(14):
            changes = [_one_change(admin, rooms, random, known) for _ in range(6)]
            await asyncio.gather(*changes, overview(admin, "municipality"))
        body = await overview(admin, "municipality")
        summed = await _sums(world)
        async with world.app.state.database.writing(UUID(world.id)) as tx:
            await tx.execute(text("DELETE FROM week_sums"))
            await tx.execute(
                text(
                    "INSERT INTO week_sum_marks (municipality_id, room_id, first_week, last_week)"
                    " SELECT municipality_id, room_id, '2000-01-03', '2100-01-04' FROM room_weeks"
                )
            )
        assert await overview(admin, "municipality") == body
        assert await _sums(world) == summed
        await _is_the_sum_of_the_rooms_own(admin, rooms, body)


async def _is_the_sum_of_the_rooms_own(admin: Api, rooms: Rooms, body: dict[str, Any]) -> None:
    own = [
        (await admin.get(f"/v1/rooms/{room}/participation", params=PERIOD)).json() for room in (rooms.bi, rooms.humle)
    ]
    judged = sum(room["judged"] for room in own)
    assert judged >= 5, "the history left nobody to compare: it would prove nothing"
    cell = body["whole"]["cell"]
    assert cell["judged"] == judged
    assert cell["below"] == {kind: sum(room["below"][kind] for room in own) for kind in cell["below"]}
    for kind in ("immersion_activity", "focus_conversation"):
        counts = sum(child[kind]["count"] for room in own for child in room["children"])
        weeks = sum(child["counted_weeks"] for room in own for child in room["children"])
        assert cell["per_week"][kind] == pytest.approx(counts / weeks)
