"""Meetings over HTTP: the report talked about is kept unchanged, and what was agreed is followed up at the next one."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

FORMATS = ("pdf", "html", "png", "svg", "json", "csv")


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    """Three children over W27-W42, of whom B01 takes part."""
    furnished = await furnish(admin, children=[{"valid_from": "2026-01-01"}] * 3)
    for week in range(27, 43):
        await complete(admin, furnished, week, 3)
    return furnished


async def complete(admin: Api, rooms: Rooms, week: int, times: int) -> None:
    tallies = [{"child_id": rooms.children["B01"], "immersion_activity": times, "focus_conversation": 1}]
    path = f"/v1/rooms/{rooms.bi}/weeks/2026-W{week}"
    answer = await admin.put(path, json={"completed": True, "tallies": tallies}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


def agree(text: str, **fields: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": "more_activities", "text": text} | fields


def meeting(rooms: Rooms, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "room_id": rooms.bi, "held_on": "2026-10-19", "participants": 4,
        "interpretation": "To børn ligger under linjen i begge.",
    } | fields  # fmt: skip


async def created(client: Api, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/meetings", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def report(client: Api, made: dict[str, Any], format: str) -> Any:
    return await client.get(f"/v1/meetings/{made['id']}/report", params={"format": format})


async def test_the_report_talked_about_is_reopened_unchanged_after_corrections(admin: Api, rooms: Rooms) -> None:
    made = await created(admin, meeting(rooms))
    assert (made["first_week"], made["last_week"]) == ("2026-W35", "2026-W42")
    period = {"from": "2026-W35", "to": "2026-W42"}
    room_report = f"/v1/rooms/{rooms.bi}/report"
    before = {format: (await report(admin, made, format)).content for format in FORMATS}
    for format in FORMATS:
        answer = await admin.get(room_report, params=period | {"format": format})
        assert (answer.content, answer.headers["etag"]) == (before[format], f'"{made["report_code"]}"')
    proof = (await admin.get(f"/v1/reports/{made['report_code']}/verification")).json()
    assert proof["same_today"] is True
    await complete(admin, rooms, 40, 0)
    for format in FORMATS:
        answer = await report(admin, made, format)
        assert (answer.content, answer.headers["etag"]) == (before[format], f'"{made["report_code"]}"')
    now = await admin.get(room_report, params=period | {"format": "json"})
    assert now.json()["code"] != made["report_code"]
    proof = (await admin.get(f"/v1/reports/{made['report_code']}/verification")).json()
    assert (proof["same_today"], proof["today_code"]) == (False, now.json()["code"])
    assert proof["made_from"]["room"] == "Bierne"


async def test_agreements_are_followed_up_at_the_next_meeting_and_stand_in_its_report(admin: Api, rooms: Rooms) -> None:
    more, mix = agree("Fokussamtaler ved måltidet", responsible="Pædagog", due_on="2026-10-01"), agree("Bland grupper")
    first = await created(admin, meeting(rooms, held_on="2026-08-24", adjustments=[more, mix]))
    assert (first["last_week"], first["earlier"]) == ("2026-W34", [])
    told = (await report(admin, first, "json")).json()
    assert told["agreed"] == []
    body = meeting(rooms, followed_up=[{"adjustment_id": more["id"], "status": "done", "note": "Virker"}])
    second = await created(admin, body)
    assert [(it["adjustment"]["text"], it["status"], it["note"]) for it in second["earlier"]] == [
        ("Fokussamtaler ved måltidet", "done", "Virker"),
        ("Bland grupper", "open", ""),
    ]
    told = (await report(admin, second, "json")).json()
    assert [(it["adjustment"]["text"], it["status"]) for it in told["agreed"]] == [
        ("Fokussamtaler ved måltidet", "open"),
        ("Bland grupper", "open"),
    ]
    assert "Det aftalte I sidst" in (await report(admin, second, "html")).text
    later = await admin.get(
        f"/v1/rooms/{rooms.bi}/report", params={"from": "2026-W43", "to": "2026-W43", "format": "json"}
    )
    assert [it["status"] for it in later.json()["agreed"]] == ["done", "open"]
    assert (await admin.get(f"/v1/reports/{second['report_code']}/verification")).json()["same_today"] is True


async def test_what_is_followed_up_was_agreed_on_in_the_room(admin: Api, rooms: Rooms) -> None:
    mine = agree("Nyt")
    answer = await admin.post(
        "/v1/meetings",
        json=meeting(rooms, adjustments=[mine], followed_up=[{"adjustment_id": mine["id"], "status": "done"}]),
    )
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert (error["pointer"], error["code"]) == ("/followed_up/0/adjustment_id", "unknown-agreement")


async def test_a_replay_is_harmless_and_a_correction_keeps_what_stood_there(admin: Api, rooms: Rooms) -> None:
    body = meeting(rooms, adjustments=[agree("Små grupper")])
    made = await created(admin, body)
    path = f"/v1/meetings/{made['id']}"
    assert (await admin.patch(path, json={"participants": 5})).json()["code"] == "precondition-required"
    changed = await admin.patch(path, json={"participants": 5}, headers={"If-Match": '"1"'})
    assert (changed.json()["participants"], changed.headers["etag"]) == (5, '"2"')
    stale = await admin.patch(path, json={"participants": 6}, headers={"If-Match": '"1"'})
    assert stale.json()["code"] == "stale-version"
    await complete(admin, rooms, 41, 0)
    again = await admin.post("/v1/meetings", json=body)
    assert (again.status_code, again.json()) == (200, changed.json())
    other = await admin.post("/v1/meetings", json=body | {"interpretation": "Noget andet"})
    assert other.json()["code"] == "same-id-other-content"
    history = (await admin.get(f"{path}/history")).json()["items"]
    assert [(it["revision"], it["body"]["participants"]) for it in history] == [(1, 4), (2, 5)]
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404
    assert (await admin.get(f"{path}/report")).status_code == 404
    events = (await admin.get("/v1/audit-events", params={"subject": f"meetings/{made['id']}"})).json()["items"]
    assert [event["action"] for event in events] == ["create", "correct", "withdraw"]


async def test_lists_are_filtered(admin: Api, rooms: Rooms) -> None:
    made = [await created(admin, meeting(rooms, held_on=day)) for day in ("2026-08-24", "2026-10-19")]
    for params, expected in (
        ({"room_id": rooms.bi}, {made[0]["id"], made[1]["id"]}),
        ({"room_id": rooms.humle}, set()),
        ({"held_from": "2026-09-01"}, {made[1]["id"]}),
        ({"held_to": "2026-09-01"}, {made[0]["id"]}),
    ):
        listed = (await admin.get("/v1/meetings", params=params)).json()["items"]
        assert {it["id"] for it in listed} == expected


async def test_bad_meetings_are_told_what_is_wrong(admin: Api, rooms: Rooms) -> None:
    one = agree("Små grupper")
    for fields, code in (
        ({"held_on": "2026-10-20"}, "future-date"),
        ({"first_week": "2026-W44", "last_week": "2026-W44"}, "future-date"),
        ({"first_week": "2026-W35"}, "half-a-reference"),
        ({"first_week": "2026-W42", "last_week": "2026-W35"}, "after-the-end"),
        ({"first_week": "2020-W01", "last_week": "2026-W35"}, "period-too-long"),
        ({"participants": 0}, "greater-than-equal"),
        ({"adjustments": [one, one]}, "repeated"),
        ({"adjustments": [one | {"text": ""}]}, "string-too-short"),
        ({"adjustments": [one | {"responsible": "010190-1234"}]}, "looks-like-cpr"),
        ({"interpretation": "\u0000"}, "control-character"),
        ({"room_id": str(uuid4())}, "unknown-reference"),
    ):
        answer = await admin.post("/v1/meetings", json=meeting(rooms, **fields))
        said = {answer.json()["code"], *(error["code"] for error in answer.json().get("errors") or [])}
        assert (answer.status_code, code in said) == (422, True), (fields, answer.text)


async def test_development_stands_in_the_report_of_those_who_may_read_it(
    admin: Api, world: World, rooms: Rooms
) -> None:
    for key in ("anna", "bo"):
        staff = {"external_id": key, "name": key, "role": "educator", "unit_external_id": "sol"}
        assert (await admin.post("/v1/staff", json=staff)).status_code == 201
    child = (await admin.get(f"/v1/children/{rooms.children['B01']}")).json()
    headers = {"If-Match": f'"{child["revision"]}"'}
    await admin.patch(f"/v1/children/{child['id']}", json={"birth_month": "2022-04"}, headers=headers)
    rated = {"room_id": rooms.bi, "child_id": child["id"], "assessed_on": "2026-10-01", "state": "final"}
    answers = {f"language_{n}": 4 for n in range(1, 6)}
    for kind in ({"kind": "individual", "rater_external_id": "anna"}, {"kind": "individual", "rater_external_id": "bo"},
                 {"kind": "joint"}):  # fmt: skip
        body = {"id": str(uuid4()), **rated, **kind, "answers": answers}
        answer = await admin.post("/v1/development-assessments", json=body)
        assert answer.status_code == 201, answer.text
    made = await created(admin, meeting(rooms))
    narrow = await world.client("integration", scopes=["observations:read", "reports:read", "children:read"])
    seen = (await narrow.get(f"/v1/meetings/{made['id']}")).json()
    assert seen["report_code"] != made["report_code"]
    for client, code, there in ((admin, made["report_code"], True), (narrow, seen["report_code"], False)):
        value = (await report(client, made, "json")).json()
        assert (value["code"], value["development"] is not None) == (code, there)
        assert (await admin.get(f"/v1/reports/{code}/verification")).json()["same_today"] is True
    bare = await world.client("integration", scopes=["observations:read"])
    assert (await report(bare, made, "json")).status_code == 403
    link = await narrow.post("/v1/download-links", json={"path": f"/v1/meetings/{made['id']}/report?format=json"})
    assert (await Api(world.app).get(link.json()["url"])).json()["code"] == seen["report_code"]
