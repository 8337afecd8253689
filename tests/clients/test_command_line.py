"""The command line: who it is, what it follows, how it ends."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from typer.testing import CliRunner, Result

from vls_client import Client
from vls_client.access import config_file
from vls_client.cli import app

NOBODY = {"VLS_URL": None, "VLS_CLIENT_ID": None, "VLS_CLIENT_SECRET": None}


class Memory(KeyringBackend):
    """A keyring of the test's own."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """A machine with a keyring and a home of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    before = keyring.get_keyring()
    made = Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def run(*arguments: str, given: str | None = None, **environment: str | None) -> Result:
    return CliRunner().invoke(app, list(arguments), env=NOBODY | environment, input=given)


def test_login_keeps_the_secret_in_the_keyring_alone_and_logout_forgets(
    ring: Memory, service_url: str, credentials: dict[str, Any]
) -> None:
    said = run("login", given=f"{service_url}\n{credentials['client_id']}\n{credentials['client_secret']}\n")
    assert said.exit_code == 0, said.output
    assert credentials["client_secret"] not in said.output + config_file().read_text()
    assert list(ring.kept.values()) == [credentials["client_secret"]]
    assert len(run("token").stdout.strip()) > 50
    assert json.loads(run("token", "--json").stdout).keys() == {"access_token"}
    assert run("logout").exit_code == 0
    assert (ring.kept, config_file().exists()) == ({}, False)
    ended = run("token")
    assert (ended.exit_code, "vls-client login" in ended.stderr) == (2, True)


def test_an_option_goes_before_the_environment_and_that_before_what_was_kept(
    ring: Memory, service_url: str, credentials: dict[str, Any]
) -> None:
    right = {"VLS_CLIENT_ID": credentials["client_id"], "VLS_CLIENT_SECRET": credentials["client_secret"]}
    assert run("login", VLS_URL=service_url, **right).exit_code == 0
    assert run("token").exit_code == 0
    assert run("token", VLS_CLIENT_SECRET="wrong").exit_code == 2
    assert run("token", "--client-secret", credentials["client_secret"], VLS_CLIENT_SECRET="wrong").exit_code == 0
    nowhere = run("token", "--url", "http://127.0.0.1:9")
    assert nowhere.exit_code == 2  # no secret is known for another service, and none is sent there


def test_wrong_credentials_are_not_kept(ring: Memory, service_url: str, credentials: dict[str, Any]) -> None:
    said = run("login", given=f"{service_url}\n{credentials['client_id']}\nwrong\n")
    assert (said.exit_code, ring.kept, config_file().exists()) == (2, {}, False)


def test_without_a_keyring_it_is_said_and_the_environment_is_enough(
    ring: Memory, service_url: str, credentials: dict[str, Any]
) -> None:
    keyring.set_keyring(NoKeyring())
    right = {"VLS_URL": service_url, "VLS_CLIENT_ID": credentials["client_id"]}
    right |= {"VLS_CLIENT_SECRET": credentials["client_secret"]}
    said = run("login", **right)
    assert (said.exit_code, "no keyring" in said.stderr) == (2, True)
    assert run("token", **right).exit_code == 0


def test_changes_are_followed_from_where_one_was(vls: Callable[..., Result], client: Client, tmp_path: Path) -> None:
    for key in ("a", "b", "c"):
        client.post("/v1/areas", {"external_id": key, "name": key.upper()})
    cursor = tmp_path / "state" / "cursor"
    once = ("changes", "follow", "--once", "--kind", "area", "--cursor-file", str(cursor))
    first = vls(*once)
    assert first.exit_code == 0, first.output
    assert [json.loads(line)["kind"] for line in first.stdout.splitlines()] == ["area"] * 3
    assert vls(*once).stdout == ""
    client.post("/v1/areas", {"external_id": "d", "name": "D"})
    (line,) = vls(*once).stdout.splitlines()
    assert client.get(json.loads(line)["href"])["external_id"] == "d"
    assert len(vls("changes", "follow", "--once").stdout.splitlines()) == 4


def test_an_import_that_is_not_finished_in_time_ends_with_4(vls: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("external_id,name\n" + "".join(f"a{n},Område {n}\n" for n in range(2000)))
    ended = vls("import", str(tmp_path), "--dataset", "roster", "--check", "--patience", "0")
    assert (ended.exit_code, "still" in ended.stderr) == (4, True)


def test_what_somebody_wrote_in_a_file_is_no_markup(vls: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "[bold]answers[blink].csv"
    file.write_text("unit_external_id,i\nx,4\n")
    for path, dataset in ((file, "practice-evaluations"), (tmp_path, "roster")):
        said = vls("import", str(path), "--dataset", dataset, "--check")
        assert said.exit_code == 2, (said.exit_code, said.exception)
    assert file.name in said.stdout.replace("\n", ""), said.output


@pytest.mark.parametrize("out", ["folder", "file/report.pdf"])
def test_where_nothing_can_be_written_nothing_is_ordered(vls: Callable[..., Result], tmp_path: Path, out: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    week = ("--from", "2026-W35", "--to", "2026-W42", "--out", str(tmp_path / out))
    for command in (("report", "all-rooms", *week), ("report", "room", str(uuid4()), *week)):
        ended = vls(*command)
        assert (ended.exit_code, str(tmp_path) in ended.stderr.replace("\n", "")) == (2, True), ended.output
        assert "order" not in ended.stderr


def test_a_child_is_recorded_in_a_file_and_erased_by_its_key(
    vls: Callable[..., Result], client: Client, tmp_path: Path
) -> None:
    client.post("/v1/areas", {"external_id": "a", "name": "A"})
    unit = {"external_id": "u", "name": "U", "setting_type": "nursery", "area_external_id": "a"}
    client.post("/v1/units", unit)
    client.post("/v1/rooms", {"external_id": "r", "name": "R", "unit_external_id": "u"})
    child = client.post("/v1/children", {"external_id": "B07", "room_external_id": "r"})["id"]
    out = tmp_path / "barn.json"
    assert vls("child", "record", child, "--out", str(out)).exit_code == 0
    assert json.loads(out.read_text())["child"]["external_id"] == "B07"
    wrong = vls("child", "erase", child, "--key", "B08")
    assert (wrong.exit_code, "another key" in wrong.stderr or "anden nøgle" in wrong.stderr) == (2, True)
    erased = vls("child", "erase", child, "--key", "B07")
    assert (erased.exit_code, json.loads(erased.stdout)["activities_removed"]) == (0, 0)
    assert vls("child", "record", child, "--out", str(out)).exit_code == 2


def test_a_traceback_shows_no_secret(tmp_path: Path) -> None:
    """What nobody foresaw: here a program that breaks in the middle of a command."""
    broken = "import vls_client.cli as c; c.Client = None; c.connected = lambda *a, **k: 1 / 0; c.main()"
    ended = subprocess.run(
        [sys.executable, "-c", broken, "token"],
        check=False, capture_output=True, text=True,
        env={"PATH": "", "VLS_URL": "http://127.0.0.1:9", "VLS_CLIENT_ID": "id", "VLS_CLIENT_SECRET": "top-secret"},
    )  # fmt: skip
    assert (ended.returncode, "ZeroDivisionError" in ended.stderr) == (1, True)
    assert "top-secret" not in ended.stderr + ended.stdout


def test_an_address_without_its_scheme_is_refused(vls: Callable[..., Result]) -> None:
    ended = vls("token", VLS_URL="vls.example.dk")
    assert (ended.exit_code, "https://" in ended.stderr) == (2, True)


def test_a_service_out_of_reach_ends_with_3(vls: Callable[..., Result]) -> None:
    assert vls("changes", "follow", "--once", VLS_URL="http://127.0.0.1:9").exit_code == 3


def test_a_wheel_works_in_an_environment_of_its_own_and_completes_commands(tmp_path: Path) -> None:
    """Only what is in the wheel: the package as it is installed elsewhere."""
    source = tmp_path / "source"
    shutil.copytree(Path(__file__).parents[2] / "clients" / "python", source)
    pip, target = [sys.executable, "-m", "pip", "--quiet"], tmp_path / "site"
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("vls_client-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True, capture_output=True)
    program = "import vls_client; from vls_client.cli import main; print(vls_client.__file__); main()"
    said = subprocess.run(
        [sys.executable, "-c", program, "--help"],
        check=True, capture_output=True, text=True, env={"PYTHONPATH": str(target), "PATH": ""},
    ).stdout  # fmt: skip
    assert said.startswith(str(target))
    assert "--install-completion" in said
    assert all(command in said for command in ("import", "report", "changes", "login"))
