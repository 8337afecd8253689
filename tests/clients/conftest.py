"""The service on a socket of its own, as a client program meets it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from api.main import create_app
from api.settings import Settings
from tests.conftest import TODAY, World
from vls_client import Client
from vls_client.cli import app


@pytest.fixture(scope="session")
def service_url(settings: Settings) -> Iterator[str]:
    """The address of a running service on the database of the test run."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(settings.model_copy(update={"public_url": url}), today=lambda: TODAY)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield url
        server.should_exit = True
        thread.join()


@pytest.fixture
async def credentials(world: World) -> dict[str, Any]:
    return await world.credentials()


@pytest.fixture
def connect(service_url: str, credentials: dict[str, Any]) -> Callable[[], Client]:
    """Makes clients of the administration of `world`."""
    return lambda: Client(service_url, client_id=credentials["client_id"], client_secret=credentials["client_secret"])


@pytest.fixture
def client(connect: Callable[[], Client]) -> Iterator[Client]:
    with connect() as made:
        yield made


@pytest.fixture
def vls(service_url: str, credentials: dict[str, Any]) -> Callable[..., Result]:
    """Runs `vls-client` with the credentials in the environment."""
    environment = {
        "VLS_URL": service_url,
        "VLS_CLIENT_ID": credentials["client_id"],
        "VLS_CLIENT_SECRET": credentials["client_secret"],
        "COLUMNS": "200",
    }

    def run(*arguments: str, **other: str) -> Result:
        return CliRunner().invoke(app, list(arguments), env=environment | other)

    return run
