"""The room data report over HTTP: every format a view of one value, codes instead of names, read by who may."""

import csv
import io
from typing import Any
from uuid import uuid4

import pikepdf
import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

PERIOD = {"from": "2026-W35", "to": "2026-W42"}


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    """Five children over eight weeks, all completed but the last; B01 and B02 take part, the others do not."""
    known = [{"first_name": f"Navn{n}", "multilingual": n > 2, "sex": "girl"} for n in range(1, 6)]
    furnished = await furnish(admin, children=known)
    for week in range(35, 43):
        tallies = [
            {"child_id": furnished.children[child], "immersion_activity": 3, "focus_conversation": 2}
            for child in ("B01", "B02")
        ]
        body = {"completed": week < 42, "tallies": tallies}
        answer = await admin.put(f"/v1/rooms/{furnished.bi}/weeks/2026-W{week}", json=body)
        assert answer.status_code == 200, answer.text
    return furnished


async def report(client: Api, rooms: Rooms, **asked: str) -> Any:
    return await client.get(f"/v1/rooms/{rooms.bi}/report", params=PERIOD | asked)


@pytest.mark.parametrize(
    ("format", "starts"),
    [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<?xml"), ("json", b"{"), ("csv", b"\xef\xbb\xbf")],
)
async def test_every_format_is_the_same_each_time_and_names_nobody(
    admin: Api, rooms: Rooms, format: str, starts: bytes
) -> None:
    first, again = await report(admin, rooms, format=format), await report(admin, rooms, format=format)
    assert first.status_code == 200, first.text
    assert first.content.startswith(starts)
    assert first.content == again.content
    assert first.headers["etag"] == again.headers["etag"]
    assert b"Navn" not in first.content


async def test_json_csv_and_participation_say_the_same(admin: Api, rooms: Rooms) -> None:
    measured = (await admin.get(f"/v1/rooms/{rooms.bi}/participation", params=PERIOD)).json()
    assert measured["below"] == {"immersion_activity": 3, "focus_conversation": 3, "both": 3}
    counted = {child["external_id"]: child["counted_weeks"] for child in measured["children"]}
    assert counted == dict.fromkeys(("B01", "B02", "B03", "B04", "B05"), 7)
    text = (await report(admin, rooms, format="csv", language="en")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sorted(row[next(iter(row))] for row in rows) == sorted(counted)
    value = (await report(admin, rooms, format="json")).json()
    assert value["code"] == (await report(admin, rooms, format="json")).headers["etag"].strip('"')


async def test_the_pdf_is_tagged_and_speaks_the_language_asked_for(admin: Api, rooms: Rooms) -> None:
    for language, title in (("da", "Stuens datarapport"), ("en", "Room data report")):
        document = pikepdf.open(io.BytesIO((await report(admin, rooms, language=language)).content))
        assert str(document.Root.Lang) == language
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert title in metadata["dc:title"]


async def test_new_data_give_a_new_code(admin: Api, rooms: Rooms) -> None:
    before = (await report(admin, rooms, format="json")).json()["code"]
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W42", json={"completed": True})
    assert (await report(admin, rooms, format="json")).json()["code"] != before


async def test_a_room_without_a_recorded_week_has_a_report_that_says_so(admin: Api, rooms: Rooms) -> None:
    answer = await admin.get(f"/v1/rooms/{rooms.humle}/report", params=PERIOD)
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")


async def test_an_educator_reads_the_own_room_only_and_it_is_logged(world: World, admin: Api, rooms: Rooms) -> None:
    educator = await world.client("educator", places=["room:bi"])
    assert (await report(educator, rooms, format="json")).status_code == 200
    assert (await educator.get(f"/v1/rooms/{rooms.humle}/report", params=PERIOD)).status_code == 404
    events = (await admin.get("/v1/audit-events", params={"subject": f"rooms/{rooms.bi}/report"})).json()["items"]
    assert ["educator" in event["actor"] for event in events] == [True]


async def test_a_signed_link_opens_the_report_without_a_token(admin: Api, anonymous: Api, rooms: Rooms) -> None:
    path = f"/v1/rooms/{rooms.bi}/report?from=2026-W35&to=2026-W42&format=pdf"
    link = (await admin.post("/v1/download-links", json={"path": path})).json()["url"]
    opened = await anonymous.get(link)
    assert (opened.status_code, opened.headers["content-type"]) == (200, "application/pdf")


async def test_an_unknown_chart_a_wrong_week_and_too_long_a_period_are_refused(admin: Api, rooms: Rooms) -> None:
    assert (await admin.get(f"/v1/rooms/{rooms.bi}/charts/nothing", params=PERIOD)).json()["code"] == "unknown-chart"
    assert (await report(admin, rooms, to="2025-W53")).status_code == 422
    assert (await report(admin, rooms, **{"from": "2020-W01"})).json()["code"] == "period-too-long"


async def test_learning_areas_of_a_room_that_only_tallies_are_unknown_and_not_zero(admin: Api, rooms: Rooms) -> None:
    value = (await report(admin, rooms, format="json")).json()
    assert value["areas"]
    assert {count for area in value["areas"] for count in area["counts"]} == {None}
    assert "en optælling siger ikke noget om læringsområder" in (await report(admin, rooms, format="html")).text
    at = {"observed_on": "2026-10-05", "recorded_at": "2026-10-05T10:15:00+02:00"}  # week 41
    assert (await admin.post("/v1/activities", json=rooms.activity(**at))).status_code == 201
    areas = {area["key"]: area["counts"] for area in (await report(admin, rooms, format="json")).json()["areas"]}
    assert areas["language"] == [None] * 6 + [1, None]
    assert {tuple(counts) for key, counts in areas.items() if key != "language"} == {(*[None] * 6, 0, None)}


async def test_practice_and_development_are_in_the_report_of_who_may_read_them(
    world: World, admin: Api, rooms: Rooms
) -> None:
    for child in ("B01", "B02"):
        path = f"/v1/children/{rooms.children[child]}"
        await admin.patch(path, json={"birth_month": "2022-10"}, headers={"If-Match": "*"})
    for key in ("anna", "bo"):
        staff = {"external_id": key, "name": key, "role": "educator", "unit_external_id": "sol"}
        assert (await admin.post("/v1/staff", json=staff | {"room_external_id": "bi"})).status_code == 201
    evaluation = {
        "id": str(uuid4()), "room_id": rooms.bi, "kind": "joint", "first_week": "2026-W34", "state": "final",
        "answers": {f"{element}_{n}": 4 for element in ("small_groups", "planning") for n in (1, 2)},
        "agreements": [{"text": "Flere små grupper"}],
    }  # fmt: skip
    assert (await admin.post("/v1/practice-evaluations", json=evaluation)).status_code == 201
    for child in ("B01", "B02"):
        for rater in ("anna", "bo", None):
            body = {
                "id": str(uuid4()), "room_id": rooms.bi, "child_external_id": child, "assessed_on": "2026-10-05",
                "kind": "individual" if rater else "joint", "rater_external_id": rater, "state": "final",
                "answers": {f"language_{n}": 5 for n in range(1, 6)},
            }  # fmt: skip
            assert (await admin.post("/v1/development-assessments", json=body)).status_code == 201
    educator = await world.client("educator", places=["room:bi"])
    value = (await report(educator, rooms, format="json")).json()
    assert [it["text"] for it in value["practice"]["agreements"]] == ["Flere små grupper"]
    assert value["practice"]["elements"][0]["trend"]["scores"] == [4.0]
    assert (value["development"]["assessed"], value["development"]["areas"][0]["counts"]["counts"]) == (
        2, {"age_appropriate": 2, "attention": 0, "focused": 0},
    )  # fmt: skip
    chart = await educator.get(f"/v1/rooms/{rooms.bi}/charts/development", params=PERIOD)
    assert chart.content.startswith(b"\x89PNG")
    narrow = await world.client("integration", scopes=["reports:read", "children:read"])
    without = (await report(narrow, rooms, format="json")).json()
    assert (without["development"], without["practice"] is not None) == (None, True)
    refused = await narrow.get(f"/v1/rooms/{rooms.bi}/charts/development", params=PERIOD)
    assert refused.json()["code"] == "unknown-chart"
    path = f"/v1/rooms/{rooms.bi}/report?from=2026-W35&to=2026-W42&format=json"
    for client, expected in ((educator, value), (narrow, without)):
        link = (await client.post("/v1/download-links", json={"path": path})).json()["url"]
        assert (await Api(world.app).get(link)).json()["code"] == expected["code"]
        proof = (await admin.get(f"/v1/reports/{expected['code']}/verification")).json()
        assert proof["same_today"] is True
    correction = {"answers": {"planning_1": 1}}
    await admin.patch(f"/v1/practice-evaluations/{evaluation['id']}", json=correction, headers={"If-Match": "*"})
    proof = (await admin.get(f"/v1/reports/{value['code']}/verification")).json()
    assert proof["same_today"] is False


async def test_groups_and_strategies_of_completed_weeks_are_in_the_report(admin: Api, rooms: Rooms) -> None:
    """B01 and B02 are not multilingual, B03 to B05 are; week 42 is not completed."""
    for day, children in (
        ("2026-09-01", ("B01", "B03")),
        ("2026-09-02", ("B01", "B02")),
        ("2026-10-13", ("B01", "B04")),
    ):
        sent = rooms.activity(*children, observed_on=day, strategies=["wait_time"])
        assert (await admin.post("/v1/activities", json=sent)).status_code == 201
    value = (await report(admin, rooms, format="json")).json()
    assert value["composition"] == {
        "groups": 2, "mean_size": 2.0, "mixings": [{"trait": "multilingual", "mixed": 1, "of": 2}],
    }  # fmt: skip
    used = {strategy["key"]: strategy["activities"] for strategy in value["strategies"]}
    assert (used["wait_time"], used["open_questions"], value["activities"]) == (2, 0, 2)
    for chart in ("composition", "strategies"):
        drawn = await admin.get(f"/v1/rooms/{rooms.bi}/charts/{chart}", params=PERIOD | {"format": "svg"})
        assert drawn.status_code == 200, drawn.text


async def test_names_are_for_who_knows_the_children_on_pages_that_say_so(
    admin: Api, world: World, rooms: Rooms
) -> None:
    educator = await world.client("educator", places=["room:bi"])
    coded = await report(educator, rooms, format="html")
    shown = await report(educator, rooms, format="html", names="true")
    assert shown.status_code == 200, shown.text
    assert "Navn1" not in coded.text
    assert {f"Navn{n}" in shown.text for n in range(1, 6)} == {True}
    assert "B01" not in shown.text
    assert "Med børnenes navne. Kun til mødet." in shown.text
    assert "Med børnenes navne" not in coded.text
    assert shown.headers["etag"] == coded.headers["etag"]  # the same numbers: the same document
    assert "datarapport-med-navne-" in shown.headers["content-disposition"]
    pdf = await report(await world.client("leader", places=["unit:sol"]), rooms, names="true")
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert len(opened.pages) >= 1
    events = (await admin.get("/v1/audit-events", params={"subject": f"rooms/{rooms.bi}/report"})).json()["items"]
    assert [event["detail"].get("names") for event in events] == [None, "shown", "shown"]


async def test_nobody_else_gets_names_and_neither_data_nor_links_do(admin: Api, world: World, rooms: Rooms) -> None:
    narrow = await world.client("educator", places=["room:bi"], scopes=["reports:read"])
    elsewhere = await world.client("educator", places=["room:humle"])
    integration = await world.client("integration")
    for client, status, code in (
        (admin, 403, "not-allowed"), (narrow, 403, "not-allowed"), (integration, 403, "not-allowed"),
        (elsewhere, 404, "not-found"),
    ):  # fmt: skip
        answer = await report(client, rooms, names="true")
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    educator = await world.client("educator", places=["room:bi"])
    for format in ("json", "csv", "png", "svg"):
        answer = await report(educator, rooms, names="true", format=format)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "names-on-pages")
    path = f"/v1/rooms/{rooms.bi}/report?names=true&format=html"
    link = await educator.post("/v1/download-links", json={"path": path})
    opened = await Api(world.app).get(link.json()["url"])
    assert (opened.status_code, opened.json()["code"]) == (403, "not-allowed")
