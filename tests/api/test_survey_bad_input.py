"""What people send wrongly around a survey: each has its code, says where it is, and loses nothing that was there."""

import re
from typing import Any
from uuid import uuid4

import pytest

from tests.api.answering import INSTRUMENT, ITEMS, Round, made_round
from tests.conftest import Api, World

FORMATS = {"pdf": b"%PDF", "html": b"<!doctype", "json": b"{", "csv": b"\xef\xbb\xbf", "png": b"\x89PNG", "svg": b"<"}


@pytest.fixture
async def round_(world: World, admin: Api, anonymous: Api) -> Round:
    return await made_round(world, admin, anonymous)


def answers_file(*rows: str) -> bytes:
    return "\n".join([f"unit_external_id,respondent_key,{','.join(ITEMS)}", *rows]).encode()


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"items": [*INSTRUMENT["items"], INSTRUMENT["items"][0]]}, "/items/6/key", "duplicate-item-key"),
        (
            {"components": [*INSTRUMENT["components"], {"key": "tom", "kind": "contextual", "title": "Tom"}]},
            "/components/2",
            "component-without-items",
        ),
        (
            {"components": [*INSTRUMENT["components"], INSTRUMENT["components"][0]]},
            "/components/2/key",
            "duplicate-component-key",
        ),
    ],
)
async def test_an_instrument_that_is_wrong_is_not_published_and_its_version_stays_free(
    admin: Api, wrong: dict[str, Any], pointer: str, code: str
) -> None:
    asked = INSTRUMENT | {"key": "nyt"}
    refused = await admin.post("/v1/instruments", json=asked | wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-instrument")
    assert [(error["pointer"], error["code"]) for error in refused.json()["errors"]] == [(pointer, code)]
    assert (await admin.get("/v1/instruments/nyt/versions/1")).status_code == 404
    assert (await admin.post("/v1/instruments", json=asked)).status_code == 201


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("jupiter,p2,1,2,3,4,5,6", "unit_external_id", "unknown-unit"),
        ("sol,p2,6,2,3,4,5,6", "will1", "not-on-scale"),
        ("sol,p2,1,2,3,4,5,11", "can3", "not-on-scale"),
        ("sol,p2,ja,2,3,4,5,6", "will1", "not-a-whole-number"),
        ("sol,p1,5,5,5,5,5,5", "respondent_key", "duplicate-respondent"),
        ("sol,p2,1,2,3", None, "row-too-short"),
    ],
)
async def test_a_file_with_a_wrong_row_is_refused_whole_and_what_was_there_stays(
    round_: Round, row: str, column: str | None, code: str
) -> None:
    good = answers_file("sol,p1,1,2,3,4,5,6")
    assert (await round_.admin.upload("survey-answers", good, round_id=round_.id))["report"]["created"] == 1
    wrong = answers_file("sol,p1,1,2,3,4,5,6", row)
    verdict = await round_.admin.upload("survey-answers", wrong, round_id=round_.id)
    assert verdict["status"] == "refused"
    assert [(issue["row"], issue["column"], issue["code"]) for issue in verdict["found"]] == [(3, column, code)]
    assert (await round_.answered())["sol"] == 1
    again = await round_.admin.upload("survey-answers", good, round_id=round_.id)
    assert again["report"]["unchanged"] == 1


async def test_an_unknown_unit_invites_nobody_at_all(round_: Round) -> None:
    units = [{"unit_external_id": "sol", "links": 2}, {"unit_external_id": "jupiter", "links": 1}]
    refused = await round_.admin.post(f"{round_.path}/invitations", json={"units": units})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown-reference")
    assert refused.json()["params"] == {"field": "units/1"}
    assert (await round_.admin.get(f"{round_.path}/invitations")).json()["units"] == []


async def test_what_was_saved_outlives_every_wrong_way_to_send_it(round_: Round) -> None:
    (token,) = await round_.links("sol", 1)
    people, path = round_.people, f"/v1/answers/{token}"
    kept = {"will1": 4, "can1": 10}
    assert (await people.put(path, json={"answers": kept})).status_code == 200
    wrong: list[tuple[str, Any, int, str]] = [
        (path, {"answers": {"will1": 6}}, 422, "invalid-answers"),
        (path, {"answers": {"can1": -1}, "submit": True}, 422, "invalid-answers"),
        (path, {"answers": {"nothing": 1}, "submit": True}, 422, "invalid-answers"),
        (path, {"answers": {}, "submit": True}, 422, "invalid-answers"),
        (path, {"answers": {"will1": 4}, "name": "Anna"}, 422, "invalid-input"),
        (path, {}, 422, "invalid-input"),
        (f"{path}0", {"answers": kept, "submit": True}, 404, "unknown-link"),
        (path[:-1], {"answers": kept, "submit": True}, 404, "unknown-link"),
        (f"/v1/answers/{uuid4()}", {"answers": kept, "submit": True}, 404, "unknown-link"),
    ]
    for where, body, status, code in wrong:
        answer = await people.put(where, json=body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), body
        assert set(answer.json()["sentences"]) == {"da", "en"}
    await round_.admin.post(f"{round_.path}/close")
    assert (await people.put(path, json={"answers": kept, "submit": True})).json()["code"] == "round-closed"
    await round_.admin.post(f"{round_.path}/reopen")
    assert (await people.get(path)).json()["answers"] == kept
    assert (await people.put(path, json={"answers": kept, "submit": True})).status_code == 200
    again = await people.put(path, json={"answers": {"will1": 1}, "submit": True})
    assert (again.status_code, again.json()["code"]) == (409, "already-answered")
    assert (await round_.answered())["sol"] == 1


async def test_answers_after_closing_change_no_result(round_: Round) -> None:
    *first, late = await round_.links("sol", 7)
    for token in first:
        await round_.submit(token)
    await round_.admin.post(f"{round_.path}/close")
    before = (await round_.admin.get(f"{round_.path}/results")).json()
    assert (await round_.submit(late, 5)).json()["code"] == "round-closed"
    verdict = await round_.admin.upload("survey-answers", answers_file("sol,p1,1,2,3,4,5,6"), round_id=round_.id)
    assert (verdict["status"], verdict["found"][0]["code"]) == ("refused", "round-not-open")
    assert (await round_.admin.get(f"{round_.path}/results")).json() == before


@pytest.mark.parametrize("answered", [0, 2])
async def test_of_a_round_nobody_answered_and_of_a_hidden_unit_every_format_is_a_report_that_says_so(
    round_: Round, answered: int
) -> None:
    for token in await round_.links("sol", 2):
        if answered:
            await round_.submit(token)
    await round_.admin.post(f"{round_.path}/close")
    for scope in ("municipality", "unit:sol"):
        for format, start in FORMATS.items():
            asked = {"scope": scope, "format": format}
            report = await round_.admin.get(f"{round_.path}/report", params=asked)
            assert report.status_code == 200, (asked, report.text)
            assert report.content.lower().startswith(start.lower()), asked
    page = (await round_.admin.get(f"{round_.path}/report", params={"scope": "unit:sol", "format": "html"})).text
    assert re.search(r"(?i)for få svar|færre end 5", page)
    assert len((await round_.admin.get(f"{round_.path}/report", params={"version": "wall"})).content) > 1000
