"""Participation over HTTP: what was recorded, per counted week, beside the dashed line."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.api.observing import Rooms, furnish
from tests.conftest import Api, World

WEEKS = [f"2026-W{number}" for number in range(35, 43)]
MONDAYS = ["08-24", "08-31", "09-07", "09-14", "09-21", "09-28", "10-05", "10-12"]


@pytest.fixture
async def rooms(admin: Api) -> Rooms:
    return await furnish(admin)


async def observe(admin: Api, rooms: Rooms) -> None:
    """Six completed weeks, one closed, one not recorded; B01 often, B02 seldom and once absent, B03 new."""
    for week in WEEKS[:6]:
        tallies = [{"child_external_id": "B02", "absent": week == WEEKS[0]}]
        await admin.put(f"/v1/rooms/{rooms.bi}/weeks/{week}", json={"completed": True, "tallies": tallies})
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/{WEEKS[6]}", json={"closed": True})
    new = {"room_external_id": "humle", "valid_from": "2026-08-01", "valid_to": "2026-09-13"}
    await admin.patch(f"/v1/children/{rooms.children['B03']}", json=new, headers={"If-Match": "*"})
    back = {"room_external_id": "bi", "valid_from": "2026-09-14"}
    await admin.patch(f"/v1/children/{rooms.children['B03']}", json=back, headers={"If-Match": "*"})
    items = [
        rooms.activity("B01", observed_on=f"2026-{monday}", kind=kind)
        for monday in MONDAYS
        for kind in ("immersion_activity", "immersion_activity", "focus_conversation")
    ]
    items.append(rooms.activity("B01", "B02", observed_on="2026-09-01"))
    answers = (await admin.post("/v1/activities/batch", json={"items": items})).json()["items"]
    assert {answer["result"] for answer in answers} == {"created"}


def measure(count: int, rate: float | None, *, below: bool | None) -> dict[str, Any]:
    """A measure where nothing but the line is asked for."""
    beside = dict.fromkeys(("rolling_rate", "below_rolling", "below_median"))
    return {"count": count, "rate": rate, "below": below} | beside


async def test_participation_is_a_rate_per_counted_week(admin: Api, rooms: Rooms) -> None:
    await observe(admin, rooms)
    answer = await admin.get(f"/v1/rooms/{rooms.bi}/participation")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["room_id"], body["from"], body["to"]) == (rooms.bi, WEEKS[0], WEEKS[-1])
    states = ["completed"] * 6 + ["closed", "not_recorded"]
    assert body["weeks"] == [{"week": week, "state": state} for week, state in zip(WEEKS, states, strict=True)]
    assert body["thresholds"] == {"immersion_activity": 2.0, "focus_conversation": 1.0}
    often, seldom, new = body["children"]
    assert [often["external_id"], seldom["external_id"], new["external_id"]] == ["B01", "B02", "B03"]
    assert (often["counted_weeks"], often["too_early"]) == (6, False)
    assert often["immersion_activity"] == measure(13, 13 / 6, below=False)
    assert often["focus_conversation"] == measure(6, 1.0, below=False)  # on the line is not below it
    assert (seldom["counted_weeks"], seldom["states"][0]) == (5, "absent")
    assert seldom["immersion_activity"] == measure(1, 0.2, below=True)
    assert (new["counted_weeks"], new["too_early"]) == (3, True)
    assert new["immersion_activity"] == measure(0, 0.0, below=None)
    assert body["below"] == {"immersion_activity": 1, "focus_conversation": 1, "both": 1}
    assert (body["judged"], body["incomplete"]) == (2, False)


async def test_a_withdrawn_activity_no_longer_counts(admin: Api, rooms: Rooms) -> None:
    await observe(admin, rooms)
    (extra,) = [
        item
        for item in (await admin.get("/v1/activities", params={"from": "2026-09-01", "to": "2026-09-01"})).json()[
            "items"
        ]
    ]
    await admin.delete(f"/v1/activities/{extra['id']}")
    children = (await admin.get(f"/v1/rooms/{rooms.bi}/participation")).json()["children"]
    assert [child["immersion_activity"]["count"] for child in children] == [12, 0, 0]


async def test_the_period_is_the_last_eight_whole_weeks_unless_another_is_asked_for(admin: Api, rooms: Rooms) -> None:
    async def span(**params: str) -> tuple[str, str, int]:
        body = (await admin.get(f"/v1/rooms/{rooms.bi}/participation", params=params)).json()
        return body["from"], body["to"], len(body["weeks"])

    assert await span() == ("2026-W35", "2026-W42", 8)
    assert await span(**{"from": "2026-W40"}) == ("2026-W40", "2026-W42", 3)
    assert await span(to="2026-W33") == ("2026-W26", "2026-W33", 8)
    assert await span(**{"from": "2025-W43", "to": "2026-W42"}) == ("2025-W43", "2026-W42", 52)


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ({"from": "2026-W42", "to": "2026-W41"}, "invalid-input"),
        ({"from": "2025-W41", "to": "2026-W42"}, "period-too-long"),
        ({"from": "1970-W01", "to": "2100-W52"}, "period-too-long"),
        ({"from": "2025-W53"}, "invalid-week"),
        ({"to": "2026-w42"}, "invalid-week"),
        ({"to": ""}, "invalid-week"),
    ],
)
async def test_a_period_that_cannot_be_is_refused(admin: Api, rooms: Rooms, period: dict[str, str], code: str) -> None:
    answer = await admin.get(f"/v1/rooms/{rooms.bi}/participation", params=period)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_room_without_children_has_participation_of_nobody(admin: Api, rooms: Rooms) -> None:
    body = (await admin.get(f"/v1/rooms/{rooms.bi}/participation", params={"to": "2026-W01"})).json()
    assert (body["children"], body["judged"]) == ([], 0)


async def test_it_takes_the_right_to_read_children_and_the_room(world: World, rooms: Rooms) -> None:
    path = f"/v1/rooms/{rooms.bi}/participation"
    narrow = await world.client("integration", scopes=["observations:read"])
    assert (await narrow.get(path)).json()["params"] == {"needed": "children:read"}
    educator = await world.client("educator", places=["room:bi"])
    assert (await educator.get(path)).status_code == 200
    elsewhere = await world.client("leader", places=["unit:mane"])
    assert (await elsewhere.get(path)).status_code == 404


async def test_that_it_was_read_is_in_the_log(admin: Api, rooms: Rooms) -> None:
    await admin.get(f"/v1/rooms/{rooms.bi}/participation")
    subject = f"rooms/{rooms.bi}/participation"
    events = (await admin.get("/v1/audit-events", params={"subject": subject})).json()["items"]
    assert [event["action"] for event in events] == ["read"]


async def test_it_takes_the_same_statements_for_any_number_of_weeks(app: Any, admin: Api, rooms: Rooms) -> None:
    await observe(admin, rooms)
    engine, counts = app.state.database.engine.sync_engine, []
    for first in ("2026-W42", "2026-W01"):
        statements: list[str] = []

        def note(*arguments: Any, into: list[str] = statements) -> None:
            into.append(arguments[2])

        event.listen(engine, "before_cursor_execute", note)
        await admin.get(f"/v1/rooms/{rooms.bi}/participation", params={"from": first})
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10
