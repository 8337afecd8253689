"""The operator's commands as an operator runs them: processes, exit codes, what is printed, what is left behind."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy.engine import make_url

from api import cli
from api.migrate import EMBEDDED_OWNER
from api.settings import Settings

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("VLS_")}


def vls(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, env=ENVIRONMENT)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def postgres_runs(data_dir: Path) -> bool:
    pid = (data_dir / "postgres").resolve() / "postmaster.pid"
    return pid.exists()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[bytes], str]]]:
    """Starts `vls serve` on a data folder and waits until it is ready."""
    started: list[subprocess.Popen[bytes]] = []

    def serve() -> tuple[subprocess.Popen[bytes], str]:
        port = free_port()
        command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), "--data-dir", str(tmp_path)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=ENVIRONMENT, start_new_session=True)
        started.append(process)
        url = f"http://127.0.0.1:{port}"
        for _ in range(1800):  # after a crash PostgreSQL syncs its folder first, which a busy disk takes its time for
            assert process.poll() is None, "the server did not start"
            try:
                if httpx.get(f"{url}/health/ready", timeout=5).status_code == 200:
                    return process, url
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    yield serve
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def client_of(*where_and_more: str) -> dict[str, Any]:
    named = ("--municipality", "999", "--name", "test", "--role", "administration")
    made = vls("client", "create", *named, *where_and_more)
    assert made.returncode == 0, made.stderr
    return dict(json.loads(made.stdout))


def test_an_operator_founds_a_municipality_and_hands_out_credentials(tmp_path: Path) -> None:
    folder = ("--data-dir", str(tmp_path))
    first = vls("municipality", "create", "--code", "999", "--name", "Prøve Kommune", *folder)
    again = vls("municipality", "create", "--code", "999", "--name", "Prøve Kommune", *folder)
    assert json.loads(first.stdout)["id"] == json.loads(again.stdout)["id"]
    made = client_of(*folder, "--scope", "roster:read", "--scope", "imports:write,reports:read")
    assert sorted(made["scopes"]) == ["imports:write", "reports:read", "roster:read"]
    assert made["client_id"]
    assert len(made["client_secret"]) > 30
    assert not postgres_runs(tmp_path)


@pytest.fixture
def ready(settings: Settings) -> tuple[str, str]:
    """The database of the other tests, for commands that leave nothing behind: one of its own takes a while to make."""
    return "--database-url", str(settings.migrate_database_url)


@pytest.mark.parametrize("name", ["", "  ", "Prøve\x1bKommune", "x" * 201])
def test_a_municipality_has_a_name(ready: tuple[str, str], name: str) -> None:
    refused = vls("municipality", "create", "--code", "999", "--name", name, *ready)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "name" in refused.stderr


def test_whose_data_were_kept_long_enough_is_told_before_anything_is_erased(ready: tuple[str, str]) -> None:
    assert vls("municipality", "create", "--code", "999", "--name", "Prøve Kommune", *ready).returncode == 0
    told = vls("children", "expired", "--municipality", "999", *ready)
    assert json.loads(told.stdout) | {"kept_from": ""} == {"kept_from": "", "children": [], "erased": 0}
    refused = vls("children", "expired", "--municipality", "999", "--years", "0", "--erase", *ready)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "a year at least" in refused.stderr


def test_credentials_are_listed_and_revoked(ready: tuple[str, str]) -> None:
    assert vls("municipality", "create", "--code", "999", "--name", "Prøve Kommune", *ready).returncode == 0
    first, second = client_of(*ready), client_of(*ready, "--scope", "roster:read")
    ended = vls("client", "revoke", second["client_id"].upper(), *ready)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["client_id"] == second["client_id"]
    listed = vls("client", "list", "--municipality", "999", *ready)
    rows = {row["client_id"]: row for row in json.loads(listed.stdout)["items"]}
    assert rows[first["client_id"]]["revoked_at"] is None
    assert rows[second["client_id"]]["revoked_at"] == json.loads(ended.stdout)["revoked_at"] is not None
    assert rows[second["client_id"]]["scopes"] == ["roster:read"]
    assert first["client_secret"] not in listed.stdout


def test_a_typed_address_leaves_no_owner_of_another_database_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VLS_DATABASE_URL", "postgresql://api@prod/vls")
    monkeypatch.setenv("VLS_MIGRATE_DATABASE_URL", "postgresql://owner@prod/vls")
    typed = cli._settings(database_url="postgresql://me@trial/vls")
    assert (typed.database_url, typed.migrate_database_url) == ("postgresql://me@trial/vls", None)
    same = cli._settings(database_url="postgresql://api@prod:5432/vls")
    assert same.migrate_database_url == "postgresql://owner@prod/vls"
    assert cli._settings(data_dir=Path("x")).migrate_database_url is None
    assert cli._settings().migrate_database_url == "postgresql://owner@prod/vls"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("client", "revoke", "no-id"), "there is no client no-id"),
        (("client", "revoke", "019b0000-0000-7000-8000-000000000000"), "there is no client"),
        (("municipality", "create", "--code", "0x9", "--name", "X"), "three digits"),
        (("client", "create", "--municipality", "998", "--name", "x", "--role", "leader"), "no municipality 998"),
        (("client", "create", "--municipality", "999", "--name", "x", "--role", "king"), "the role is one of"),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_why_in_a_sentence(
    ready: tuple[str, str], arguments: tuple[str, ...], said: str
) -> None:
    done = vls(*arguments, *ready)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_joins_the_database_of_a_running_server_and_leaves_it_running(
    tmp_path: Path, start: Callable[..., tuple[subprocess.Popen[bytes], str]]
) -> None:
    server, url = start()
    assert vls("municipality", "create", "--code", "999", "--name", "P", "--data-dir", str(tmp_path)).returncode == 0
    made = client_of("--data-dir", str(tmp_path))
    form = {"grant_type": "client_credentials"}
    answer = httpx.post(f"{url}/v1/oauth/token", data=form, auth=(made["client_id"], made["client_secret"]))
    assert answer.status_code == 200
    server.terminate()
    assert server.wait(30) == 0
    assert not postgres_runs(tmp_path)


def test_what_was_answered_survives_the_plug_being_pulled(
    tmp_path: Path, start: Callable[..., tuple[subprocess.Popen[bytes], str]]
) -> None:
    server, url = start()
    assert vls("municipality", "create", "--code", "999", "--name", "P", "--data-dir", str(tmp_path)).returncode == 0
    made = client_of("--data-dir", str(tmp_path))
    credentials = (made["client_id"], made["client_secret"])

    def token(url: str) -> dict[str, str]:
        answer = httpx.post(f"{url}/v1/oauth/token", data={"grant_type": "client_credentials"}, auth=credentials)
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    area = httpx.post(f"{url}/v1/areas", json={"external_id": "a", "name": "A"}, headers=token(url))
    assert area.status_code == 201
    os.killpg(server.pid, signal.SIGKILL)
    postmaster = int(((tmp_path / "postgres").resolve() / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    _, url = start()
    kept = httpx.get(f"{url}/v1/areas/{area.json()['id']}", headers=token(url))
    assert kept.json() == area.json()


def test_the_demo_refuses_a_port_that_somebody_listens_on(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = vls("demo", "--port", str(taken.getsockname()[1]), "--data-dir", str(tmp_path))
    assert done.returncode == 2
    assert "is taken" in done.stderr


def test_the_demo_fills_and_serves_the_database_it_is_given(
    settings: Settings, superuser_url: str, tmp_path: Path
) -> None:
    """One login that is no superuser is enough; `settings` has made it. The environment's database is left alone."""

    async def new_database() -> None:
        connection = await asyncpg.connect(superuser_url)
        await connection.execute("DROP DATABASE IF EXISTS vls_demo_test")
        await connection.execute(f"CREATE DATABASE vls_demo_test OWNER {EMBEDDED_OWNER}")
        await connection.close()

    asyncio.run(new_database())
    address = make_url(superuser_url).set(username=EMBEDDED_OWNER, database="vls_demo_test")
    url = address.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "api.cli", "demo", "--port", str(free_port()), "--data-dir", str(tmp_path)]
    environment = ENVIRONMENT | {"VLS_MIGRATE_DATABASE_URL": "postgresql://nobody@elsewhere/other"}
    process = subprocess.Popen(
        [*command, "--database-url", url], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    said = []
    try:
        for line in process.stdout or ():
            said.append(line)
            if line.startswith("A room data report"):
                report = httpx.get(line.split()[-1], timeout=60)
                assert (report.status_code, report.content[:4]) == (200, b"%PDF")
                break
        else:
            raise AssertionError("".join(said))
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert not (tmp_path / "postgres").exists()
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def test_a_scope_narrows_a_role_and_does_not_widen_it(ready: tuple[str, str]) -> None:
    named = ("--municipality", "999", "--name", "x", "--role", "leader", "--place", "unit:u00", "--scope", "audit:read")
    refused = vls("client", "create", *named, *ready)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "audit:read" in refused.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"VLS_MAX_BODY_BYTES": "1000"}, "VLS_MAX_BODY_BYTES: "),
        ({"VLS_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "VLS_SECRET_KEY": "x" * 40}, "cannot be reached"),
    ],
)
def test_a_server_that_cannot_start_says_why_in_a_sentence(environment: dict[str, str], said: str) -> None:
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(free_port())]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=120, env=ENVIRONMENT | environment
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
