"""Development of units, areas and the municipality: sums without a child, small groups hidden, units in a funnel."""

from typing import Any

import pytest

from tests.conftest import Api, World
from vls_client.files import zipped

AREAS = "external_id,name\no,Øst\n"
UNITS = "external_id,area_external_id,name,setting_type\n" + "".join(
    f"u{n},o,Enhed {n},kindergarten\n" for n in range(4)
)
ROOMS = "external_id,unit_external_id,name\n" + "".join(f"r{n},u{n},Stue {n}\n" for n in range(4))
SIZES = (40, 30, 12, 3)


@pytest.fixture
async def assessed(admin: Api) -> list[dict[str, Any]]:
    """Four units of 40, 30, 12 and 3 children; in the first most need attention, in the others nobody."""
    people = [(room, n) for room, size in enumerate(SIZES) for n in range(size)]
    header = "external_id,room_external_id,birth_month,sex,multilingual,support_need,valid_from,valid_to\n"
    children = header + "".join(f"c{room}-{n},r{room},2022-10,girl,nej,nej,2026-01-01,\n" for room, n in people)
    files = {"areas.csv": AREAS, "units.csv": UNITS, "rooms.csv": ROOMS, "children.csv": children}
    roster = await admin.upload("roster", zipped((name, text.encode()) for name, text in files.items()))
    assert roster["status"] == "done", roster["found"]
    form = (await admin.get("/v1/development-instruments/vls-demo-udvikling/versions/1")).json()
    alone = form | {"key": "alene", "ratings_before_joint": 0}
    assert (await admin.post("/v1/development-instruments", json=alone)).status_code == 201
    items = [item["key"] for item in form["items"]]
    rows = [
        ",".join([f"c{room}-{n}", "2026-10-05", *["2" if room == 0 and n % 4 else "5"] * len(items)])
        for room, n in people
    ]
    content = "\n".join([",".join(["child_external_id", "assessed_on", *items]), *rows]).encode()
    verdict = await admin.upload("development-assessments", content)
    assert (verdict["status"], verdict["report"]["created"]) == ("done", sum(SIZES)), verdict["found"]
    return (await admin.get("/v1/units")).json()["items"]  # type: ignore[no-any-return]


async def test_small_units_are_hidden_and_the_rest_stand_in_a_funnel(
    admin: Api, assessed: list[dict[str, Any]]
) -> None:
    found = (await admin.get("/v1/municipality/development")).json()
    assert (found["half_year"], found["whole"]["assessed"], found["fewest"]) == ("2026-H2", sum(SIZES), 5)
    parts = {part["external_id"]: (part["assessed"], part["suppressed"]) for part in found["parts"]}
    assert parts["u3"] == (None, "too_few")
    assert parts["u2"] == (None, "protects_others")  # the municipality less the others would give the three away
    assert parts["u0"] == (40, None)
    language = next(plot for plot in found["funnels"] if plot["area"] == "language")
    assert [(point["name"], point["count"], point["n"], point["position"]) for point in language["points"]] == [
        ("Enhed 0", 10, 40, "below_998"), ("Enhed 1", 30, 30, "above_998"),
    ]  # fmt: skip
    assert "c0-1" not in str(found)


async def test_the_funnel_is_drawn_and_opens_by_a_link(
    admin: Api, anonymous: Api, assessed: list[dict[str, Any]]
) -> None:
    path = "/v1/municipality/charts/development-language"
    drawn = await admin.get(path, params={"format": "svg"})
    assert (drawn.status_code, "Enhed 0 · 10 af 40" in drawn.text) == (200, True)
    assert (await admin.get(path)).content == (await admin.get(path)).content
    english = await admin.get(path, params={"format": "svg", "language": "en"})
    assert "children in the unit" in english.text
    link = (await admin.post("/v1/download-links", json={"path": f"{path}?to=2026-W42"})).json()["url"]
    assert (await anonymous.get(link)).content.startswith(b"\x89PNG")
    for chart in ("development-music", "language", "development-"):
        answer = await admin.get(f"/v1/municipality/charts/{chart}")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-chart")


async def test_an_area_leader_reads_the_own_area_as_sums_and_it_is_logged(
    world: World, admin: Api, assessed: list[dict[str, Any]]
) -> None:
    leader = await world.client("area_leader", places=["area:o"])
    area = (await leader.get("/v1/areas")).json()["items"][0]["id"]
    found = (await leader.get(f"/v1/areas/{area}/development")).json()
    assert [part["external_id"] for part in found["parts"]] == ["u0", "u1", "u2", "u3"]
    assert (await leader.get(f"/v1/areas/{area}/charts/development-language")).status_code == 200
    assert (await leader.get("/v1/municipality/development")).json()["code"] == "outside-your-place"
    unit = assessed[0]["id"]
    rooms = (await leader.get(f"/v1/units/{unit}/development")).json()
    assert ([part["kind"] for part in rooms["parts"]], rooms["funnels"]) == (["room"], [])
    for what in ("development", "report"):
        events = (await admin.get("/v1/audit-events", params={"subject": f"areas/{area}/{what}"})).json()["items"]
        assert ["area_leader" in event["actor"] for event in events] == [True]


async def test_a_half_year_nobody_assessed_has_nothing_to_tell(admin: Api, assessed: list[dict[str, Any]]) -> None:
    found = (await admin.get("/v1/municipality/development", params={"half_year": "2025-H1"})).json()
    assert (found["instrument"], found["whole"]["suppressed"], found["funnels"]) == (None, "too_few", [])
    assert (await admin.get("/v1/municipality/development", params={"half_year": "2025"})).status_code == 422


async def test_the_municipalitys_report_shows_the_funnels(admin: Api, assessed: list[dict[str, Any]]) -> None:
    value = (await admin.get("/v1/municipality/report", params={"format": "json"})).json()
    assert [it["key"] for it in value["funnels"]] == ["language", "mathematics", "socio_emotional"]
    assert len(value["funnels"][0]["names"]) == 2  # of the shown units and no others
    page = (await admin.get("/v1/municipality/report", params={"format": "html", "language": "en"})).text
    assert page.count("The children&#39;s development, unit by unit") >= 3
    assert (await admin.get("/v1/municipality/report")).content.startswith(b"%PDF")
    proof = (await admin.get(f"/v1/reports/{value['code']}/verification")).json()
    assert proof["same_today"] is True


async def test_a_half_year_that_is_over_stays_what_it_was_when_a_unit_moves_to_another_area(
    admin: Api, assessed: list[dict[str, Any]]
) -> None:
    """The area with the three children of a small unit, less the area without it, would be theirs."""
    area = (await admin.get("/v1/areas")).json()["items"][0]["id"]
    other = (await admin.post("/v1/areas", json={"external_id": "v", "name": "Vest"})).json()["id"]

    async def of(half_year: str) -> Any:
        return (await admin.get(f"/v1/areas/{area}/development", params={"half_year": half_year})).json()["whole"]

    before = await of("2026-H2")
    small = next(unit for unit in assessed if unit["external_id"] == "u3")
    body = {"area_id": other, "valid_from": "2027-01-01"}
    moved = await admin.patch(f"/v1/units/{small['id']}", json=body, headers={"If-Match": "*"})
    assert moved.status_code == 200, moved.text
    assert await of("2026-H2") == before
    past = {"area_id": other, "valid_from": "2026-10-01"}
    moved = await admin.patch(f"/v1/units/{small['id']}", json=past, headers={"If-Match": "*"})
    assert (await of("2026-H2"))["assessed"] != before["assessed"]
