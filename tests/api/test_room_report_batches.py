"""The data reports of all rooms over some weeks as one ZIP: as alone, of the place only, and noted when read."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.observing import Rooms, furnish
from tests.api.test_configuration import calendar, published
from tests.api.test_report_batches import contents, fetched, finished
from tests.conftest import Api, World

PERIOD = {"from": "2026-W35", "to": "2026-W42"}


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    """Four children of two rooms in two units, the first of them in an area; a few weeks are recorded."""
    furnished = await furnish(admin)
    await admin.post("/v1/areas", json={"external_id": "ost", "name": "Øst"})
    (unit,) = (await admin.get("/v1/units", params={"external_id": "sol"})).json()["items"]
    into = await admin.patch(f"/v1/units/{unit['id']}", json={"area_external_id": "ost"}, headers={"If-Match": "*"})
    assert into.status_code == 200, into.text
    for week in range(35, 42):
        tallies = [{"child_id": furnished.children["B01"], "immersion_activity": 3}]
        await admin.put(f"/v1/rooms/{furnished.bi}/weeks/2026-W{week}", json={"completed": True, "tallies": tallies})
    return furnished


async def order(client: Api, **asked: Any) -> Any:
    return await client.post("/v1/report-batches", json={"kind": "room"} | PERIOD | asked)


@pytest.mark.parametrize("format", ["pdf", "html", "json"])
async def test_a_batch_is_the_single_reports_byte_for_byte(admin: Api, rooms: Rooms, format: str) -> None:
    answer = await order(admin, format=format)
    assert (answer.status_code, answer.json()["total"]) == (202, 2), answer.text
    batch = await finished(admin, answer.headers["location"])
    assert (batch["status"], batch["done"], batch["issues"]) == ("done", 2, [])
    assert (batch["kind"], batch["from"], batch["to"], batch["survey_round_id"]) == ("room", *PERIOD.values(), None)
    files = await fetched(admin, answer.headers["location"])
    rows = contents(files)
    assert [(row["unit_external_id"], row["room_external_id"]) for row in rows] == [("mane", "humle"), ("sol", "bi")]
    assert [row["file"] for row in rows] == list(files)
    for row, room in zip(rows, (rooms.humle, rooms.bi), strict=True):
        alone = await admin.get(f"/v1/rooms/{room}/report", params=PERIOD | {"format": format})
        assert files[row["file"]] == alone.content
        assert alone.headers["etag"] == f'"{row["code"]}"'
        verified = (await admin.get(f"/v1/reports/{row['code']}/verification")).json()
        assert (verified["kind"], verified["same_today"]) == ("room", True)


async def test_the_zip_is_the_same_each_time_until_something_is_corrected(admin: Api, rooms: Rooms) -> None:
    async def made() -> bytes:
        location = (await order(admin)).headers["location"]
        await finished(admin, location)
        return bytes((await admin.get(f"{location}/file")).content)

    first = await made()
    assert await made() == first
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W42", json={"completed": True})
    assert await made() != first


async def test_each_kind_of_batch_has_fields_of_its_own(admin: Api, rooms: Rooms) -> None:
    async def errors(**asked: Any) -> set[tuple[str, str]]:
        answer = await admin.post("/v1/report-batches", json=asked)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input"), answer.text
        return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}

    missing = {("/from", "missing"), ("/to", "missing")}
    assert await errors(kind="room") == missing
    assert await errors(kind="room", survey_round_id=str(uuid4())) == {
        ("/survey_round_id", "not-of-this-kind"),
        *missing,
    }
    assert await errors() == {("/survey_round_id", "missing")}
    both = await errors(survey_round_id=str(uuid4()), **PERIOD)
    assert both == {("/from", "not-of-this-kind"), ("/to", "not-of-this-kind")}
    assert await errors(kind="room", **PERIOD, version="wall") == {("/version", "version-not-offered")}
    assert await errors(kind="room", **{"from": "2026-W43", "to": "2026-W42"}) == {("/from", "after-the-end")}
    assert await errors(kind="room", **{"from": "2026-W60", "to": "2026-W42"}) == {("/from", "invalid-week")}
    assert await errors(kind="room", **PERIOD, scope="planet:mars") == {("/scope", "invalid-scope")}
    long = await order(admin, **{"from": "2020-W01"})
    assert (long.status_code, long.json()["code"]) == (422, "period-too-long")


async def test_the_same_id_orders_once_and_another_period_is_refused(admin: Api, rooms: Rooms) -> None:
    id_ = str(uuid4())
    assert [(await order(admin, id=id_)).status_code for _ in range(2)] == [202, 200]
    other = await order(admin, id=id_, **{"from": "2026-W36"})
    assert (other.status_code, other.json()["params"]) == (409, {"fields": "first_week"})


async def test_only_the_rooms_of_the_place_and_only_who_covers_it(world: World, admin: Api, rooms: Rooms) -> None:
    area = await world.client("area_leader", places=["area:ost"])
    unit = await world.client("leader", places=["unit:mane"])
    educator = await world.client("educator", places=["room:bi"])
    assert [(await order(client)).json()["code"] for client in (area, unit, educator)] == ["outside-your-place"] * 3
    assert (await order(unit, scope="area:ost")).status_code == 404
    part = (await order(area, scope="area:ost")).headers["location"]
    own = (await order(unit, scope="unit:mane")).headers["location"]
    for client, location, keys in ((area, part, ["bi"]), (unit, own, ["humle"])):
        await finished(client, location)
        assert [row["room_external_id"] for row in contents(await fetched(client, location))] == keys
    assert [(await client.get(f"{part}/file")).status_code for client in (unit, educator)] == [404, 404]


async def test_who_may_not_read_children_gets_no_batch_of_rooms_and_who_may_not_read_surveys_none_of_a_round(
    world: World, admin: Api, rooms: Rooms
) -> None:
    location = (await order(admin)).headers["location"]
    batch = await finished(admin, location)
    narrow = await world.client(scopes=["reports:read", "surveys:read"])
    for answer in (await order(narrow), await narrow.get(location), await narrow.get(f"{location}/file")):
        assert (answer.status_code, answer.json()["params"]) == (403, {"needed": "children:read"})
    code = contents(await fetched(admin, location))[0]["code"]
    assert (await narrow.get(f"/v1/reports/{code}/verification")).status_code == 403
    other = await world.client(scopes=["reports:read", "children:read"])
    refused = await other.post("/v1/report-batches", json={"survey_round_id": str(uuid4())})
    assert (refused.status_code, refused.json()["params"]) == (403, {"needed": "surveys:read"})
    assert (await other.get(location)).json() == batch


async def test_a_link_opens_the_zip_and_that_it_was_read_is_noted(admin: Api, anonymous: Api, rooms: Rooms) -> None:
    location = (await order(admin)).headers["location"]
    await finished(admin, location)
    link = (await admin.post("/v1/download-links", json={"path": f"{location}/file"})).json()["url"]
    assert (await anonymous.get(link)).content[:2] == b"PK"
    events = (await admin.get("/v1/audit-events", params={"subject": f"{location.removeprefix('/v1/')}/file"})).json()
    assert {(event["action"], event["detail"].get("via")) for event in events["items"]} == {
        ("share", None), ("read", "link"),
    }  # fmt: skip


async def test_a_room_whose_reports_are_not_open_yet_is_an_issue_that_says_when(admin: Api, rooms: Rooms) -> None:
    later = calendar(starts="2025-W33", units=[{"unit_external_id": "sol", "starts": "2026-W33"}])
    assert (await published(admin, "calendar", later)).status_code == 201
    alone = await admin.get(f"/v1/rooms/{rooms.bi}/report", params=PERIOD)
    location = (await order(admin)).headers["location"]
    (issue,) = (await finished(admin, location))["issues"]
    assert (issue["room_external_id"], issue["code"]) == ("bi", "report-not-open")
    assert issue["sentence"] == alone.json()["sentences"]
    assert [row["issue"] for row in contents(await fetched(admin, location))] == ["", "report-not-open"]
