"""What a municipality decides: published in versions, in force from a day on, and what follows for what is recorded."""

from typing import Any

import pytest

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

WEEKS = [f"2026-W{number}" for number in range(35, 43)]


def calendar(**said: Any) -> dict[str, Any]:
    return {"themes": ["Tema 1", "Tema 2", "Tema 3", "Tema 4", "Tema 5"]} | said


def thresholds(immersion: float, focus: float = 1.0, **said: Any) -> dict[str, Any]:
    lines = [
        {"kind": "immersion_activity", "per_week": immersion},
        {"kind": "focus_conversation", "per_week": focus},
    ]
    return {"lines": lines} | said


def words(*areas: str, strategies: tuple[str, ...] = ("open_questions",)) -> dict[str, Any]:
    return {
        "learning_areas": [{"key": area, "title": {"da": area.capitalize(), "en": ""}} for area in areas],
        "strategies": [{"key": word, "title": word} for word in strategies],
    }


async def published(
    client: Api, name: str, content: dict[str, Any], *, version: int = 1, valid_from: str = "2026-08-01"
) -> Any:
    body = {"version": version, "valid_from": valid_from, "content": content}
    return await client.post(f"/v1/configuration/{name}", json=body)


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


@pytest.mark.parametrize("name", ["calendar", "vocabulary", "thresholds"])
async def test_without_a_decision_there_is_a_default_and_it_can_be_published_as_it_is(admin: Api, name: str) -> None:
    default = (await admin.get(f"/v1/configuration/{name}")).json()
    assert (default["version"], default["valid_from"], default["published_at"]) == (0, None, None)
    answer = await published(admin, name, default["content"])
    assert answer.status_code == 201, answer.text
    assert answer.json()["content"] == default["content"]
    assert (await admin.get(f"/v1/configuration/{name}/versions/0")).json() == default
    assert (await admin.get(f"/v1/configuration/{name}/versions/2")).status_code == 404
    listed = (await admin.get(f"/v1/configuration/{name}/versions")).json()["items"]
    assert [version["version"] for version in listed] == [1]


async def test_a_version_is_written_once_and_holds_from_its_day(admin: Api) -> None:
    first = await published(admin, "thresholds", thresholds(2.0))
    again = await published(admin, "thresholds", thresholds(2.0))
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    for content, version, valid_from, code in (
        (thresholds(3.0), 1, "2026-08-01", "version-published"),
        (thresholds(3.0), 2, "2026-10-18", "valid-from-passed"),
        (thresholds(3.0), 3, "2026-12-01", None),
        (thresholds(4.0), 2, "2026-12-01", "version-not-newer"),
        (thresholds(4.0), 4, "2026-12-01", None),  # takes back version 3 before it has begun
    ):
        answer = await published(admin, "thresholds", content, version=version, valid_from=valid_from)
        assert answer.json().get("code") == code, (version, answer.text)
    held = {
        day: (await admin.get("/v1/configuration/thresholds", params={"on": day})).json()["version"]
        for day in ("2026-07-31", "2026-08-01", "2026-11-30", "2026-12-01")
    }
    assert held == {"2026-07-31": 0, "2026-08-01": 1, "2026-11-30": 1, "2026-12-01": 4}


@pytest.mark.parametrize(
    ("name", "content", "pointer"),
    [
        ("calendar", {"themes": []}, "/content/themes"),
        ("calendar", calendar(starts="2026-W54"), "/content/starts"),
        (
            "calendar",
            calendar(closed_days=[{"title": "x", "first": "2026-10-12", "last": "2026-10-11"}]),
            "/content/closed_days/0",
        ),
        ("calendar", calendar(closed_every_year=[{"title": "x"}]), "/content/closed_every_year/0"),
        (
            "calendar",
            calendar(closed_every_year=[{"title": "x", "first": "02-28", "last": "02-30"}]),
            "/content/closed_every_year/0/last",
        ),
        (
            "calendar",
            calendar(closed_every_year=[{"title": "x", "weeks": [29], "first": "12-24", "last": "01-01"}]),
            "/content/closed_every_year/0",
        ),
        ("calendar", calendar(units=[{"starts": "2026-W33"}]), "/content/units/0/unit_id"),
        ("vocabulary", words("language", "language"), "/content"),
        ("vocabulary", words("Sprog"), "/content/learning_areas/0/key"),
        ("thresholds", thresholds(0), "/content/lines/0/per_week"),
        ("thresholds", {"lines": [{"kind": "immersion_activity", "per_week": 1}] * 2}, "/content"),
        (
            "thresholds",
            {"lines": [{"kind": kind, "setting_type": "nursery", "per_week": 1} for kind in
                       ("immersion_activity", "focus_conversation")]},
            "/content",
        ),
    ],
)  # fmt: skip
async def test_what_makes_no_sense_is_refused_where_it_is_wrong(
    admin: Api, name: str, content: dict[str, Any], pointer: str
) -> None:
    answer = await published(admin, name, content)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_only_who_covers_the_municipality_may_decide_and_it_is_logged(
    world: World, admin: Api, rooms: Rooms
) -> None:
    leader = await world.client("leader", places=["unit:sol"])
    assert (await published(leader, "thresholds", thresholds(2.0))).json()["code"] == "not-allowed"
    narrow = await world.client("integration", places=["unit:sol"], scopes=["configuration:write"])
    assert (await published(narrow, "thresholds", thresholds(2.0))).json()["code"] == "outside-your-place"
    assert (await leader.get("/v1/configuration/thresholds")).status_code == 200
    await published(admin, "thresholds", thresholds(2.0))
    events = (await admin.get("/v1/audit-events", params={"subject": "configuration/thresholds/1"})).json()["items"]
    assert [event["action"] for event in events] == ["publish"]


async def test_an_old_report_keeps_its_line(admin: Api, rooms: Rooms) -> None:
    for week in WEEKS:
        tallies = [{"child_external_id": "B01", "immersion_activity": 2, "focus_conversation": 1}]
        await admin.put(f"/v1/rooms/{rooms.bi}/weeks/{week}", json={"completed": True, "tallies": tallies})
    path = f"/v1/rooms/{rooms.bi}"
    before = (await admin.get(f"{path}/report", params={"format": "json"})).json()
    assert before["thresholds"]["version"] == "demo-1"
    assert (await published(admin, "thresholds", thresholds(3.0), valid_from="2026-10-19")).status_code == 201
    after = (await admin.get(f"{path}/report", params={"format": "json"})).json()
    assert after["code"] == before["code"]
    later = (await admin.get(f"{path}/participation", params={"from": "2026-W43", "to": "2026-W43"})).json()
    assert (later["thresholds"], later["versions"]["thresholds"]) == (
        {"immersion_activity": 3.0, "focus_conversation": 1.0},
        "v1",
    )


async def test_a_setting_type_may_have_a_line_of_its_own_and_lines_beside_it(admin: Api, rooms: Rooms) -> None:
    content = thresholds(2.0, rules={"min_counted_weeks": 2})
    content["lines"][0] |= {"rolling": {"weeks": 2, "per_week": 2.0}, "median_share": 0.5}
    content["lines"].append({"kind": "immersion_activity", "setting_type": "nursery", "per_week": 9.0})
    content["lines"].append({"kind": "focus_conversation", "setting_type": "kindergarten", "per_week": 0.5})
    assert (await published(admin, "thresholds", content)).status_code == 201
    counts = {"B01": [4, 4, 0, 0], "B02": [3, 3, 3, 3], "B03": [1, 1, 1, 1]}
    for at, week in enumerate(WEEKS[:4]):
        tallies = [{"child_external_id": child, "immersion_activity": many[at]} for child, many in counts.items()]
        await admin.put(f"/v1/rooms/{rooms.bi}/weeks/{week}", json={"completed": True, "tallies": tallies})
    period = {"from": WEEKS[0], "to": WEEKS[3]}
    body = (await admin.get(f"/v1/rooms/{rooms.bi}/participation", params=period)).json()
    assert body["thresholds"] == {"immersion_activity": 2.0, "focus_conversation": 0.5}
    found = {child["external_id"]: child["immersion_activity"] for child in body["children"]}
    assert found["B01"] == {
        "count": 8, "rate": 2.0, "below": False, "rolling_rate": 0.0, "below_rolling": True, "below_median": False,
    }  # fmt: skip
    assert (found["B02"]["below"], found["B02"]["below_rolling"]) == (False, False)
    assert (found["B03"]["below"], found["B03"]["below_median"]) == (True, False)  # 1 is not under half of 2
    assert body["children"][0]["focus_conversation"]["rolling_rate"] is None


async def test_only_words_of_the_list_are_recorded_as_the_list_was_on_the_day(admin: Api, rooms: Rooms) -> None:
    unknown = await admin.post("/v1/activities", json=rooms.activity(learning_areas=["yoga", "language"]))
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown-word")
    assert unknown.json()["params"] == {"field": "learning_areas", "words": "yoga"}
    old = rooms.activity(observed_on="2026-10-12", strategies=["wait_time"])
    assert (await admin.post("/v1/activities", json=old)).status_code == 201
    assert (await published(admin, "vocabulary", words("yoga"), valid_from="2026-10-19")).status_code == 201
    today = rooms.activity(observed_on="2026-10-19", learning_areas=["yoga"])
    assert (await admin.post("/v1/activities", json=today)).status_code == 201
    items = [rooms.activity(observed_on="2026-10-19"), rooms.activity(observed_on="2026-10-16"), old]
    answers = (await admin.post("/v1/activities/batch", json={"items": items})).json()["items"]
    assert [(answer["result"], answer["code"]) for answer in answers] == [
        ("rejected", "unknown-word"),
        ("created", None),
        ("unchanged", None),
    ]
    assert "language" in answers[0]["detail"]
    corrected = await admin.patch(
        f"/v1/activities/{old['id']}", json={"observed_on": "2026-10-19"}, headers={"If-Match": "*"}
    )
    assert corrected.status_code == 200, corrected.text  # the words it has stay as they were recorded


async def test_a_word_is_called_what_the_municipality_calls_it(admin: Api, rooms: Rooms) -> None:
    await published(admin, "vocabulary", words("yoga", "language"), valid_from="2026-08-01")
    await admin.post("/v1/activities", json=rooms.activity(learning_areas=["yoga"]))
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W42", json={"completed": True})
    value = (await admin.get(f"/v1/rooms/{rooms.bi}/report", params={"format": "json"})).json()
    assert [(area["title"]["da"], area["counts"][-1]) for area in value["areas"]] == [("Yoga", 1), ("Language", 0)]


async def test_the_calendar_closes_weeks_nobody_has_said_anything_about(admin: Api, rooms: Rooms) -> None:
    holiday = [{"title": "Efterårsferie", "first": "2026-10-12", "last": "2026-10-16"}]
    await published(admin, "calendar", calendar(closed_days=holiday, closed_every_year=[{"title": "x", "weeks": [41]}]))
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W41", json={"completed": True})
    await admin.post("/v1/activities", json=rooms.activity(observed_on="2026-09-30"))

    async def states() -> dict[str, str]:
        body = (await admin.get(f"/v1/rooms/{rooms.bi}/participation")).json()
        return {week["week"]: week["state"] for week in body["weeks"]}

    found = await states()
    assert (found["2026-W42"], found["2026-W41"], found["2026-W40"]) == ("closed", "completed", "not_recorded")
    await admin.post("/v1/activities", json=rooms.activity(observed_on="2026-10-13"))
    assert (await states())["2026-W42"] == "not_recorded"  # somebody was there, and the week waits to be completed


async def test_reports_open_with_the_theme_of_the_calendar_at_the_units_own_time(
    admin: Api, rooms: Rooms, world: World
) -> None:
    units = [{"unit_external_id": "sol", "starts": "2026-W33"}]
    content = calendar(starts="2025-W33", units=units, closed_every_year=[{"title": "Efterår", "weeks": [42]}])
    answer = await published(admin, "calendar", content)
    assert answer.status_code == 201, answer.text
    (unit,) = answer.json()["content"]["units"]
    assert unit["unit_external_id"] is None
    refused = await admin.get(f"/v1/rooms/{rooms.bi}/report", params={"format": "json"})
    assert (refused.status_code, refused.json()["code"]) == (409, "report-not-open")
    assert refused.json()["params"] == {"opens_on": "2027-03-29"}
    assert "29-03-2027" in refused.json()["sentences"]["da"]
    assert (await admin.get(f"/v1/rooms/{rooms.humle}/report", params={"format": "json"})).status_code == 200
    year = (await admin.get("/v1/calendar/preview", params={"unit_id": unit["unit_id"]})).json()
    assert (year["starts"], year["report_opens"], year["report_open"]) == ("2026-W33", "2027-03-29", False)
    assert [(p["number"], p["from"], p["to"]) for p in year["periods"][:3]] == [
        (2, "2026-W41", "2026-W49"),
        (3, "2026-W50", "2027-W04"),
        (4, "2027-W05", "2027-W12"),
    ]


async def test_the_coming_year_is_previewed_before_it_is_published(admin: Api, world: World, rooms: Rooms) -> None:
    phases = [{"title": {"da": "Opstart", "en": "Start"}, "years": 1}, {"title": "Forankring", "years": 3}]
    body = calendar(starts="2026-W33", phases=phases, closed_every_year=[{"title": "Efterår", "weeks": [42]}])
    year = (await admin.post("/v1/calendar/preview", json=body)).json()
    assert len(year["weeks"]) == 52
    first, second = year["weeks"][0], year["weeks"][-1]
    assert (first["week"], first["closed"], first["period"], first["phase"]) == ("2026-W43", None, 2, 1)
    assert (second["week"], second["closed"], second["phase"]) == ("2027-W41", None, 2)
    asked = {"from": "2026-W42", "weeks": "1"}
    (closed,) = (await admin.post("/v1/calendar/preview", json=body, params=asked)).json()["weeks"]
    assert closed["closed"]["da"] == "Efterår"
    assert (await admin.get("/v1/calendar/preview")).json()["starts"] is None  # nothing was published
    default = (await admin.get("/v1/calendar/preview", params={"from": "2026-W53", "weeks": "1"})).json()
    assert default["weeks"][0]["closed"]["da"] == "Jul og nytår"
    educator = await world.client("educator", places=["room:bi"])
    assert (await educator.get("/v1/calendar/preview")).status_code == 200
    mane = (await admin.get("/v1/units", params={"external_id": "mane"})).json()["items"][0]["id"]
    assert (await educator.get("/v1/calendar/preview", params={"unit_id": mane})).status_code == 404
    wrong = {"units": [{"unit_external_id": "nowhere", "starts": "2026-W33"}]}
    assert (await admin.post("/v1/calendar/preview", json=body | wrong)).json()["code"] == "unknown-reference"
