"""What was said before is kept: corrections, withdrawals and restorations of activities, and changes of a week."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


async def history(client: Api, path: str) -> list[dict[str, Any]]:
    answer = await client.get(f"{path}/history")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_everything_an_activity_has_said_is_kept_with_who_changed_it(
    world: World, admin: Api, rooms: Rooms
) -> None:
    sent = rooms.activity("B01", "B02")
    path = f"/v1/activities/{sent['id']}"
    await admin.post("/v1/activities", json=sent)
    assert [one["change"] for one in await history(admin, path)] == [None]
    educator = await world.client("educator", places=["room:bi"])
    await educator.patch(path, json={"kind": "focus_conversation"}, headers={"If-Match": "*"})
    await admin.delete(path)
    assert (await admin.get(path)).status_code == 404
    restored = await admin.post(f"{path}/restore")
    assert (restored.status_code, restored.json()["withdrawn_at"], restored.headers["etag"]) == (200, None, '"4"')
    found = await history(admin, path)
    assert [(one["revision"], one["kind"], one["change"]) for one in found] == [
        (1, "immersion_activity", "correct"),
        (2, "focus_conversation", "withdraw"),
        (3, "focus_conversation", "restore"),
        (4, "focus_conversation", None),
    ]
    assert [one["withdrawn_at"] is not None for one in found] == [False, False, True, False]
    me, they = [(await client.get("/v1/me")).json()["subject"] for client in (admin, educator)]
    assert [one["changed_by"] for one in found] == [they, me, me, None]
    assert found[0]["child_ids"] == sent["child_ids"]


async def test_what_changes_nothing_leaves_no_version(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    path = f"/v1/activities/{sent['id']}"
    await admin.post("/v1/activities", json=sent)
    same = await admin.patch(path, json={"kind": sent["kind"]}, headers={"If-Match": "*"})
    assert (same.status_code, same.headers["etag"]) == (200, '"1"')
    assert (await admin.post(f"{path}/restore")).headers["etag"] == '"1"'
    week = f"/v1/rooms/{rooms.bi}/weeks/2026-W42"
    for _ in range(2):
        await admin.put(week, json={"completed": True})
    assert len(await history(admin, path)) == len(await history(admin, week)) == 1


async def test_a_completed_week_may_be_changed_and_what_it_was_is_kept(admin: Api, rooms: Rooms) -> None:
    path = f"/v1/rooms/{rooms.bi}/weeks/2026-W42"
    assert await history(admin, path) == []
    await admin.put(path, json={"completed": True, "tallies": [{"child_external_id": "B01", "immersion_activity": 1}]})
    report = f"/v1/rooms/{rooms.bi}/report"
    code = (await admin.get(report, params={"format": "json"})).json()["code"]
    late = {"tallies": [{"child_external_id": "B01", "immersion_activity": 3}]}
    assert (await admin.put(path, json=late)).json()["state"] == "completed"
    first, now = await history(admin, path)
    assert (first["completed"], first["tallies"][0]["immersion_activity"]) == (True, 1)
    assert first["changed_at"] is not None
    assert (now["revision"], now["tallies"][0]["immersion_activity"], now["changed_by"]) == (2, 3, None)
    verified = (await admin.get(f"/v1/reports/{code}/verification")).json()
    assert verified["same_today"] is False


@pytest.mark.parametrize("change", ["late activity", "withdrawal", "correction"])
async def test_the_code_on_a_paper_notices_what_came_after_a_completed_week(
    admin: Api, rooms: Rooms, change: str
) -> None:
    sent = rooms.activity()
    await admin.post("/v1/activities", json=sent)
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W42", json={"completed": True})
    code = (await admin.get(f"/v1/rooms/{rooms.bi}/report", params={"format": "json"})).json()["code"]
    assert (await admin.get(f"/v1/reports/{code}/verification")).json()["same_today"] is True
    path = f"/v1/activities/{sent['id']}"
    if change == "late activity":
        await admin.post("/v1/activities", json=rooms.activity())
    elif change == "withdrawal":
        await admin.delete(path)
    else:
        await admin.patch(path, json={"child_external_ids": ["B03"]}, headers={"If-Match": "*"})
    assert (await admin.get(f"/v1/reports/{code}/verification")).json()["same_today"] is False


async def test_two_corrections_at_once_are_two_versions_and_neither_is_lost(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity("B01")
    path = f"/v1/activities/{sent['id']}"
    await admin.post("/v1/activities", json=sent)
    groups = [["B02"], ["B03"], ["B01", "B02"], ["B01", "B03"]]
    answers = await asyncio.gather(
        *(admin.patch(path, json={"child_external_ids": group}, headers={"If-Match": "*"}) for group in groups)
    )
    assert {answer.status_code for answer in answers} == {200}
    found = await history(admin, path)
    assert [one["revision"] for one in found] == [1, 2, 3, 4, 5]
    said = {tuple(one["child_ids"]) for one in found}
    assert said == {tuple(rooms.children[child] for child in group) for group in [["B01"], *groups]}


async def test_of_two_withdrawals_at_once_one_is_kept(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity("B01")
    path = f"/v1/activities/{sent['id']}"
    await admin.post("/v1/activities", json=sent)
    answers = await asyncio.gather(*(admin.delete(path) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [204, 404, 404, 404]
    assert [one["change"] for one in await history(admin, path)] == ["withdraw", None]


async def test_a_deleted_child_is_in_no_week_s_history_and_hinders_no_correction(admin: Api, rooms: Rooms) -> None:
    week = f"/v1/rooms/{rooms.bi}/weeks/2026-W42"
    for count in (1, 2):
        tallies = [{"child_external_id": child, "immersion_activity": count} for child in ("B01", "B02")]
        await admin.put(week, json={"tallies": tallies})
    sent = rooms.activity("B01", "B02")
    await admin.post("/v1/activities", json=sent)
    assert (await admin.delete(f"/v1/children/{rooms.children['B01']}", headers={"If-Match": "*"})).status_code == 204
    told = [[tally["child_id"] for tally in one["tallies"]] for one in await history(admin, week)]
    assert told == [[rooms.children["B02"]]] * 2
    fields = {"kind": "focus_conversation", "observed_on": "2026-10-13"}
    corrected = await admin.patch(f"/v1/activities/{sent['id']}", json=fields, headers={"If-Match": "*"})
    assert (corrected.status_code, corrected.json()["kind"]) == (200, "focus_conversation")


async def test_an_activity_is_corrected_though_the_child_is_said_to_have_moved_before(admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity("B01", "B02")
    path = f"/v1/activities/{sent['id']}"
    await admin.post("/v1/activities", json=sent)
    move = {"room_external_id": "humle", "valid_from": "2026-10-12"}
    moved = await admin.patch(f"/v1/children/{rooms.children['B01']}", json=move, headers={"If-Match": "*"})
    assert moved.status_code == 200, moved.text
    corrected = await admin.patch(path, json={"kind": "focus_conversation"}, headers={"If-Match": "*"})
    assert (corrected.status_code, corrected.json()["child_ids"]) == (200, sent["child_ids"])
    another_day = await admin.patch(path, json={"observed_on": "2026-10-13"}, headers={"If-Match": "*"})
    assert another_day.json()["code"] == "child-not-in-room"


async def test_history_is_read_by_who_covers_the_room_and_only_added_to(world: World, admin: Api, rooms: Rooms) -> None:
    sent = rooms.activity()
    await admin.post("/v1/activities", json=sent)
    elsewhere = await world.client("educator", places=["room:humle"])
    for path in (f"/v1/activities/{sent['id']}/history", f"/v1/rooms/{rooms.bi}/weeks/2026-W42/history"):
        assert (await elsewhere.get(path)).status_code == 404
    assert (await elsewhere.post(f"/v1/activities/{sent['id']}/restore")).status_code == 404
    for statement in ("UPDATE activity_versions SET kind = 'x'", "DELETE FROM room_week_versions"):
        with pytest.raises(Exception, match="permission denied"):
            async with world.app.state.database.writing(world.id) as tx:
                await tx.execute(text(statement))
