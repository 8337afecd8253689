"""A served, throw-away municipality for benchmarks: a real server in its own process, a room of children, a token."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx

from api.embedded import embedded_postgres
from api.migrate import prepare_embedded
from api.operator import as_owner, create_client, create_municipality
from api.settings import Settings


@dataclass(frozen=True, slots=True)
class Service:
    http: httpx.Client
    superuser_url: str  # of the database the server uses
    process: int
    municipality_id: str


@contextmanager
def serving() -> Iterator[Service]:
    """Serve an empty municipality as `vls serve` does; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="vls-bench-") as folder, embedded_postgres(Path(folder)) as superuser_url:
        made = asyncio.run(_credentials(Path(folder), superuser_url))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), "--data-dir", folder]
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "VLS_TOKEN_MINUTES": "60"})
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
                _wait(http)
                form = {"grant_type": "client_credentials"}
                answer = http.post("/v1/oauth/token", data=form, auth=(made["client_id"], made["client_secret"]))
                http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
                database_url = superuser_url.replace("/postgres?", "/vls?")
                yield Service(http, database_url, server.pid, made["municipality_id"])
        finally:
            server.terminate()
            server.wait()


async def _credentials(folder: Path, superuser_url: str) -> dict[str, str]:
    ready = await prepare_embedded(Settings(data_dir=folder), superuser_url)
    await as_owner(ready, lambda tx: create_municipality(tx, code="999", name="Prøve Kommune"))
    made = await as_owner(
        ready,
        lambda tx: create_client(tx, municipality="999", name="bench", role="administration", places=[], scopes=[]),
    )
    return {key: value for key, value in made.items() if isinstance(value, str)}


def _wait(http: httpx.Client) -> None:
    for _ in range(600):
        try:
            if http.get("/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def furnish(http: httpx.Client, *, children: int) -> tuple[str, list[str]]:
    """A new room with `children`: its id and theirs."""
    key = uuid4().hex[:12]
    _made(http, "units", {"external_id": f"u{key}", "name": "Solsikken", "setting_type": "kindergarten"})
    room = _made(http, "rooms", {"external_id": f"r{key}", "name": "Bierne", "unit_external_id": f"u{key}"})
    known = {"room_id": room, "valid_from": "2025-01-01", "sex": "girl", "birth_month": "2022-05"}
    ids = [
        _made(http, "children", known | {"external_id": f"{key}B{n:02}", "multilingual": n % 3 == 0})
        for n in range(children)
    ]
    return room, ids


def _made(http: httpx.Client, path: str, body: dict[str, object]) -> str:
    answer = http.post(f"/v1/{path}", json=body)
    if answer.status_code != 201:
        raise RuntimeError(json.dumps(answer.json()))
    return str(answer.json()["id"])
