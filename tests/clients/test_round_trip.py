"""The client and its command line against the running service: upload, wait, read what came of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.conftest import TODAY
from vls_client import Client, Problem
from vls_client.files import zipped
from vls_client.sandbox.answers import instrument
from vls_client.sandbox.municipality import municipality

ROSTER = municipality(today=TODAY).files()


def tally(receipt: dict[str, Any]) -> dict[str, int]:
    return {name: receipt["report"][name] for name in ("created", "updated", "unchanged", "rejected", "removed")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The roster as a municipality has it: a folder of CSV files."""
    made = tmp_path / "roster"
    made.mkdir()
    for name, content in ROSTER.items():
        (made / name).write_bytes(content)
    return made


def test_a_check_changes_nothing_a_commit_everything_and_the_same_again_nothing(client: Client) -> None:
    body = zipped(ROSTER.items())
    rows = sum(content.count(b"\n") - 1 for content in ROSTER.values())
    for mode, expected in (("check", "created"), ("commit", "created"), ("commit", "unchanged")):
        receipt = client.wait_import(client.upload("roster", body, mode=mode)["id"])
        assert receipt["status"] == "done"
        assert tally(receipt)[expected] == rows
        assert list(client.pages("/v1/units")) == [] if mode == "check" else True
    assert sum(1 for _ in client.pages("/v1/children", limit=200)) == ROSTER["children.csv"].count(b"\n") - 1


def test_the_command_line_takes_a_folder_and_ends_with_0(vls: Callable[..., Result], folder: Path) -> None:
    checked = vls("import", str(folder), "--dataset", "roster", "--check", "--json")
    assert checked.exit_code == 0, checked.output
    receipt = json.loads(checked.stdout)
    assert (receipt["mode"], receipt["status"], receipt["issues"]) == ("check", "done", [])
    committed = vls("import", str(folder), "--dataset", "roster", "--commit")
    assert committed.exit_code == 0
    assert committed.stdout.startswith("done: ")


def test_rejected_rows_end_with_1_and_say_where_and_why(vls: Callable[..., Result], folder: Path) -> None:
    children = (folder / "children.csv").read_text().replace("B0002,", "010119-1234,", 1)
    (folder / "children.csv").write_text(children)
    result = vls("import", str(folder), "--dataset", "roster", "--commit")
    assert result.exit_code == 1, result.output
    assert "children.csv" in result.stdout
    assert "external_id" in result.stdout
    assert "CPR" in result.stdout
    assert "010119-1234" not in result.stdout


def test_a_refused_call_ends_with_2(vls: Callable[..., Result], folder: Path) -> None:
    assert vls("import", str(folder / "areas.csv"), "--dataset", "nonsense").exit_code == 2
    assert vls("token", VLS_CLIENT_SECRET="wrong").exit_code == 2


def test_an_unreachable_service_ends_with_3(vls: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    result = vls("token", VLS_URL="http://127.0.0.1:9")
    assert result.exit_code == 3
    assert "does not answer" in result.stderr


def test_a_token_from_the_command_line_opens_the_api(
    vls: Callable[..., Result], service_url: str, credentials: dict[str, Any]
) -> None:
    with Client(service_url, token=vls("token").stdout.strip()) as client:
        assert client.get("/v1/me")["municipality_id"] == credentials["municipality_id"]


def test_the_service_says_no_in_a_way_a_program_can_act_on(client: Client) -> None:
    with pytest.raises(Problem) as caught:
        client.post("/v1/areas", {"external_id": "O1", "name": "Nord", "colour": "blue"})
    problem = caught.value
    assert (problem.status, problem.code) == (422, "invalid-input")
    assert [error.pointer for error in problem.errors] == ["/colour"]
    assert problem.request_id


def test_a_change_needs_the_version_it_was_made_from(client: Client) -> None:
    area = client.post("/v1/areas", {"external_id": "O1", "name": "Nord"})
    path = f"/v1/areas/{area['id']}"
    seen = client.request("GET", path).headers["ETag"]
    assert client.patch(path, {"name": "Nordvest"}, if_match=seen)["name"] == "Nordvest"
    with pytest.raises(Problem, match="412 stale-version"):
        client.patch(path, {"name": "Nordøst"}, if_match=seen)


def test_what_the_municipality_decides_is_published_once_and_read_as_it_holds(client: Client) -> None:
    content = client.in_force("thresholds")
    content["lines"][0]["per_week"] = 3.0
    for _ in range(2):
        assert client.publish("thresholds", content, version=1, valid_from="2026-09-01")["version"] == 1
    assert client.in_force("thresholds")["lines"][0]["per_week"] == 3.0
    assert client.in_force("thresholds", on="2026-08-31")["lines"][0]["per_week"] == 2.0
    with pytest.raises(Problem) as refused:
        client.publish("thresholds", client.in_force("thresholds", on="2026-08-31"), version=1, valid_from="2026-09-01")
    assert refused.value.code == "version-published"


@pytest.mark.parametrize("format", ["xlsx", "yaml", "json"])
def test_a_questionnaire_goes_out_as_a_file_and_comes_in_again(
    client: Client, vls: Callable[..., Result], tmp_path: Path, format: str
) -> None:
    client.post("/v1/instruments", instrument())
    file = tmp_path / f"skema.{format}"
    exported = vls("instrument", "export", "vls-demo-readiness", "1", "--format", format, "--out", str(file))
    assert (exported.exit_code, exported.stdout.strip()) == (0, str(file))
    again = vls("import", str(file), "--dataset", "instruments", "--commit", "--json")
    assert again.exit_code == 0, again.output
    assert tally(json.loads(again.stdout))["unchanged"] == 1
    if format != "xlsx":
        file.write_text(file.read_text().replace("Parathed (demo)", "Parathed (ny)"))
        refused = vls("import", str(file), "--dataset", "instruments", "--commit", COLUMNS="300")
        assert refused.exit_code != 0
        assert "kan ikke ændres" in refused.stdout


def test_ratings_are_sent_as_a_sheet_and_the_form_can_be_named(
    vls: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    assert vls("import", str(folder), "--dataset", "roster", "--commit").exit_code == 0
    file = tmp_path / "evaluering.ndjson"
    file.write_text('{"room_external_id": "E18-S2", "first_week": "2026-W34", "answers": {"planning_1": 4}}\n')
    form = ("--key", "vls-demo-praksis", "--version", "1")
    sent = vls("import", str(file), "--dataset", "practice-evaluations", "--commit", "--json", *form)
    assert sent.exit_code == 0, sent.output
    assert json.loads(sent.stdout)["report"]["created"] == 1
    unknown = vls("import", str(file), "--dataset", "practice-evaluations", "--check", "--json", *form[:3], "2")
    assert [issue["code"] for issue in json.loads(unknown.stdout)["issues"]] == ["unknown-form"]
