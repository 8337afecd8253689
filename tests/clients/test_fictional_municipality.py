"""The fictional municipality in the running service: what went in through the API comes out in its answers."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.conftest import TODAY
from vls_client import Client
from vls_client.sandbox import Filled, fill
from vls_client.sandbox.observations import ROOMS


@pytest.fixture(scope="module")
async def filled(service_url: str, new_world: Any) -> AsyncIterator[tuple[Client, Filled]]:
    """The municipality, filled once; every test reads it."""
    made = await (await new_world()).credentials()
    with Client(service_url, client_id=made["client_id"], client_secret=made["client_secret"]) as client:
        yield client, fill(client, today=TODAY, progress=lambda _: None)


def test_it_can_be_filled_again_and_nothing_changes(filled: tuple[Client, Filled]) -> None:
    client, first = filled
    before = client.get(f"/v1/rooms/{first.room_id}/participation", from_=first.first_week, to=first.last_week)
    said: list[str] = []
    assert fill(client, today=TODAY, progress=said.append) == first
    after = client.get(f"/v1/rooms/{first.room_id}/participation", from_=first.first_week, to=first.last_week)
    assert after == before
    assert not any(line.startswith(("roster", "survey", "practice", "development", "learning")) for line in said)


def test_the_survey_finds_willingness_to_drive_and_resources_to_hinder(filled: tuple[Client, Filled]) -> None:
    client, made = filled
    results = client.get(f"/v1/survey-rounds/{made.round_id}/results", by="setting_type")
    found = {component["key"]: component["classification"] for component in results["components"]}
    assert (found["willingness"], found["resources"]) == ("driver", "barrier")
    assert results["invited"] > results["n"] > 100
    assert {group["key"] for group in results["groups"]} == {
        "childminding", "nursery", "kindergarten", "integrated",
    }  # fmt: skip


def test_the_second_survey_shows_more_capacity_than_the_first(filled: tuple[Client, Filled]) -> None:
    client, made = filled
    found = client.get(f"/v1/survey-rounds/{made.round_id}/change")
    verdicts = {component["key"]: component["verdict"] for component in found["components"]}
    assert (found["since"]["title"], found["comparable"]) == ("Første måling", True)
    assert (verdicts["capacity"], verdicts["leadership"], verdicts["resources"]) == ("up", "up", "down")
    assert "within_chance" in verdicts.values()
    assert found["response"]["careful"] is False


def test_a_childminding_group_is_too_small_to_be_shown(filled: tuple[Client, Filled]) -> None:
    client, made = filled
    (unit,) = client.pages("/v1/units", external_id="E05")
    results = client.get(f"/v1/survey-rounds/{made.round_id}/results", scope=f"unit:{unit['id']}")
    assert [component["mean"] for component in results["components"]] == [None] * 6


def test_every_room_has_observations_of_which_some_weeks_do_not_count(filled: tuple[Client, Filled]) -> None:
    client, made = filled
    states = []
    for external_id in ROOMS:
        (room,) = client.pages("/v1/rooms", external_id=external_id)
        seen = client.get(f"/v1/rooms/{room['id']}/participation", from_=made.first_week, to=made.last_week)
        states.append([week["state"] for week in seen["weeks"]])
        assert sum(child["immersion_activity"]["count"] for child in seen["children"]) > 0
    assert all(weeks[-1] == "closed" for weeks in states)  # week 42
    assert {week for weeks in states for week in weeks} == {"completed", "closed", "not_recorded"}


def test_the_shown_room_shows_a_pattern_worth_talking_about(filled: tuple[Client, Filled]) -> None:
    client, made = filled
    seen = client.get(f"/v1/rooms/{made.room_id}/participation", from_=made.first_week, to=made.last_week)
    below = {child["child_id"] for child in seen["children"] if child["immersion_activity"]["below"]}
    children = list(client.pages("/v1/children", room_id=made.room_id))
    share = {
        group: sum(child["id"] in below for child in children if child["multilingual"] is group)
        / sum(child["multilingual"] is group for child in children)
        for group in (True, False)
    }
    assert share[True] - share[False] >= 0.25


def test_the_shown_room_has_agreements_to_follow_up_and_a_goal_with_a_baseline(
    filled: tuple[Client, Filled],
) -> None:
    client, made = filled
    report = client.get(f"/v1/rooms/{made.room_id}/report", from_=made.first_week, to=made.last_week, format="json")
    assert [it["status"] for it in report["agreed"]] == ["open", "open"]
    (listed,) = client.pages("/v1/goals", room_id=made.room_id)
    goal = client.get(f"/v1/goals/{listed['id']}")
    assert (goal["step"], goal["baseline"]["n"], goal["follow_up"]["reading"]["n"]) == ("started", 1, 1)
    assert goal["follow_up"]["status"] != "too_early"


def test_its_links_open_without_a_login_and_are_what_they_say(filled: tuple[Client, Filled]) -> None:
    client, made = filled
    starts = {"room_report": b"%PDF-", "readiness_report": b"%PDF-", "chart": b"\x89PNG"}
    starts |= dict.fromkeys(("questionnaire", "tablet"), b"<!doctype html>")
    links = made.links(client)
    assert links.keys() == starts.keys()
    for name, url in links.items():
        answer = httpx.get(url, timeout=60)
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(starts[name])


def test_its_questionnaire_is_open_and_its_tablet_can_be_enrolled(
    filled: tuple[Client, Filled], service_url: str
) -> None:
    client, made = filled
    links = {name: url.rpartition("#")[2].removeprefix("enrol=") for name, url in made.links(client).items()}
    asked = httpx.get(f"{service_url}/v1/answers/{links['questionnaire']}", timeout=60)
    assert asked.json()["state"] == "new"
    body = {"code": links["tablet"], "attempt": str(uuid4())}
    enrolled = httpx.post(f"{service_url}/v1/devices/enrol", json=body, timeout=60)
    assert enrolled.json()["room"]["id"] == made.room_id


def test_a_report_is_downloaded_whole(filled: tuple[Client, Filled], tmp_path: Path) -> None:
    client, made = filled
    path = f"/v1/rooms/{made.room_id}/report"
    saved = client.download(path, tmp_path / "stue.json", from_=made.first_week, to=made.last_week, format="json")
    assert json.loads(saved.read_bytes())
    assert list(tmp_path.iterdir()) == [saved]


def test_the_shown_room_has_evaluated_its_practice_and_assessed_its_children(filled: tuple[Client, Filled]) -> None:
    client, made = filled
    practice = client.get(f"/v1/rooms/{made.room_id}/practice")
    assert len(practice["periods"]) == 4
    assert all(score is not None for element in practice["elements"] for score in element["scores"])
    development = client.get(f"/v1/rooms/{made.room_id}/development")
    assert development["final"] >= 15
    language = development["areas"][0]
    assert language["counts"]["age_appropriate"] > language["n"] / 2
    assert language["n"] > language["counts"]["age_appropriate"]
    assert language["change"]["matched"]["n"] >= 10
    assert [it["half_year"] for it in development["agreement"]] == ["2026-H1", "2026-H2"]
    report = client.get(f"/v1/rooms/{made.room_id}/report", from_=made.first_week, to=made.last_week, format="json")
    assert len(report["practice"]["agreements"]) == 2
    assert report["development"]["assessed"] == development["final"]
