"""Answering through a link, as staff do it: no login, save, go on elsewhere, submit once."""

import asyncio
from typing import Any

import pytest

from tests.api.answering import INSTRUMENT, ITEMS, Round, made_round, quiet_round, token_of
from tests.conftest import Api, World

quiet = pytest.fixture(scope="module")(quiet_round)


@pytest.fixture
async def round_(world: World, admin: Api, anonymous: Api) -> Round:
    return await made_round(world, admin, anonymous)


async def test_the_questionnaire_is_shown_in_both_languages_without_login(round_: Round) -> None:
    (token,) = await round_.links("sol", 1)
    answer = await round_.people.get(f"/v1/answers/{token}")
    shown = answer.json()
    assert answer.headers["cache-control"] == "private, no-store"
    assert (shown["state"], shown["unit"], shown["closes_on"], shown["minimum"]) == ("new", "Sol", "2026-10-30", 5)
    assert [item["key"] for item in shown["items"]] == ITEMS
    assert shown["items"][0]["text"] == {"da": "Udsagn will1", "en": "Item will1"}
    assert [component["scale"]["max"] for component in shown["components"]] == [5, 10]
    assert shown["components"][0]["scale"]["labels"] == INSTRUMENT["scale"]["labels"]
    assert "reverse" not in answer.text
    assert [role["key"] for role in shown["roles"]] == ["leader", "educator", "assistant", "childminder", "other"]


async def test_what_is_saved_is_there_on_another_device_and_counts_only_when_submitted(round_: Round) -> None:
    (token,) = await round_.links("sol", 1)
    half = {"answers": {"will1": 4, "can1": 0, "can2": None}, "role": "educator"}
    saved = await round_.people.put(f"/v1/answers/{token}", json=half)
    assert saved.json() == {"state": "saved", "answered": 2, "items": 6}
    typed = f"{token[:4]}-{token[4:]}".upper()
    shown = (await round_.people.get(f"/v1/answers/{typed}")).json()
    assert (shown["state"], shown["answers"], shown["role"]) == ("saved", half["answers"], "educator")
    assert (await round_.answered())["sol"] == 0
    assert (await round_.submit(token)).json() == {"state": "submitted", "answered": 6, "items": 6}
    assert (await round_.answered()) == {"sol": 1, "maane": 0, "stjerne": 0}


async def test_a_used_token_is_thanked_and_shows_nothing(round_: Round) -> None:
    (token,) = await round_.links("sol", 1)
    await round_.submit(token)
    for answer in (await round_.people.get(f"/v1/answers/{token}"), await round_.submit(token, 5)):
        assert (answer.status_code, answer.json()["code"]) == (409, "already-answered")
        assert answer.json()["detail"].startswith("Tak")
    assert (await round_.answered())["sol"] == 1


@pytest.mark.parametrize("written", ["", "x", "æ" * 26, "0" * 26, "'; DROP TABLE survey_invitations", "a" * 200])
async def test_a_link_that_was_changed_leads_nowhere(quiet: Round, written: str) -> None:
    (token,) = await quiet.links("sol", 1)
    wrong = written or token[:-1] + ("2" if token[-1] != "2" else "3")
    for method in ("GET", "PUT", "POST"):
        body = {"json": {"answers": {}, "submit": False}} if method == "PUT" else {}
        answer = await quiet.people.request(method, f"/v1/answers/{wrong}", **body)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-link")


async def test_of_many_submits_of_one_token_at_once_exactly_one_counts(round_: Round) -> None:
    (token,) = await round_.links("sol", 1)
    answers = await asyncio.gather(*(round_.submit(token, value) for value in (1, 2, 3, 4, 5, 1, 2, 3, 4, 5)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 9
    assert (await round_.answered())["sol"] == 1


async def test_a_whole_unit_at_once_loses_nobody(round_: Round) -> None:
    tokens = await round_.links("sol", 25)
    given = [1 + number % 5 for number in range(25)]
    answers = await asyncio.gather(*(round_.submit(*pair) for pair in zip(tokens, given, strict=True)))
    assert {answer.status_code for answer in answers} == {200}
    assert (await round_.answered())["sol"] == 25
    await round_.admin.post(f"{round_.path}/close")
    results = (await round_.admin.get(f"{round_.path}/results", params={"scope": "unit:sol"})).json()
    assert results["components"][0]["items"][0]["distribution"] == [5, 5, 5, 5, 5]


async def test_a_close_in_the_middle_counts_exactly_those_who_were_thanked(round_: Round) -> None:
    tokens = await round_.links("sol", 16)
    close = round_.admin.post(f"{round_.path}/close")
    *answers, closed = await asyncio.gather(*(round_.submit(token) for token in tokens), close)
    assert closed.status_code == 200
    assert {answer.json().get("code", "submitted") for answer in answers} <= {"submitted", "round-closed"}
    counted = sum(answer.status_code == 200 for answer in answers)
    await round_.admin.post(f"{round_.path}/reopen")  # what a closed round tells of few, or of all alike, is nothing
    assert (await round_.answered())["sol"] == counted
    await round_.admin.post(f"{round_.path}/close")
    results = (await round_.admin.get(f"{round_.path}/results")).json()
    assert results["n"] == (counted if counted >= 5 else None)


@pytest.mark.parametrize(
    ("body", "status", "code", "at"),
    [
        ({"answers": {"will1": 6}}, 422, "invalid-answers", ("/answers/will1", "not-on-scale")),
        ({"answers": {"can1": -1}}, 422, "invalid-answers", ("/answers/can1", "not-on-scale")),
        ({"answers": {"nothing": 1}}, 422, "invalid-answers", ("/answers/nothing", "unknown-item")),
        ({"answers": {"will1": None}, "submit": True}, 422, "invalid-answers", ("/answers", "nothing-answered")),
        ({"answers": {"will1": "4"}}, 422, "invalid-input", ("/answers/will1", "int-type")),
        ({"answers": {"will1": True}}, 422, "invalid-input", ("/answers/will1", "int-type")),
        ({"answers": {"will1": 4.5}}, 422, "invalid-input", ("/answers/will1", "int-type")),
        ({"answers": {"will1": 4}, "role": "king"}, 422, "invalid-input", ("/role", "literal-error")),
        ({"answers": {"will1": 4}, "name": "Anna"}, 422, "invalid-input", ("/name", "extra-forbidden")),
    ],
)
async def test_wrong_answers_are_refused_where_they_are_and_the_token_stays_good(
    quiet: Round, body: dict[str, Any], status: int, code: str, at: tuple[str, str]
) -> None:
    (token,) = await quiet.links("sol", 1)
    refused = await quiet.people.put(f"/v1/answers/{token}", json=body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert [(error["pointer"], error["code"]) for error in refused.json()["errors"]] == [at]
    assert (await quiet.submit(token)).status_code == 200


async def test_do_not_know_is_missing(round_: Round) -> None:
    for nth, token in enumerate(await round_.links("sol", 10)):
        answers = dict.fromkeys(ITEMS, 4 if nth % 2 else 2) | {"will1": None}
        assert (await round_.submit(token, answers=answers)).status_code == 200
    await round_.admin.post(f"{round_.path}/close")
    results = (await round_.admin.get(f"{round_.path}/results", params={"scope": "unit:sol"})).json()
    assert results["components"][0]["items"][0]["n"] in (0, None)
    assert results["components"][0]["items"][2]["distribution"] == [0, 5, 0, 5, 0]


async def test_late_answers_are_refused_kindly_and_say_when_it_closed(round_: Round) -> None:
    token, used = await round_.links("sol", 2)
    await round_.submit(used)
    await round_.admin.post(f"{round_.path}/close")
    for answer in (await round_.submit(token), await round_.people.get(f"/v1/answers/{token}")):
        assert (answer.status_code, answer.json()["code"]) == (409, "round-closed")
        assert answer.json()["sentences"]["da"].startswith("Tak, fordi du ville svare. Spørgeskemaet lukkede ")
    await round_.admin.post(f"{round_.path}/reopen")
    assert (await round_.answered())["sol"] == 1


async def test_the_last_day_is_a_day_for_answering_and_the_day_after_is_not(round_: Round) -> None:
    first, second = await round_.links("sol", 2)
    await round_.admin.patch(round_.path, json={"closes_on": "2026-10-19"}, headers={"If-Match": "*"})
    assert (await round_.submit(first)).status_code == 200
    await round_.admin.patch(round_.path, json={"closes_on": "2026-10-18"}, headers={"If-Match": "*"})
    late = (await round_.submit(second)).json()
    assert (late["code"], late["params"]["closed_on"]) == ("round-closed", "2026-10-18")
    assert "18. oktober 2026" in late["sentences"]["da"]
    assert "18 October 2026" in late["sentences"]["en"]


async def test_before_it_opens_a_link_asks_for_patience(world: World, admin: Api, anonymous: Api) -> None:
    draft = await made_round(world, admin, anonymous, opened=False)
    (token,) = await draft.links("sol", 1)
    early = (await draft.submit(token)).json()
    assert (early["status"], early["code"], early["params"]["opens_on"]) == (409, "round-not-open-yet", "2026-10-01")
    await admin.post(f"{draft.path}/open")
    assert (await draft.submit(token)).status_code == 200


async def test_a_shared_link_hands_out_as_many_answers_as_its_cap(round_: Round) -> None:
    made = await round_.invite({"unit_external_id": "sol", "shared_cap": 3})
    shared = token_of(made["units"][0]["shared"]["link"])
    assert (await round_.people.get(f"/v1/answers/{shared}")).json()["state"] == "shared"
    assert (await round_.submit(shared)).json()["code"] == "shared-link"
    begun = await asyncio.gather(*(round_.people.post(f"/v1/answers/{shared}") for _ in range(5)))
    own = [answer.json()["token"] for answer in begun if answer.status_code == 201]
    refused = [answer.json() for answer in begun if answer.status_code == 409]
    assert (len(set(own)), [body["code"] for body in refused]) == (3, ["shared-link-exhausted"] * 2)
    assert refused[0]["params"] == {"cap": 3}
    assert (await round_.people.post(f"/v1/answers/{own[0]}")).json()["code"] == "not-a-shared-link"
    assert {(await round_.submit(token)).status_code for token in own} == {200}
    assert (await round_.answered())["sol"] == 3


async def test_an_import_beside_the_links_is_recognised_whatever_is_submitted_between(round_: Round) -> None:
    csv = ("unit_external_id,respondent_key," + ",".join(ITEMS) + "\nsol,paper-1,1,1,1,1,1,1\n").encode()
    first, second = await round_.links("sol", 2)
    await round_.submit(first)
    assert (await round_.admin.upload("survey-answers", csv, round_id=round_.id))["report"]["created"] == 1
    await round_.submit(second)
    again = await round_.admin.upload("survey-answers", csv, round_id=round_.id)
    assert (again["report"]["created"], again["report"]["unchanged"]) == (0, 1)
    changed = await round_.admin.upload("survey-answers", csv.replace(b"1,1\n", b"1,2\n"), round_id=round_.id)
    assert changed["report"]["updated"] == 1
    assert (await round_.answered())["sol"] == 3
