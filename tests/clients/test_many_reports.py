"""The reports of a whole place from the command line: ordered, waited for, saved as one ZIP."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from api.reports import batch_job
from vls_client import Client

UNITS = ("mane", "sol")
INSTRUMENT = {
    "key": "kort",
    "version": 1,
    "title": {"da": "Kort", "en": ""},
    "scale": {"min": 1, "max": 5, "labels": []},
    "components": [{"key": "c", "kind": "primary", "title": {"da": "Vilje", "en": ""}}],
    "items": [{"key": "i", "component": "c", "text": {"da": "Udsagn", "en": ""}}],
}
ROUND = {
    "instrument_key": "kort",
    "instrument_version": 1,
    "title": "Runde",
    "opens_on": "2026-09-01",
    "closes_on": "2026-09-30",
}


@pytest.fixture
def closed(client: Client) -> str:
    """A closed round in two units, each with a room."""
    for unit in UNITS:
        client.post("/v1/units", {"external_id": unit, "name": unit.title(), "setting_type": "kindergarten"})
        client.post("/v1/rooms", {"external_id": f"{unit}-stue", "name": "Stue", "unit_external_id": unit})
    client.post("/v1/instruments", INSTRUMENT)
    round_id = str(client.post("/v1/survey-rounds", ROUND)["id"])
    client.post(f"/v1/survey-rounds/{round_id}/open")
    rows = "".join(f"{unit},{n % 5 + 1}\n" for unit in UNITS for n in range(6))
    file = f"unit_external_id,i\n{rows}".encode()
    client.wait_import(client.upload("survey-answers", file, mode="commit", round_id=round_id)["id"])
    client.post(f"/v1/survey-rounds/{round_id}/close")
    return round_id


def saved(result: Result) -> list[str]:
    with zipfile.ZipFile(result.stdout.strip()) as packed:
        assert packed.testzip() is None
        return [name.split("-")[1] for name in packed.namelist()[1:]]


def test_the_reports_of_all_units_and_of_all_rooms_come_as_one_zip(
    vls: Callable[..., Result], closed: str, tmp_path: Path
) -> None:
    units = vls("report", "all-units", closed, "--format", "csv", "--out", str(tmp_path / "units.zip"))
    assert (units.exit_code, saved(units)) == (0, list(UNITS)), units.output
    assert "2/2" in units.stderr
    weeks = ("--from", "2026-W35", "--to", "2026-W42")
    rooms = vls("report", "all-rooms", *weeks, "--scope", "unit:sol", "--out", str(tmp_path / "rooms.zip"))
    assert (rooms.exit_code, saved(rooms)) == (0, ["sol"]), rooms.output


def test_an_order_that_was_interrupted_is_gone_on_with_and_not_made_twice(
    vls: Callable[..., Result], client: Client, closed: str, tmp_path: Path
) -> None:
    begun = client.order_reports(survey_round_id=closed, format="csv")
    batch = client.wait_reports(begun["id"])
    arguments = ("report", "all-units", closed, "--format", "csv", "--out", str(tmp_path / "units.zip"))
    result = vls(*arguments, "--order", begun["id"])
    assert (result.exit_code, saved(result)) == (0, list(UNITS)), result.output
    assert client.get(f"/v1/report-batches/{begun['id']}") == batch
    other = vls(*arguments, "--scope", "unit:sol", "--order", begun["id"])
    assert other.exit_code == 2
    assert "same-id-other-content" in other.stderr


def test_a_report_that_could_not_be_made_is_named_and_ends_with_1(
    vls: Callable[..., Result], closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = batch_job.content

    async def failing(renderer: Any, views: Any, report: Any, **options: Any) -> bytes:
        if report.place.name == "Mane":
            raise RuntimeError("no ink")
        return await drawn(renderer, views, report, **options)

    monkeypatch.setattr(batch_job, "content", failing)
    result = vls("report", "all-units", closed, "--format", "csv", "--out", str(tmp_path / "units.zip"))
    assert (result.exit_code, saved(result)) == (1, ["sol"]), result.output
    assert "mane: Der skete en fejl hos os" in result.stderr


def test_a_round_that_is_open_ends_with_2_and_leaves_no_file(
    vls: Callable[..., Result], client: Client, closed: str, tmp_path: Path
) -> None:
    open_round = client.post("/v1/survey-rounds", ROUND | {"title": "Næste"})["id"]
    result = vls("report", "all-units", open_round, "--out", str(tmp_path / "units.zip"))
    assert result.exit_code == 2
    assert "results-not-frozen" in result.stderr
    assert list(tmp_path.iterdir()) == []
