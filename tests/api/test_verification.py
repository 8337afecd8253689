"""The code on a paper: what it was made from, and whether the same data say the same today."""

from typing import Any

import pytest
from sqlalchemy import text

from tests.api.observing import Rooms
from tests.api.test_room_report import PERIOD
from tests.conftest import Api, World


async def code_of(client: Api, path: str, **asked: str) -> str:
    answer = await client.get(path, params={"format": "json"} | asked)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["code"])


async def verify(client: Api, code: str) -> Any:
    return await client.get(f"/v1/reports/{code}/verification")


async def test_a_readiness_report_says_what_it_was_made_from_and_is_the_same_today(admin: Api, closed: str) -> None:
    path = f"/v1/survey-rounds/{closed}/report"
    document = (await admin.get(path, params={"format": "json", "scope": "unit:stor"})).json()
    told = (await verify(admin, document["code"])).json()
    assert (told["kind"], told["same_today"], told["today_code"]) == ("readiness", True, document["code"])
    made_from = told["made_from"]
    assert (made_from["survey_round_id"], made_from["place"], made_from["n"]) == (closed, "Stor", 14)
    assert made_from["scope"].startswith("unit:")
    assert made_from["data_time"].replace("Z", "+00:00") == document["closed_at"]
    assert made_from["versions"]["instrument"] == "kort v1"


async def test_a_code_may_be_typed_as_people_type(admin: Api, closed: str) -> None:
    code = await code_of(admin, f"/v1/survey-rounds/{closed}/report")
    typed = code.replace("-", "").lower().replace("0", "o").replace("1", "l")
    assert (await verify(admin, typed)).json()["code"] == code


async def test_every_format_and_a_chart_alone_are_registered_and_a_suppressed_one_without_n(
    admin: Api,
    closed: str,
) -> None:
    path = f"/v1/survey-rounds/{closed}"
    drawn = await admin.get(f"{path}/charts/notice", params={"scope": "unit:lille", "format": "svg"})
    told = (await verify(admin, drawn.headers["etag"].strip('"'))).json()
    assert (told["same_today"], told["made_from"]["n"]) == (True, None)


async def test_reading_the_same_report_again_writes_nothing(world: World, admin: Api, closed: str) -> None:
    path = f"/v1/survey-rounds/{closed}/report"
    code = await code_of(admin, path)
    first = (await verify(admin, code)).json()["made_from"]["first_made_at"]
    await code_of(admin, path)
    assert (await verify(admin, code)).json()["made_from"]["first_made_at"] == first


async def test_a_correction_changes_what_the_same_room_and_weeks_say_today(
    world: World,
    admin: Api,
    rooms: Rooms,
) -> None:
    path = f"/v1/rooms/{rooms.bi}/report"
    code = await code_of(admin, path, **PERIOD)
    before = (await verify(admin, code)).json()
    assert (before["kind"], before["same_today"]) == ("room", True)
    made_from = before["made_from"]
    assert (made_from["room_id"], made_from["first_week"], made_from["last_week"]) == (rooms.bi, "2026-W35", "2026-W42")
    assert made_from["n"] == 5
    await admin.put(f"/v1/rooms/{rooms.bi}/weeks/2026-W42", json={"completed": True})
    after = (await verify(admin, code)).json()
    assert (after["same_today"], after["code"]) == (False, code)
    assert after["made_from"] == made_from
    assert after["today_code"] == await code_of(admin, path, **PERIOD)


async def test_an_update_of_the_software_that_changes_no_number_changes_no_verdict(
    admin: Api,
    closed: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = await code_of(admin, f"/v1/survey-rounds/{closed}/report")
    monkeypatch.setattr("api.reports.readiness.version", lambda _: "99.0")
    assert await code_of(admin, f"/v1/survey-rounds/{closed}/report") != code
    assert (await verify(admin, code)).json()["same_today"] is True


async def test_only_who_covers_the_place_is_told(world: World, admin: Api, closed: str, rooms: Rooms) -> None:
    path = f"/v1/survey-rounds/{closed}/report"
    unit, whole = await code_of(admin, path, scope="unit:stor"), await code_of(admin, path)
    room = await code_of(admin, f"/v1/rooms/{rooms.bi}/report", **PERIOD)
    leader = await world.client("leader", places=["unit:stor"])
    other = await world.client("leader", places=["unit:dagpleje"])
    assert (await verify(leader, unit)).status_code == 200
    answers = [await verify(client, code) for client, code in ((leader, whole), (other, unit), (leader, room))]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "not-found")] * 3


@pytest.mark.parametrize("code", ["0000-0000", "nothing", "K7F2%2D91QX", "æøå", "a" * 40])
async def test_an_unknown_code_is_not_found(admin: Api, code: str) -> None:
    assert (await verify(admin, code)).status_code == 404


async def test_the_register_is_only_added_to(world: World, admin: Api, closed: str) -> None:
    await code_of(admin, f"/v1/survey-rounds/{closed}/report")
    for statement in ("UPDATE reports SET n = 1", "DELETE FROM reports"):
        with pytest.raises(Exception, match="permission denied"):
            async with world.app.state.database.writing(world.id) as tx:
                await tx.execute(text(statement))
