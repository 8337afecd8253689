"""The demo: a server in its own process, a fictional municipality that goes in through the API, links to look at."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from api.operator import as_owner, create_client, create_municipality, list_clients
from api.settings import Settings

CODE, NAME = "999", "Prøve Kommune"
START_SECONDS = 60


def run(settings: Settings) -> None:
    """Serve the migrated database of `settings` with the demo in it until the server is stopped."""
    credentials = asyncio.run(_credentials(settings))
    server = _start_server(settings)
    try:
        _wait_until_ready(settings, server)
        _print_links(settings, credentials, _fill(settings, credentials))
        server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        server.wait()


def refuse_taken_port(settings: Settings) -> None:
    """Whoever listens there already would answer in the place of the server that is to come."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError:
            raise ValueError(f"port {settings.port} is taken; choose another, as in: make demo PORT=8001") from None


async def _credentials(settings: Settings) -> dict[str, Any]:
    """The demo's own client: kept in the data folder, made anew when this database does not know it."""
    file = settings.data_dir / "demo.json"
    await as_owner(settings, lambda tx: create_municipality(tx, code=CODE, name=NAME))
    known = await as_owner(settings, lambda tx: list_clients(tx, municipality=CODE))
    alive = {client["client_id"] for client in known["items"] if client["revoked_at"] is None}
    if file.exists():
        found: dict[str, Any] = json.loads(file.read_text())
        if found["client_id"] in alive:
            return found
    made = await as_owner(
        settings,
        lambda tx: create_client(tx, municipality=CODE, name="demo", role="administration", places=[], scopes=[]),
    )
    file.touch(mode=0o600)
    file.write_text(json.dumps(made))
    return made


def _start_server(settings: Settings) -> subprocess.Popen[bytes]:
    log = (settings.data_dir / "server.log").open("ab")
    command = [sys.executable, "-m", "api.cli", "serve", "--host", settings.host, "--port", str(settings.port)]
    assert settings.database_url and settings.secret_key  # noqa: S101, PT018 - what `run` is given
    # In the environment, not as an option: everybody on the machine can read the options of a process.
    environment = {
        **os.environ,
        "VLS_DATABASE_URL": settings.database_url,
        "VLS_SECRET_KEY": settings.secret_key.get_secret_value(),
    }
    return subprocess.Popen(command, stderr=log, stdout=log, env=environment)  # noqa: S603 - our own program


def _wait_until_ready(settings: Settings, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{_url(settings)}/health/ready", timeout=2):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    tail = (settings.data_dir / "server.log").read_text(errors="replace")[-2000:]
    raise ValueError(f"the server did not start:\n{tail}")


def _fill(settings: Settings, credentials: dict[str, Any]) -> dict[str, str]:
    environment = {
        **os.environ,
        "VLS_URL": _url(settings),
        "VLS_CLIENT_ID": credentials["client_id"],
        "VLS_CLIENT_SECRET": credentials["client_secret"],
    }
    command = [sys.executable, "-m", "vls_client.sandbox"]
    done = subprocess.run(command, check=False, env=environment, stdout=subprocess.PIPE)  # noqa: S603 - our own program
    if done.returncode:
        raise ValueError("the demo could not be filled; see the message above and server.log in the data folder")
    filled: dict[str, str] = json.loads(done.stdout)
    return filled


def _print_links(settings: Settings, credentials: dict[str, Any], filled: dict[str, str]) -> None:
    url = _url(settings)
    print(f"\nThe API and its documentation   {url}/docs")
    print(f"A room data report (PDF)        {filled['room_report']}")
    print(f"A readiness report (PDF)        {filled['readiness_report']}")
    print(f"A chart (PNG)                   {filled['chart']}")
    print("\nThe links to documents open for an hour; starting the demo again prints new ones. A token:")
    print(
        f"  curl -s -u {credentials['client_id']}:{credentials['client_secret']}"
        f" -d grant_type=client_credentials {url}/v1/oauth/token"
    )
    print(f"\nData in {Path(settings.data_dir).absolute()}; Ctrl-C stops the server.", flush=True)


def _url(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"
