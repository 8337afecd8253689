"""The data report of a unit, an area and the municipality: every format one value, small groups hidden in all."""

import csv
import io
from typing import Any

import pikepdf
import pytest

from tests.api.test_overview import PERIOD, WEEKS, rooms_of
from tests.conftest import Api, World


@pytest.fixture
async def units(admin: Api) -> dict[str, str]:
    return await rooms_of(admin, {"tre": 3, "ni": 9, "tolv": 12}, area="Østbyen")


async def area_of(admin: Api) -> str:
    return str((await admin.get("/v1/areas")).json()["items"][0]["id"])


async def report(client: Api, path: str, **asked: str) -> Any:
    return await client.get(f"/v1/{path}/report", params=PERIOD | asked)


@pytest.mark.parametrize(
    ("format", "starts"),
    [
        ("pdf", b"%PDF"),
        ("png", b"\x89PNG"),
        ("svg", b"<?xml"),
        ("json", b"{"),
        ("csv", b"\xef\xbb\xbf"),
        ("html", b"<!doctype"),
    ],
)
async def test_every_format_is_the_same_each_time_and_hides_the_same(
    admin: Api, units: dict[str, str], format: str, starts: bytes
) -> None:
    path = f"areas/{await area_of(admin)}"
    first, again = await report(admin, path, format=format), await report(admin, path, format=format)
    assert first.status_code == 200, first.text
    assert first.content.lower().startswith(starts.lower())
    assert (first.content, first.headers["etag"]) == (again.content, again.headers["etag"])


async def test_data_and_page_say_the_same(admin: Api, units: dict[str, str]) -> None:
    path = f"areas/{await area_of(admin)}"
    value = (await report(admin, path, format="json")).json()
    assert (value["place"]["cell"]["judged"], value["place"]["cell"]["below_both"]) == (24, 11)
    text = (await report(admin, path, format="csv", language="en")).content.decode("utf-8-sig")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["Østbyen"]["judged"], rows["tolv"]["judged"]) == ("24", "12")
    assert [rows[name]["below_both"] for name in ("tre", "ni")] == ["", ""]
    page = (await report(admin, path, format="html")).text
    assert "13 af 24 børn når den stiplede linje" in page
    assert "6 af 12" in page
    assert page.count("vises ikke") >= 2
    with pikepdf.open(io.BytesIO((await report(admin, path)).content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Områdets datarapport – Østbyen"


async def test_each_place_has_its_report_and_a_hidden_one_says_why(admin: Api, units: dict[str, str]) -> None:
    municipality = (await report(admin, "municipality", format="json")).json()
    assert {part["kind"] for part in municipality["parts"]} == {"area", "setting_type", "unit"}
    for key, why in (("tre", "Der er færre end 5 børn"), ("ni", "kunne afsløre en mindre gruppe"), ("tolv", "6 af 12")):
        answer = await report(admin, f"units/{units[key]}", format="html")
        assert why in answer.text, key
        assert (await report(admin, f"units/{units[key]}")).content[:4] == b"%PDF"
    empty = await report(admin, "municipality", format="pdf", **{"from": "2026-W01", "to": "2026-W08"})
    assert empty.status_code == 200, empty.text


async def test_its_code_is_verified_and_a_correction_is_noticed(admin: Api, units: dict[str, str]) -> None:
    code = (await report(admin, "municipality", format="json")).json()["code"]
    told = (await admin.get(f"/v1/reports/{code}/verification")).json()
    assert (told["kind"], told["same_today"]) == ("overview", True)
    assert (told["made_from"]["scope"], told["made_from"]["n"]) == ("municipality", 24)
    room = (await admin.get("/v1/rooms", params={"external_id": "tolv-r"})).json()["items"][0]["id"]
    body = {"tallies": [{"child_external_id": "tolv-0", "immersion_activity": 0}]}
    assert (await admin.put(f"/v1/rooms/{room}/weeks/{WEEKS[0]}", json=body)).status_code == 200
    assert (await admin.get(f"/v1/reports/{code}/verification")).json()["same_today"] is False


async def test_who_covers_the_place_reads_it_without_a_right_to_children(
    world: World, admin: Api, units: dict[str, str]
) -> None:
    narrow = await world.client("leader", places=["unit:tolv"], scopes=["reports:read"])
    assert (await report(narrow, f"units/{units['tolv']}", format="json")).status_code == 200
    assert (await report(narrow, f"units/{units['ni']}")).status_code == 404
    assert (await report(narrow, "municipality")).json()["code"] == "outside-your-place"
    code = (await report(admin, "municipality", format="json")).json()["code"]
    assert (await narrow.get(f"/v1/reports/{code}/verification")).status_code == 404
    events = (await admin.get("/v1/audit-events", params={"subject": "municipality/report"})).json()["items"]
    assert [event["action"] for event in events] == ["read"]


async def test_a_units_report_opens_with_its_theme(admin: Api, units: dict[str, str]) -> None:
    content = {"themes": ["Tema 1"] * 5, "starts": "2026-W33"}
    body = {"version": 1, "valid_from": "2026-08-01", "content": content}
    assert (await admin.post("/v1/configuration/calendar", json=body)).status_code == 201
    refused = await report(admin, f"units/{units['tolv']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "report-not-open")
    assert (await report(admin, "municipality", format="json")).status_code == 200
