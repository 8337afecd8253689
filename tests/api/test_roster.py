"""The roster over HTTP: create, read, change, move, delete, restore."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.conftest import Api, World

AREA = {"external_id": "ost", "name": "Område Øst"}
UNIT = {"external_id": "sol", "name": "Solsikken", "setting_type": "integrated", "area_external_id": "ost"}
ROOM = {"external_id": "bi", "name": "Bierne", "unit_external_id": "sol"}
CHILD = {"external_id": "b01", "room_external_id": "bi", "birth_month": "2023-04", "sex": "girl", "multilingual": True}


async def created(client: Api, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(f"/v1/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.fixture
async def tree(admin: Api) -> dict[str, Any]:
    """One area, unit, room and child."""
    return {
        "area": await created(admin, "areas", AREA),
        "unit": await created(admin, "units", UNIT),
        "room": await created(admin, "rooms", ROOM),
        "child": await created(admin, "children", CHILD),
    }


async def test_references_may_be_external_ids(tree: dict[str, Any]) -> None:
    assert tree["unit"]["area_id"] == tree["area"]["id"]
    assert tree["room"]["unit_id"] == tree["unit"]["id"]
    assert tree["child"]["room_id"] == tree["room"]["id"]
    assert tree["child"]["memberships"] == [
        {"room_id": tree["room"]["id"], "valid_from": "2023-04-01", "valid_to": None}
    ]


async def test_the_same_create_again_changes_nothing(admin: Api) -> None:
    body = {"id": str(uuid4()), **AREA}
    first, second = await admin.post("/v1/areas", json=body), await admin.post("/v1/areas", json=body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


async def test_the_same_id_with_other_content_is_refused_and_says_which(admin: Api) -> None:
    body = {"id": str(uuid4()), **AREA}
    await created(admin, "areas", body)
    answer = await admin.post("/v1/areas", json=body | {"name": "Vest"})
    assert (answer.status_code, answer.json()["code"]) == (409, "same-id-other-content")
    assert answer.json()["params"] == {"fields": "name"}


async def test_an_external_id_belongs_to_one(admin: Api, tree: dict[str, Any]) -> None:
    answer = await admin.post("/v1/areas", json={**AREA, "name": "En anden"})
    assert (answer.status_code, answer.json()["code"]) == (409, "external-id-taken")
    answer = await admin.post("/v1/areas", json={"id": str(uuid4()), **AREA})
    assert (answer.status_code, answer.json()["code"]) == (409, "external-id-taken")


async def test_the_same_created_twice_at_once_is_created_once(admin: Api) -> None:
    answers = await asyncio.gather(*(admin.post("/v1/areas", json=AREA) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_a_change_needs_the_version_that_was_seen(admin: Api, tree: dict[str, Any]) -> None:
    path = f"/v1/units/{tree['unit']['id']}"
    assert (await admin.patch(path, json={"name": "Ny"})).status_code == 428
    tag = (await admin.get(path)).headers["etag"]
    changed = await admin.patch(path, json={"name": "Ny"}, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["name"]) == (200, "Ny")
    assert changed.headers["etag"] != tag
    stale = await admin.patch(path, json={"name": "Nyere"}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")


async def test_a_required_field_cannot_be_emptied_an_optional_one_can(admin: Api, tree: dict[str, Any]) -> None:
    path = f"/v1/children/{tree['child']['id']}"
    refused = await admin.patch(path, json={"external_id": None}, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/external_id")
    emptied = await admin.patch(path, json={"sex": None}, headers={"If-Match": "*"})
    assert (emptied.status_code, emptied.json()["sex"]) == (200, None)


async def test_a_child_that_moves_keeps_its_history(admin: Api, tree: dict[str, Any]) -> None:
    other = await created(admin, "rooms", {**ROOM, "external_id": "humle", "name": "Humlebierne"})
    moved = await admin.patch(
        f"/v1/children/{tree['child']['id']}",
        json={"room_external_id": "humle", "valid_from": "2026-09-01"},
        headers={"If-Match": "*"},
    )
    assert moved.json()["room_id"] == other["id"]
    assert [
        (period["room_id"], period["valid_from"], period["valid_to"]) for period in moved.json()["memberships"]
    ] == [
        (tree["room"]["id"], "2023-04-01", "2026-08-31"),
        (other["id"], "2026-09-01", None),
    ]
    before = await admin.get(f"/v1/rooms/{tree['room']['id']}/children", params={"on": "2026-08-31"})
    after = await admin.get(f"/v1/rooms/{tree['room']['id']}/children", params={"on": "2026-09-01"})
    assert [len(page.json()["items"]) for page in (before, after)] == [1, 0]


async def test_a_unit_that_changes_area_keeps_its_history(admin: Api, tree: dict[str, Any]) -> None:
    west = await created(admin, "areas", {"external_id": "vest", "name": "Vest"})
    moved = await admin.patch(
        f"/v1/units/{tree['unit']['id']}", json={"area_id": west["id"]}, headers={"If-Match": "*"}
    )
    assert moved.json()["area_id"] == west["id"]
    assert [period["area_id"] for period in moved.json()["memberships"]] == [tree["area"]["id"], west["id"]]


async def test_what_is_in_use_is_not_deleted(admin: Api, tree: dict[str, Any]) -> None:
    for path in (f"areas/{tree['area']['id']}", f"units/{tree['unit']['id']}", f"rooms/{tree['room']['id']}"):
        answer = await admin.delete(f"/v1/{path}")
        assert (answer.status_code, answer.json()["code"]) == (409, "still-in-use")


async def test_deleted_is_gone_until_it_is_restored(admin: Api, tree: dict[str, Any]) -> None:
    path = f"/v1/children/{tree['child']['id']}"
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404
    assert (await admin.get("/v1/children")).json()["items"] == []
    assert (await admin.post(f"{path}/restore")).status_code == 200
    assert (await admin.get(path)).json()["external_id"] == "b01"


@pytest.mark.parametrize("key", ["010119-1234", "0101191234", "barn 610119 1234", "101191234", "010119–1234"])
async def test_what_looks_like_a_cpr_number_is_refused_with_a_reason(
    admin: Api, tree: dict[str, Any], key: str
) -> None:
    answer = await admin.post("/v1/children", json={**CHILD, "external_id": key})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "looks-like-cpr"
    assert key not in answer.text


async def test_names_of_places_hold_no_cpr_number_while_their_keys_may_be_p_numbers(
    admin: Api, tree: dict[str, Any]
) -> None:
    person = {**UNIT, "external_id": "u2", "name": "Dagplejer 010170-1234"}
    assert (await admin.post("/v1/units", json=person)).json()["errors"][0]["code"] == "looks-like-cpr"
    written = {**UNIT, "external_id": "010170-1234"}
    assert (await admin.post("/v1/units", json=written)).json()["errors"][0]["code"] == "looks-like-cpr"
    numbered = {**UNIT, "external_id": "1003456789", "p_number": "1003456789"}
    assert (await admin.post("/v1/units", json=numbered)).status_code == 201


async def test_unknown_fields_and_references_are_refused(admin: Api, tree: dict[str, Any]) -> None:
    answer = await admin.post("/v1/areas", json={**AREA, "colour": "blue"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/colour")
    answer = await admin.post("/v1/rooms", json={**ROOM, "external_id": "x", "unit_external_id": "nowhere"})
    assert (answer.status_code, answer.json()["params"]) == (422, {"field": "unit_external_id"})
    answer = await admin.post("/v1/rooms", json={"external_id": "x", "name": "X"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/unit_id")


async def test_lists_come_in_pages_that_hold_everything_once(admin: Api) -> None:
    for number in range(7):
        await created(admin, "areas", {"external_id": f"a{number}", "name": f"Område {number}"})
    seen, cursor = [], None
    while True:
        params = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = (await admin.get("/v1/areas", params=params)).json()
        seen += [area["external_id"] for area in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(seen) == [f"a{number}" for number in range(7)]


async def test_lists_filter_by_external_id_and_place(admin: Api, tree: dict[str, Any]) -> None:
    assert len((await admin.get("/v1/areas", params={"external_id": "ost"})).json()["items"]) == 1
    assert (await admin.get("/v1/areas", params={"external_id": "nord"})).json()["items"] == []
    room = tree["room"]["id"]
    assert len((await admin.get("/v1/children", params={"room_id": room})).json()["items"]) == 1
    assert (await admin.get("/v1/children", params={"room_id": str(uuid4())})).json()["items"] == []
    assert (await admin.get("/v1/areas", params={"colour": "blue"})).status_code == 422


async def test_a_leader_sees_the_own_unit_and_no_other(world: World, admin: Api, tree: dict[str, Any]) -> None:
    await created(admin, "units", {**UNIT, "external_id": "mane", "name": "Månen"})
    elsewhere = await created(admin, "rooms", {"external_id": "x", "name": "X", "unit_external_id": "mane"})
    leader = await world.client("leader", places=["unit:sol"])
    assert [unit["external_id"] for unit in (await leader.get("/v1/units")).json()["items"]] == ["sol"]
    assert [room["external_id"] for room in (await leader.get("/v1/rooms")).json()["items"]] == ["bi"]
    assert [child["external_id"] for child in (await leader.get("/v1/children")).json()["items"]] == ["b01"]
    assert (await leader.get(f"/v1/rooms/{elsewhere['id']}")).status_code == 404
    assert (await leader.get(f"/v1/rooms/{elsewhere['id']}/children")).status_code == 404


async def test_an_integration_for_one_unit_writes_only_there(world: World, admin: Api, tree: dict[str, Any]) -> None:
    await created(admin, "units", {**UNIT, "external_id": "mane", "name": "Månen"})
    partial = await world.client("integration", places=["unit:sol"])
    assert (await partial.post("/v1/rooms", json={**ROOM, "external_id": "ny"})).status_code == 201
    refused = await partial.post("/v1/rooms", json={**ROOM, "external_id": "ny2", "unit_external_id": "mane"})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown-reference")
    refused = await partial.post("/v1/areas", json={"external_id": "syd", "name": "Syd"})
    assert (refused.status_code, refused.json()["code"]) == (403, "outside-your-place")


async def test_making_and_reading_a_child_is_logged(admin: Api, tree: dict[str, Any]) -> None:
    await admin.get(f"/v1/children/{tree['child']['id']}")
    subject = f"children/{tree['child']['id']}"
    events = (await admin.get("/v1/audit-events", params={"subject": subject})).json()["items"]
    assert [event["action"] for event in events] == ["create", "read"]


async def test_the_children_of_a_room_come_in_pages_by_their_key(admin: Api, tree: dict[str, Any]) -> None:
    for key in ("å9", "a1", "B7", "b-2"):
        await created(admin, "children", CHILD | {"external_id": key})
    path, found, cursor = f"/v1/rooms/{tree['room']['id']}/children", [], None
    while True:
        page = (await admin.get(path, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        assert len(page["items"]) <= 2
        found += [child["external_id"] for child in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(found) == sorted(["b01", "å9", "a1", "B7", "b-2"])


async def test_who_may_make_no_areas_is_not_told_which_there_are(world: World, tree: dict[str, Any]) -> None:
    narrow = await world.client("integration", places=["unit:sol"])
    for body in (AREA, AREA | {"name": "En anden"}, {"external_id": "ny", "name": "Ny"}):
        answer = await narrow.post("/v1/areas", json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "outside-your-place")


async def test_a_room_is_not_deleted_while_a_child_comes_into_it(admin: Api, tree: dict[str, Any]) -> None:
    """One of the two is refused: nobody could record anything of a child in a room that is gone."""
    for number in range(8):
        room = await created(admin, "rooms", ROOM | {"external_id": f"x{number}"})
        child = {"external_id": f"k{number}", "room_id": room["id"]}
        gone, came = await asyncio.gather(
            admin.delete(f"/v1/rooms/{room['id']}"), admin.post("/v1/children", json=child)
        )
        assert sorted((gone.status_code == 204, came.status_code == 201)) == [False, True], (gone.text, came.text)


async def test_a_room_stays_while_a_child_has_not_left_yet(admin: Api) -> None:
    await created(admin, "units", {key: value for key, value in UNIT.items() if key != "area_external_id"})
    room = await created(admin, "rooms", ROOM)
    await created(admin, "children", CHILD | {"valid_from": "2026-08-01", "valid_to": "2026-10-19"})
    answer = await admin.delete(f"/v1/rooms/{room['id']}")
    assert (answer.status_code, answer.json()["code"]) == (409, "still-in-use")
