"""One PostgreSQL and one application for the whole run; every test works in a municipality of its own.

`VLS_TEST_SUPERUSER_URL` runs the suite on another PostgreSQL than the embedded one; the account must be a superuser.
"""

import itertools
import os
import socket
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
import uvicorn
from hypothesis import HealthCheck
from pydantic import SecretStr

from api import jobs
from api.demo_issuer import DemoIssuer
from api.embedded import embedded_postgres
from api.logs import log_as_json
from api.main import create_app
from api.migrate import prepare_embedded
from api.operator import as_owner, create_client, create_municipality
from api.settings import Settings
from tests.contract.validation import validated
from tests.mailbox import Mailbox, serving_mail

TODAY = date(2026, 10, 19)  # the Monday of 2026-W43
SECRET = "a secret of the test run, long enough for its purpose"

# How long a machine takes says nothing about the code: no test of ours fails for that.
hypothesis.settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("any machine")
log_as_json()
_codes = itertools.count(101)


@pytest.fixture(scope="session")
def superuser_url() -> Iterator[str]:
    given = os.environ.get("VLS_TEST_SUPERUSER_URL")
    if given:
        yield given
        return
    with (
        tempfile.TemporaryDirectory(prefix="vls-test-") as folder,
        embedded_postgres(Path(folder), options=("fsync=off", "full_page_writes=off")) as url,
    ):
        yield url


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """A real mail server on loopback, and what it has received."""
    with serving_mail() as received:
        yield received


@pytest.fixture(scope="session")
async def settings(superuser_url: str, mailbox: Mailbox) -> Settings:
    asked = Settings(
        secret_key=SecretStr(SECRET),
        database_pool=20,
        render_workers=1,
        smtp_host="127.0.0.1",
        smtp_port=mailbox.port,
        smtp_security="none",
        smtp_sender="Vi lærer sammen <svar@vls.example.dk>",
        _env_file=None,
    )
    return await prepare_embedded(asked, superuser_url, name=f"vls_test_{os.getpid()}")


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[Any]:
    jobs.LOOK_AGAIN = timedelta(seconds=2)  # a job that is to be done again is waited for by a test
    application = create_app(settings, today=lambda: TODAY)
    async with application.router.lifespan_context(application):
        yield application


class Api(httpx.AsyncClient):
    """The application as a client sees it; every answer is checked against the OpenAPI document."""

    def __init__(self, app: Any, *, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        super().__init__(transport=transport, base_url="http://test", headers=headers, timeout=60)
        self.app = app

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        response = await super().send(request, **options)
        await response.aread()
        validated(self.app, request, response)
        return response

    async def upload(self, dataset: str, content: bytes, *, mode: str = "commit", **params: str) -> dict[str, Any]:
        """Hand in a file, wait for the verdict, and return it with the `found` issues."""
        media_types = {"roster": "application/zip", "instruments": "application/octet-stream"}
        answer = await self.post(
            f"/v1/imports/{dataset}",
            params={"mode": mode, **params},
            content=content,
            headers={"Content-Type": media_types.get(dataset, "text/csv")},
        )
        assert answer.status_code == 202, answer.text
        verdict = answer.json()
        while verdict["status"] in ("queued", "running"):
            verdict = (await self.get(f"/v1/imports/{verdict['id']}")).json()
        issues = await self.get(f"/v1/imports/{verdict['id']}/issues", params={"limit": "500"})
        return {**verdict, "found": issues.json()["items"]}


@dataclass(frozen=True, slots=True)
class World:
    """A municipality, and how to get a client that acts in it."""

    app: Any
    settings: Settings
    code: str
    id: str

    async def credentials(
        self, role: str = "administration", *, places: list[str] | None = None, scopes: list[str] | None = None
    ) -> dict[str, Any]:
        return await as_owner(
            self.settings,
            lambda tx: create_client(
                tx, municipality=self.code, name=f"test {role}", role=role, places=places or [], scopes=scopes or []
            ),
        )

    async def client(self, role: str = "administration", **rights: Any) -> Api:
        made = await self.credentials(role, **rights)
        anonymous = Api(self.app)
        answer = await anonymous.post(
            "/v1/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(made["client_id"], made["client_secret"]),
        )
        return Api(self.app, token=answer.json()["access_token"])


@pytest.fixture(scope="session")
def new_world(app: Any, settings: Settings) -> Callable[[], Awaitable[World]]:
    """Makes a municipality nobody else uses."""

    async def make() -> World:
        code = str(next(_codes))
        made = await as_owner(settings, lambda tx: create_municipality(tx, code=code, name=f"Kommune {code}"))
        return World(app=app, settings=settings, code=code, id=made["id"])

    return make


@pytest.fixture
async def world(new_world: Callable[[], Awaitable[World]]) -> World:
    return await new_world()


@pytest.fixture
async def admin(world: World) -> AsyncIterator[Api]:
    """A client of the administration of `world`."""
    async with await world.client() as client:
        yield client


@pytest.fixture
async def anonymous(app: Any) -> AsyncIterator[Api]:
    async with Api(app) as client:
        yield client


@contextmanager
def serving(
    settings: Settings, *, today: Callable[[], date], demo: Callable[[str], DemoIssuer] | None = None
) -> Iterator[str]:
    """The application behind a real server on loopback, for clients that bring their own HTTP."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(settings, today=today, demo=demo(url) if demo else None)
        config = uvicorn.Config(app, log_config=None, access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture(scope="session")
def live_url(settings: Settings) -> Iterator[str]:
    """A real server on the day of the tests."""
    with serving(settings, today=lambda: TODAY) as url:
        yield url
