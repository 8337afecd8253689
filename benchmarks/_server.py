"""The real server for a benchmark: `vls serve` in a process of its own, with an embedded PostgreSQL of its own."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.embedded import embedded_postgres
from api.migrate import EMBEDDED_DATABASE

VLS = (sys.executable, "-c", "from api.cli import main; main()")


@dataclass(frozen=True)
class Server:
    """A client of the administration, the process that serves, and the database as its superuser reaches it."""

    client: httpx.Client
    municipality_id: str
    pid: int
    database_url: str

    def created(self, path: str, **body: Any) -> str:
        """Make a roster object and return its id."""
        answer = self.client.post(f"/v1/{path}", json=body)
        answer.raise_for_status()
        return str(answer.json()["id"])


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="vls-bench-") as folder, embedded_postgres(Path(folder)) as superuser_url:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = os.environ | {"VLS_TOKEN_MINUTES": "60"}
        command = [*VLS, "serve", "--data-dir", folder, "--port", str(port)]
        with (
            (Path(folder) / "serve.log").open("wb") as log,
            subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
        ):
            try:
                _wait(client, process)
                municipality_id = _log_in(client, folder)
                database_url = superuser_url.replace("/postgres?", f"/{EMBEDDED_DATABASE}?")
                yield Server(client, municipality_id, process.pid, database_url)
            finally:
                process.terminate()


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if client.get("/health/ready").is_success:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _log_in(client: httpx.Client, folder: str) -> str:
    made = _vls("municipality", "create", "--code", "999", "--name", "Prøve Kommune", folder=folder)
    asked = ("client", "create", "--municipality", "999", "--name", "benchmark", "--role", "administration")
    credentials = _vls(*asked, folder=folder)
    answer = client.post(
        "/v1/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(credentials["client_id"], credentials["client_secret"]),
    )
    client.headers["Authorization"] = "Bearer " + answer.raise_for_status().json()["access_token"]
    return str(made["id"])


def _vls(*arguments: str, folder: str) -> dict[str, Any]:
    done = subprocess.run([*VLS, *arguments, "--data-dir", folder, "--json"], check=True, capture_output=True)
    return dict(json.loads(done.stdout))
