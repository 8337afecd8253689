"""A child's record is everything there is about it; erased, it is nowhere any more, and the others are as they were."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from api.operator import as_owner, expired_children
from tests.api.observing import Rooms, furnish
from tests.api.test_report_batches import finished
from tests.conftest import Api, World

WEEK = "2026-W42"
KEY, NAME = "BARN-x1y2z3", "Rosalinde-Vilhelmine"
ANSWERS = {f"language_{n}": 4 for n in range(1, 4)}


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    """Eight weeks of a room, with everything that may be recorded of a child recorded, corrected and kept."""
    known = {"external_id": KEY, "first_name": NAME, "birth_month": "2023-04", "sex": "girl", "multilingual": True}
    furnished = await furnish(admin, children=[known, *({"birth_month": "2023-05"} for _ in range(5))])
    for week in range(35, 43):
        tallies = [
            {"child_id": child, "immersion_activity": 1} for key, child in furnished.children.items() if key != "H01"
        ]
        for count in (2, 1):
            body = {"completed": True, "tallies": [tally | {"focus_conversation": count} for tally in tallies]}
            assert (await admin.put(f"/v1/rooms/{furnished.bi}/weeks/2026-W{week}", json=body)).is_success
    return furnished


async def everything_recorded(admin: Api, rooms: Rooms) -> dict[str, Any]:
    alone, together = rooms.activity(KEY), rooms.activity(KEY, "B02")
    for sent in (alone, together):
        assert (await admin.post("/v1/activities", json=sent)).status_code == 201
        path, changed = f"/v1/activities/{sent['id']}", {"kind": "focus_conversation"}
        assert (await admin.patch(path, json=changed, headers={"If-Match": "*"})).is_success
    staff = {"external_id": "anna", "name": "Anna", "role": "educator", "unit_external_id": "sol"}
    assert (await admin.post("/v1/staff", json=staff)).status_code == 201
    rating = {
        "id": str(uuid4()), "room_id": rooms.bi, "child_external_id": KEY, "kind": "individual", "state": "final",
        "rater_external_id": "anna", "assessed_on": "2026-10-05", "answers": ANSWERS,
    }  # fmt: skip
    assert (await admin.post("/v1/development-assessments", json=rating)).status_code == 201
    meeting = {"id": str(uuid4()), "room_id": rooms.bi, "held_on": "2026-10-19", "participants": 4}
    held = await admin.post("/v1/meetings", json=meeting)
    assert held.status_code == 201
    ordered = {"kind": "room", "from": "2026-W35", "to": "2026-W42"}
    location = (await admin.post("/v1/report-batches", json=ordered)).headers["location"]
    assert (await finished(admin, location))["status"] == "done"
    early = f"child_external_id,assessed_on,rater_external_id,language_1\n{KEY},2026-01-05,anna,4\n"
    checked = await admin.upload("development-assessments", early.encode())
    assert KEY in str(checked["found"]), checked
    return {"alone": alone, "together": together, "meeting": held.json()["id"], "batch": location}


async def found_in(operator: Any, municipality: str, *marks: str) -> dict[str, set[str]]:
    """The tables of which a row of the municipality, as text, holds a mark, and which."""
    named = "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = $1"
    tables = [row[0] for row in await operator.fetch(named, "municipality_id")]
    assert len(tables) > 40
    found: dict[str, set[str]] = {}
    for table in tables:
        rows = await operator.fetch(
            f'SELECT whole_row::text FROM "{table}" whole_row WHERE municipality_id = $1', municipality
        )
        found[table] = {mark for mark in marks for (written,) in rows if mark in written}
    return {table: there for table, there in found.items() if there}


async def test_the_record_is_everything_there_is(admin: Api, rooms: Rooms) -> None:
    made = await everything_recorded(admin, rooms)
    answer = await admin.get(f"/v1/children/{rooms.children[KEY]}/record")
    assert (answer.status_code, "attachment" in answer.headers["content-disposition"]) == (200, True)
    told = answer.json()
    assert (told["child"]["external_id"], told["child"]["first_name"]) == (KEY, NAME)
    assert {(it["id"], it["others"]) for it in told["activities"]} == {
        (made["alone"]["id"], 0),
        (made["together"]["id"], 1),
    }
    assert [it["week"] for it in told["weeks"]] == [f"2026-W{week}" for week in range(35, 43)]
    assert [it["answers"] for it in told["development"]] == [ANSWERS]
    assert rooms.children["B02"] not in answer.text


async def test_an_erased_child_is_nowhere_any_more(admin: Api, rooms: Rooms, world: World, operator: Any) -> None:
    made = await everything_recorded(admin, rooms)
    child = rooms.children[KEY]
    before = await found_in(operator, world.id, child, KEY, NAME)
    assert before.keys() >= {
        "children", "child_rooms", "activities", "activity_versions", "week_tallies", "room_week_versions",
        "week_sum_slots", "development_assessments", "development_assessment_revisions", "kept_reports",
        "import_issues", "changes", "audit_events",
    }  # fmt: skip
    wrong = await admin.post(f"/v1/children/{child}/erasure", json={"external_id": "B02"})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (422, "another-child")
    answer = await admin.post(f"/v1/children/{child}/erasure", json={"external_id": KEY})
    assert answer.json() == {
        "activities_changed": 1, "activities_removed": 1, "tallies": 8, "assessments": 1, "kept_reports": 1,
    }  # fmt: skip
    # The log says that somebody erased somebody, and who follows changes learns what is gone: ids alone.
    assert await found_in(operator, world.id, child, KEY, NAME) == {"audit_events": {child}, "changes": {child}}
    again = await admin.post(f"/v1/children/{child}/erasure", json={"external_id": KEY})
    assert again.status_code == 404
    gone = {
        (it["kind"], it["key"])
        for it in (await admin.get("/v1/changes", params={"limit": 500})).json()["items"]
        if it["gone"]
    }
    assert gone >= {("child", child), ("activity", made["alone"]["id"])}
    assert (await admin.get(f"{made['batch']}/file")).status_code == 410


async def test_what_is_told_of_the_others_stays(admin: Api, rooms: Rooms) -> None:
    made = await everything_recorded(admin, rooms)
    path = f"/v1/rooms/{rooms.bi}/participation"
    before = (await admin.get(path)).json()
    kept = (await admin.get(f"/v1/meetings/{made['meeting']}/report", params={"format": "json"})).json()
    await admin.post(f"/v1/children/{rooms.children[KEY]}/erasure", json={"external_id": KEY})
    after = (await admin.get(path)).json()
    assert after["children"] == [child for child in before["children"] if child["external_id"] != KEY]
    together = (await admin.get(f"/v1/activities/{made['together']['id']}")).json()
    assert (together["child_ids"], together["revision"]) == ([rooms.children["B02"]], 3)
    overview = (await admin.get("/v1/municipality/participation")).json()
    assert overview["whole"]["cell"]["judged"] == len(after["children"])
    reopened = (await admin.get(f"/v1/meetings/{made['meeting']}/report", params={"format": "json"})).json()
    assert reopened["code"] == kept["code"]
    codes = [child["code"] for child in kept["children"]]
    assert [child["code"] for child in reopened["children"]] == ["×1" if code == KEY else code for code in codes]
    fresh = {"external_id": KEY, "room_external_id": "bi", "valid_from": "2026-10-19"}
    assert (await admin.post("/v1/children", json=fresh)).status_code == 201


@pytest.mark.parametrize("role", ["area_leader", "leader", "educator", "integration"])
async def test_only_the_administration_erases(world: World, admin: Api, rooms: Rooms, role: str) -> None:
    assert (await admin.post("/v1/areas", json={"external_id": "a", "name": "A"})).status_code == 201
    place = {"area_leader": "area:a", "leader": "unit:sol", "educator": "room:bi", "integration": "unit:sol"}[role]
    client = await world.client(role, places=[place])
    path = f"/v1/children/{rooms.children[KEY]}"
    answers = [
        await client.get(f"{path}/record"),
        await client.post(f"{path}/erasure", json={"external_id": KEY}),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert (await admin.get(path)).status_code == 200


async def test_it_reaches_into_no_other_municipality(
    world: World, admin: Api, rooms: Rooms, new_world: Any, operator: Any
) -> None:
    """Ids are the clients' own, so two municipalities may have the same."""
    child = rooms.children[KEY]
    other = await new_world()
    async with await other.client() as stranger:
        await furnish(stranger)
        same = {"id": child, "external_id": KEY, "first_name": NAME, "room_external_id": "bi"}
        assert (await stranger.post("/v1/children", json=same)).status_code == 201
        erased = await admin.post(f"/v1/children/{child}/erasure", json={"external_id": KEY})
        assert erased.status_code == 200
        assert (await stranger.get(f"/v1/children/{child}")).json()["first_name"] == NAME
    transaction = operator.transaction()
    await transaction.start()  # a database whose function came into a superuser's hands
    await operator.execute("ALTER FUNCTION erase_children(uuid[], text[], text[], text[]) OWNER TO CURRENT_USER")
    with pytest.raises(asyncpg.RaiseError, match="row-level security does not hold"):
        await operator.fetch("SELECT erase_children($1::uuid[], '{}', '{}', '{}')", [child])
    await transaction.rollback()


async def test_who_left_long_ago_expires(world: World, admin: Api, rooms: Rooms) -> None:
    long_ago = {"external_id": "gl", "room_external_id": "bi", "valid_from": "2018-01-01", "valid_to": "2020-07-31"}
    assert (await admin.post("/v1/children", json=long_ago)).status_code == 201

    async def expired(*, erase: bool, years: int = 5) -> dict[str, Any]:
        return await as_owner(
            world.settings, lambda tx: expired_children(tx, municipality=world.code, years=years, erase=erase)
        )

    assert (await expired(erase=False, years=40))["children"] == []
    assert (await expired(erase=False))["children"] == ["gl"]
    assert (await expired(erase=True))["erased"] == 1
    assert (await expired(erase=True)) | {"kept_from": ""} == {"kept_from": "", "children": [], "erased": 0}
    assert (await admin.get("/v1/children", params={"external_id": "gl"})).json()["items"] == []
    events = (await admin.get("/v1/audit-events", params={"limit": 500})).json()["items"]
    assert any((it["actor"], it["action"]) == ("operator", "erase") for it in events)
