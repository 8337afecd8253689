"""What the sums of a place tell of few children: those who moved, who have just come, and whose room is new."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from tests.conftest import Api

PERIOD = {"from": "2026-W35", "to": "2026-W42"}
WEEKS = [f"2026-W{number}" for number in range(35, 43)]


async def made(admin: Api, path: str, body: dict[str, Any]) -> str:
    answer = await admin.post(f"/v1/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def unit(admin: Api, key: str, *rooms: str) -> tuple[str, list[str]]:
    id_ = await made(admin, "units", {"external_id": key, "name": key, "setting_type": "nursery"})
    return id_, [
        await made(admin, "rooms", {"external_id": room, "name": room, "unit_external_id": key}) for room in rooms
    ]


async def children(
    admin: Api, room: str, names: Sequence[str], *, since: str = "2026-08-01", **known: Any
) -> list[str]:
    bodies = [{"external_id": name, "room_id": room, "valid_from": since} | known for name in names]
    return [await made(admin, "children", body) for body in bodies]


async def complete(admin: Api, room: str, weeks: Sequence[str], tallied: Sequence[str] = (), count: int = 3) -> None:
    tallies = [{"child_external_id": name, "immersion_activity": count, "focus_conversation": 1} for name in tallied]
    for week in weeks:
        answer = await admin.put(f"/v1/rooms/{room}/weeks/{week}", json={"completed": True, "tallies": tallies})
        assert answer.status_code == 200, answer.text


async def participation(admin: Api, path: str) -> dict[str, Any]:
    answer = await admin.get(f"/v1/{path}/participation", params=PERIOD)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def report(admin: Api, path: str) -> dict[str, Any]:
    answer = await admin.get(f"/v1/{path}/report", params=PERIOD | {"format": "json"})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_three_children_who_move_together_are_three_and_not_six(admin: Api) -> None:
    """Judged in both of their rooms, they would otherwise pass for enough children, alone and beside a large unit."""
    small, (before, after) = await unit(admin, "lille", "vugge", "mellem")
    names = ["a", "b", "c"]
    moved = await children(admin, before, names, multilingual=True)
    await complete(admin, before, WEEKS[:4], names)
    for child in moved:
        body = {"room_id": after, "valid_from": "2026-09-21"}
        answer = await admin.patch(f"/v1/children/{child}", json=body, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.text
    await complete(admin, after, WEEKS[4:], names)
    _, (room,) = await unit(admin, "stor", "store")
    await children(admin, room, [f"s{number}" for number in range(9)], multilingual=False)
    await complete(admin, room, WEEKS)
    whole = (await participation(admin, f"units/{small}"))["whole"]
    assert (whole["cell"], whole["suppressed"]) == (None, "too_few")
    town = await participation(admin, "municipality")
    assert town["whole"]["cell"]["judged"] == 15  # a child is judged in each of its rooms
    units = {part["name"]: part["cell"] for part in town["parts"] if part["kind"] == "unit"}
    assert units == {"lille": None, "stor": None}
    # Nine of one language, and of the others three: no comparison, though the three are judged six times.
    assert "multilingual" not in {one["trait"] for one in (await report(admin, "municipality"))["comparisons"]}


async def test_who_has_just_come_is_not_in_what_the_others_did(admin: Api) -> None:
    """A unit's figure less that of its other room would be how often the one new child took part."""
    place, (old, new) = await unit(admin, "sol", "gamle", "ny")
    names = [f"g{number}" for number in range(6)]
    await children(admin, old, names)
    await complete(admin, old, WEEKS, names)
    await children(admin, new, ["n1"], since="2026-10-05")
    await complete(admin, new, WEEKS[6:], ["n1"], count=9)
    told = await participation(admin, f"units/{place}")
    parts = {part["name"]: part["cell"] for part in told["parts"]}
    assert parts["gamle"]["per_week"] == told["whole"]["cell"]["per_week"]
    assert parts["ny"] is None


async def test_what_a_room_without_judged_children_did_is_not_told(admin: Api) -> None:
    """The whole less the other unit would be the groups of two children who have just come."""
    _, (old,) = await unit(admin, "sol", "gamle")
    names = [f"g{number}" for number in range(10)]
    known = [{"support_need": number % 2 == 0} for number in range(10)]
    for name, traits in zip(names, known, strict=True):
        await children(admin, old, [name], **traits)
    await complete(admin, old, WEEKS, names)
    sol = await report(admin, "municipality")
    _, (new,) = await unit(admin, "måne", "ny")
    await children(admin, new, ["n1"], since="2026-09-28", support_need=True)
    await children(admin, new, ["n2"], since="2026-09-28", support_need=False)
    body = {"id": "0190b3a4-0000-7000-8000-00000000e4e4", "room_id": new, "observed_on": "2026-10-12",
            "kind": "immersion_activity", "learning_areas": ["language"], "strategies": ["wait_time"],
            "child_external_ids": ["n1", "n2"]}  # fmt: skip
    assert (await admin.post("/v1/activities", json=body)).status_code == 201
    await complete(admin, new, WEEKS[5:])
    now = await report(admin, "municipality")
    assert now["place"]["cell"] == sol["place"]["cell"]
    assert {name: now[name] for name in ("activities", "composition")} == {"activities": 0, "composition": None}


async def evaluated(admin: Api, room: str, first_week: str, points: int) -> None:
    answers = {"small_groups_1": points, "small_groups_2": points, "small_groups_3": points}
    body = {"id": str(uuid4()), "room_id": room, "kind": "joint", "state": "final", "first_week": first_week,
            "answers": answers}  # fmt: skip
    answer = await admin.post("/v1/practice-evaluations", json=body)
    assert answer.status_code == 201, answer.text


async def test_an_evaluation_counts_where_its_room_was_then_whenever_the_report_is_made(admin: Api) -> None:
    """The mean of four rooms, and in a later report that of the three who stayed: together the fourth room's own."""
    place, rooms = await unit(admin, "sol", "r1", "r2", "r3", "r4")
    for points, room in enumerate(rooms, start=2):
        await children(admin, room, [f"{room}-{number}" for number in range(5)])
        await complete(admin, room, WEEKS)
        await evaluated(admin, room, "2026-W27", points)
    before = (await report(admin, f"units/{place}"))["practice"]
    assert before["rooms"] == [4]
    elsewhere, others = await unit(admin, "måne", "m1", "m2", "m3")
    for room in others:
        await children(admin, room, [f"{room}-{number}" for number in range(5)])
        await complete(admin, room, WEEKS)
        await evaluated(admin, room, "2026-W27", 3)
    body = {"unit_id": elsewhere, "valid_from": "2026-09-21"}
    answer = await admin.patch(f"/v1/rooms/{rooms[3]}", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    assert (await report(admin, f"units/{place}"))["practice"] == before
    assert (await report(admin, f"units/{elsewhere}"))["practice"]["rooms"] == [3]
    assert (await admin.delete(f"/v1/rooms/{rooms[2]}")).status_code in (204, 409)
    assert (await report(admin, f"units/{place}"))["practice"] == before


async def test_a_room_that_is_closed_and_deleted_stays_in_the_weeks_it_recorded(admin: Api) -> None:
    """Or what it takes from the sum of its unit, once it is gone, are its three children."""
    place, (large, small) = await unit(admin, "sol", "store", "små")
    names = [f"s{number}" for number in range(9)]
    await children(admin, large, names)
    await complete(admin, large, WEEKS, names[:4])
    left = await children(admin, small, ["a", "b", "c"], valid_to="2026-10-18")
    await complete(admin, small, WEEKS, ["a"])
    before = await participation(admin, f"units/{place}")
    assert before["whole"]["cell"]["judged"] == 12
    assert left
    assert (await admin.delete(f"/v1/rooms/{small}")).status_code == 204
    assert await participation(admin, f"units/{place}") == before
