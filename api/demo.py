"""The demo: a server in its own process, a fictional municipality that goes in through the API, links to look at."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from api.settings import Settings

CODE, NAME = "999", "Prøve Kommune"
START_SECONDS = 60
Server = subprocess.Popen[bytes]


@contextmanager
def starting_server(data_dir: Path) -> Iterator[Server]:
    """A server that loads its program while the database starts, and waits to be told what to serve."""
    log = data_dir / "server.log"
    command = [sys.executable, "-m", "api.serving"]
    with (
        log.open("ab") as output,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=output) as server,  # noqa: S603 - ours
    ):
        try:
            yield server
        finally:
            server.terminate()


def run(settings: Settings, server: Server) -> None:
    """Serve the migrated database of `settings` with the demo in it until the server is stopped."""
    credentials = asyncio.run(_credentials(settings))
    _serve(settings, server, municipality_id=credentials["municipality_id"])
    try:
        with suppress(KeyboardInterrupt):
            _print_links(settings, credentials, _fill(settings, credentials, server))
            server.wait()
    finally:  # before the database stops under it
        server.terminate()
        server.wait()


async def _credentials(settings: Settings) -> dict[str, Any]:
    """The demo's own client: kept in the data folder, made anew when this database does not know it."""
    from api.operator import as_owner, create_client, create_municipality, list_clients  # noqa: PLC0415 - see `run`

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


def _serve(settings: Settings, server: Server, *, municipality_id: str) -> None:
    assert settings.secret_key and server.stdin  # noqa: S101, PT018 - what `run` is given
    asked = {
        "host": settings.host,
        "port": settings.port,
        "database_url": settings.database_url,
        "secret_key": settings.secret_key.get_secret_value(),
    }
    with suppress(BrokenPipeError):  # a server that is gone already is noticed, with its log, by `_fill`
        told = {"settings": asked, "url": _url(settings), "municipality_id": municipality_id}
        server.stdin.write(json.dumps(told).encode())
        server.stdin.close()


def _fill(settings: Settings, credentials: dict[str, Any], server: Server) -> dict[str, str]:
    """What the sandbox printed; it waits for the server itself."""
    environment = {
        **os.environ,
        "VLS_URL": _url(settings),
        "VLS_CLIENT_ID": credentials["client_id"],
        "VLS_CLIENT_SECRET": credentials["client_secret"],
    }
    command = [sys.executable, "-m", "vls_client.sandbox", "--wait", str(START_SECONDS)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as sandbox:  # noqa: S603 - our own program
        while (code := sandbox.poll()) is None:
            if server.poll() is not None:
                sandbox.kill()
                tail = (settings.data_dir / "server.log").read_text(errors="replace")[-2000:]
                raise ValueError(f"the server did not start:\n{tail}")
            time.sleep(0.02)
        if code:
            raise ValueError("the demo could not be filled; see the message above and server.log in the data folder")
        filled: dict[str, str] = json.load(sandbox.stdout)  # type: ignore[arg-type]
    return filled


def _print_links(settings: Settings, credentials: dict[str, Any], filled: dict[str, str]) -> None:
    url = _url(settings)
    print(f"\nThe API and its documentation   {url}/docs")
    print(f"A room data report (PDF)        {filled['room_report']}")
    print(f"A readiness report (PDF)        {filled['readiness_report']}")
    print(f"A chart (PNG)                   {filled['chart']}")
    print(f"The leader's page               {url}/app/leader/")
    print(f"The questionnaire               {filled['questionnaire']}")
    print(f"The tablet of a room            {filled['tablet']}")
    print("\nThe links to documents open for an hour; starting the demo again prints new ones. A token:")
    print(
        f"  curl -s -u {credentials['client_id']}:{credentials['client_secret']}"
        f" -d grant_type=client_credentials {url}/v1/oauth/token"
    )
    print(f"\nData in {Path(settings.data_dir).absolute()}; Ctrl-C stops the server.", flush=True)


def _url(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"
